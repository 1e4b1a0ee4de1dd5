"""Problems and origins of a sheet named by cell: the sheet, its row, and its column by letters."""

from __future__ import annotations

from data_loaders.contract import Problem, Report
from data_loaders.sheets.grid import address


class SheetReport(Report):
    """A report whose columns may be written "Kits!B": the sheet goes where problems keep it.

    What checks a whole intake names the origin of an observation, which `read_sheet` gives in this form.
    """

    def problem(self, rule: str, fix: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Record a problem; the same rule at the same cell once."""
        sheet, _, letters = column.rpartition("!")
        found = Problem(self.file, rule, fix, sheet, row, letters, value[:80])
        if found not in self.problems[-200:]:
            self.problems.append(found)


def cell_name(problem: Problem) -> str:
    """The cell of a problem as "B7"; "" where it has none."""
    return f"{problem.column}{problem.row}" if problem.row and problem.column else ""


def letters_of(column: int) -> str:
    """The letters of a column counted from 0: 1 is "B"."""
    return address(0, column)[:-1]
