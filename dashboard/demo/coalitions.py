"""The demonstration's coalitions, their catchments and partners, and what some of them failed to report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.places import STATE, Ground
from dashboard.domain import Jurisdiction, Level, Partner, PlaceSet

COALITIONS_FILE = Path(__file__).with_name("coalitions.toml")


@dataclass(frozen=True)
class Coalition:
    """A coalition: `towns` and `hubs` are positions in the ground's towns; its id is also its catchment's.

    `missed` and `zero` map a partner to quarters counted back from the newest; `silent` maps a theme to such quarters.
    """

    id: str
    name: str
    towns: NDArray[np.int64]
    hubs: NDArray[np.int64]
    quality: float
    town_detail: bool
    partners: tuple[Partner, ...]
    sectors_missing: int
    missed: dict[str, list[int]] = field(default_factory=dict)
    zero: dict[str, list[int]] = field(default_factory=dict)
    silent: dict[str, list[int]] = field(default_factory=dict)

    def catchment(self, ground: Ground) -> PlaceSet:
        """Its towns as a place set."""
        return PlaceSet(self.id, self.name, Level.CATCHMENT, tuple(ground.geoids[n] for n in self.towns))

    def place(self) -> Jurisdiction:
        """Its catchment as a place of its own, for numbers that no town has: agreements, seats, days.

        The id is the place set's, so that both are one area; the name differs, so that a name finds one of them.
        """
        return Jurisdiction(self.id, f"{self.name} coalition", Level.CATCHMENT, STATE)

    def of_sectors(self, sectors: tuple[str, ...]) -> list[Partner]:
        """Its partners of these sectors."""
        return [partner for partner in self.partners if partner.sector in sectors]


def coalitions(ground: Ground) -> list[Coalition]:
    """All coalitions in the order of the file; KeyError when a town's name is unknown."""
    settings = _settings()
    return [_coalition(entry, settings, ground) for entry in settings["coalition"]]


def sectors() -> tuple[str, ...]:
    """Every sector a coalition needs."""
    return tuple(_settings()["sectors"])


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(COALITIONS_FILE.read_text("utf-8"))


def _coalition(entry: dict[str, Any], settings: dict[str, Any], ground: Ground) -> Coalition:
    gaps = [gap for gap in settings["gap"] if gap["partner"].startswith(entry["id"] + "-")]
    return Coalition(
        id=entry["id"],
        name=entry["name"],
        towns=ground.positions(entry["towns"]),
        hubs=ground.positions(entry["hubs"]),
        quality=entry["quality"],
        town_detail=entry["detail"] == "towns",
        partners=_partners(entry, settings["sectors"]),
        sectors_missing=len(entry["without"]),
        missed={gap["partner"]: gap.get("missed", []) for gap in gaps},
        zero={gap["partner"]: gap.get("zero", []) for gap in gaps},
        silent={
            theme: silence["quarters"]
            for silence in settings["silence"]
            if silence["coalition"] == entry["id"]
            for theme in silence["themes"]
        },
    )


def _partners(entry: dict[str, Any], names: dict[str, str]) -> tuple[Partner, ...]:
    filled = [sector for sector in names if sector not in entry["without"]]
    words = entry["words"]
    return tuple(
        Partner(_id(entry["id"], sector), f"{words[n % len(words)]} {names[sector]}", sector, entry["id"], entry["id"])
        for n, sector in enumerate(filled)
    )


def _id(coalition: str, sector: str) -> str:
    return f"{coalition}-{sector.lower().replace(' ', '-')}"
