"""Which counts are sums of which, and the linear system they make."""

from __future__ import annotations

import pytest

from dashboard.errors import StoreError
from dashboard.releases.sums import Geography, group_sums, period_sums, place_sums
from dashboard.releases.tables_of import Counted, tables_of

TOWNS = {"a": "25001", "b": "25001", "nantucket": "25019"}
GEOGRAPHY = Geography({
    "25": frozenset(TOWNS), "25001": frozenset({"a", "b"}), "25019": frozenset({"nantucket"}),
    "set#1": frozenset({"b", "nantucket"}),
})  # fmt: skip


def key(place: str, period: str = "2022-2024", stratum: str = "", term: str = "deaths") -> tuple[str, ...]:
    level = "town" if place in TOWNS else "state" if place == "25" else "catchment" if "#" in place else "county"
    return (term, "residence", stratum, level, place, period)


def test_a_state_is_its_counties_a_county_its_towns_and_a_set_its_towns() -> None:
    keys = [key(place) for place in (*TOWNS, "25001", "25019", "25", "set#1")]
    found = {total[4]: {part[4] for part in parts} for total, parts in place_sums(keys, GEOGRAPHY)}
    assert found == {
        "25": {"25001", "25019"}, "25001": {"a", "b"}, "25019": {"nantucket"}, "set#1": {"b", "nantucket"},
    }  # fmt: skip


def test_a_state_without_counties_is_its_towns() -> None:
    ((total, parts),) = place_sums([key(place) for place in (*TOWNS, "25")], GEOGRAPHY)
    assert (total[4], {part[4] for part in parts}) == ("25", set(TOWNS))


def test_three_years_are_their_years_and_a_year_its_quarters() -> None:
    periods = ["2022-2024", "2022", "2023", "2024", *(f"2023Q{n}" for n in (1, 2, 3, 4)), "2025Q1"]
    found = {total[5]: [part[5] for part in parts] for total, parts in period_sums([key("25", p) for p in periods])}
    assert found == {"2022-2024": ["2022", "2023", "2024"], "2023": ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]}


def test_everyone_is_the_groups_of_each_dimension() -> None:
    keys = [key("25", stratum=s) for s in ("", "sex=female", "sex=male", "age=25-34")]
    found = {tuple(sorted(part[2] for part in parts)) for _, parts in group_sums(keys)}
    assert found == {("sex=female", "sex=male"), ("age=25-34",)}


def test_parts_that_fill_every_total_leave_no_rest() -> None:
    tables, _ = tables_of(Counted({key("a"): 7, key("b"): 3, key("25001"): 10}), GEOGRAPHY)
    assert not tables.rests.any()


def test_where_some_group_is_not_told_every_total_has_a_rest_even_an_empty_one() -> None:
    """A rest of nobody looks like any other: whether there is one tells nothing."""
    counts = {}
    for place, told in (("25001", (4, 5, 9)), ("25019", (4, 5, 12))):
        women, men, everyone = told
        counts |= {key(place, stratum="sex=f"): women, key(place, stratum="sex=m"): men, key(place): everyone}
    tables, _ = tables_of(Counted(counts), GEOGRAPHY)
    assert sorted(tables.values[tables.rests].tolist()) == [0, 3]


def test_parts_that_are_more_than_their_total_are_no_parts_of_it() -> None:
    """Two sources that count differently tell nothing of each other."""
    tables, sums = tables_of(Counted({key("a"): 7, key("b"): 6, key("25001"): 10}), GEOGRAPHY)
    assert sums == []
    assert len(tables) == 3


def test_98_of_100_is_a_count_of_two_as_well() -> None:
    counts = {key("25", term="reached"): 98, key("25", term="all"): 100}
    tables, _ = tables_of(Counted(counts, [("reached", "all")]), GEOGRAPHY)
    assert sorted(tables.values.tolist()) == [2, 98, 100]


def test_what_a_source_hides_gets_a_number_that_fits_every_sum() -> None:
    counts = {key("a"): None, key("b"): None, key("25001"): 9, key("25019"): 1, key("nantucket"): 1}
    tables, _ = tables_of(Counted(counts), GEOGRAPHY)
    value = dict(zip(tables.keys, tables.values.tolist(), strict=True))
    assert value[key("a")] + value[key("b")] == 9


def test_what_cannot_be_true_is_refused() -> None:
    counts = {key("a"): None, key("b"): 12, key("25001"): 9, key("25019"): 1, key("nantucket"): 1}
    with pytest.raises(StoreError, match="no whole numbers"):
        tables_of(Counted(counts), GEOGRAPHY)
