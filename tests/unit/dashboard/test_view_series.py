"""Lines over time: where they end, when they show counts, and when a trend may be told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from fake_reader import ASH, MONEY, RATE, STATE, FakeReader, cell, years

from dashboard.domain import Cells, Level, Period, Query
from dashboard.views.series import direction_words, tiles, trend

NO_TREND = "Too few periods with a rate to speak of a trend."
# Exact Poisson limits of 100 and 150 events (per 100 as a rate of one): they lie apart.
LOW, MIDDLE, HIGH = (81.4, 121.6), (93.2, 136.0), (127.0, 176.0)
ABSENT = (np.nan, np.nan)


def between(*limits: tuple[float, float]) -> Cells:
    lower, upper = np.array(limits).T
    return replace(cell(), lower=lower, upper=upper)


def said(periods: Sequence[str], *limits: tuple[float, float], breaks: Sequence[str] = ()) -> str:
    told = [(date.fromisoformat(day), "another definition") for day in breaks]
    return direction_words(between(*limits), [Period.parse(period) for period in periods], told)


def test_four_periods_are_too_few_for_a_trend_however_far_apart() -> None:
    assert said(years(2015, 2018), LOW, LOW, HIGH, HIGH) == NO_TREND


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((LOW, LOW, MIDDLE, HIGH, HIGH), "Higher than 2014, beyond chance."),
        ((HIGH, LOW, MIDDLE, HIGH, LOW), "Lower than 2014, beyond chance."),
        ((LOW, HIGH, HIGH, HIGH, MIDDLE), "No clear change since 2014."),
    ],
)
def test_five_periods_say_what_the_intervals_at_the_ends_say(limits: Sequence[tuple[float, float]], words: str) -> None:
    assert said(years(2014, 2018), *limits) == words


def test_only_the_last_five_periods_are_compared() -> None:
    assert said(years(2012, 2018), HIGH, HIGH, LOW, LOW, LOW, LOW, LOW) == "No clear change since 2014."


def test_a_period_without_a_rate_among_them_leaves_too_few() -> None:
    assert said(years(2014, 2018), LOW, LOW, ABSENT, HIGH, HIGH) == NO_TREND


def test_windows_that_overlap_count_once() -> None:
    windows = [f"2017-{month:02d}..2018-{month - 1:02d}" for month in range(2, 9)]
    assert said(windows, *[LOW] * 3, *[HIGH] * 4) == NO_TREND


def test_yearly_windows_in_between_do_not_hide_a_trend() -> None:
    # Two windows a year from 2013-07 on: every second one starts where an earlier one ends.
    spans = [f"{year}-07..{year + 1}-06" if half else str(year) for year in range(2014, 2019) for half in (0, 1)][:-1]
    limits = [LOW, HIGH, LOW, LOW, LOW, LOW, LOW, LOW, HIGH]
    assert said(spans, *limits) == "Higher than 2014, beyond chance."


def test_no_trend_is_told_across_a_break() -> None:
    words = said(years(2010, 2018), *[LOW] * 6, *[HIGH] * 3, breaks=["2016-01-01"])
    assert words == "Too few periods with a rate since the change of January 2016 to speak of a trend."


def test_five_periods_after_a_break_bear_a_trend() -> None:
    words = said(years(2010, 2018), *[HIGH] * 4, *[LOW] * 4, HIGH, breaks=["2010-05-01", "2014-01-01"])
    assert words == "Higher than 2014, beyond chance."


def test_a_break_inside_the_newest_period_leaves_no_trend() -> None:
    words = said(years(2014, 2018), LOW, LOW, LOW, LOW, HIGH, breaks=["2018-07-01"])
    assert words == "The definition changed within this period: no trend can be told."


def reported(first: str, *, months: int = 1, **more: object) -> FakeReader:
    reader = FakeReader(**more)
    reader.reports("deaths", first, months=months)
    return reader


def ask(place: str = ASH, level: Level = Level.TOWN, indicator: str = RATE.id) -> Query:
    return Query(indicator, (Period.parse("2018"),), level, geoids=(place,))


def test_tiles_lie_side_by_side_and_end_with_the_newest_data() -> None:
    found = tiles(reported("2014-01..2018-06"), RATE, 12)
    assert [str(period) for period in found] == ["FY2015", "FY2016", "FY2017", "FY2018"]
    assert all(before.end == after.start for before, after in pairwise(found))


def test_quarters_end_with_the_newest_month_too() -> None:
    assert [str(period) for period in tiles(reported("2018-01..2018-08"), RATE, 3)] == [
        "2018-03..2018-05", "2018-06..2018-08",
    ]  # fmt: skip


def test_a_measure_that_does_not_add_keeps_its_publishers_windows_of_a_year() -> None:
    reader = FakeReader(adds_over=["place"])
    published = ["2018Q1", "2017-06..2018-05", "2017-05..2018-04", "2016-2017", "2017-04..2018-03"]
    reader.reports("deaths", "2016-01..2018-05", windows=published)
    assert [str(period) for period in tiles(reader, RATE, 1)] == [
        "2017-04..2018-03", "2017-05..2018-04", "2017-06..2018-05",
    ]  # fmt: skip


def test_nothing_reported_is_no_line() -> None:
    assert tiles(FakeReader(), RATE, 12) == ()
    assert trend(FakeReader(), RATE, [ask()], [""], months=12) is None


def told(*counts: int, residents: float = 100_000) -> FakeReader:
    last = 2018
    reader = reported(f"{last - len(counts) + 1}-{last}")
    for year, count in zip(years(last - len(counts) + 1, last), counts, strict=True):
        reader.tell(ASH, year, count, residents)
    return reader


def test_most_periods_with_a_rate_are_drawn_as_rates() -> None:
    chart = trend(told(5, 20, 6, 25, 40), RATE, [ask()], [""], months=12)
    assert chart is not None
    assert (chart.unit, chart.per) == ("deaths", 100_000)
    assert chart.series[0].value == (None, 20.0, None, 25.0, 40.0)
    assert chart.series[0].state == ("unstable", "value", "unstable", "value", "value")


def test_most_periods_with_too_few_are_drawn_as_counts() -> None:
    chart = trend(told(5, 20, 6, 9, 40), RATE, [ask()], [""], months=12)
    assert chart is not None
    assert (chart.unit, chart.per) == ("deaths", 1)
    assert chart.series[0].value == (5, 20, 6, 9, 40)
    assert set(chart.series[0].lower) == {None}
    assert set(chart.series[0].state) == {"value"}


def test_money_is_drawn_in_dollars() -> None:
    reader = FakeReader()
    reader.reports("dollars", "2017-2018", basis="none")
    reader.tell(ASH, "2018", 3000, of=MONEY)
    chart = trend(reader, MONEY, [ask(indicator=MONEY.id)], [""], months=12)
    assert chart is not None
    assert (chart.unit, chart.series[0].value) == ("dollars", (None, 3000))


def test_the_sentence_says_the_newest_period_and_the_trend() -> None:
    # 150 events lie between 127.0 and 176.0, 100 between 81.4 and 121.6.
    chart = trend(told(100, 100, 100, 100, 150), RATE, [ask()], [""], months=12)
    assert chart is not None
    rate = "150 deaths, or 150 per 100,000 residents a year (127 to 176)"
    assert chart.sentence == f"2018: {rate}. Higher than 2014, beyond chance."


def test_a_point_stands_in_the_middle_of_its_period() -> None:
    chart = trend(told(100), RATE, [ask()], [""], months=12)
    assert chart is not None
    assert chart.series[0].x == ((date(2018, 1, 1) + timedelta(days=182)).isoformat(),) == ("2018-07-02",)


def test_only_breaks_inside_what_is_drawn_are_drawn() -> None:
    reader = told(50, 50, 50)
    for day in ("2010-01-01", "2016-01-01", "2017-01-01", "2019-01-01"):
        reader.changed(day, "another definition")
    chart = trend(reader, RATE, [ask()], [""], months=12)
    assert chart is not None
    assert chart.breaks == (("2017-01-01", "another definition"),)


def test_each_query_is_a_line_with_its_label() -> None:
    reader = told(50, 60)
    reader.tell(STATE, "2018", 500, 1_000_000)
    chart = trend(reader, RATE, [ask(), ask(STATE, Level.STATE)], ["Ash", "Massachusetts"], months=12)
    assert chart is not None
    assert [(line.label, line.value) for line in chart.series] == [("Ash", (50, 60)), ("Massachusetts", (None, 50))]
    assert chart.sentence.startswith("Ash, 2018: 60 deaths")
