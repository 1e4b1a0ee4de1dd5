"""Sheets as values that JSON can write: how the reading process hands them over. Never a pickle."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from data_loaders.sheets.grid import Cell, Grid


def to_plain(grids: Iterable[Grid]) -> list[dict[str, Any]]:
    """Sheets as lists and texts; a day is {"d": "2026-05-01"}, a moment {"t": "2026-05-01T09:30:00"}."""
    return [
        {
            "sheet": grid.sheet,
            "rows": [[_written(cell) for cell in row] for row in grid.rows],
            "merged": [list(area) for area in grid.merged],
        }
        for grid in grids
    ]


def from_plain(entries: Iterable[Any]) -> list[Grid]:
    """The sheets that `to_plain` wrote down; ValueError, TypeError or LookupError for anything else."""
    return [
        Grid(
            str(entry["sheet"]),
            tuple(tuple(_read(cell) for cell in row) for row in entry["rows"]),
            tuple(_area(area) for area in entry["merged"]),
        )
        for entry in entries
    ]


def _written(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return cell


def _read(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell["t"]) if "t" in cell else date.fromisoformat(cell["d"])
    if cell is None or isinstance(cell, (str, int, float)):
        return cell
    raise ValueError("A cell is a text, a number, a day or nothing.")


def _area(area: Sequence[Any]) -> tuple[int, int, int, int]:
    top, left, bottom, right = (int(edge) for edge in area)
    return top, left, bottom, right
