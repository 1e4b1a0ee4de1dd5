"""A file as tables whose columns have roles, with what titles and sheet names say about all of a table's rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from data_loaders.places import PlaceIndex
from data_loaders.sheets import words
from data_loaders.sheets.columns import Column
from data_loaders.sheets.finder import Finder
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.heads import NOTHING
from data_loaders.sheets.mapping import Role, fingerprint_of, key_of
from data_loaders.sheets.period_forms import part_of
from data_loaders.sheets.periods import Part
from data_loaders.sheets.settle import columns_of
from data_loaders.sheets.tables import Table, tables_of
from data_loaders.sheets.texts import Sheet
from data_loaders.sheets.words import Meant

MADE_ON = re.compile(r"\b(report(ed)? (date|on)|printed|prepared|updated|as of|run (date|on)|created|submitted|due|"
                     r"generated|revised|version|date of report|exported)\b", re.IGNORECASE)  # fmt: skip
"""A date beside such words is no period of the numbers."""
LONGEST_CONTEXT = 80


@dataclass(frozen=True)
class Layout:
    """One table of a file. `lines` are its titles as texts, the nearest first, then the name of the sheet."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[str, ...]
    finder: Finder

    @cached_property
    def period(self) -> Part:
        """What titles and the sheet's name say of the period of all rows."""
        found = NOTHING
        for line in self.lines:
            if not MADE_ON.search(line):
                said = part_of(line)
                found = found.within(said) if found.said else said
        return found

    @cached_property
    def context(self) -> Meant:
        """What columns count that do not say it themselves: by the corner, the titles, the sheet's name."""
        corners = [one.head.rest for one in self.columns if one.role not in (Role.NUMBER, Role.TOTAL)]
        unsure: list[str] = []
        for line in (*self.lines, *corners[:1]):
            meant = words.measure_of(part_of(line).shape)
            if words.is_rate(line):
                return Meant("", meant.candidates)
            if meant.measure and (not unsure or meant.measure in unsure):
                return meant
            unsure += meant.candidates
        return Meant("", tuple(dict.fromkeys(unsure)))

    @cached_property
    def place(self) -> str:
        """The town that a title or the sheet's name names alone, for a table without a column of places."""
        cells = [text for _, _, text in reversed(self.table.titles)] + [self.table.sheet.name]
        parts = [part for cell in cells for part in (cell, *re.split(r"[:|–—-]\s+|\s[–—-]\s", cell))]
        found = [part.strip() for part in parts if self.finder.town(part.strip())]
        return found[0] if found else ""

    @cached_property
    def basis(self) -> str:
        """residence or occurrence by the words of headers, titles and the sheet's name."""
        placed = [one.head.name for one in self.columns if one.role in (Role.PLACE, Role.CODE)]
        texts = (*placed, *(one.head.name for one in self.columns if one.role == Role.NUMBER), *self.lines)
        return next((basis for basis in map(words.basis_of, texts) if basis), "")

    @cached_property
    def key(self) -> str:
        """What identifies the layout, whatever its rows and periods are."""
        heads = [one.head for one in self.columns]
        shapes = [one.shape for one in heads if (one.texts or not self.table.heads) and not one.total]
        shapes = [shape for shape in shapes if not _aside(shape)]
        lacking = any(one.texts and words.says_nothing(one.rest) and not one.total for one in heads)
        nearest = words.plain(part_of(self.lines[0]).shape) if self.lines else ""
        return key_of(shapes, (self.context.measure or nearest[:LONGEST_CONTEXT]) if lacking else "")

    def of(self, *roles: Role) -> list[Column]:
        """The columns with one of these roles."""
        return [one for one in self.columns if one.role in roles]


def _aside(name: str) -> bool:
    return words.head_of(name) == "note" or words.is_left_out(name)


def layouts_of(
    grids: Sequence[Grid], places: PlaceIndex, state: str = "", *, file: str = "", home: str = ""
) -> list[Layout]:
    """Every table of a file that holds numbers.

    `state` is the state it speaks of where that is known already, `home` the likely one, `file` the file's name.
    """
    sheets = [Sheet.of(grid) for grid in grids]
    finder = Finder(places, state) if state else Finder.of(places, _texts(sheets), home)
    found = [_layout(table, finder, file) for sheet in sheets for table in tables_of(sheet, finder)]
    return [layout for layout in found if layout.of(Role.NUMBER)]


def fingerprint(layouts: Sequence[Layout]) -> str:
    """What identifies the layout of a whole file; "" for one without tables."""
    return fingerprint_of(layout.key for layout in layouts) if layouts else ""


def _layout(table: Table, finder: Finder, file: str) -> Layout:
    by_row: dict[int, list[str]] = {}
    for row, _column, text in table.titles:
        by_row.setdefault(row, []).append(text)
    lines = [" ".join(by_row[row]) for row in sorted(by_row, reverse=True)]
    return Layout(table, tuple(columns_of(table, finder)), (*lines, _spoken(table.sheet.name), _spoken(file)), finder)


def _spoken(file: str) -> str:
    """The name of a file or sheet as words, without its ending."""
    return " ".join(re.sub(r"\.(xlsx|xlsm|xls|ods|csv|tsv|txt)$", "", file, flags=re.IGNORECASE).split("_"))


def _texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield from (sheet.name for sheet in sheets)
    yield from (text for sheet in sheets for row in sheet.rows for text in row if text and not text.isdigit())
