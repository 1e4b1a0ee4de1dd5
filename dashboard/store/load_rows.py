"""The rows of each load as columns on disk: a load never changes, so a machine reads it from the database once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from dashboard.store import schema

COLUMNS: Mapping[str, Any] = {
    "series": np.int32, "place": np.int32, "start": np.int32, "end": np.int32,
    "value": np.float64, "status": np.int8, "load": np.int32,
}  # fmt: skip
ROW = np.dtype(list(COLUMNS.items()))
CHUNK = 100_000
QUICK_BYTES = 64 * 1024 * 1024
"""Of rows that a worker puts together itself: two million take it less time than beginning another process."""


def observations(connection: Connection, loads: Iterable[int], folder: Path) -> dict[str, NDArray[Any]]:
    """All observations of these loads with the database's own ids, column by column; `folder` is this store's own."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [np.empty(0, ROW)]
    for load in loads:
        kept = _kept(folder / f"{load}.npy")
        parts.append(_read(connection, load, folder) if kept is None else kept)
    return {name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}


def are_quick(loads: Iterable[int], folder: Path) -> bool:
    """Whether the rows of all these loads are kept, and few enough to be put together within a request."""
    sizes = [path.stat().st_size if path.is_file() else QUICK_BYTES + 1
             for path in (folder / f"{load}.npy" for load in loads)]  # fmt: skip
    return sum(sizes) <= QUICK_BYTES


def _kept(path: Path) -> NDArray[Any] | None:
    """What was kept of a load; None where there is nothing, or nothing whole."""
    try:
        rows: NDArray[Any] = np.load(path)
    except (OSError, ValueError, EOFError):
        return None
    return rows if rows.dtype == ROW else None


def _read(connection: Connection, load: int, folder: Path) -> NDArray[Any]:
    """The rows of a load from the database, kept for the next time."""
    rows = np.concatenate([np.empty(0, ROW), *_chunks(connection, load)])
    unfinished = folder / f"{load}-{uuid4().hex}.unfinished"
    try:
        with unfinished.open("wb") as file:
            np.save(file, rows)
        unfinished.replace(folder / f"{load}.npy")
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _chunks(connection: Connection, load: int) -> Iterator[NDArray[Any]]:
    table = schema.observation
    wanted = select(table.c.series_id, table.c.place_id, table.c.start_day, table.c.end_day, table.c.value,
                    table.c.status, table.c.load_id).where(table.c.load_id == load)  # fmt: skip
    for rows in connection.execution_options(yield_per=CHUNK).execute(wanted).partitions(CHUNK):
        chunk = np.empty(len(rows), ROW)
        for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
            chunk[name] = np.array(values, dtype=np.float64)
        yield chunk
