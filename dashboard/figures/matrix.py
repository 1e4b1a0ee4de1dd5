"""A matrix: things down, things across, and in each cell a few words on a shade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.tables import Table


@dataclass(frozen=True)
class MatrixCell:
    """One cell: `said` stands in it, `shade` (0 to 4) is how dark it is, `told` is all of it in words.

    Without a shade the cell is outlined, striped (suppressed) or empty with a dashed edge (not reported).
    """

    said: str
    shade: int | None
    state: State = State.VALUE
    told: str = ""


@dataclass(frozen=True)
class MatrixChart:
    """`rows` down and `columns` across; `cells` by (row, column); a pair without a cell is left blank.

    `first` heads the rows in the table.
    """

    title: str
    sentence: str
    first: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], MatrixCell]
    reading: str = ""

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.rows and self.columns)

    def table(self) -> Table:
        """Head and rows of the table twin: the same matrix in words."""
        return (self.first, *self.columns), [
            (row, *(self.cells[row, column].said if (row, column) in self.cells else "–" for column in self.columns))
            for row in self.rows
        ]
