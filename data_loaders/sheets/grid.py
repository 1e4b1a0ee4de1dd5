"""One sheet of a partner's file as plain cells, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | float | int | bool | date | datetime | None
"""What stands in a cell; None is an empty one."""


@dataclass(frozen=True)
class Grid:
    """A sheet: its name, its rows of equal length (the first is row 1 of the sheet), and its merged areas.

    `merged` are (first row, first column, last row, last column), counted from 0, both ends inside; the text of a
    merged area stands in its first cell, the others are None.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


def address(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: row and column from 0 in, "A1" out."""
    letters = ""
    left = column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
