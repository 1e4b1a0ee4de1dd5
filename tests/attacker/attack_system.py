"""The attacker's linear system: a cell is the sum of its atoms, the finest people, months and groups that pages tell
apart. Whole, non-negative; everything read is a row with limits. Independent of the project's own protection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from attack_notebook import ENDLESS, Cell, Notebook, months

Atom = tuple[object, ...]


@dataclass(frozen=True)
class Row:
    """The sum of these unknowns lies between `low` and `high`."""

    atoms: frozenset[int]
    low: int
    high: int


@dataclass(frozen=True)
class Sum:
    """total - parts = 0 (or, where parts may leave something over, >= 0)."""

    total: int
    parts: frozenset[int]
    exact: bool = True


@dataclass(frozen=True)
class System:
    """Unknowns by number, rows over them, and how a cell that is asked for is their sum."""

    size: int
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    asked: Mapping[Cell, frozenset[int]]


def build(book: Notebook, *, closed: bool = True) -> System:
    """The system of everything in a notebook. `closed`: parts of a place and groups of everyone leave nobody over."""
    unknown: dict[Atom, int] = {}
    rows: list[Row] = []
    sums: list[Sum] = []
    asked: dict[Cell, frozenset[int]] = {}
    by_series: dict[str, list[Cell]] = defaultdict(list)
    for cell in book.cells:
        by_series[cell.series].append(cell)
    for series, cells in by_series.items():
        atoms = _atoms(book, cells, closed=closed)
        dimensions = _dimensions(cells)
        for cell in cells:
            known = book.cells[cell]
            of_cell = frozenset(
                unknown.setdefault((series, atom, cell.stratum), len(unknown))
                for atom in atoms[cell.place, cell.period]
            )
            rows.append(Row(of_cell, known.low, known.high))
            if known.hidden:
                asked[cell] = of_cell
        split = _split(cells, atoms, dimensions)
        for dimension, of_dimension in split.items():
            for atom in of_dimension:
                total = unknown.setdefault((series, atom, ""), len(unknown))
                parts = (unknown.setdefault((series, atom, s), len(unknown)) for s in sorted(dimensions[dimension]))
                sums.append(Sum(total, frozenset(parts), exact=closed))
    return System(len(unknown), tuple(rows), tuple(sums), asked)


def _dimensions(cells: Iterable[Cell]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        if cell.stratum:
            found[",".join(part.partition("=")[0] for part in cell.stratum.split(";"))].add(cell.stratum)
    return found


def _split(
    cells: Iterable[Cell], atoms: Mapping[tuple[str, str], frozenset[int]], dimensions: Mapping[str, set[str]]
) -> dict[str, set[int]]:
    """Dimension -> the atoms for which one of its groups is told."""
    found: dict[str, set[int]] = defaultdict(set)
    for dimension, strata in dimensions.items():
        for cell in cells:
            if cell.stratum in strata:
                found[dimension] |= atoms[cell.place, cell.period]
    return found


def _atoms(book: Notebook, cells: list[Cell], *, closed: bool) -> dict[tuple[str, str], frozenset[int]]:
    """(place, period) -> its atoms: town-months, those together that lie in the same cells."""
    extents = {(cell.place, cell.period) for cell in cells}
    spans = {period: months(period) for _, period in extents}
    edges = sorted({edge for span in spans.values() for edge in span})
    pieces = {p: [at for at in range(len(edges) - 1) if a <= edges[at] < b] for p, (a, b) in spans.items()}
    signature: dict[tuple[str, int], list[int]] = defaultdict(list)
    ordered = sorted(extents)
    for number, (place, period) in enumerate(ordered):
        finest = book.parts(place)
        if not closed and len(finest) > 1:
            finest = finest | _rests(book, place)
        for town in finest:
            for piece in pieces[period]:
                signature[town, piece].append(number)
    merged: dict[tuple[int, ...], int] = {}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for inside in signature.values():
        atom = merged.setdefault(tuple(inside), len(merged))
        for number in inside:
            found[ordered[number]].add(atom)
    return {extent: frozenset(of) for extent, of in found.items()}


def _rests(book: Notebook, place: str) -> frozenset[str]:
    """Nobody's towns: what a place has over, and every place that lies wholly within it."""
    mine = book.parts(place)
    return frozenset(f"rest of {other}" for other, parts in book.members.items() if len(parts) > 1 and parts <= mine)


__all__ = ["ENDLESS", "Row", "Sum", "System", "build"]
