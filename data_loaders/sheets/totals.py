"""Totals of rows and columns against their parts: what does not add up is a problem at the total's cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.indicators import registry
from data_loaders.sheets.entries import TIMES, Reader, Used
from data_loaders.sheets.finder import DASHES, is_mark
from data_loaders.sheets.mapping import Role
from data_loaders.sheets.marks import CellReport
from data_loaders.values import BadValue, money

NEAR = 1e-6


def check_totals(reader: Reader, report: CellReport) -> None:
    """Compare every row and column of totals with the cells it should be the sum of."""
    _rows(reader, report)
    _columns(reader, report)


def amount(text: str) -> float | None:
    """The number a cell holds; None where it holds none."""
    try:
        return money(text)[0] if text else None
    except BadValue:
        return None


def _rows(reader: Reader, report: CellReport) -> None:
    over = "time" if not reader.of(Role.PLACE, Role.CODE, Role.COUNTY) and reader.of(*TIMES) else "place"
    for number in reader.numbers:
        if number.use.measure and over not in registry().measures[number.use.measure].adds_over:
            continue
        above: list[str] = []
        group: list[str] = []
        sums: list[str] = []
        for row in reader.layout.table.rows:
            text = reader.sheet.rows[row][number.at]
            if not reader.is_total(row):
                above.append(text)
                group.append(text)
                continue
            _compare(text, (group, above, sums), (row, number.at), report)
            if group:
                sums.append(text)
            group = []


def _compare(text: str, choices: Iterable[Sequence[str]], cell: tuple[int, int], report: CellReport) -> None:
    """A total agrees when any way to choose its parts gives it."""
    total = amount(text)
    choices = [parts for parts in choices if any(part for part in parts)]
    if total is None or not choices or any(_agrees(total, parts) for parts in choices):
        return
    known = sum(amount(part) or 0 for part in choices[0])
    more = " at least" if any(_hidden(part) for part in choices[0]) else ""
    report.at(
        f"The total says {total:g}, its parts add up to{more} {known:g}.",
        "Correct the total, or the part that is missing, doubled or wrong.", cell=cell, value=text,
    )  # fmt: skip


def _agrees(total: float, parts: Sequence[str]) -> bool:
    known = sum(amount(part) or 0 for part in parts)
    if any(_hidden(part) for part in parts):
        return known <= total + NEAR
    return abs(known - total) < NEAR


def _hidden(text: str) -> bool:
    return bool(text) and text not in DASHES and is_mark(text) and amount(text) is None


def _columns(reader: Reader, report: CellReport) -> None:
    rows = [row for row in reader.layout.table.rows if not reader.is_total(row)]
    for total in (one for one in reader.columns if one.use.role == Role.TOTAL):
        choices = [parts for parts in _parts(reader, total) if parts and _adds(parts)]
        best = max(choices, key=lambda parts: _agreeing(reader, rows, total, parts), default=None)
        if best is None or (_agreeing(reader, rows, total, best) * 2 < len(rows) and len(rows) > 2):
            continue  # not the sum of columns of this table: a running total, say
        for row in rows:
            parts = [reader.sheet.rows[row][one.at] for one in best]
            _compare(reader.sheet.rows[row][total.at], (parts,), (row, total.at), report)


def _parts(reader: Reader, total: Used) -> list[list[Used]]:
    """Ways to choose the columns of which one is the sum: all, those since the total before, those up to the next."""
    totals = [one.at for one in reader.columns if one.use.role == Role.TOTAL]
    before = max((at for at in totals if at < total.at), default=-1)
    after = min((at for at in totals if at > total.at), default=total.at + len(reader.columns) + 1)
    numbers = [one for one in reader.numbers if not total.use.measure or one.use.measure == total.use.measure]
    return [
        [one for one in numbers if before < one.at < total.at],
        numbers,
        [one for one in numbers if total.at < one.at < after],
    ]


def _adds(parts: Sequence[Used]) -> bool:
    """Whether what the columns count may be added over what sets them apart."""
    measures = {one.use.measure for one in parts}
    over = "place" if parts[0].column.head.place else "time" if parts[0].column.head.part.said else "stratum"
    return len(measures) == 1 and all(not id_ or over in registry().measures[id_].adds_over for id_ in measures)


def _agreeing(reader: Reader, rows: Sequence[int], total: Used, parts: Sequence[Used]) -> int:
    found = 0
    for row in rows:
        said = amount(reader.sheet.rows[row][total.at])
        found += said is not None and _agrees(said, [reader.sheet.rows[row][one.at] for one in parts])
    return found
