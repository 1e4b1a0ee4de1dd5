"""Numbers that are known before any sheet is made of them, and what a sheet must give back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard import gazetteer
from dashboard.domain import Level
from data_loaders.sheets.grid import Cell, Grid

Rows = list[list[Cell]]
Merged = tuple[tuple[int, int, int, int], ...]
Key = tuple[str, str, str, str, str]
"""(measure, geoid, period as people write it, stratum, basis)"""
Expected = dict[Key, float | str]
Month = tuple[int, int]
GEOIDS = {place.name: place.geoid for state in ("CT", "MA") for place in gazetteer.towns(state)[0]
          if place.level == Level.TOWN}  # fmt: skip
QUABBIN = ("Athol", "Orange", "Gardner", "Montague", "Greenfield", "Deerfield", "Royalston", "Petersham")
WORCESTER = ("Athol", "Gardner", "Petersham", "Royalston")
FRANKLIN = ("Deerfield", "Greenfield", "Montague", "Orange")
CONNECTICUT = ("Hartford", "New Britain", "Windham", "Vernon", "Bristol", "Manchester")
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip
YEAR = tuple((2026, month) for month in range(1, 10))
LONGER = (*YEAR, (2026, 10))
HIDDEN, MISSING = "suppressed", "not_reported"


def count(town: str, at: int, salt: int = 0) -> int:
    """A number for a town and a month that no reader can guess: from the letters of the town's name."""
    return (sum(map(ord, town)) * 7 + at * 5 + salt * 11) % 23


@dataclass
class Built:
    """One file: its sheets, and the observations they must give."""

    sheets: list[Grid] = field(default_factory=list)
    expected: Expected = field(default_factory=dict)
    file: str = "report.xlsx"

    def sheet(self, name: str, rows: Sequence[Sequence[Cell]], merged: Merged = ()) -> None:
        """Add a sheet; short rows are filled with blanks, as a spreadsheet does."""
        width = max(len(row) for row in rows)
        full = tuple((*row, *([None] * (width - len(row)))) for row in rows)
        self.sheets.append(Grid(name, full, merged))

    def expect(
        self, measure: str, town: str, period: str, value: float | str, *, stratum: str = "", basis: str = "none"
    ) -> None:
        """One observation that must come out."""
        key = (measure, GEOIDS.get(town, town), period, stratum, basis)
        assert key not in self.expected
        self.expected[key] = value


@dataclass(frozen=True)
class Messy:
    """A partner's file of one month and of the next, and what a person who knows it answers."""

    name: str
    build: Callable[[Sequence[Month]], Built]
    first: tuple[Month, ...] = YEAR
    second: tuple[Month, ...] = LONGER
    answers: Mapping[str, str] = field(default_factory=dict)


def iso(month: Month) -> str:
    """2026-01."""
    return f"{month[0]}-{month[1]:02d}"


def named(month: Month) -> str:
    """January."""
    return NAMES[month[1] - 1]


def short(month: Month) -> str:
    """Jan."""
    return named(month)[:3]


def first_day(month: Month) -> date:
    """A date cell, as spreadsheets keep a month."""
    return date(*month, 1)


def total(numbers: Iterable[float | str | None]) -> int:
    """What a spreadsheet's SUM gives: texts count nothing."""
    return int(sum(number for number in numbers if isinstance(number, (int, float))))
