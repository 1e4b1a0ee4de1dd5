"""What the header of a column says: its period, place, group and measure, and what is left of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data_loaders.sheets import words
from data_loaders.sheets.finder import Finder, Kind
from data_loaders.sheets.period_forms import part_of
from data_loaders.sheets.periods import Part
from data_loaders.sheets.tables import Table

NOTHING = Part("")


@dataclass(frozen=True)
class Head:
    """The header of one column: `row` is its lowest cell, `texts` go from the top down."""

    row: int
    column: int
    texts: tuple[str, ...]
    part: Part = NOTHING
    place: str = ""
    group: tuple[str, str] = ("", "")
    rest: str = ""
    total: bool = False
    shape: str = ""

    @property
    def name(self) -> str:
        """The header as one text."""
        return " / ".join(self.texts)


def heads_of(table: Table, finder: Finder) -> list[Head]:
    """The header of every column, the texts of upper rows carried over the columns they span."""
    levels = [_level(table, at) for at in range(len(table.heads))]
    return [_head(table, finder, column, [level[at] for level in levels]) for at, column in enumerate(table.columns)]


def _level(table: Table, at: int) -> list[str]:
    """One header row by column; in all but the lowest a text holds on until the next one."""
    sheet, row = table.sheet, table.heads[at]
    texts = [sheet.text(row, column) for column in table.columns]
    if at == len(table.heads) - 1:
        return texts
    below = [any(sheet.text(under, column) for under in table.heads[at + 1 :]) for column in table.columns]
    held, filled = "", []
    for text, under, column in zip(texts, below, table.columns, strict=True):
        if text:
            held = text if under and not _tall(table, row, column) else ""
        filled.append(text or (held if under else ""))
    return filled


def _tall(table: Table, row: int, column: int) -> bool:
    """Whether the cell is merged downwards only, as a label beside spanning headers is."""
    area = table.sheet.area(row, column)
    return bool(area and area[2] > area[0] and area[1] == area[3])


def _head(table: Table, finder: Finder, column: int, levels: Iterable[str]) -> Head:
    texts = tuple(dict.fromkeys(text for text in levels if text))
    row = table.heads[-1] if table.heads else table.rows[0]
    part, place, group, rest, shapes, total = NOTHING, "", ("", ""), [], [], False
    for text in texts:
        said = part_of(text)
        left = said.shape if said.said else text
        part = said.within(part) if said.said else part
        if finder.kind(text) == Kind.PLACE:
            place, left = text, "<place>"
        elif words.group_of(text)[0]:
            group = words.group_of(text)
            left = f"<{group[0]}>"
        else:
            total = total or words.is_total(_bare(left))
            rest.append(_bare(left))
        shapes.append(words.plain(left) if "<" not in left else " ".join(left.lower().split()))
    shape = " / ".join(shapes) or f"column {column - table.columns[0] + 1}"
    return Head(row, column, texts, part, place, group, " ".join(filter(None, rest)), total, shape)


def _bare(shape: str) -> str:
    """A shape without its tokens."""
    return " ".join(re.sub(r"<\w+>", " ", shape).split())
