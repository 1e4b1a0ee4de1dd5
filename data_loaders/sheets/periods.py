"""A part of a period, such as a month without its year, and what it means in a file's calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dashboard.domain import add_months
from data_loaders.dates import Span


@dataclass(frozen=True)
class Part:
    """What a text says of a period: some of year, quarter and month, or days from `start` up to `end`.

    `fiscal` marks the year as the one in which a fiscal year ends. `shape` is the text with its period words replaced
    by <month>, <quarter>, <year> ..., so that next month's text has the same shape. A month alone has `months` 1.
    """

    shape: str
    year: int | None = None
    fiscal: bool = False
    quarter: int | None = None
    month: int | None = None
    months: int = 1
    start: date | None = None
    end: date | None = None

    @property
    def said(self) -> bool:
        """Whether the text says anything of a period."""
        return bool(self.year or self.quarter or self.month or self.start)

    @property
    def span(self) -> Span | None:
        """The days it names outright."""
        return (self.start, self.end) if self.start and self.end else None

    @property
    def day(self) -> bool:
        """Whether it is one day."""
        return bool(self.start and self.end and (self.end - self.start).days == 1)

    @property
    def whole(self) -> bool:
        """Whether the text is a period and nothing else."""
        return self.said and not re.sub(r"<\w+>|[\W_]", "", self.shape)

    def within(self, wider: Part) -> Part:
        """This part with what it lacks from a wider one: "Jan" under "2026", "Q1" under "FY26", "2026" under "Jan"."""
        if not wider.said or self.span:
            return self
        if not self.said:
            return replace(wider, shape=self.shape)
        if self.year is None and wider.span:
            return self._inside(wider)
        if self.year and not (self.month or self.quarter or wider.span or wider.year):
            return replace(wider, shape=self.shape, year=self.year, fiscal=self.fiscal)
        if self.year is None and wider.year:
            return replace(self, year=wider.year, fiscal=wider.fiscal)
        return self

    def _inside(self, wider: Part) -> Part:
        assert wider.start
        if self.month:
            return replace(self, year=wider.start.year + (self.month < wider.start.month))
        first = add_months(wider.start.replace(day=1), 3 * ((self.quarter or 1) - 1))
        return replace(self, start=first, end=add_months(first, 3))


@dataclass(frozen=True)
class Calendar:
    """How a file counts time: the month its fiscal year begins with, and the year its bare months belong to.

    `year` is that of `first_month`, the month with which the file's row of months begins; months before it lie in the
    next year; 0 where nothing is known. A day stands for its month, or for its quarter with `by_quarter`.
    """

    fiscal_start: int = 7
    first_month: int = 1
    year: int = 0
    by_quarter: bool = False

    def span(self, part: Part) -> Span | None:
        """The days a part means; None where its year is unknown or out of reach."""
        try:
            return self._span(part)
        except (ValueError, OverflowError):
            return None

    def _span(self, part: Part) -> Span | None:
        if part.span:
            return self._of_days(*part.span)
        year, month = part.year, part.month
        if year is None:
            if month is None or not self.year:
                return None
            year = self.year + (month < self.first_month)
        elif part.fiscal and month:
            year -= month >= self.fiscal_start > 1
        if month:
            return _months(year, month, part.months)
        first = date(year, 1, 1) if not part.fiscal else date(year - (self.fiscal_start > 1), self.fiscal_start, 1)
        if part.quarter:
            first = add_months(first, 3 * (part.quarter - 1))
        return first, add_months(first, 3 if part.quarter else 12)

    def _of_days(self, start: date, end: date) -> Span | None:
        """Whole months as they are; days inside a month or quarter as that month or quarter; else None."""
        if start.day == end.day == 1:
            return start, end
        whole = _months(start.year, start.month, 1)
        if self.by_quarter:
            whole = _months(start.year, start.month - (start.month - 1) % 3, 3)
        return whole if end <= whole[1] else None


def _months(year: int, month: int, months: int) -> Span:
    first = date(year, month, 1)
    return first, add_months(first, months)
