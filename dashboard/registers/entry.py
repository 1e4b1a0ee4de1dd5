"""An entry of a register: read from texts (a form's or a sheet's), every fault named by its column."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from dashboard.errors import InvalidQuery
from dashboard.periods import parse_day
from dashboard.registers.declared import Column, Register

Value = str | float
LONGEST = 400
MOST = 1e12
"""No coalition has a million million dollars: such an amount is a slip."""


@dataclass(frozen=True)
class Entry:
    """One row of a register; `version` is 0 before it is saved.

    Values by column: texts, ISO days, ids of places and partners, numbers; what is absent is left out.
    """

    register: str
    id: str
    coalition: str
    values: Mapping[str, Value] = field(default_factory=dict)
    version: int = 0

    def text(self, name: str) -> str:
        """A value as text; "" where it is absent."""
        return str(self.values.get(name, ""))

    def number(self, name: str) -> float:
        """A value as a number; 0 where it is absent, which only columns that every row needs never are."""
        return float(self.values.get(name, 0))


@dataclass(frozen=True)
class EntryVersion:
    """An entry as it was saved, or taken away: by whom, when (UTC, naive) and why."""

    entry: Entry
    removed: bool
    who: str
    why: str
    saved_at: datetime


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell, and what to do."""

    column: str
    rule: str
    fix: str


class Names(Protocol):
    """What a cell may name."""

    def town(self, text: str) -> str:
        """The id of a town or of the coalition's whole area; "" for none known."""
        ...

    def partner(self, text: str) -> str:
        """The id of a partner; "" for none known."""
        ...


def read_entry(
    register: Register, texts: Mapping[str, str], names: Names, *, coalition: str = ""
) -> tuple[Entry, list[Fault]]:
    """The entry of a row and every fault in it; with faults the entry is not to be kept."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for column in register.columns:
        written = " ".join(texts.get(column.name, "").split())
        if not written:
            if column.needed:
                faults.append(Fault(column.name, f"{column.label} is missing.", "Fill it in."))
            continue
        found = _read(column, written, names)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            values[column.name] = found
    if not faults:
        faults = _together(register, values)
    return Entry(register.id, entry_id(register, values), coalition, values), faults


def entry_id(register: Register, values: Mapping[str, Value]) -> str:
    """What makes two rows the same entry: the values of the register's key, whatever their case."""
    key = "\n".join([register.id, *(str(values.get(name, "")).casefold() for name in register.key)])
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _read(column: Column, written: str, names: Names) -> Value | Fault:
    match column.kind:
        case "choice":
            return _choice(column, written)
        case "day":
            return _day(column, written)
        case "money" | "count":
            return _number(column, written)
        case "town":
            fix = "Write the town as the store has it (with its state where two have the name), or: all."
            return names.town(written) or Fault(column.name, f"There is no town '{written[:60]}' here.", fix)
        case "partner":
            fix = "Write the partner's name or id as the store has it."
            return names.partner(written) or Fault(column.name, f"There is no partner '{written[:60]}' here.", fix)
    if len(written) > LONGEST:
        return Fault(column.name, f"{column.label} is longer than {LONGEST} letters.", "Shorten it.")
    return written


def _choice(column: Column, written: str) -> Value | Fault:
    found = next((choice for choice in column.choices if choice == written.casefold()), None)
    return found or Fault(
        column.name, f"'{written[:60]}' is not known here.", f"Write one of: {', '.join(column.choices)}."
    )


def _day(column: Column, written: str) -> Value | Fault:
    try:
        found = parse_day(written)
    except InvalidQuery:
        found = None
    if found is None or not 1990 <= found.year <= 2100:
        return Fault(column.name, f"'{written[:40]}' is not a day.", "Write it like 2026-09-30.")
    return found.isoformat()


def _number(column: Column, written: str) -> Value | Fault:
    money = column.kind == "money"
    grouped = r"\$?\s*(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?" if money else r"\d+|\d{1,3}(,\d{3})+"
    if not re.fullmatch(grouped, written, re.ASCII):
        fix = "Write dollars like 34,623 or $34,623.50, without a minus sign." if money else "Write a whole number."
        return Fault(column.name, f"'{written[:40]}' is no {'amount' if money else 'whole number'}.", fix)
    found = float(written.lstrip("$ ").replace(",", ""))
    if not math.isfinite(found) or found > MOST:
        return Fault(column.name, f"'{written[:40]}' is too large.", "Check the number.")
    return found


def _together(register: Register, values: Mapping[str, Value]) -> list[Fault]:
    """What cells say together: the last day is not before the first, nobody more than all has done a training."""
    first, last = values.get("from"), values.get("to")
    if first and last and date.fromisoformat(str(last)) < date.fromisoformat(str(first)):
        return [Fault("to", "The last day lies before the first.", "Correct one of them.")]
    if register.id == "training" and float(values["done"]) > float(values["asked"]):
        return [Fault("done", "More people have done it than need it.", "Correct one of the two numbers.")]
    return []
