"""What of a period a text of a sheet says: "Jan", "Q1 FY26", "July 2025 - June 2026" or a whole date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dashboard.domain import add_months
from data_loaders.dates import MONTHS, Span

LONGEST = 200
FEW_WORDS = 6
"""A bare "may" or "march" in a longer text is a verb."""
_MONTH = (
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"((?:19|20)\d\d)"
_TO = r"\s*(?:-|–|—|to|through|thru)\s*"
_SLASHED = r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)"
_ORDINALS = ("first", "second", "third", "fourth")


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
        """This part with what it lacks from a wider one: "Jan" under "2026", "Q1" under "FY26"."""
        if not wider.said or self.span:
            return self
        if not self.said:
            return replace(wider, shape=self.shape)
        if self.year is None and wider.span:
            return self._inside(wider)
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


@lru_cache(maxsize=100_000)
def part_of(text: str) -> Part:
    """What a text says of a period; a part that says nothing where it names none."""
    found = Part(text[:LONGEST])
    for pattern, read in _FORMS:
        match = pattern.search(found.shape)
        if not match:
            continue
        token, known = read(match)
        known = {name: value for name, value in known.items() if name == "months" or not getattr(found, name)}
        if known and not (token == "<month>" and _verb(match, text)):
            found = replace(found, shape=found.shape[: match.start()] + token + found.shape[match.end() :], **known)
    return found


def _verb(match: re.Match[str], text: str) -> bool:
    return match[0].islower() and len(text.split()) > FEW_WORDS


def month_number(word: str) -> int:
    """1 for "Jan" or "january"."""
    return MONTHS.index(word[:3].lower()) + 1


Known = tuple[str, dict[str, Any]]


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(month: str, day: str, year: str) -> date | None:
    first, second = int(month), int(day)
    if first > 12 >= second:
        first, second = second, first
    try:
        return date(_year(year), first, second)
    except ValueError:
        return None


def _days(match: re.Match[str]) -> Known:
    first, last = _date(*match.groups()[:3]), _date(*match.groups()[3:6])
    if not first or not last or last < first:
        return "<days>", {}
    return "<days>", {"start": first, "end": last + timedelta(days=1)}


def _one_day(match: re.Match[str]) -> Known:
    first = _date(*match.groups()[:3])
    return "<day>", {"start": first, "end": first + timedelta(days=1)} if first else {}


def _iso_day(match: re.Match[str]) -> Known:
    year, month, day = match.groups()[:3]
    first = _date(month, day, year) if int(month) <= 12 else None
    return "<day>", {"start": first, "end": first + timedelta(days=1)} if first else {}


def _month_range(match: re.Match[str]) -> Known:
    first, first_year, last, last_year = match.groups()
    months = (month_number(last) - month_number(first)) % 12 + 1
    if not last_year:
        return "<months>", {"month": month_number(first), "months": months}
    year = _year(last_year)
    begin = year - (month_number(first) > month_number(last)) if not first_year else _year(first_year)
    return "<months>", {
        "start": date(begin, month_number(first), 1), "end": add_months(date(year, month_number(last), 1), 1)
    }  # fmt: skip


def _fiscal(match: re.Match[str]) -> Known:
    first, last = match.groups()
    return "<fiscal>", {"year": _year(last) if last else _year(first), "fiscal": True}


def _years(match: re.Match[str]) -> Known:
    first, last = int(match[1]), _year(match[2])
    if last == first + 1:
        return "<fiscal>", {"year": last, "fiscal": True}
    if not first < last < first + 50:
        return "<years>", {}
    return "<years>", {"start": date(first, 1, 1), "end": date(last + 1, 1, 1)}


def _month_at(year: int, month: int) -> Callable[[re.Match[str]], Known]:
    def read(match: re.Match[str]) -> Known:
        word = match[month]
        number = int(word) if word.isdigit() else month_number(word)
        return "<month>", {"year": _year(match[year]), "month": number} if 1 <= number <= 12 else {}

    return read


def _quarter_word(match: re.Match[str]) -> Known:
    return "<quarter>", {"quarter": _ORDINALS.index(match[1].lower()) + 1}


def _form(pattern: str, read: Callable[[re.Match[str]], Known]) -> tuple[re.Pattern[str], Callable[..., Known]]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), read


_FORMS = (
    _form(rf"(?<!\d){_SLASHED}{_TO}{_SLASHED}(?!\d)", _days),
    _form(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)", _iso_day),
    _form(rf"(?<!\d){_SLASHED}(?!\d)", _one_day),
    _form(rf"{_MONTH}\s*{_YEAR}?{_TO}{_MONTH}(?:[\s,]*{_YEAR})?", _month_range),
    _form(r"\b(?:[a-z]?f\.?y\.?|fiscal year)\s*[-']?\s*((?:20)?\d\d)(?:\s*[-/]\s*((?:20)?\d\d))?\b", _fiscal),
    _form(r"\bcy\s*[-']?\s*((?:20)?\d\d)\b", lambda match: ("<year>", {"year": _year(match[1])})),
    _form(rf"\b{_YEAR}[-/](\d{{1,2}})(?!\d)", _month_at(1, 2)),
    _form(rf"(?<![\d/])(\d{{1,2}})[-/]{_YEAR}\b", _month_at(2, 1)),
    _form(rf"{_MONTH}[\s,/'’-]*((?:19|20)\d\d|\d\d)\b", _month_at(2, 1)),
    _form(rf"\b{_YEAR}[\s,/-]+{_MONTH}", _month_at(1, 2)),
    _form(r"\b((?:19|20)\d\d)(0[1-9]|1[0-2])\b", _month_at(1, 2)),
    _form(rf"\b{_YEAR}\s*-?\s*q(?:tr)?\.?\s*([1-4])\b",
          lambda match: ("<quarter>", {"year": int(match[1]), "quarter": int(match[2])})),
    _form(r"\bq(?:tr|uarter)?\.?\s*([1-4])[\s,/'’-]*((?:19|20)\d\d|\d\d)\b",
          lambda match: ("<quarter>", {"year": _year(match[2]), "quarter": int(match[1])})),
    _form(r"\bq(?:tr|uarter)?\.?\s*([1-4])\b", lambda match: ("<quarter>", {"quarter": int(match[1])})),
    _form(r"\b([1-4])(?:st|nd|rd|th)?\s+(?:quarter|qtr)\b", lambda match: ("<quarter>", {"quarter": int(match[1])})),
    _form(rf"\b({'|'.join(_ORDINALS)})\s+(?:quarter|qtr)\b", _quarter_word),
    _form(rf"\b{_YEAR}\s*[-–/]\s*((?:20)?\d\d)\b", _years),
    _form(rf"(?<![\d$])(?<!\d[,.]){_YEAR}(?!\d|[,.]\d)", lambda match: ("<year>", {"year": int(match[1])})),
    _form(_MONTH, lambda match: ("<month>", {"month": month_number(match[1])})),
)  # fmt: skip
