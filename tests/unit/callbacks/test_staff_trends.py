"""The trends page: menus follow what is compared; the table, the file and the address say what the chart says."""

import pytest
from component_tree import text
from fake_reader import ASH, BIRCH, RATE, STATE, FakeReader

from callbacks.staff.trends import follow, menus, show
from dashboard.errors import InvalidQuery
from dashboard.views.asking import left_out
from dashboard.views.trends import AskedTrend, compared, complete

SLOTS = ("first", "second", "third", "fourth")


@pytest.fixture
def reader() -> FakeReader:
    known = FakeReader()
    for group in ("", "sex=male", "sex=female"):
        known.reports("deaths", "2017-2018", stratum=group)
    known.reports("deaths", "2017-2018", partner="ems")
    known.reports("contacts", "2018", basis="none", months=1)
    for place, count in ((STATE, 100), (ASH, 50)):
        known.tell(place, "2018", count, 1_000_000)
    return known


def offered(changed: tuple[list[dict[str, object]], str, bool]) -> list[object]:
    return [option["value"] for option in changed[0] if not option.get("disabled")]


def test_beside_the_main_place_there_is_room_for_three(reader: FakeReader) -> None:
    changed = follow(reader, AskedTrend(first="Ash"))
    assert {ASH, BIRCH, STATE, "ours"} <= set(offered(changed["first"]))
    assert offered(changed["fourth"]) == ["all"]
    assert changed["first"][1] == ASH


def test_groups_fill_all_four(reader: FakeReader) -> None:
    changed = follow(reader, AskedTrend(compare="group", second="sex=male"))
    assert [offered(changed[slot]) for slot in SLOTS] == [["all", "sex=female", "sex=male"]] * 4
    assert [changed[slot][1] for slot in SLOTS] == ["all", "sex=male", "all", "all"]


def test_what_was_compared_before_is_cleared(reader: FakeReader) -> None:
    changed = follow(reader, AskedTrend(compare="partner", first="sex=male", second="ems"))
    assert [changed[slot][1] for slot in SLOTS] == ["all", "ems", "all", "all"]


def test_groups_compared_before_are_cleared_when_places_are_compared(reader: FakeReader) -> None:
    changed = follow(reader, AskedTrend(compare="place", first="sex=male", second="ems", third="Ash"))
    assert [changed[slot][1] for slot in SLOTS] == ["all", "all", ASH, "all"]


def test_a_link_to_a_group_that_nobody_reports_says_so(reader: FakeReader) -> None:
    asked = AskedTrend(compare="group", first="age=999", second="sex=male", basis="somewhere")
    said = left_out(asked, complete(reader, asked))
    assert [("age=999" in one, "somewhere" in one) for one in said] == [(False, True), (True, False)]
    named = AskedTrend(first="Ash", second="Birch")
    assert left_out(named, complete(reader, named)) == ()


def test_steps_and_bases_follow_the_indicator(reader: FakeReader) -> None:
    changed = follow(reader, AskedTrend(indicator="contacted", step="1", basis="residence"))
    assert offered(changed["step"]) == ["1", "3", "12"]
    assert changed["step"][1] == "1"
    assert (offered(changed["basis"]), changed["basis"][2]) == ([], True)


def test_unknown_names_are_refused(reader: FakeReader) -> None:
    with pytest.raises(InvalidQuery):
        follow(reader, AskedTrend(first="Nowhere"))


def test_chart_table_file_and_address_say_the_same(reader: FakeReader) -> None:
    changed = show(compared(reader, AskedTrend(first=ASH)))
    assert changed["headline"].startswith("Overdose deaths, 2018: Massachusetts (10 per 100,000), Ash (5 per 100,000)")
    assert [line["name"] for line in changed["figure"]["data"] if line.get("name")][:1] == ["Massachusetts"]
    assert "Ash" in text(changed["table"])
    assert changed["csv"].startswith("/csv/trends.csv?indicator=death_rate&place=25&")
    assert changed["state"] == {
        "indicator": RATE.id, "place": STATE, "step": "12", "basis": "residence", "compare": "place", "first": ASH,
        "shape": "together",
    }  # fmt: skip


def test_nothing_reported_is_an_empty_chart_that_says_so(reader: FakeReader) -> None:
    changed = show(compared(reader, AskedTrend(indicator="kit_count")))
    assert changed["figure"]["data"] == []
    assert text(changed["table"]) == "Nobody reports this yet."


def test_every_town_may_be_the_place(reader: FakeReader) -> None:
    places = [choice.value for choice in menus(reader, complete(reader, AskedTrend())).places if not choice.heading]
    assert {STATE, "ours", ASH, BIRCH} <= set(places)
