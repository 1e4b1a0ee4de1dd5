"""A chart says in its table what its picture shows, with words where there is no number."""

import numpy as np
import pytest

from dashboard.figures.chart import (
    IntervalChart,
    IntervalRow,
    Series,
    SmallMultiples,
    TrendChart,
    nothing_shown,
    numbers,
    segments,
)

YEARS = ("2016", "2017", "2018", "2019", "2020")
STATES = ("value", "unstable", "unstable", "suppressed", "value")


def series(label="Orange", value=(21.5, 14.25, None, None, 30), provisional=(False, False, False, False, True)):
    limits = [(None if v is None else v - 5, None if v is None else v + 5) for v in value]
    lower, upper = zip(*limits, strict=True)
    x = tuple(f"{year}-07-01" for year in YEARS)
    return Series(label, YEARS, x, value, lower, upper, (25, 12, 7, None, 1204), STATES, provisional)


def trend(*lines, breaks=()):
    return TrendChart("Deaths", "Orange had 30 in 2020.", "deaths", 100_000, lines or (series(),), breaks)


def test_the_table_of_one_series_has_a_row_a_period_and_a_reason_for_every_absent_number():
    head, rows = trend().table()
    assert head == ("Period", "Deaths per 100,000", "95% interval", "Deaths", "Note")
    assert rows == [
        ("2016", "21.5", "16.5 to 26.5", "25", "–"),
        ("2017", "14.2", "9.2 to 19.2", "12", "unstable"),
        ("2018", "too few for a rate", "–", "7", "–"),
        ("2019", "hidden to protect people", "–", "hidden to protect people", "–"),
        ("2020", "30.0", "25.0 to 35.0", "1,204", "provisional"),
    ]


def test_the_table_of_several_series_has_a_column_each():
    short = Series("Athol", ("2020",), ("2020-07-01",), (0,), (None,), (None,), (0,), ("value",), (False,))
    head, rows = trend(series(), short).table()
    assert head == ("Period", "Orange", "Athol")
    assert rows[0] == ("2016", "21.5 (16.5 to 26.5)", "not reported")
    assert rows[2] == ("2018", "7, too few for a rate", "not reported")
    assert rows[4] == ("2020", "30.0 (25.0 to 35.0), provisional", "0.0")


def test_a_count_is_not_printed_twice():
    counts = (3.0, 4.0)
    kits = Series("Kits", ("2023", "2024"), ("2023-07-01", "2024-07-01"), counts, (None,) * 2, (None,) * 2, counts,
                  ("value",) * 2, (False,) * 2)  # fmt: skip
    head, rows = TrendChart("Kits", "Four kits.", "kits", 1, (kits,)).table()
    assert head == ("Period", "Kits")
    assert rows == [("2023", "3"), ("2024", "4")]


def test_the_table_of_groups_has_a_row_a_group():
    rows = (
        IntervalRow("Men", 38.2, 35.1, 41.6, numerator=540),
        IntervalRow("Unhoused", None, state="not_reported"),
        IntervalRow("Town without people", None, numerator=3),
    )
    head, said = IntervalChart("Groups", "Men.", "deaths", 100_000, rows).table()
    assert head == ("Group or place", "Deaths per 100,000", "95% interval", "Deaths")
    assert said[0] == ("Men", "38.2", "35.1 to 41.6", "540")
    assert said[1] == ("Unhoused", "not reported", "–", "not reported")
    assert said[2] == ("Town without people", "no rate", "–", "3")


def test_where_no_group_has_a_rate_the_table_has_counts_alone():
    rows = (IntervalRow("Housed", None, numerator=31), IntervalRow("Unhoused", None, numerator=9))
    head, said = IntervalChart("Housing", "Counts.", "deaths", 100_000, rows).table()
    assert head == ("Group or place", "Deaths")
    assert said == [("Housed", "31"), ("Unhoused", "9")]


def test_small_multiples_have_a_column_a_chart():
    head, rows = SmallMultiples("By town", "Two towns.", (trend(), trend(series("Athol")))).table()
    assert head == ("Period", "Deaths", "Deaths")
    assert len(rows) == len(YEARS)


def test_no_line_crosses_an_absent_number_or_a_break():
    whole = series(value=(1, 2, 3, 4, 5))
    assert segments(whole) == [[0, 1, 2, 3, 4]]
    assert segments(series()) == [[0, 1], [4]]
    assert segments(whole, [("2018-01-01", "definition changed")]) == [[0, 1], [2, 3, 4]]


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        Series("Odd", YEARS, YEARS, (1,), (1,), (1,), (1,), ("value",), (False,)).points  # noqa: B018


def test_the_caption_explains_the_marks_that_occur_and_no_others():
    assert trend().reading == (
        "Shaded: the 95% interval. Hollow or dashed: provisional, may still change. Diamond: few events, unstable. "
        "Cross: no number can be shown; the table says why."
    )
    assert IntervalChart("Groups", "s", "deaths", 1, (IntervalRow("Men", 3),)).reading == ""


def test_a_chart_without_any_number_says_why():
    empty = series(value=(None,) * 5)
    assert nothing_shown(trend(empty)) == "No rate or too few for a rate or hidden to protect people"
    assert nothing_shown(trend()) == ""


def test_columns_for_a_chart_are_rounded_and_absent_numbers_are_none():
    assert numbers(np.array([1.23456789, np.nan, 0])) == (1.2346, None, 0)


@pytest.mark.parametrize("lines", [(), (series(),) * 5])
def test_a_trend_shows_one_to_four_series(lines):
    with pytest.raises(ValueError, match="1 to 4 series"):
        TrendChart("Deaths", "s", "deaths", 1, lines)
