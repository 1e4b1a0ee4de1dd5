"""Cells are named as spreadsheets name them."""

import pytest

from data_loaders.sheets.grid import address


@pytest.mark.parametrize(
    ("row", "column", "named"),
    [(0, 0, "A1"), (6, 1, "B7"), (0, 25, "Z1"), (0, 26, "AA1"), (9, 701, "ZZ10"), (0, 702, "AAA1"),
     (1_048_575, 16_383, "XFD1048576")],
)  # fmt: skip
def test_a_cell_has_the_name_a_spreadsheet_gives_it(row: int, column: int, named: str) -> None:
    assert address(row, column) == named
