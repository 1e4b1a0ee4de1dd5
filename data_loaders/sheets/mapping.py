"""What was decided about a layout, once: kept by partner and fingerprint, so that the next file needs no question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from dashboard.errors import LoadRefused
from data_loaders.sheets.periods import Calendar


class Role(StrEnum):
    """What a column is."""

    PLACE = "place"
    CODE = "code"
    COUNTY = "county"
    STATE = "state"
    PERIOD = "period"
    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"
    NUMBER = "number"
    MEASURE = "measure"
    BASIS = "basis"
    PARTNER = "partner"
    GROUP = "group"
    PART = "part"
    """A site or a team: its rows of one place and period are added up."""
    TOTAL = "total"
    IGNORED = "ignored"


@dataclass(frozen=True)
class ColumnUse:
    """What a column is read as, found again by the shape of its header. `names`: text of a cell -> id."""

    shape: str
    role: Role
    measure: str = ""
    dimension: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableUse:
    """How one shape of table is read; `measure` counts for columns that name none."""

    key: str
    columns: tuple[ColumnUse, ...]
    level: str = "town"
    basis: str = ""

    def column(self, shape: str) -> ColumnUse | None:
        """The use of the column with this shape of header."""
        return next((use for use in self.columns if use.shape == shape), None)


@dataclass(frozen=True)
class SheetMapping:
    """How a partner's file is read; plain values only.

    `blank` and `dash` are "zero", "not_reported" or "suppressed", `dash` is "" where the file had none. `year` belongs
    to months without one (0: none are), `guess` is the year that was to be expected when it was answered. `period` and
    `place` stand for all rows where the file names none; `basis` counts for measures known by residence and by
    occurrence.
    """

    fingerprint: str
    partner: str
    state: str
    tables: tuple[TableUse, ...]
    basis: str = ""
    blank: str = "not_reported"
    dash: str = ""
    fiscal_start: int = 7
    first_month: int = 1
    year: int = 0
    guess: int = 0
    period: str = ""
    place: str = ""

    @property
    def calendar(self) -> Calendar:
        """How the file counts time."""
        return Calendar(self.fiscal_start, self.first_month, self.year)

    def table(self, key: str) -> TableUse | None:
        """The use of tables of this shape."""
        return next((use for use in self.tables if use.key == key), None)

    def to_json(self) -> dict[str, Any]:
        """Plain values that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> SheetMapping:
        """The mapping as it was kept; LoadRefused when it is none of ours."""
        try:
            tables = tuple(_table(one) for one in told["tables"])
            known = {one.name for one in fields(cls)}
            return cls(**{name: value for name, value in told.items() if name in known} | {"tables": tables})
        except (KeyError, TypeError, ValueError) as error:
            raise LoadRefused(
                "The remembered mapping cannot be read. Bring the file once more and answer anew."
            ) from error


def _table(told: Mapping[str, Any]) -> TableUse:
    columns = tuple(ColumnUse(**{**one, "role": Role(one["role"]), "names": dict(one["names"])})
                    for one in told["columns"])  # fmt: skip
    return TableUse(**{**told, "columns": columns})


def key_of(shapes: Iterable[str], context: str) -> str:
    """What identifies a shape of table: its headers without periods, places and groups, and what it counts."""
    return f"{' | '.join(sorted(set(shapes)))} # {context}"


def fingerprint_of(keys: Iterable[str]) -> str:
    """What identifies a layout: the shapes of its tables, however many of each there are."""
    return hashlib.sha256("\n".join(sorted(set(keys))).encode()).hexdigest()[:24]
