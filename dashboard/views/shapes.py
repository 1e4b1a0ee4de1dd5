"""Which prepared shapes a map is drawn on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader

STATE_DIGITS = 2


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
    state = state_of(reader, within) or home_state(reader)
    fitting = [
        row for row in reader.boundaries if row["state"] == state and row["level"] == reader.gazetteer.finest(state)
    ]
    if not fitting:
        return None
    best = max(fitting, key=_rank)
    return Shapes(best["sha"], state, best["schematic"], best["vintage"], tuple(best["geoids"]))


def home_state(reader: ViewReader) -> str:
    """The state with most towns (or counties), one with shapes before one without; "" where none is known."""
    drawn = {row["state"] for row in reader.boundaries}
    found = reader.gazetteer.finest_in
    states = sorted(id_ for id_ in found if len(id_) == STATE_DIGITS)
    return max(states, key=lambda state: (state in drawn, len(found[state])), default="")


def _rank(row: Mapping[str, Any]) -> tuple[bool, str, str]:
    return not row["schematic"], row["vintage"], row["loaded_at"]


def home_area(reader: ViewReader) -> str:
    """Where pages open: the first coalition's catchment, else the state with most towns."""
    return reader.home if reader.home in reader.gazetteer.set_by_id else home_state(reader)
