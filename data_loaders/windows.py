"""Twelve months that end with a month, as the CDC's provisional counts have them."""

from __future__ import annotations

from datetime import date
from functools import cache

from dashboard.domain import Period, add_months
from data_loaders.contract import Report
from data_loaders.dates import MONTHS

Window = tuple[date, date]


def window_ending(year: str, month: str, report: Report, today: date, *, row: int) -> Window | None:
    """The 12 months that end with "2018" and "September" or "9"; None and a problem when there is no such month."""
    number = _number(month)
    if not (year.isdigit() and len(year) == 4 and number):
        rule, fix = "A year and a month are expected.", "Write them like 2018 and September, or 2018 and 9."
        report.problem(rule, fix, row=row, column="Month", value=f"{year} {month}")
        return None
    window = _window(int(year), number)
    if window[1] > today:
        rule = "The 12 months end in the future."
        report.problem(rule, "Correct the year or the month.", row=row, column="Month", value=f"{year} {month}")
        return None
    return window


def _number(month: str) -> int:
    """1 to 12 for a month's name or number; 0 for anything else."""
    if month.isdigit():
        return int(month) if 1 <= int(month) <= 12 else 0
    short = month[:3].casefold()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


@cache
def _window(year: int, month: int) -> Window:
    period = Period.ending(add_months(date(year, month, 1), 1), 12)
    return period.start, period.end
