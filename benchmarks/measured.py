"""What was measured of one store, kept beside it: a whole table comes together from measurements of many turns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

KEPT = "measured.json"


@dataclass(frozen=True)
class Asked:
    """One address: milliseconds until the last byte, of the server's processors, and kilobytes over the wire."""

    ms: float
    cpu_ms: float
    kb: float


@dataclass(frozen=True)
class Crowd:
    """What many people met: the milliseconds of the slowest twentieth, of the last, and answers that were not 200."""

    p95_ms: float
    last_ms: float
    faults: int


@dataclass(frozen=True)
class Renewed:
    """A load of newer rows: seconds to write it, and from then until every worker gave the new number."""

    rows: int
    write_s: float
    until_s: float


@dataclass(frozen=True)
class Measured:
    """One page on one store; None where it was not measured. `load` is how many programs wanted a core before."""

    store: str
    land: str
    places: int
    rows: int
    side: str
    start_s: float
    page: Asked
    change: Asked
    a_second: float
    worker_mb: float
    own_mb: float = 0.0
    """Of `worker_mb` what is no mapped file."""
    whole_kb: float = 0.0
    """Everything that the first page fetches."""
    made_s: float | None = None
    doors: dict[str, Asked] = field(default_factory=dict)
    staff: Crowd | None = None
    comers: Crowd | None = None
    renewed: Renewed | None = None
    at: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%d %H:%M}")
    load: float = field(default_factory=lambda: os.getloadavg()[0])


_LIST = TypeAdapter(list[Measured])


def keep(found: Sequence[Measured], folder: Path) -> None:
    """Keep what was measured of the store in a folder, in the place of what was measured before."""
    (folder / KEPT).write_bytes(_LIST.dump_json(list(found), indent=1))


def kept(folder: Path) -> list[Measured]:
    """What was measured last of the store in a folder."""
    path = folder / KEPT
    return _LIST.validate_json(path.read_bytes()) if path.is_file() else []
