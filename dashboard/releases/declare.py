"""Which tables a release publishes, and which of their periods are closed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard.disclosure.policy import presets
from dashboard.domain import Basis, Level
from dashboard.errors import DefinitionError
from dashboard.periods import Period

FILE = Path(__file__).with_name("declared.toml")
MONTHS = {"3 years": 36, "year": 12, "quarter": 3, "fiscal year": 12, "3 fiscal years": 36}
FISCAL_STARTS = 7
"""Fiscal years run from July."""


@dataclass(frozen=True)
class DeclaredTable:
    """Levels, window and the dimensions that part people into groups ("" is everyone)."""

    levels: tuple[Level, ...]
    window: str
    groups: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class DeclaredIndicator:
    """An indicator with its bases, tables and the name of its policy."""

    id: str
    bases: tuple[Basis, ...]
    tables: tuple[DeclaredTable, ...]
    policy: str


@dataclass(frozen=True)
class Declared:
    """Everything that declared.toml says. `within` are pairs (part, whole) of indicators."""

    indicators: tuple[DeclaredIndicator, ...]
    anchor: int
    small_town: float
    within: tuple[tuple[str, str], ...] = ()
    public_record: Mapping[str, str] = field(default_factory=dict)


def read_declared(file: Path = FILE) -> Declared:
    """The declaration in a file; DefinitionError says what is wrong with it."""
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        return _declared(told)
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DefinitionError(f"{file.name}: {error}. See the comments at its head for what it may say.") from None


def closed_periods(window: str, span: Period, *, anchor: int, on: date) -> list[Period]:
    """Periods of a window that lie inside a span and ended by a day, oldest first; they never overlap."""
    months = MONTHS[window]
    start_month = FISCAL_STARTS if "fiscal" in window else 1
    offset = (date(anchor, start_month, 1).year * 12 + start_month - 1) % months
    first = (
        -(-(span.start.year * 12 + span.start.month - 1 + (span.start.day > 1) - offset) // months) * months + offset
    )
    found: list[Period] = []
    while True:
        year, month = divmod(first, 12)
        period = Period.of_months(year, month + 1, months)
        if period.end > min(span.end, on + timedelta(days=1)):
            return found
        found.append(period)
        first += months


def _declared(told: Mapping[str, Any]) -> Declared:
    shared = {name: tuple(_table(row) for row in rows) for name, rows in told["tables"].items()}
    indicators = tuple(_indicator(row, shared) for row in told["indicators"])
    return Declared(
        indicators, int(told["anchor"]), float(told["small_town"]),
        tuple((row["part"], row["whole"]) for row in told.get("within", ())),
        {row["source"]: row["citation"] for row in told.get("public_record", ())},
    )  # fmt: skip


def _table(row: Mapping[str, Any]) -> DeclaredTable:
    if row["window"] not in MONTHS:
        raise ValueError(f"the window '{row['window']}' is not one of {', '.join(MONTHS)}")
    return DeclaredTable(tuple(Level(level) for level in row["levels"]), row["window"], tuple(row.get("groups", ("",))))


def _indicator(row: Mapping[str, Any], shared: Mapping[str, Sequence[DeclaredTable]]) -> DeclaredIndicator:
    if row["policy"] not in presets():
        raise ValueError(f"the policy '{row['policy']}' of {row['id']} is not one of {', '.join(presets())}")
    return DeclaredIndicator(
        row["id"], tuple(Basis(basis) for basis in row["bases"]), tuple(shared[row["tables"]]), row["policy"]
    )
