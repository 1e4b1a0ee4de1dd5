"""Spans of days: what people write and what they get."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.domain import Period
from dashboard.errors import InvalidQuery
from dashboard.periods import add_months, parse_day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2019, 1, 1)),
        ("2018-2020", date(2018, 1, 1), date(2021, 1, 1)),
        ("2018Q3", date(2018, 7, 1), date(2018, 10, 1)),
        ("2018-q4", date(2018, 10, 1), date(2019, 1, 1)),
        ("2018-07", date(2018, 7, 1), date(2018, 8, 1)),
        ("FY2018", date(2017, 7, 1), date(2018, 7, 1)),
        ("2023-07..2026-06", date(2023, 7, 1), date(2026, 7, 1)),
        (" 2018 ", date(2018, 1, 1), date(2019, 1, 1)),
    ],
)
def test_a_period_is_read_as_written(text: str, start: date, end: date) -> None:
    assert Period.parse(text) == Period(start, end)


@pytest.mark.parametrize(
    "text",
    ["", "last year", "2018-13", "2018-00", "2018Q5", "2020-2018", "0000", "9999", "2018-07..2018-06", "18", "2018-1",
     "٢٠١٨", "2018\n2019", "1" * 5000],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InvalidQuery) as refusal:
        Period.parse(text)
    assert 20 < len(str(refusal.value)) < 200


@given(year=some.integers(1900, 2090), month=some.integers(1, 12), months=some.integers(1, 120))
def test_a_period_is_written_the_way_it_is_read(year: int, month: int, months: int) -> None:
    period = Period.of_months(year, month, months)
    assert Period.parse(str(period)) == period
    assert period.months == months


def test_a_period_ends_before_its_last_day() -> None:
    assert Period.parse("2020-02").days == 29
    assert Period.ending(date(2021, 1, 1), 36) == Period.parse("2018-2020")


def test_a_span_that_cuts_a_month_has_no_whole_months() -> None:
    assert Period(date(2018, 1, 15), date(2018, 2, 15)).months == 0


def test_the_31st_a_month_later_is_the_last_day_of_that_month() -> None:
    assert add_months(date(2019, 12, 31), 2) == date(2020, 2, 29)
    assert add_months(date(2020, 3, 31), -1) == date(2020, 2, 29)


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "", "2026"])
def test_what_is_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InvalidQuery, match="not a day like 2026-09-30"):
        parse_day(text)
