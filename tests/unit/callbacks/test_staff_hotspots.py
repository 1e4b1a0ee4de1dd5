"""The hotspots page answers a choice: a click on a town sends no map again, menus follow, nonsense is refused."""

import pytest
from component_tree import of_type, text
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, NORTH, RATE, STATE, FakeReader

from callbacks.query import read_as
from callbacks.staff.hotspots import follow, menus, show_map, show_place
from dashboard.errors import InvalidQuery
from dashboard.views.hotspots_asked import AskedHotspots, complete

TOWNS = (ASH, BIRCH, CEDAR, DOGWOOD)


@pytest.fixture
def reader() -> FakeReader:
    """Deaths of 2016-2018 with one stored cluster."""
    known = FakeReader()
    known.boundaries.append({"sha": "abc", "state": "25", "level": "town", "vintage": "2020", "schematic": False,
                             "geoids": list(TOWNS), "loaded_at": "2026-01-01"})  # fmt: skip
    known.reports("deaths", "2016-2018")
    for town in TOWNS:
        known.tell(town, "2016-2018", 30, 100_000)
        known.tell(town, "2018", 10, 33_000)
    cluster = {"kind": "spatial", "towns": [CEDAR, DOGWOOD], "names": ["Cedar", "Dogwood"], "observed": 60,
               "expected": 41.0, "relative_risk": 1.5, "llr": 9.0, "p_value": 0.004, "p_overdispersed": 0.3,
               "first_period": None}  # fmt: skip
    result = {"clusters": [cluster], "towns": [], "max_share": 0.1, "replicates": 999, "detectable": []}
    known.analysed("hotspots", RATE.id, result, period="2016-2018", basis="residence", within=STATE)
    return known


def asked(**more: str) -> AskedHotspots:
    return AskedHotspots(**({"indicator": RATE.id, "within": STATE, "period": "36m"} | more))


def test_a_choice_changes_map_panel_and_address(reader: FakeReader) -> None:
    changed = show_map(reader, asked()) | show_place(reader, asked())
    assert changed["geometry"] == "/geo/abc.json"
    assert changed["paint"]["columns"]["cluster"] == ["–", "–", "A", "A"]
    assert "60 deaths where 41 would be expected" in text(changed["panel"])
    assert changed["state"] == {
        "indicator": RATE.id, "period": "36m", "within": STATE, "kind": "spatial", "basis": "residence",
    }  # fmt: skip
    assert changed["csv"].startswith("/csv/hotspots.csv?indicator=death_rate&period=36m")


def test_a_click_on_a_town_sends_no_map_again(reader: FakeReader) -> None:
    changed = show_place(reader, asked(place=CEDAR))
    assert set(changed) == {"panel", "state"}
    assert "In a cluster, but not a hotspot" in text(changed["panel"])
    assert changed["state"]["place"] == CEDAR


def test_every_town_of_a_cluster_is_a_link_to_itself(reader: FakeReader) -> None:
    links = {text(link): link.href for link in of_type(show_place(reader, asked())["panel"], "A")}
    assert f"place={CEDAR}" in links["Cedar"]
    assert links["Dogwood"].startswith("/places/hotspots?")


def test_a_period_that_is_not_analysed_keeps_the_map_and_names_the_command(reader: FakeReader) -> None:
    changed = show_map(reader, asked(period="2018")) | show_place(reader, asked(period="2018"))
    assert "coalition analyse --indicator death_rate --period 2018" in text(changed["panel"])
    assert set(changed["paint"]["classes"]) - {" "}


def test_menus_follow_the_area_and_let_a_town_outside_go(reader: FakeReader) -> None:
    changed = follow(reader, asked(within=NORTH, place=CEDAR, period="2018"))
    options, value, _ = changed["place"]
    assert ([option["label"] for option in options], value) == (["Choose a place", "Ash", "Birch"], "all")
    assert changed["period"][1] == "2018"
    assert follow(reader, asked(within=NORTH, place=ASH))["place"][1] == ASH


def test_a_period_that_was_asked_for_stands_in_its_menu(reader: FakeReader) -> None:
    offered = menus(reader, complete(reader, asked(period="2016-2017")))
    assert offered.periods[0].value == "2016-2017"


@pytest.mark.parametrize("wrong", [{"place": ["a"]}, {"kind": "x" * 200}, {"within": 25}])
def test_values_of_another_kind_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidQuery, match="is not a short text"):
        read_as(AskedHotspots, wrong)
