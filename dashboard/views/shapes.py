"""Which prepared shapes a map is drawn on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.domain import Level
from dashboard.views.source import ViewReader


@dataclass(frozen=True)
class Shapes:
    """Shapes of one state: the address of their file is /geo/<sha>.json, `geoids` is their order in it."""

    sha: str
    state: str
    schematic: bool
    vintage: str
    geoids: tuple[str, ...]


def shapes_for(reader: ViewReader, within: str) -> Shapes | None:
    """The shapes to draw `within` on: official before schematic, newest vintage first; None when none are loaded."""
    state = state_of(reader, within)
    fitting = [row for row in reader.boundaries if row["state"] == state and row["level"] == Level.TOWN]
    if not fitting:
        return None
    best = max(fitting, key=_rank)
    return Shapes(best["sha"], state, best["schematic"], best["vintage"], tuple(best["geoids"]))


def state_of(reader: ViewReader, within: str) -> str:
    """The state a place or set lies in (where most of its towns lie); "" picks the state with most towns."""
    towns: Sequence[str] = reader.gazetteer.towns_of(within)
    counts: dict[str, int] = {}
    for geoid in towns:
        state = reader.gazetteer.place(geoid).state
        counts[state] = counts.get(state, 0) + 1
    return max(counts, key=lambda state: counts[state]) if counts else ""


def _rank(row: Mapping[str, Any]) -> tuple[bool, str, str]:
    return not row["schematic"], row["vintage"], row["loaded_at"]
