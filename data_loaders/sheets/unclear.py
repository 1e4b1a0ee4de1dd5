"""Which columns and cells do not say what they count, and what evidence there is for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dashboard.domain import Basis
from dashboard.indicators import registry
from data_loaders.sheets import words
from data_loaders.sheets.columns import Column
from data_loaders.sheets.layout import Layout
from data_loaders.sheets.mapping import Role, SheetMapping


@dataclass(frozen=True)
class Asked:
    """Columns of numbers that do not say what they count: one question for all that share words and context.

    `shape` is that of the header, "" where the table's title should tell, "= ..." for a text of a column of measures.
    """

    key: str
    shape: str
    name: str
    candidates: tuple[str, ...]


@cache
def bases_of(measure: str) -> tuple[str, ...]:
    """The bases by which a measure is known: residence, occurrence, both or none of them."""
    found = {
        basis
        for indicator in registry().indicators.values()
        if measure in indicator.numerator.measures
        for basis in indicator.bases
    }
    return tuple(sorted(found - {Basis.NONE}))


def unclear(layouts: Sequence[Layout]) -> list[Asked]:
    """The columns to ask about, in reading order; columns of the same words and context once."""
    found: dict[tuple[str, str], Asked] = {}
    for layout in layouts:
        each = [_unclear(layout, column) for column in layout.of(Role.NUMBER)]
        each += [_unclear_text(layout, text) for one in layout.of(Role.MEASURE) for text in texts_of(layout, one)]
        for asked in filter(None, each):
            found.setdefault((asked.key, asked.shape), asked)
    return list(found.values())


def texts_of(layout: Layout, column: Column) -> list[str]:
    """The different texts of a column, without blanks and totals."""
    return [text for text in dict.fromkeys(text for _, text in layout.table.cells(column.head.column))
            if text and not words.is_total(text)]  # fmt: skip


@lru_cache(maxsize=20_000)
def named_measure(text: str) -> str:
    """The measure that a cell names: by its label, or by the words partners use; "" where it is not clear."""
    return _labels().get(words.plain(text)) or words.measure_of(text).measure


@cache
def _labels() -> dict[str, str]:
    return {words.plain(measure.label): id_ for id_, measure in registry().measures.items()}


def _unclear_text(layout: Layout, text: str) -> Asked | None:
    if named_measure(text):
        return None
    return Asked(layout.key, shape_of(text), text, words.measure_of(text).candidates)


def shape_of(text: str) -> str:
    """How a text of a column of measures is told from the shape of a header."""
    return f"= {text}"


def _unclear(layout: Layout, column: Column) -> Asked | None:
    if layout.of(Role.MEASURE) or measure_of(layout, column):
        return None
    own = not words.says_nothing(column.head.rest) and not in_context(column)
    candidates = tuple(dict.fromkeys((*column.meant.candidates, *layout.context.candidates)))
    name = column.head.name if own else (layout.lines[0] if layout.lines else "")
    return Asked(layout.key, column.head.shape if own else "", name, candidates)


def in_context(column: Column) -> bool:
    """Whether the header tells when, where or who, so that what is counted stands elsewhere."""
    head = column.head
    return not column.meant.candidates and bool(head.part.said or head.place or head.group[0])


def measure_of(layout: Layout, column: Column) -> str:
    """The measure of a column as far as evidence goes; "" where it does not."""
    if column.meant.measure or layout.of(Role.MEASURE):
        return column.meant.measure
    for line in layout.lines if column.meant.candidates else ():
        both = words.measure_of(f"{line} {column.head.rest}").measure
        if both in column.meant.candidates:
            return both
    alone = len(layout.of(Role.NUMBER)) == 1
    if words.says_nothing(column.head.rest) or in_context(column):
        return layout.context.measure
    if layout.context.measure and (alone or layout.context.measure in column.meant.candidates):
        return layout.context.measure
    return ""


def new_texts(layouts: Sequence[Layout], before: SheetMapping) -> set[int]:
    """The numbers (from 1) of those unclear names in a column of measures that were never decided about."""
    return {at for at, asked in enumerate(unclear(layouts), 1) if asked.shape.startswith("= ") and _new(asked, before)}


def _new(asked: Asked, before: SheetMapping) -> bool:
    table = before.table(asked.key)
    return not any(asked.name in use.names for use in (table.columns if table else ()))
