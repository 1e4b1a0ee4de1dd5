"""Spans of days: what people write, what a store asks, and the months between. Knows no clock."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.errors import InvalidQuery


@dataclass(frozen=True, order=True)
class Period:
    """A half-open span of days: `start` is in it, `end` is not."""

    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read 2018, 2018-2020, 2018Q3, 2018-07, FY2018 (July to June) or 2023-07..2026-06; else InvalidQuery."""
        for pattern, build in _PERIOD_FORMS:
            found = re.fullmatch(pattern, text.strip(), re.IGNORECASE | re.ASCII)
            if found:
                return build(*(int(part) for part in found.groups()))
        raise InvalidQuery(
            f"The period '{text[:40]}' is not one of 2018, 2018-2020, 2018Q3, 2018-07, FY2018 or 2023-07..2026-06."
        )

    @classmethod
    def of_months(cls, year: int, month: int, months: int) -> Period:
        """The span of `months` months that begins with the given month; InvalidQuery outside 1900-2100."""
        if not 1 <= month <= 12:
            raise InvalidQuery(f"The period {year}-{month:02d} names no month: a year has 12.")
        if months < 1:
            raise InvalidQuery(f"The period that begins {year}-{month:02d} ends before it begins.")
        if not (1900 <= year <= 2100 and months <= 1200):
            raise InvalidQuery(f"The period beginning {year}-{month:02d} is outside the years 1900 to 2100.")
        start = date(year, month, 1)
        return cls(start, add_months(start, months))

    @classmethod
    def ending(cls, end: date, months: int) -> Period:
        """The `months` months that end just before `end`."""
        return cls(add_months(end, -months), end)

    @property
    def months(self) -> int:
        """Whole months from start to end; 0 when the span is not made of whole months."""
        whole = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return whole if self.start.day == 1 and self.end.day == 1 else 0

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        """The shortest form that `parse` reads back."""
        last = self.end - timedelta(days=1)
        if self.months == 1:
            return f"{self.start:%Y-%m}"
        if self.months == 3 and self.start.month in (1, 4, 7, 10):
            return f"{self.start.year}Q{self.start.month // 3 + 1}"
        if self.months and self.months % 12 == 0 and self.start.month == 1:
            return str(self.start.year) if self.months == 12 else f"{self.start.year}-{last.year}"
        if self.months == 12 and self.start.month == 7:
            return f"FY{last.year}"
        return f"{self.start:%Y-%m}..{last:%Y-%m}"


def parse_day(text: str) -> date:
    """An ISO day; InvalidQuery otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidQuery(f"The date '{text[:40]}' is not a day like 2026-09-30.") from None


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), clipped to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _span(year: int, month: int, to_year: int, to_month: int) -> Period:
    months = (to_year - year) * 12 + to_month - month + 1
    return Period.of_months(year, month, months)


_PERIOD_FORMS = (
    (r"(\d{4})", lambda year: Period.of_months(year, 1, 12)),
    (r"(\d{4})-(\d{4})", lambda first, last: Period.of_months(first, 1, 12 * (last - first + 1))),
    (r"(\d{4})-?Q([1-4])", lambda year, quarter: Period.of_months(year, 3 * quarter - 2, 3)),
    (r"(\d{4})-(\d{2})", lambda year, month: Period.of_months(year, month, 1)),
    (r"FY(\d{4})", lambda year: Period.of_months(year - 1, 7, 12)),
    (r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", _span),
)
