"""Reads the declared tables from the store: every cell with its true counts, still unprotected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import numpy as np

from dashboard.domain import Basis, Cells, Indicator, Level, Period, PlaceSet, Query, State
from dashboard.releases.declare import Declared, DeclaredIndicator, closed_periods
from dashboard.releases.release import Key, TableKey
from dashboard.store.reader import POPULATION, CubeReader

SETS = (Level.PLANNING_AREA, Level.REGION, Level.CATCHMENT)


@dataclass(frozen=True)
class TrueCell:
    """A cell before protection. Counts are None where the source hides them (state suppressed) or tells none."""

    table: TableKey
    geoid: str
    place: str
    numerator: float | None
    denominator: float | None
    state: str
    source: str
    as_of: str
    printed: bool = True


@dataclass(frozen=True)
class Counting:
    """What is being counted: the reader, the declaration, the day and the sets of towns (newest and earlier ones)."""

    reader: CubeReader
    declared: Declared
    on: date

    def indicator(self, id_: str) -> Indicator:
        """An indicator's definition."""
        return self.reader.registry.indicator(id_)


def declared_tables(counting: Counting, each: DeclaredIndicator) -> list[TableKey]:
    """Tables of an indicator with closed periods, in the order in which they are declared."""
    indicator = counting.indicator(each.id)
    span = counting.reader.span(indicator)
    if span is None:
        return []
    found = []
    for table in each.tables:
        periods = closed_periods(table.window, span, anchor=counting.declared.anchor, on=counting.on)
        for basis in each.bases:
            strata = _strata(counting, indicator, basis.value, table.groups)
            found += [
                TableKey(each.id, basis.value, level.value, str(period), stratum)
                for level in table.levels for period in reversed(periods) for stratum in strata
            ]  # fmt: skip
    return list(dict.fromkeys(found))


def count_table(counting: Counting, table: TableKey) -> list[TrueCell]:
    """Cells of a table; none where nothing is reported, and none that are still provisional."""
    gazetteer = counting.reader.gazetteer
    sets = {each.id: each for each in gazetteer.sets if each.level.value == table.level}
    if not sets and not any(place.level.value == table.level for place in gazetteer.places):
        return []
    # One by one where towns may lie in two sets: asked for together, only the first set would count such a town.
    asked = [_read(counting, table, (id_,)) for id_ in sets] if sets else [_read(counting, table, ())]
    told = [c for c in asked if c.basis == table.basis]
    if all(state == State.NOT_REPORTED for cells in told for state in cells.state):
        return []
    found = [
        _cell(table, cells, row, place_id(sets[geoid]) if geoid in sets else geoid)
        for cells in told
        for row, geoid in enumerate(cells.geoid)
    ]
    return _cited(counting, found, {source for cells in told for source in _unfinished(cells)})


def _unfinished(cells: Cells) -> set[str]:
    """Sources that call any number of these provisional: none of their numbers is final then, least of all a zero."""
    return {source for source, waits in zip(cells.source, cells.provisional, strict=True) if waits}


def _cited(counting: Counting, cells: Sequence[TrueCell], unfinished: set[str]) -> list[TrueCell]:
    """Cells of finished sources, each cited as of its source's newest load.

    Not as of the rows that were added up: a place without any event has none, and a missing date would tell the zero.
    """
    newest = {row["source"]: row["as_of"] for row in counting.reader.loads}
    usual = max((cell.source for cell in cells if cell.source), key=lambda source: (newest[source], source), default="")
    found = []
    for cell in cells:
        if cell.state == State.NOT_REPORTED:
            found.append(cell)
        elif (source := cell.source or usual) not in unfinished:
            found.append(replace(cell, source=source, as_of=newest.get(source, "")))
    return found


def _read(counting: Counting, table: TableKey, geoids: tuple[str, ...]) -> Cells:
    period = Period.parse(table.period)
    query = Query(
        table.indicator, (period,), Level(table.level), geoids, basis=Basis(table.basis), stratum=table.stratum
    )
    return counting.reader.read(query)


def place_id(place_set: PlaceSet) -> str:
    """A set with the towns that it has now: the same name with other towns is another place."""
    return f"{place_set.id}#{sha256(','.join(sorted(place_set.members)).encode()).hexdigest()[:8]}"


def numerator_key(indicator: Indicator, cell: TrueCell) -> Key:
    """The key of a cell's numerator among all counts."""
    return _key(indicator.numerator.measures, cell)


def denominator_key(indicator: Indicator, cell: TrueCell) -> Key | None:
    """The key of a cell's denominator; None where it is residents, or nothing."""
    below = indicator.denominator
    return None if below is None or below.measures == (POPULATION,) else _key(below.measures, cell)


def everyones(indicator: Indicator) -> bool:
    """Whether counts stand against residents (public), or against nothing."""
    return indicator.denominator is None or indicator.denominator.measures == (POPULATION,)


def residents(counting: Counting, geoids: Sequence[str]) -> dict[str, float]:
    """Residents of places in the year before the release."""
    year = Period.of_months(counting.on.year - 1, 1, 12)
    found = counting.reader.residents(geoids, year)
    return {geoid: float(value) for geoid, value in zip(geoids, found, strict=True) if not np.isnan(value)}


def _key(measures: Iterable[str], cell: TrueCell) -> Key:
    table = cell.table
    return ("+".join(measures), table.basis, table.stratum, table.level, cell.place, table.period)


def _cell(table: TableKey, cells: Cells, row: int, place: str) -> TrueCell:
    number, below = float(cells.numerator[row]), float(cells.denominator[row])
    state = State.VALUE if cells.state[row] == State.UNSTABLE else State(cells.state[row])
    return TrueCell(
        table, cells.geoid[row], place, None if np.isnan(number) else number, None if np.isnan(below) else below,
        state.value, cells.source[row], cells.as_of[row],
    )  # fmt: skip


def _strata(counting: Counting, indicator: Indicator, basis: str, dimensions: Sequence[str]) -> list[str]:
    if dimensions == ("",):
        return [""]
    known = {row["stratum"] for row in counting.reader.series_of(indicator) if row["basis"] == basis}
    return sorted(s for s in known if ";" not in s and s.partition("=")[0] in dimensions)
