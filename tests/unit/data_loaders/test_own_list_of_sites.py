"""A coalition's own list of sites: what is read, what is refused, and what is only said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import shapely

from dashboard import gazetteer
from dashboard.intake import Boundary, Intake
from dashboard.store.engine import connect
from dashboard.store.writer import write
from data_loaders import register
from data_loaders.contract import Context, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.registry import recognise
from data_loaders.sources import coalition_sites
from data_loaders.town_shapes import TownShapes
from geo.boundaries import pack
from geo.shapes import Shape

TODAY = date(2026, 11, 1)
HEADER = "name,services,address,town,state,zip,latitude,longitude,hours,verified on"
GREENFIELD, DEERFIELD, BOSTON = "2501127060", "2501116670", "2502507000"


@pytest.fixture(scope="module")
def places() -> PlaceIndex:
    return PlaceIndex(*gazetteer.towns("25"))


def read(
    places: PlaceIndex, *rows: str, header: str = HEADER, shapes: TownShapes | None = None
) -> tuple[Intake, Report]:
    file = RawFile("sites.csv", "\n".join([header, *rows]).encode())
    report = Report(file.name)
    return coalition_sites.SOURCE.read(file, Context(places, TODAY, shapes), report), report


def faults(report: Report) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.column) for problem in report.problems]


def test_a_site_is_read_with_all_that_is_known_of_it(places: PlaceIndex) -> None:
    header = (
        "Site name,Services,Street address,City,State,ZIP code,Lat,Lng,Opening hours,Hours per week,Capacity,"
        "Accepting new clients,Last verified,Mobile days"
    )
    row = "Night Van,narcan; SSP,1 Main St,Greenfield,MA,1301,42.5876,-72.5995,Tue and Thu 13-17,,40,yes,9/30/2026,Tue"
    intake, report = read(places, row, header=header)
    assert report.problems == []
    (site,) = intake.facilities
    assert site.services == ("naloxone", "syringe_services", "mobile")
    assert (site.town, site.state, site.address) == (GREENFIELD, "25", "1 Main St, Greenfield MA 01301")
    assert (site.hours_a_week, site.capacity, site.accepting) == (8, 40, True)
    assert (site.verified_on, site.mobile_days) == (date(2026, 9, 30), "Tue")
    assert "ZIP codes whose leading zero was lost, restored: 1 (rows 2)." in intake.notes


def test_the_list_is_recognised_by_its_columns_and_an_outreach_table_is_not() -> None:
    assert [one.id for one in recognise(RawFile("a.csv", HEADER.encode()))] == ["coalition_sites"]
    assert [one.id for one in recognise(RawFile("b.csv", b"Name,Services,Town,Month,Count"))] == []
    assert [one.id for one in recognise(RawFile("c.csv", b"site,service,lat,long"))] == ["coalition_sites"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("Greenfield,MA,01301,0,0", "(0, 0)"),
        ("Greenfield,MA,01301,-72.5995,42.5876", "swapped"),
        ("Greenfield,MA,01301,42.5876,72.5995", "lost its minus"),
        ("Boston,MA,02108,42.0,-69.0", "in the sea or outside the state"),
        ("Boston,MA,02108,40.71,-74.0", "in the sea or outside the state"),
        ("Boston,MA,02108,51.5,-0.12", "outside the United States"),
        (",MA,,,", "needs coordinates or a town"),
        ("Greenfield,MA,01301,42.5876,", "decimal degrees"),
        ("Greenfield,MA,01301,north,west", "decimal degrees"),
        ("Greenfeild,MA,01301,,", "No town is called so"),
        ("Greenfield,MA,O13O1,,", "five digits"),
        ("Greenfield,Mass.,01301,,", "no such state"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_and_said(places: PlaceIndex, place: str, says: str) -> None:
    _, report = read(places, f"A,naloxone,1 Elm,{place},,")
    assert any(says in problem.rule and problem.row == 2 and problem.fix for problem in report.problems)


def test_every_fault_of_every_row_is_in_one_report(places: PlaceIndex) -> None:
    rows = (
        ",naloxone,1 Elm,Greenfield,MA,01301,,,,",
        "B,acupuncture,1 Elm,Greenfield,MA,01301,,,,2027-01-01",
        "C,,1 Elm,Greenfield,MA,01301,0,0,,31/31/2026",
        "D,naloxone,1 Elm,Greenfield,MA,01301,,,,2026-10-01",
    )
    _, report = read(places, *rows)
    assert sorted(faults(report)) == [
        (2, "name"), (3, "services"), (3, "verified on"), (4, "latitude"), (4, "services"), (4, "verified on"),
    ]  # fmt: skip
    assert "Did you mean Greenfield" in read(places, "A,naloxone,,Greenfeild,MA,,,,,")[1].problems[0].fix


def test_a_site_by_town_alone_stands_at_the_middle_of_its_town_and_that_is_said(places: PlaceIndex) -> None:
    intake, report = read(places, "A,naloxone,1 Elm,Turners Falls,MA,01376,,,by appointment,")
    (site,) = intake.facilities
    town = places.find("Montague", state="25")
    assert town is not None
    assert report.problems == []
    assert (site.town, site.latitude, site.longitude) == (town.geoid, town.latitude, town.longitude)
    assert (site.hours_a_week, site.verified_on, site.accepting) == (None, None, None)
    for words in ("put at the middle of their town: 1", "stay unknown: 1", "count as listed only: 1"):
        assert any(words in note for note in intake.notes)


def test_a_point_in_another_town_is_flagged_by_distance_where_no_shapes_are_loaded(places: PlaceIndex) -> None:
    intake, report = read(places, "A,naloxone,1 Elm,Greenfield,MA,01301,42.35,-71.06,,")
    assert report.problems == []
    assert intake.facilities[0].town == GREENFIELD
    assert any(
        note.startswith("Row 2: 'A' is said to be in Greenfield, but its point lies in Boston") for note in intake.notes
    )
    near, _ = read(places, "A,naloxone,1 Elm,Greenfield,MA,01301,42.62,-72.62,,")
    assert not any("is said to be in" in note for note in near.notes)


def test_a_site_over_the_border_has_no_town_and_keeps_its_point(places: PlaceIndex) -> None:
    intake, report = read(places, "A,naloxone,1 Elm,Brattleboro,VT,05301,42.85,-72.56,,")
    assert report.problems == []
    assert (intake.facilities[0].town, intake.facilities[0].state) == ("", "50")
    assert intake.facilities[0].latitude == 42.85


def test_rows_that_repeat_a_site_are_merged(places: PlaceIndex) -> None:
    intake, _ = read(places, "A,naloxone,1 Elm,Greenfield,MA,,,,,", "a,bup,1  Elm,greenfield,MA,,,,,")
    assert [site.services for site in intake.facilities] == [("naloxone", "buprenorphine")]
    assert any("merged into it: 1 (rows 3)" in note for note in intake.notes)


@pytest.fixture
def squares(tmp_path: Path) -> TownShapes:
    """A store with two towns as squares of 0.1 degrees side by side, one with a hole of 0.02 degrees."""
    engine = connect(f"sqlite:///{tmp_path / 'shapes.db'}")
    hole = shapely.box(-72.56, 42.54, -72.54, 42.56)
    shapes = [
        Shape(GREENFIELD, "Greenfield", shapely.box(-72.6, 42.5, -72.5, 42.6) - hole, "25011"),
        Shape(DEERFIELD, "Deerfield", shapely.box(-72.7, 42.5, -72.6, 42.6), "25011"),
    ]
    intake = Intake("boundaries", "b", "b" * 64, TODAY)
    intake.boundaries = [Boundary("25", "town", "2020", False, pack(shapes, level="town", vintage="2020"))]
    write(engine, register.built_in("25"), register.CARD, datetime(2026, 1, 1))
    write(engine, intake, register.CARD, datetime(2026, 1, 2))
    return TownShapes(engine)


def test_the_shapes_say_which_town_a_point_is_in(squares: TownShapes) -> None:
    assert squares.nearest("25", 42.52, -72.52) == (GREENFIELD, 0.0)
    assert squares.nearest("25", 42.52, -72.65) == (DEERFIELD, 0.0)
    assert squares.nearest("09", 42.52, -72.65) is None
    found = squares.nearest("25", 42.55, -72.55)  # the middle of the hole, 0.01 degrees (1.1 km north, 0.82 km east)
    assert found is not None
    assert found[0] == GREENFIELD
    assert found[1] == pytest.approx(0.82, abs=0.1)


def test_a_point_over_the_border_by_shapes_is_flagged(places: PlaceIndex, squares: TownShapes) -> None:
    intake, report = read(places, "A,naloxone,1 Elm,Greenfield,MA,01301,42.55,-72.62,,", shapes=squares)
    assert report.problems == []
    assert any("is said to be in Greenfield, but its point lies in Deerfield" in note for note in intake.notes)
    inside, _ = read(places, "A,naloxone,1 Elm,Greenfield,MA,01301,42.52,-72.59,,", shapes=squares)
    assert not any("is said to be in" in note for note in inside.notes)
    _, refused = read(places, "A,naloxone,1 Elm,Greenfield,MA,01301,42.9,-72.59,,", shapes=squares)
    assert faults(refused) == [(2, "latitude")]
