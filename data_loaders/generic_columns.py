"""Which columns of a generic table are read, decided from its header before the first row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import Level
from dashboard.intake import Coverage, Observations
from data_loaders import dates
from data_loaders.contract import Report
from data_loaders.dates import Order, Span
from data_loaders.mapping import TableMapping
from data_loaders.rawfile import RawFile, Unreadable
from data_loaders.values import BadValue

ALL = "all"


@dataclass(frozen=True)
class ValueColumn:
    """A column of numbers: its measure, and its period when the header is one (a wide table)."""

    name: str
    measure: str
    span: Span | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of numbers, all columns that must be there, and the order in which dates are written."""

    values: tuple[ValueColumn, ...]
    needed: tuple[str, ...]
    order: Order = "MDY"


def columns_of(mapping: TableMapping, file: RawFile, report: Report) -> Columns:
    """Find the columns that the mapping names; headers that are no period are problems, as are mixed date orders."""
    keys = (
        mapping.place_column, mapping.code_column, mapping.state_column, mapping.county_column, mapping.period_column,
        mapping.partner_column, *mapping.strata.values(),
    )  # fmt: skip
    named = [name for name in keys if name]
    if mapping.period_columns:
        numbers = _wide(mapping, [name for name in file.header if name not in named], report)
    else:
        numbers = [ValueColumn(column, measure) for column, measure in mapping.measures.items()]
    needed = tuple(dict.fromkeys((*named, *(column.name for column in numbers))))
    return Columns(tuple(numbers), needed, _order(mapping.period_column, file, report))


def _wide(mapping: TableMapping, free: Sequence[str], report: Report) -> list[ValueColumn]:
    measure = next(iter(mapping.measures.values()))
    if mapping.period_columns == (ALL,):
        found = [(name, _span(name)) for name in free]
        columns = [ValueColumn(name, measure, span) for name, span in found if span]
        if not columns and free:
            report.problem("No header is a period.", "Name the columns like 2018, 2018Q3 or 2018-07.", row=1)
        return columns
    columns = [ValueColumn(name, measure, _span(name)) for name in mapping.period_columns]
    for column in columns:
        if column.span is None:
            report.problem(
                "The header is no period.", "Name the column like 2018, 2018Q3 or 2018-07.", row=1, column=column.name
            )
    return columns


def _span(text: str) -> Span | None:
    try:
        return dates.period(text)
    except BadValue:
        return None


def _order(column: str, file: RawFile, report: Report) -> Order:
    """The order of the dates of a column, from all its distinct texts; both orders are a problem."""
    if not column or column not in file.header:
        return "MDY"
    lines = _first_lines(file, file.header.index(column))
    try:
        return dates.column_order(lines)
    except dates.TwoOrders as error:
        for text in error.examples:
            report.problem(error.rule, error.fix, row=lines[text], column=column, value=text)
        return "MDY"


def _first_lines(file: RawFile, at: int) -> dict[str, int]:
    """Every distinct text of a column with the line on which it first ends."""
    lines: dict[str, int] = {}
    try:
        reader = csv.reader(file.lines(), delimiter=file.delimiter, strict=True)
        for cells in reader:
            if len(cells) > at:
                lines.setdefault(cells[at].strip(), reader.line_num)
    except (csv.Error, Unreadable):
        pass  # table.records reports it
    return lines


def coverage_of(rows: Observations, mapping: TableMapping) -> list[Coverage]:
    """Over what the table speaks: its measures and partners, over each unbroken run of periods."""
    runs: dict[tuple[str, str], set[Span]] = {}
    for measure, partner, start, end in set(zip(rows.measure, rows.partner, rows.start, rows.end, strict=True)):
        runs.setdefault((measure, partner), set()).add((start, end))
    level = Level(mapping.level)
    return [
        Coverage(measure, start, end, level, mapping.basis, partner, mapping.state, mapping.absence)
        for (measure, partner), spans in sorted(runs.items())
        for start, end in _unbroken(spans)
    ]


def _unbroken(spans: set[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
