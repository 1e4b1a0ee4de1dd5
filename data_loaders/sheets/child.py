"""The process that reads one file and ends: little memory, little time, no network, no new files.

Started by `data_loaders.sheets.safe`; what it finds goes out as JSON. Imports as little as it can.
"""

from __future__ import annotations

import contextlib
import csv
import ctypes
import encodings.cp437
import encodings.cp1252
import encodings.utf_8_sig
import encodings.utf_16
import encodings.utf_32
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data_loaders.rawfile import RawFile, Unreadable
from data_loaders.sheets.grid import Cell, Grid
from data_loaders.sheets.prescan import check_zip, damaged, locked, too_large
from data_loaders.sheets.wire import to_plain

Area = tuple[int, int, int, int]
ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_CELLS = 400_000
MAX_OUT = 64 * 1024 * 1024
LONGEST_CELL = 32_767
LONGEST_NAME = 60
"""Of a sheet; spreadsheet programs allow 31 letters."""
SNIFFED_LINES = 200
NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
LOADED = (encodings.cp437, encodings.cp1252, encodings.utf_8_sig, encodings.utf_16, encodings.utf_32)
"""Encodings are fetched from disk when first used; once the doors are shut nothing is."""


def main(path: str, seconds: int, memory: int) -> None:
    """Write what the file holds, or why it is refused, to standard output as JSON."""
    content = Path(path).read_bytes()
    lock_down(seconds, memory)
    answer: dict[str, Any]
    try:
        answer = {"grids": to_plain(read(Path(path).name, content))}
    except Unreadable as error:
        answer = {"refused": [error.rule, error.fix]}
    except MemoryError:
        answer = {"refused": [too_large().rule, too_large().fix]}
    except BaseException:  # a panic of the reader is no Exception; whatever it was, the file is not readable
        answer = {"refused": [damaged().rule, damaged().fix]}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def lock_down(seconds: int, memory: int) -> None:
    """From here on: no more memory and time than this, no file, no network, no trace when it falls."""
    with contextlib.suppress(OSError, AttributeError):  # where the system allows it to whoever runs this
        ctypes.CDLL(None).unshare(NEW_USER_AND_NETWORK)
    limits = {
        resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: MAX_OUT, resource.RLIMIT_NOFILE: 3,
    }  # fmt: skip
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def read(name: str, content: bytes) -> list[Grid]:
    """The visible sheets of a workbook, or the one sheet of a text table; Unreadable for anything else."""
    if content.startswith(ZIP):
        check_zip(content)
        return list(_workbook(content))
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise Unreadable("The workbook holds macros.", "Save it as .xlsx (a workbook without macros).")
        return list(_workbook(content))
    return [_text_table(RawFile(name, content))]


def _workbook(content: bytes) -> Iterator[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = 0
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet or meta.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            cells += sheet.total_height * sheet.total_width
            if cells > MAX_CELLS * 5:
                raise too_large()
            rows = _trimmed([[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)])
            merged = _inside(((*first, *last) for first, last in sheet.merged_cell_ranges or ()), rows)
            yield _bounded(Grid(meta.name[:LONGEST_NAME], rows, merged))
    except PasswordError as error:
        raise locked() from error
    except CalamineError as error:
        raise damaged() from error


def _cell(value: Any) -> Cell:
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, (str, int, float, date)):
        return value
    return str(value) if isinstance(value, (time, timedelta)) else None


def _trimmed(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of equal length without the empty ones below and the empty columns to the right."""
    filled = [max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0) for row in rows]
    height = max((at + 1 for at, width in enumerate(filled) if width), default=0)
    width = max(filled, default=0)
    return tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in rows[:height])


def _inside(areas: Iterable[Area], rows: Sequence[Sequence[Cell]]) -> tuple[Area, ...]:
    """The merged areas that begin in the rows, cut where these end: a file may claim any number, to the last corner."""
    height, width = len(rows), len(rows[0]) if rows else 0
    return tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in areas
        if top < height and left < width
    )


def _bounded(grid: Grid) -> Grid:
    if len(grid.rows) * len(grid.rows[0] if grid.rows else ()) > MAX_CELLS:
        raise too_large()
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for row in grid.rows for cell in row):
        raise Unreadable(f"A cell holds more than {LONGEST_CELL:,} letters.", "Keep the table alone in the file.")
    return grid


def _text_table(file: RawFile) -> Grid:
    text = file.text
    mark = _delimiter(text)
    rows: list[list[Cell]] = []
    held = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            rows.append([cell.strip() or None for cell in cells])
            held += len(cells)
            if held > MAX_CELLS:
                raise too_large()
    except csv.Error as error:
        raise Unreadable(
            f"The quotes or line ends are broken near line {reader.line_num}, or a cell is longer than any number.",
            "Close the quotation mark there, or save the file again as 'CSV UTF-8'.",
        ) from error
    return _bounded(Grid(Path(file.name).stem[:31], _trimmed(rows)))


def _delimiter(text: str) -> str:
    """The mark with which most of the first lines have the same number of cells, above one; a comma by default."""
    lines = text.splitlines()[:SNIFFED_LINES]
    return max(",\t;|", key=lambda mark: _alike(lines, mark))


def _alike(lines: Sequence[str], mark: str) -> int:
    counts = [line.count(mark) for line in lines if mark in line]
    return max((counts.count(number) for number in set(counts)), default=0)
