"""A report for rows that stand for cells: what is said of a field is told at the cell the field comes from."""

from __future__ import annotations

from dataclasses import dataclass

from data_loaders.contract import Problem, Report
from data_loaders.sheets.entries import Entry
from data_loaders.sheets.problems import letters_of


@dataclass(frozen=True)
class Mark:
    """Where an observation stands, and what sets it apart."""

    sheet: str
    row: int
    column: int
    tag: tuple[str, ...]

    @property
    def cell(self) -> str:
        """The cell as "B7"."""
        return f"{letters_of(self.column)}{self.row + 1}"


class CellReport(Report):
    """Writes into the report of the file; `entry` is the one being read. A problem at a cell is told once."""

    def __init__(self, report: Report, sheet: str, entry: Entry | None = None) -> None:
        super().__init__(report.file)
        self.report, self.sheet, self.entry = report, sheet, entry
        self.marks: list[Mark] = []
        self._told: set[Problem] = set()

    def problem(self, rule: str, fix: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Record a problem of a field of the entry; `row` is a number of ours and says nothing."""
        field = column.split(",")[0]
        cell = self.entry.cells.get(field) or self.entry.cells["value"] if self.entry else (row or 0, 0)
        if self.entry and field == "period":
            value = self.entry.texts["period"]
        self.at(rule, fix, cell=cell, value=value)

    def at(self, rule: str, fix: str, *, cell: tuple[int, int], value: str) -> None:
        """Record a problem at a cell (row, column from 0)."""
        found = Problem(self.file, rule, fix, self.sheet, cell[0] + 1, letters_of(cell[1]), value[:80])
        if found not in self._told:
            self._told.add(found)
            self.report.problems.append(found)

    def origin(self, row: int, column: str = "") -> None:  # noqa: ARG002  (the entry knows)
        """Keep where the observation just added stands."""
        assert self.entry is not None
        at = self.entry.cells["value"]
        self.marks.append(Mark(self.sheet, at[0], at[1], self.entry.tag))
