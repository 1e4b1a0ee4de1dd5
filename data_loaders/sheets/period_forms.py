"""What of a period a text of a sheet says: "Jan", "Q1 FY26", "July 2025 - June 2026" or a whole date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dashboard.domain import add_months
from data_loaders.dates import MONTHS
from data_loaders.sheets.periods import Part

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


def _written_day(match: re.Match[str]) -> Known:
    first = _date(str(month_number(match[1])), match[2], match[3])
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
    _form(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b", _written_day),
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
