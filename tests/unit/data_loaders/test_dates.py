"""Dates and periods as publishers write them."""

from datetime import date

import pytest

from data_loaders import dates
from data_loaders.values import BadValue


@pytest.mark.parametrize(
    "text", ["06/28/2014", "6/28/2014", "06/28/2014 12:00:00 AM", "2014-06-28", "2014-06-28T00:00:00.000", "06-28-2014"]
)
def test_a_day_is_read_in_every_spelling_of_the_feeds(text: str) -> None:
    assert dates.day(text) == date(2014, 6, 28)


def test_the_order_of_day_and_month_is_an_argument_not_a_guess() -> None:
    assert dates.day("03/04/2018") == date(2018, 3, 4)
    assert dates.day("03/04/2018", "DMY") == date(2018, 4, 3)


@pytest.mark.parametrize("text", ["", "NA", "Unknown", "12/31/9999", "9999-12-31"])
def test_an_unknown_day_is_none(text: str) -> None:
    assert dates.day(text) is None


@pytest.mark.parametrize("text", ["02/30/2018", "2018-13-01", "13/13/2018", "soon", "20180628"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        dates.day(text)


def test_a_column_tells_its_order() -> None:
    assert dates.column_order(["03/04/2018", "12/31/2018"]) == "MDY"
    assert dates.column_order(["03/04/2018", "31/12/2018"]) == "DMY"
    assert dates.column_order(["03/04/2018", "2018-12-31", ""]) == "MDY"


def test_a_column_in_two_orders_is_refused_with_an_example_of_each() -> None:
    with pytest.raises(dates.TwoOrders, match="two orders") as caught:
        dates.column_order(["31/12/2018", "12/30/2018"])
    assert caught.value.examples == ("31/12/2018", "12/30/2018")


@pytest.mark.parametrize("text", ["July-13", "Jul 2013", "july 2013", "2013-07", "7/2013", "2013 July"])
def test_a_month_is_read_in_every_spelling(text: str) -> None:
    assert dates.month(text) == (date(2013, 7, 1), date(2013, 8, 1))


def test_the_month_end_is_the_first_day_after_it() -> None:
    assert dates.month_end("12/31/2019") == date(2020, 1, 1)
    assert dates.month_end("2020-02-29") == date(2020, 3, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2019, 1, 1)),
        ("2018-2020", date(2018, 1, 1), date(2021, 1, 1)),
        ("2018Q3", date(2018, 7, 1), date(2018, 10, 1)),
        ("Q3 2018", date(2018, 7, 1), date(2018, 10, 1)),
        ("FY2018", date(2017, 7, 1), date(2018, 7, 1)),
        ("SFY18", date(2017, 7, 1), date(2018, 7, 1)),
        ("2018-07", date(2018, 7, 1), date(2018, 8, 1)),
        ("July-18", date(2018, 7, 1), date(2018, 8, 1)),
        ("07/04/2018", date(2018, 7, 4), date(2018, 7, 5)),
    ],
)
def test_a_period_is_half_open(text: str, start: date, end: date) -> None:
    assert dates.period(text) == (start, end)


@pytest.mark.parametrize("text", ["", "18", "2018Q5", "2018-13", "1776", "Total", "12/31/9999"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        dates.period(text)


def test_the_same_text_gives_the_same_object_so_that_a_million_rows_stay_small() -> None:
    assert dates.period("2018Q3") is dates.period("2018Q3")
