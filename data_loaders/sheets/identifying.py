"""Files that speak of single people: recognised and refused, and nothing of them repeated.

A table of counts has none of what is looked for here. Columns decide, never a title: the name and telephone number
of whoever made the sheet may stand above a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_loaders.contract import Problem
from data_loaders.sheets.grid import Cell, Grid
from data_loaders.sheets.person_signs import HEADERS, VALUES, are_birth_dates, is_coordinate, is_person_row
from data_loaders.sheets.problems import letters_of

FEWEST = 3
"""Values of one kind in a column before it counts as a column of them."""
SHARE = 0.5
FIX = (
    "Nothing of this file was kept. Bring counts: how many in each town and month, without anything about one person. "
    "The template on this page has the right shape."
)


def faults(grids: Sequence[Grid]) -> list[Problem]:
    """What in these sheets points to single people, column by column; [] for tables of counts.

    `column` is its letters; `value` is always empty and no text of a cell is repeated.
    """
    return [problem for grid in grids for problem in _faults(grid)]


def _faults(grid: Grid) -> Iterator[Problem]:
    columns = [[row[at] for row in grid.rows] for at in range(len(grid.rows[0]))] if grid.rows else []
    for at, column in enumerate(columns):
        told = _told_by_header(column) or _told_by_values(column)
        if told:
            row, what = told
            yield _problem(grid, row, at, f"The column holds {what}.")
    pair = [at for at, column in enumerate(columns) if _shares(column, is_coordinate)]
    if len(pair) >= 2:
        yield _problem(grid, 0, pair[0], "The sheet holds coordinates of places where somebody was.")
    header = _person_header(grid)
    if header is not None:
        yield _problem(grid, header, 0, "Each row speaks of one person or one call, not of a town and a month.")


def _told_by_header(column: Sequence[Cell]) -> tuple[int, str] | None:
    """(row, what) of a header that names something about one person and has different values below it."""
    for row, cell in enumerate(column):
        if isinstance(cell, str) and len(cell) <= 60:
            below = [value for value in column[row + 1 :] if value is not None]
            for pattern, what, confirms in HEADERS:
                if pattern.fullmatch(cell.strip()) and len(below) >= FEWEST and confirms(below):
                    return row, what
    return None


def _told_by_values(column: Sequence[Cell]) -> tuple[int, str] | None:
    for what, looks in VALUES:
        if _shares(column, looks):
            return next(row for row, cell in enumerate(column) if looks(cell)), what
    days = [cell for cell in column if cell is not None]
    if are_birth_dates(days):
        return 0, "days that look like dates of birth"
    return None


def _shares(column: Sequence[Cell], looks: object) -> bool:
    """Whether at least three cells, and half of those that hold anything, look so."""
    assert callable(looks)
    held = [cell for cell in column if cell is not None]
    found = sum(bool(looks(cell)) for cell in held)
    return found >= FEWEST and found >= SHARE * (len(held) - 2)


def _person_header(grid: Grid) -> int | None:
    """The row whose headers say that a row is a person; None where no row does."""
    for row in range(min(len(grid.rows), 30)):
        if is_person_row(grid.rows[row], grid.rows[row + 1 :]):
            return row
    return None


def _problem(grid: Grid, row: int, column: int, rule: str) -> Problem:
    return Problem("", rule, FIX, grid.sheet, row + 1, letters_of(column), "")
