"""The states and territories: two-digit code, postal letters, name (U.S. Census Bureau, FIPS)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

STATES_FILE = Path(__file__).parent / "states.csv"


@cache
def _by_spelling() -> dict[str, tuple[str, str, str]]:
    with STATES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], row["postal"], row["name"]) for row in csv.DictReader(lines)]
    return {spelling.lower(): row for row in rows for spelling in row}


def state_code(text: str) -> str:
    """The two-digit code of a state given by code ("25", "9"), postal letters or name in any case; "" if none."""
    plain = text.strip().lower()
    row = _by_spelling().get(plain.zfill(2) if plain.isdigit() else plain)
    return row[0] if row else ""


def state_name(code: str) -> str:
    """The name of the state with this two-digit code; the code itself when there is none."""
    row = _by_spelling().get(code)
    return row[2] if row else code


def state_letters(code: str) -> str:
    """The postal letters of the state with this two-digit code; the code itself when there is none."""
    row = _by_spelling().get(code)
    return row[1] if row else code
