"""What funders ask for: one file a funder, each row answered by one of our indicators or left to be told in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.errors import DefinitionError, InvalidQuery
from dashboard.indicators import registry

__all__ = ["Asked", "Funder", "funder", "funders", "read_funders"]

FOLDER = Path(__file__).parent
REQUIRED: Mapping[str, type] = {
    "name": str, "title": str, "source": str, "address": str, "reviewed_on": date, "months": int, "rows": list
}  # fmt: skip
OPTIONAL: Mapping[str, type] = {"uncertain": str, "begins": int}
ROW: Mapping[str, type] = {"asked": str, "indicator": str, "note": str}


@dataclass(frozen=True)
class Asked:
    """One row: what the funder asks, the indicator that answers ("" where it is told in words), and how they differ."""

    asked: str
    indicator: str = ""
    note: str = ""


@dataclass(frozen=True)
class Funder:
    """One funder's table. `uncertain` is what of it we could not check.

    `months` is the length of its reporting period, `begins` the month (1 to 12) in which one begins, 0 for any.
    """

    id: str
    name: str
    title: str
    source: str
    address: str
    reviewed_on: date
    months: int
    rows: tuple[Asked, ...] = field(repr=False)
    uncertain: str = ""
    begins: int = 0


@cache
def funders() -> Mapping[str, Funder]:
    """Every funder that ships with the program, by id (the name of its file)."""
    return read_funders(FOLDER)


def funder(id_: str) -> Funder:
    """The funder with this id; InvalidQuery lists those that are known."""
    if id_ not in funders():
        raise InvalidQuery(f"There is no funder '{id_[:40]}'. Known: {', '.join(funders())}.")
    return funders()[id_]


def read_funders(folder: Path) -> Mapping[str, Funder]:
    """The funders of a folder's files; DefinitionError lists every fault of every file."""
    faults: list[str] = []
    told = {path.stem: _read(path, faults) for path in sorted(folder.glob("*.toml"))}
    for id_, entry in told.items():
        faults += [f"{id_}.toml: {fault}" for fault in _faults(entry)]
    if faults:
        raise DefinitionError("\n".join(["The tables of funders are wrong:", *faults]))
    return {
        id_: Funder(id_, **entry | {"rows": tuple(Asked(**row) for row in entry["rows"])})
        for id_, entry in told.items()
    }


def _read(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: cannot be read: {error}")
        return {}


def _faults(entry: Mapping[str, Any]) -> list[str]:
    found = [f"'{key}' is missing" for key in REQUIRED if key not in entry]
    found += _key_faults(entry, {**REQUIRED, **OPTIONAL})
    rows = entry.get("rows", [])
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        found += [f"row {number}: {fault}" for fault in _row_faults(row)]
    return found


def _row_faults(row: object) -> list[str]:
    if not isinstance(row, Mapping):
        return ["is no table; write [[rows]] above it"]
    found = [] if row.get("asked") else ["'asked' is missing: what does the funder ask?"]
    found += _key_faults(row, ROW)
    id_ = row.get("indicator", "")
    if id_ and id_ not in registry().indicators:
        found.append(f"there is no indicator '{id_}'; leave it out where the row is told in words")
    if not id_ and not row.get("note"):
        found.append("without an indicator a 'note' must say what to do")
    return found


def _key_faults(entry: Mapping[str, Any], known: Mapping[str, type]) -> list[str]:
    found = [f"unknown key '{key}'; remove it" for key in entry if key not in known]
    wrong = [key for key, kind in known.items() if key in entry and not isinstance(entry[key], kind)]
    return found + [f"'{key}' is not written as a {known[key].__name__}" for key in wrong]
