"""A grid as stripped texts, with what is needed to know which cells were merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from data_loaders.sheets.grid import Cell, Grid

EXACT = 1e15
"""Above it a float no longer tells whole numbers apart."""
Area = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """A sheet as texts: rows of equal length, "" for an empty cell."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()

    @classmethod
    def of(cls, grid: Grid) -> Sheet:
        """The texts of a grid; short rows are filled up."""
        width = max((len(row) for row in grid.rows), default=0)
        rows = tuple(tuple(shown(cell) for cell in row) + ("",) * (width - len(row)) for row in grid.rows)
        return cls(grid.sheet, rows, tuple(area for area in grid.merged if _inside(area, len(rows), width)))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """The text of a cell; that of the whole area where it is merged."""
        area = self._areas.get((row, column))
        return self.rows[area[0]][area[1]] if area else self.rows[row][column]

    def line(self, row: int) -> tuple[str, ...]:
        """The texts of a row, merged ones repeated."""
        return tuple(self.text(row, column) for column in range(self.width)) if self.merged else self.rows[row]

    def area(self, row: int, column: int) -> Area | None:
        """The merged area a cell lies in."""
        return self._areas.get((row, column))

    @cached_property
    def _areas(self) -> dict[tuple[int, int], Area]:
        return {cell: area for area in self.merged for cell in _cells(area)}


def shown(cell: Cell) -> str:
    """What a person reads in a cell: whole floats without their fraction, days as 2026-01-31, blanks collapsed."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if abs(cell) < EXACT and cell == int(cell) else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else " ".join(str(cell).split())


def _inside(area: Area, height: int, width: int) -> bool:
    top, left, bottom, right = area
    return 0 <= top <= bottom < height and 0 <= left <= right < width


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
