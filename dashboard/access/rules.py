"""How access is decided (access.toml): what counts as open, which towns are urban, speeds, islands and barriers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEFINITIONS = Path(__file__).with_name("access.toml")
MAINLAND = 0


@dataclass(frozen=True)
class Barrier:
    """Water between towns: the way from one side to the other leads `through` one of the towns named last."""

    name: str
    one_side: tuple[str, ...]
    other_side: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """`verified_months`, `hours_a_week`: when a site counts as verified open. Speeds in km/h. Towns by geoid."""

    verified_months: int
    hours_a_week: float
    urban_residents: float
    borderline_share: float
    circuity: float
    urban_kmh: float
    rural_kmh: float
    islands: Mapping[str, int]
    """Town -> number of its island, from 1; every other town is on the mainland (0)."""
    island_names: tuple[str, ...]
    barriers: tuple[Barrier, ...]


@cache
def rules() -> Rules:
    """The rules of the file."""
    told = tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))
    counting, limits, travel = told["counting"], told["thresholds"], told["travel"]
    islands = told.get("island", [])
    return Rules(
        counting["verified_months"], counting["hours_a_week"], limits["urban_residents"], limits["borderline_share"],
        travel["circuity"], travel["urban_kmh"], travel["rural_kmh"],
        {town: number for number, island in enumerate(islands, start=1) for town in island["towns"]},
        tuple(island["name"] for island in islands),
        tuple(
            Barrier(row["name"], *(tuple(row[side]) for side in ("one_side", "other_side", "through")))
            for row in told.get("barrier", [])
        ),
    )  # fmt: skip
