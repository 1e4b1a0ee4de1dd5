"""Windows stand still: closed, never overlapping, the same in every release."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import DefinitionError
from dashboard.indicators import registry
from dashboard.periods import Period
from dashboard.releases.declare import FILE, MONTHS, closed_periods, read_declared

TODAY = date(2026, 11, 22)


def closed(window: str, span: str, on: date = TODAY) -> list[str]:
    return [str(period) for period in closed_periods(window, Period.parse(span), anchor=2022, on=on)]


def test_three_years_begin_in_the_anchor_or_threes_of_years_from_it() -> None:
    assert closed("3 years", "2014-2026") == ["2016-2018", "2019-2021", "2022-2024"]


def test_a_year_is_closed_when_it_is_over() -> None:
    assert closed("year", "2024-2026") == ["2024", "2025"]
    assert closed("year", "2024-2026", date(2026, 12, 31)) == ["2024", "2025", "2026"]
    assert closed("year", "2024-2026", date(2026, 12, 30)) == ["2024", "2025"]


def test_quarters_and_fiscal_years_are_found_inside_what_is_reported() -> None:
    assert closed("quarter", "2026-02..2026-10") == ["2026Q2", "2026Q3"]
    assert closed("fiscal year", "2023-10..2026-09") == ["FY2025", "FY2026"]
    assert closed("3 fiscal years", "FY2010") == []
    assert closed("3 fiscal years", "2009-07..2020-06") == ["2010-07..2013-06", "2013-07..2016-06", "2016-07..2019-06"]


@given(st.sampled_from(sorted(MONTHS)), st.integers(0, 200), st.integers(1, 200), st.integers(0, 4000))
def test_windows_never_overlap_and_later_releases_only_add_some(window: str, at: int, long: int, later: int) -> None:
    span = Period.of_months(2005 + at // 12, at % 12 + 1, long)
    one, two = (closed_periods(window, span, anchor=2022, on=date.fromordinal(733_000 + n)) for n in (0, later))
    assert all(a.end == b.start for a, b in pairwise(two))
    assert two[: len(one)] == one
    assert all(span.start <= period.start and period.end <= span.end for period in two)


def test_what_is_declared_exists_and_treatment_data_hide_up_to_ten() -> None:
    declared = read_declared()
    known = registry().indicators
    assert {each.id for each in declared.indicators} <= known.keys()
    for each in declared.indicators:
        if known[each.id].disclosure == "treatment":
            assert each.policy == "eleven"
    towns = [
        t for each in declared.indicators if known[each.id].kind != "money" for t in each.tables if "town" in t.levels
    ]
    assert {MONTHS[table.window] for table in towns} == {36}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3 years", "5 years", "5 years"),
        ('"five"', '"six"', "six"),
        ('"events"', '"event"', "event"),
        ("anchor", "ancho", "anchor"),
    ],
)
def test_a_wrong_declaration_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    wrong = tmp_path / "declared.toml"
    wrong.write_text(FILE.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(DefinitionError, match=told):
        read_declared(wrong)
