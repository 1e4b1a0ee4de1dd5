"""The truth behind public cells, read as staff read it; only to judge what the attacker found, never to help it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from attack_notebook import Cell

from dashboard.domain import Basis, Level, Period, Query
from dashboard.store.reader import CubeReader


def staff_truth(reader: CubeReader, cells: Iterable[Cell]) -> dict[Cell, int]:
    """What every cell really is, as far as the store knows; `less` cells are differences."""
    cells = list(cells)
    known: dict[Cell, int] = {}
    wanted: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for cell in cells:
        for series in cell.series.split(" less "):
            wanted[series.removesuffix("/of"), cell.period, cell.stratum, _level(reader, cell.place)].add(cell.place)
    for (series, period, stratum, level), places in wanted.items():
        indicator, _, basis = series.partition("|")
        for place in sorted(places) if level in ("planning_area", "catchment", "region") else (None,):
            query = Query(indicator, (Period.parse(period),), Level(level), (place,) if place else (),
                          basis=Basis(basis), stratum=stratum)  # fmt: skip
            for row in reader.read(query).rows():
                for name, of in (("numerator", series), ("denominator", f"{series}/of")):
                    if row[name] is not None:
                        known[Cell(of, str(row["geoid"]), period, stratum)] = round(float(str(row[name])))
    return {cell: count for cell in cells if (count := _count(known, cell)) is not None}


def _count(known: dict[Cell, int], cell: Cell) -> int | None:
    told = [known.get(cell._replace(series=series)) for series in cell.series.split(" less ")]
    if None in told:
        return None
    numbers = [each for each in told if each is not None]
    return numbers[0] - sum(numbers[1:])


def _level(reader: CubeReader, place: str) -> str:
    return reader.gazetteer.level_of(place).value
