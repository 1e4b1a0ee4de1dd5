"""CSV of the pages of gaps: the numbers of their tables, on four towns in a row whose minutes follow by arithmetic."""

import csv
import io
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlencode

import numpy as np
import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, PLACES, RATE, FakeReader
from flask import Flask

from callbacks.downloads import register_downloads
from callbacks.query import read_as
from callbacks.staff import deserts, naloxone, priority_gaps, what_if
from dashboard.domain import Basis, Facility, Level, Term
from dashboard.views.desert_page import AskedDeserts, desert_page
from dashboard.views.gap_rows import minutes_states
from dashboard.views.gaps_page import AskedGaps, gaps_page
from dashboard.views.naloxone_page import AskedNaloxone, naloxone_page
from dashboard.views.what_if_asked import AskedWhatIf
from dashboard.views.what_if_page import what_if_page

DAY = "2019-06-01"
TODAY = date(2019, 6, 1)
TOWNS = (ASH, BIRCH, CEDAR, DOGWOOD)
PEOPLE = (20_000, 2_000, 3_000, 40_000)
METHADONE = "opioid_treatment_program"
DEATHS = replace(RATE, id="opioid_overdose_death_rate", name="Opioid overdose deaths", months=12)
KITS = replace(
    RATE, id="naloxone_kits_per_100k", name="Kits", theme="naloxone", months=12, unit="kits",
    numerator=Term(("kits",), "kits"),
)  # fmt: skip
RATIO = replace(
    KITS, id="naloxone_coverage_ratio", name="Kits per death", kind="ratio", per=1, bases=(Basis.RESIDENCE,)
)
PAGES = {
    "deserts": (desert_page, AskedDeserts), "naloxone": (naloxone_page, AskedNaloxone),
    "priority-gaps": (gaps_page, AskedGaps), "what-if": (what_if_page, AskedWhatIf),
}  # fmt: skip
CALLED = {
    "deserts": {"nearest": "nearest_site", "next": "minutes_to_the_next"},
    "naloxone": {"least": "need_lower", "most": "need_upper", "share": "percent_of_need", "ratio": "kits_per_death"},
    "priority-gaps": {"nearest": "nearest_site"},
    "what-if": {"before": "minutes_now", "after": "minutes_then", "nearest": "nearest_site"},
}
"""Columns of the CSV that the map's script calls otherwise."""


@pytest.fixture
def reader() -> FakeReader:
    """Ash and Dogwood are urban, the two between them rural; a verified site of each service stands in Ash."""
    step = {geoid: number for number, geoid in enumerate(TOWNS)}
    places = [
        replace(place, latitude=42.0, longitude=-72 + 0.2 * step[place.geoid]) if place.level is Level.TOWN else place
        for place in PLACES
    ]
    made = FakeReader((DEATHS, KITS, RATIO), places=places)
    made.reports("deaths", "2018")
    made.reports("kits", "2018")
    for number, (geoid, people) in enumerate(zip(TOWNS, PEOPLE, strict=True), start=1):
        made.tell(geoid, "2018", number, people, of=DEATHS)
    made.sites = [Facility("one", "Ash House", (METHADONE, "naloxone"), town=ASH, latitude=42.0, longitude=-72.0,
                           verified_on=date(2019, 5, 1), hours="Mon-Fri 8-16", state="25")]  # fmt: skip
    made.boundaries = [{"state": "25", "level": Level.TOWN, "sha": "shapes", "schematic": False, "vintage": "2020",
                        "loaded_at": "", "geoids": list(TOWNS)}]  # fmt: skip
    made.cube = SimpleNamespace(demonstration=True)
    return made


def fetched(reader: FakeReader, name: str, **asked: str) -> list[dict[str, str]]:
    """The rows of a page's CSV, as a browser fetches them."""
    days: list[str] = []
    server = Flask("test")
    register_downloads(server, SimpleNamespace(reader=lambda as_of="": days.append(as_of) or reader))
    answer = server.test_client().get(f"/csv/{name}.csv?{urlencode(asked | {'as_of': DAY})}")
    assert days == [DAY]
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}.csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def column(rows: list[dict[str, str]], name: str) -> list[str]:
    return [row[name] for row in rows]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("deserts", {"service": METHADONE}), ("deserts", {"service": METHADONE, "urban": "70", "rural": "15"}),
        ("deserts", {"service": "syringe_services"}), ("naloxone", {}), ("naloxone", {"basis": "occurrence"}),
        ("priority-gaps", {"service": METHADONE, "need": "rate"}), ("priority-gaps", {"service": "naloxone"}),
        ("what-if", {"service": METHADONE}), ("what-if", {"service": METHADONE, "placed": f"{DOGWOOD},{CEDAR}"}),
    ],
)  # fmt: skip
def test_the_numbers_are_those_of_the_pages_table(reader, name: str, asked: dict[str, str]) -> None:
    build, kind = PAGES[name]
    for geoid, kits in zip(TOWNS, (73, 10, "suppressed", 292), strict=True):
        reader.tell(geoid, "2018", kits, 1_000, of=KITS)
    reader.tell(DOGWOOD, "2018", "suppressed", 40_000, of=DEATHS)
    page = build(reader, read_as(kind, asked | {"as_of": DAY}), TODAY)
    rows = fetched(reader, name, **asked)
    shown = [each for each in page.paint["table"]["columns"] if each != "place"]
    assert [row["geoid"] for row in rows] == list(TOWNS)
    for each in shown:
        told = ["" if value is None else str(value) for value in page.paint["columns"][each]]
        absent = ["" if value == "no site by road" else value for value in told]
        assert column(rows, CALLED[name].get(each, each)) == absent


def test_minutes_people_and_thresholds_follow_from_arithmetic(reader) -> None:
    rows = fetched(reader, "deserts", service=METHADONE)
    rural = 60 * 1.35 * 0.2 * 111.195 * np.cos(np.radians(42)) / 65  # minutes a step at rural speed
    assert column(rows, "minutes") == ["0", str(round(rural)), str(round(2 * rural)), str(round(3 * rural * 65 / 45))]
    assert column(rows, "residents") == [str(people) for people in PEOPLE]
    assert column(rows, "overdoses") == ["1", "2", "3", "4"]
    assert column(rows, "threshold_minutes") == ["30.0", "60.0", "60.0", "30.0"]
    assert column(rows, "reading")[3] == "desert"
    assert column(rows, "nearest_verified_on") == ["2019-05-01"] * 4
    assert column(rows, "minutes_to_the_next") == [""] * 4
    assert column(rows, "next_state") == ["no_road"] * 4


def test_every_row_holds_the_question_its_source_and_that_nothing_is_real(reader) -> None:
    for row in fetched(reader, "priority-gaps", service=METHADONE, urban="25", rural="50", need="events"):
        asked = {
            "service": METHADONE, "within": "Massachusetts", "sites_that_count": "verified", "urban_minutes": "25.0",
            "rural_minutes": "50.0", "overdoses_are": DEATHS.id, "period": "2018", "basis": "residence",
            "known_on": DAY, "need_is": "opioid overdose deaths", "source": "state",
            "note": "demonstration data, not real",
        }  # fmt: skip
        assert {name: row[name] for name in asked} == asked


def test_a_hidden_count_is_empty_and_its_state_says_so(reader) -> None:
    reader.tell(DOGWOOD, "2018", "suppressed", 40_000, of=DEATHS)
    for name in ("deserts", "priority-gaps", "what-if"):
        rows = fetched(reader, name, service=METHADONE)
        assert column(rows, "overdoses") == ["1", "2", "3", ""]
        assert column(rows, "overdoses_state") == ["value", "value", "value", "suppressed"]


def test_without_a_site_no_minutes_are_reported(reader) -> None:
    rows = fetched(reader, "deserts", service="syringe_services")
    assert {(row["minutes"], row["minutes_state"], row["nearest_site"]) for row in rows} == {("", "not_reported", "")}


def test_minutes_without_a_road_are_not_minutes_that_nobody_knows() -> None:
    assert minutes_states(np.array([5.0, np.inf, np.nan])) == ["value", "no_road", "not_reported"]


def test_kits_and_need_and_why_one_is_absent(reader) -> None:
    for geoid, kits in ((ASH, 73), (BIRCH, 10), (CEDAR, "suppressed")):
        reader.tell(geoid, "2018", kits, 1_000, of=KITS)
    reader.tell(ASH, "2018", 80, 20, of=RATIO)
    reader.tell(BIRCH, "2018", 10, 0, of=RATIO)
    rows = fetched(reader, "naloxone")
    assert column(rows, "kits") == ["73", "10", "", ""]
    assert column(rows, "kits_state") == ["value", "value", "suppressed", "not_reported"]
    assert column(rows, "need") == ["146", "", "", "292"]  # 730 for 100,000 residents; small towns have none
    assert column(rows, "need_state") == ["value", "under_10000", "under_10000", "value"]
    assert column(rows, "percent_of_need") == ["50", "", "", ""]
    assert column(rows, "kits_per_death") == ["4.0", "", "", ""]
    assert column(rows, "kits_per_death_state") == ["value", "no_deaths", "not_reported", "not_reported"]


def test_a_new_site_is_marked_and_changes_the_minutes_then_alone(reader) -> None:
    rows = fetched(reader, "what-if", service=METHADONE, placed=DOGWOOD)
    before = fetched(reader, "deserts", service=METHADONE)
    assert column(rows, "minutes_now") == column(before, "minutes")
    assert column(rows, "minutes_then")[::3] == ["0", "0"]
    assert column(rows, "new_site") == ["False", "False", "False", "True"]
    assert column(rows, "new_sites") == [DOGWOOD] * 4


@pytest.mark.parametrize("page", [deserts, priority_gaps, what_if])
def test_the_link_follows_the_controls_and_goes_where_nothing_is_shown(reader, page) -> None:
    kind = {deserts: AskedDeserts, priority_gaps: AskedGaps, what_if: AskedWhatIf}[page]
    more = ("",) if page is what_if else ()
    shown = page.show(reader, kind(service=METHADONE, urban="45", as_of=DAY), *more)
    assert "urban=45" in shown["csv"]
    assert f"as_of={DAY}" in shown["csv"]
    assert page.show(reader, kind(service=METHADONE, urban="-5"), *more)["csv"] is None


def test_the_link_of_the_naloxone_page_follows_too(reader) -> None:
    csv_of_north = naloxone.show(reader, AskedNaloxone(within="25001"))["csv"]
    assert csv_of_north == "/csv/naloxone.csv?within=25001&basis=residence&kits=1000"
    assert naloxone.show(reader, AskedNaloxone(kits="none"))["csv"] is None
