"""One language is one file: every sentence is a template with named parts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from pathlib import Path

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from dashboard.domain import Period
from dashboard.errors import InvalidQuery

FOLDER = Path(__file__).with_name("languages")
LOCALES = {"en": "en_US", "es": "es_US"}


@dataclass(frozen=True)
class Language:
    """A catalogue. `phrases` are words that a release brings in English: names, units, definitions."""

    code: str
    sentences: Mapping[str, str]
    phrases: Mapping[str, str]
    singular: Mapping[str, str]

    @property
    def locale(self) -> str:
        """The locale of its numbers and dates."""
        return LOCALES[self.code]

    def say(self, key: str, /, **parts: object) -> str:
        """A sentence with its parts filled in; KeyError for one that the catalogue lacks."""
        return self.sentences[key].format(**parts) if parts else self.sentences[key]

    def phrase(self, text: str) -> str:
        """A phrase of the release in this language; the English one where nobody has translated it yet."""
        return self.phrases.get(text, text)

    def knows(self, text: str) -> bool:
        """Whether a phrase of the release is told in this language."""
        return self.code == "en" or text in self.phrases

    def counted(self, count: float, unit: str) -> str:
        """`1,204 deaths`, `1 death`."""
        said = self.phrase(unit)
        return f"{self.number(count)} {self.singular.get(said, said) if count == 1 else said}"

    def number(self, value: float, digits: int = 0) -> str:
        """1,204 or 24.1; a true minus sign."""
        return _number(round(float(value), digits), digits, self.locale)

    def day(self, day: date | str) -> str:
        """November 22, 2026; "" and what is no date stay as they are."""
        return _day(day, self.locale)

    @cached_property
    def short_months(self) -> tuple[str, ...]:
        """Jan to Dec."""
        named = get_month_names("abbreviated", locale=self.locale)
        return tuple(str(named[month]) for month in range(1, 13))

    def month(self, day: date) -> str:
        """July 2026."""
        return self.say("month_year", month=_months(self.locale)[day.month], year=day.year)

    def period(self, text: str) -> str:
        """2018, 2016 to 2018, July to September 2018, fiscal year 2018, the 36 months to June 2026."""
        try:
            period = _parsed(text)
        except InvalidQuery:
            return text
        last = period.end - timedelta(days=1)
        if period.start.month == 1 and period.months and period.months % 12 == 0:
            years = {"first": period.start.year, "last": last.year}
            return str(last.year) if period.months == 12 else self.say("years", **years)
        if period.months == 1:
            return self.month(last)
        if period.months == 3 and period.start.year == last.year:
            first = _months(self.locale)[period.start.month]
            return self.say("months_between", first=first, last=self.month(last))
        return self.say("months_to", months=period.months, last=self.month(last))

    def listing(self, words: list[str]) -> str:
        """`A, B and C`."""
        if len(words) < 2:
            return "".join(words)
        return self.say("listing", first=", ".join(words[:-1]), last=words[-1])


@lru_cache(maxsize=4096)
def _day(day: date | str, locale: str) -> str:
    try:
        parsed = date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return str(day)
    return str(format_date(parsed, "long", locale=locale))


@cache
def _months(locale: str) -> dict[int, str]:
    return {month: str(name) for month, name in get_month_names("wide", locale=locale).items()}


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period:
    return Period.parse(text)


@lru_cache(maxsize=20_000)
def _number(value: float, digits: int, locale: str) -> str:
    """Remembered: a map says a thousand numbers, most of them again and again."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=locale).replace("-", "−")


@cache
def language(code: str) -> Language:
    """The catalogue with this code."""
    told = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(code, told["sentences"], told.get("phrases", {}), told.get("singular", {}))
