"""Dates and periods as publishers write them. A period is (start, end), the end exclusive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dashboard.domain import Period, add_months
from dashboard.errors import InvalidQuery
from data_loaders.values import NOT_REPORTED, BadValue

Span = tuple[date, date]
Order = Literal["MDY", "DMY"]
UNKNOWN_YEAR = 9999
ALWAYS: Span = (date.min, date.max)
"""No limit: stands for a period that something else decides."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?Z?)?"
_SLASHED = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}){_TIME}", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.IGNORECASE)
_WORD_FIRST = re.compile(r"([a-z]{3,9})\.?[ ,/-]*'?(\d{4}|\d{2})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[ ,/-]+([a-z]{3,9})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
_QUARTER = re.compile(r"(?:(\d{4})[ -]?Q([1-4])|Q([1-4])[ -]?(\d{4}))", re.IGNORECASE)
_FISCAL = re.compile(r"(?:S?FY|fiscal year)[ -]?(\d{4}|\d{2})", re.IGNORECASE)


class TwoOrders(BadValue):
    """A column that writes the day first here and the month first there; `examples` holds one text of each."""

    def __init__(self, day_first: str, month_first: str) -> None:
        super().__init__(
            f"The column writes dates in two orders, such as '{day_first}' and '{month_first}'.",
            "Write every date like 2014-06-28.",
        )
        self.examples = (day_first, month_first)


@lru_cache(maxsize=50_000)
def day(text: str, order: Order = "MDY") -> date | None:
    """The day written as MM/DD/YYYY (or DD/MM/YYYY by `order`) or ISO, with or without a time.

    None for a blank, a marker of "unknown" or the year 9999; BadValue for anything else.
    """
    plain = text.strip()
    if plain.lower() in NOT_REPORTED:
        return None
    found = _ISO.fullmatch(plain)
    if found:
        year, month, number = (int(part) for part in found.groups())
    else:
        found = _SLASHED.fullmatch(plain)
        if not found:
            raise BadValue("A date is expected.", "Write it like 06/28/2014 or 2014-06-28.")
        first, second, year = (int(part) for part in found.groups())
        month, number = (first, second) if order == "MDY" else (second, first)
    return None if year == UNKNOWN_YEAR else _date(year, month, number)


def column_order(texts: Iterable[str]) -> Order:
    """Whether a whole column writes the month or the day first; TwoOrders when it does both.

    A column in which no number exceeds 12 is read month first, as American publishers write.
    """
    day_first = month_first = ""
    for text in texts:
        found = _SLASHED.fullmatch(text.strip())
        if found and int(found[1]) > 12:
            day_first = text
        elif found and int(found[2]) > 12:
            month_first = text
    if day_first and month_first:
        raise TwoOrders(day_first, month_first)
    return "DMY" if day_first else "MDY"


@lru_cache(maxsize=50_000)
def month(text: str) -> Span:
    """The one month written as 2018-07, 7/2018, July-13, Jul 2018 or July 2018; BadValue for anything else."""
    plain = text.strip()
    for pattern, year_at, month_at in ((_WORD_FIRST, 2, 1), (_YEAR_FIRST, 1, 2)):
        found = pattern.fullmatch(plain)
        if found and found[month_at][:3].lower() in MONTHS:
            return _months(_year(found[year_at]), MONTHS.index(found[month_at][:3].lower()) + 1, 1)
    for pattern, year_at, month_at in ((_YEAR_MONTH, 1, 2), (_MONTH_YEAR, 2, 1)):
        found = pattern.fullmatch(plain)
        if found:
            return _months(int(found[year_at]), int(found[month_at]), 1)
    raise BadValue("A month is expected.", "Write it like 2018-07 or July 2018.")


def month_end(text: str, order: Order = "MDY") -> date:
    """The first day after the month in which the written day lies: 12/31/2019 gives 2020-01-01; BadValue if none."""
    found = day(text, order)
    if found is None:
        raise BadValue("A date is expected.", "Write the last day of the month, like 12/31/2019.")
    return add_months(found.replace(day=1), 1)


@lru_cache(maxsize=50_000)
def period(text: str, order: Order = "MDY") -> Span:
    """A day, month, quarter (2018Q3, Q3 2018), fiscal year (FY2018, July to June), year or span of years.

    BadValue for anything else, and for a year outside 1900-2100.
    """
    plain = text.strip()
    found = _FISCAL.fullmatch(plain)
    if found:
        return _months(_year(found[1]) - 1, 7, 12)
    found = _QUARTER.fullmatch(plain)
    if found:
        return _months(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 3)
    if _ISO.fullmatch(plain) or _SLASHED.fullmatch(plain):
        written = day(plain, order)
        if written is None:
            raise BadValue("The date stands for 'unknown'.", "Give the row a period, or leave it out.")
        return written, written + timedelta(days=1)
    try:
        read = Period.parse(plain)
    except InvalidQuery:
        return month(plain)
    return read.start, read.end


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _months(year: int, first: int, months: int) -> Span:
    try:
        read = Period.of_months(year, first, months)
    except InvalidQuery as error:
        raise BadValue(str(error), "Correct the year or the month.") from error
    return read.start, read.end


def _date(year: int, month_: int, number: int) -> date:
    try:
        return date(year, month_, number)
    except ValueError as error:
        raise BadValue("There is no such day.", "Correct the date; the month comes first, or write ISO.") from error
