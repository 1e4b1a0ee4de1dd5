"""The map page: what is chosen becomes a map, a place and an address; what does not fit falls back."""

from typing import Any

import numpy as np
import pytest
from component_tree import text
from fake_reader import ASH, BIRCH, CEDAR, COUNT, DOGWOOD, NORTH, PLACES, RATE, SHARE, STATE, FakeReader

from callbacks.staff.places import complete, follow, menus, opening_level, respond, show_both, show_more, show_place
from dashboard.domain import Jurisdiction, Level
from dashboard.errors import InvalidQuery
from dashboard.views.asking import Asked
from dashboard.views.place_depth import place_depth

TOWNS = (ASH, BIRCH, CEDAR, DOGWOOD)
CONNECTICUT = (
    Jurisdiction("09", "Connecticut", Level.STATE, "09"),
    Jurisdiction("0900100001", "Elm", Level.TOWN, "09", "09001"),
)


@pytest.fixture
def reader() -> FakeReader:
    """Deaths of 2016-2018, by sex and by one partner; contacts of 2018 that nobody splits; kits in Connecticut."""
    known = FakeReader(places=PLACES + CONNECTICUT)
    known.boundaries.append({"sha": "abc", "state": "25", "level": "town", "vintage": "2020", "schematic": False,
                             "geoids": list(TOWNS), "loaded_at": "2026-01-01"})  # fmt: skip
    for group in ("", "sex=male"):
        known.reports("deaths", "2016-2018", stratum=group)
    known.reports("deaths", "2016-2018", partner="ems")
    known.reports("contacts", "2018", basis="none")
    known.reports("kits", "2018", states=["09"])
    for place in (*TOWNS, STATE):
        known.tell(place, "2016-2018", 50, 300_000)
        known.tell(place, "2018", 20, 100_000)
    return known


def asked(**more: str) -> Asked:
    return Asked(**({"indicator": RATE.id, "within": STATE} | more))


def without_numbers(changed: dict[str, Any]) -> dict[str, Any]:
    """An answer with its columns, which are arrays, left out."""
    return changed | {"paint": {name: value for name, value in changed["paint"].items() if name != "columns"}}


def test_an_empty_request_is_given_every_default(reader: FakeReader) -> None:
    assert complete(reader, Asked("")) == Asked(RATE.id, within=STATE, period="36m", basis="residence")


def test_names_become_ids(reader: FakeReader) -> None:
    found = complete(reader, asked(within="North County", place="birch"))
    assert (found.within, found.place) == (NORTH, BIRCH)


def test_choices_that_an_indicator_does_not_have_fall_back(reader: FakeReader) -> None:
    wanted = asked(indicator=SHARE.id, basis="occurrence", group="sex=male", partner="ems")
    found = complete(reader, wanted)
    assert (found.basis, found.group, found.partner) == ("", "", "")
    assert found.period == "12m"  # its own window, not the map's


def test_choices_that_it_has_are_kept(reader: FakeReader) -> None:
    found = complete(reader, asked(group="sex=male", partner="ems", period="2018"))
    assert (found.group, found.partner, found.period) == ("sex=male", "ems", "2018")


@pytest.mark.parametrize("wrong", [{"indicator": "nonsense"}, {"within": "Nowhere"}, {"place": "Nowhere"},
                                   {"period": "soon"}, {"level": "village"}, {"as_of": "soon"}])  # fmt: skip
def test_what_is_unknown_is_refused(reader: FakeReader, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidQuery):
        respond(reader, asked(**wrong))


def test_the_page_changes_whole_when_another_indicator_is_chosen(reader: FakeReader) -> None:
    changed = show_both(reader, asked(place=ASH))
    assert changed["geometry"] == "/geo/abc.json"
    assert len(changed["paint"]["classes"]) == 4
    assert changed["headline"].startswith("Overdose deaths in Massachusetts, 2016 to 2018: 50 deaths")
    assert "Ash" in text(changed["panel"])
    assert changed["state"]["place"] == ASH
    assert changed["csv"].startswith("/csv/places.csv?indicator=death_rate&level=town")


def test_a_click_on_a_town_sends_no_map_again(reader: FakeReader) -> None:
    changed = show_place(reader, asked(place=BIRCH))
    assert "Birch" in text(changed["panel"])
    assert changed["state"]["place"] == BIRCH
    assert set(changed) == {"panel", "state"}


def test_the_map_is_the_same_whatever_place_is_chosen(reader: FakeReader) -> None:
    here, whole = (show_both(reader, asked(place=place)) for place in (BIRCH, ""))
    assert "Birch" in text(here["panel"])
    for changed in (here, whole):
        del changed["panel"], changed["state"]
    assert without_numbers(here) == without_numbers(whole)


def test_the_place_in_depth_follows_the_state_of_the_page(reader: FakeReader) -> None:
    state = show_place(reader, asked(place=BIRCH))["state"]
    assert "Newest months may change." in text(show_more(reader, Asked(**state)))


def test_numbers_go_over_the_wire_as_columns_with_absent_ones_not_a_number(reader: FakeReader) -> None:
    reader.tell(BIRCH, "2016-2018", "suppressed")
    columns = show_both(reader, asked())["paint"]["columns"]
    assert all(isinstance(column, np.ndarray) for column in columns.values())
    np.testing.assert_array_equal(columns["numerator"], [50, np.nan, 50, 50])


def test_without_shapes_there_is_no_address_of_shapes(reader: FakeReader) -> None:
    assert show_both(reader, asked(within="Connecticut", indicator=COUNT.id))["geometry"] == ""


def test_a_map_opens_on_towns_where_most_have_a_rate(reader: FakeReader) -> None:
    assert opening_level(reader, complete(reader, asked())) == "town"


def test_a_map_opens_on_planning_areas_where_most_towns_have_too_few(reader: FakeReader) -> None:
    for town in (ASH, BIRCH, CEDAR):
        reader.tell(town, "2016-2018", 3, 300_000)
    assert opening_level(reader, complete(reader, asked())) == "planning_area"
    assert respond(reader, asked()).asked.level == "planning_area"
    assert respond(reader, asked(level="town")).asked.level == "town"


def test_smoothed_rates_open_on_towns_however_few_events_they_have(reader: FakeReader) -> None:
    for town in TOWNS:
        reader.tell(town, "2016-2018", 3, 300_000)
    answer = respond(reader, asked(rates="smoothed"))
    assert (answer.asked.level, answer.asked.rates) == ("town", "smoothed")
    assert answer.drawn.paint["columns"]["smoothed"] == [1.0] * 4  # 12 deaths of 1.2 million person-years
    assert "smoothed" not in respond(reader, asked(level="town")).drawn.paint["columns"]


def test_what_is_no_rate_is_never_smoothed(reader: FakeReader) -> None:
    assert complete(reader, asked(indicator=SHARE.id, rates="smoothed")).rates == ""
    assert complete(reader, asked(rates="nonsense")).rates == ""


def test_the_page_of_a_town_says_what_is_known_of_its_gaps(reader: FakeReader) -> None:
    assert "Hotspots" in [fact.title for fact in place_depth(reader, respond(reader, asked()).query, ASH).gaps]


def test_without_planning_areas_it_opens_on_towns_all_the_same() -> None:
    known = FakeReader(sets=())
    known.reports("deaths", "2016-2018")
    for town in TOWNS:
        known.tell(town, "2016-2018", 3, 300_000)
    assert opening_level(known, complete(known, Asked(""))) == "town"


def test_menus_hold_a_period_that_was_asked_for_though_it_is_not_offered(reader: FakeReader) -> None:
    offered = menus(reader, complete(reader, asked(period="2010")))
    assert [choice.value for choice in offered.periods] == ["2010", "12m", "24m", "36m", "2018", "2017", "2016"]


def chosen(changed: dict[str, tuple[list[dict[str, object]], str, bool]]) -> dict[str, str]:
    return {name: value for name, (_, value, _) in changed.items()}


def test_menus_follow_the_indicator_and_fall_back_where_it_has_no_such_choice(reader: FakeReader) -> None:
    wanted = asked(indicator=SHARE.id, period="2017", basis="residence", group="sex=male", partner="ems", place=ASH)
    changed = follow(reader, wanted)
    assert chosen(changed) == {
        "period": "12m", "basis": "all", "group": "all", "partner": "all", "place": ASH, "rates": "all",
    }  # fmt: skip
    assert {name for name, (_, _, off) in changed.items() if off} == {"basis", "group", "partner", "rates"}


def test_choices_that_the_next_indicator_has_too_are_kept(reader: FakeReader) -> None:
    wanted = asked(period="2018", group="sex=male", partner="ems", place=ASH)
    assert chosen(follow(reader, wanted)) == {
        "period": "2018", "basis": "residence", "group": "sex=male", "partner": "ems", "place": ASH, "rates": "all",
    }  # fmt: skip


def test_a_town_of_another_state_is_let_go(reader: FakeReader) -> None:
    changed = follow(reader, asked(indicator=COUNT.id, within="09", place=ASH))
    assert chosen(changed)["place"] == "all"
    options = changed["place"][0]
    assert [option["label"] for option in options] == ["Choose a place", "Elm"]


def test_headings_cannot_be_chosen(reader: FakeReader) -> None:
    options = follow(reader, asked())["group"][0]
    assert [(option["label"], option.get("disabled", False)) for option in options] == [
        ("Everyone", False), ("— Sex —", True), ("Sex: Male", False),
    ]  # fmt: skip
    assert chosen(follow(reader, asked(group="-Sex")))["group"] == "all"
