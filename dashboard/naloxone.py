"""Naloxone need as modelled (naloxone_need.toml), and where the next kits should go."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.domain import FloatArray

DEFINITIONS = Path(__file__).with_name("naloxone_need.toml")
PER = 100_000


@dataclass(frozen=True)
class KitNeed:
    """Two-dose kits needed per 100,000 residents a year in a state, with its range; `note` says what is uncertain."""

    per_100k: float
    lower: float
    upper: float
    source: str
    smallest_population: float
    note: str = ""

    def kits(self, residents: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Kits a year for `residents` (n,): the estimate and the ends of its range, each (n,); NaN stays NaN."""
        people = np.asarray(residents, dtype=np.float64)
        return people * self.per_100k / PER, people * self.lower / PER, people * self.upper / PER


@dataclass(frozen=True)
class Share:
    """What one place gets of the next kits: whole kits, and the shortfall that they answer to."""

    kits: int
    shortfall: float


@cache
def kit_need(state: str) -> KitNeed:
    """The modelled need of a state (two-digit code); the default row where the file has none for it."""
    told = _told()
    row = told["states"].get(state, told["default"])
    return KitNeed(
        row["per_100k"], row["lower"], row["upper"], told["source"], told["smallest_population"], row.get("note", "")
    )


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))


def share_out(kits: int, need: Sequence[float], handed_out: Sequence[float]) -> list[Share]:
    """How `kits` are shared among places of yearly `need` that were `handed_out` so many (NaN: not known).

    The shortfall of a place is need less kits, never below 0; NaN where its kits are not known: such a place gets
    none. Kits are shared in proportion to the shortfalls until all are met, what remains in proportion to need, and
    rounded by largest remainder (ties: the larger shortfall, then the earlier place), so that the shares add up to
    `kits` exactly. Where no place's kits are known, need alone decides. Nothing is shared where nobody is in need.
    """
    wanted, given = np.asarray(need, dtype=np.float64), np.asarray(handed_out, dtype=np.float64)
    nobody_reports = bool(np.isnan(given).all())
    shortfall = wanted.copy() if nobody_reports else np.maximum(wanted - given, 0.0)
    open_to = np.where(np.isnan(shortfall), 0.0, shortfall)
    total = float(open_to.sum())
    exact = open_to * (min(kits, total) / total) if total else np.zeros(len(wanted))
    exact += _spread(max(kits - total, 0.0), np.where(np.isnan(shortfall), 0.0, np.nan_to_num(wanted)))
    whole = _whole(exact, open_to, kits)
    return [Share(int(number), float(lack)) for number, lack in zip(whole, shortfall, strict=True)]


def _spread(kits: float, weights: FloatArray) -> FloatArray:
    return weights * (kits / weights.sum()) if weights.sum() else np.zeros(len(weights))


def _whole(exact: FloatArray, shortfall: FloatArray, kits: int) -> FloatArray:
    """Whole numbers that add up to `kits`: rounded down, then one more where most was cut off."""
    if not exact.any():
        return exact
    floor = np.floor(exact + 1e-9)
    left = kits - int(floor.sum())
    order = np.lexsort((np.arange(len(exact)), -shortfall, -np.round(exact - floor, 9), exact == 0))
    floor[order[:left]] += 1
    return floor
