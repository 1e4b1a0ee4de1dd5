"""What feeds a numerator or denominator: which series, of which source, in which order, and whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Level, Measure, Query, Term
from dashboard.store.areas import Areas
from dashboard.store.cube import Cube
from dashboard.store.tally import NOT_REPORTED, SUPPRESSED, VALUE, Tally, Windows, tally

Series = Mapping[str, Any]
POPULATION = "population"


class Permits(Protocol):
    """What agreements let somebody see."""

    def held(self, row: Series, query: Query) -> NDArray[np.bool_] | None:
        """For each period of a query whether a series is withheld; None where it never is."""
        ...

    def visible(self, row: Series, indicator: str) -> bool:
        """Whether a series may be seen at all, at some level and of some period."""
        ...


class Terms:
    """Finds and adds up what was reported for a term; `sources` names the positions in `Tally.source`.

    What `permits` withholds (None: nothing) is known to be there, so that a sum over partners without one of them is
    never shown as the whole, but comes out as not reported.
    """

    def __init__(
        self, cube: Cube, measures: Mapping[str, Measure], sources: Sequence[str], permits: Permits | None = None
    ) -> None:
        self._cube, self._measures, self._sources, self._permits = cube, measures, sources, permits
        last = {row["source"]: number for number, row in enumerate(cube.loads)}
        self._age = np.array([last.get(source, -1) for source in sources], dtype=np.int32)
        self._series: dict[tuple[str, str, str], list[Series]] = {}
        for row in cube.series:
            self._series.setdefault((row["measure"], row["basis"], row["stratum"]), []).append(row)

    def series(self, measure: str, basis: str, stratum: str, partner: str) -> list[Series]:
        """Series of a partner; with "" those of the whole, or every partner's when nobody reports the whole."""
        rows = self._series.get((measure, str(basis), stratum), [])
        chosen = [row for row in rows if row["partner"] == partner]
        return rows if not chosen and not partner else chosen

    def reported(self, term: Term, basis: str, query: Query) -> list[Series]:
        """Every series of a term, whoever may see it."""
        return [row for name in term.measures for row in self.series(name, basis, query.stratum, query.partner)]

    def held(self, rows: Iterable[Series], query: Query) -> NDArray[np.bool_]:
        """For each period whether any of these series is withheld."""
        held = np.zeros(len(query.periods), dtype=bool)
        if self._permits is not None:
            for row in rows:
                of_row = self._permits.held(row, query)
                held = held if of_row is None else held | of_row
        return held

    def tally(self, term: Term, basis: str, query: Query, areas: Areas, windows: Windows) -> Tally:
        """Each cell from the first measure, in the order of preference, that is reported there."""
        result = Tally.nothing(len(areas) * len(windows))
        for name in term.measures:
            rows = self.series(name, basis, query.stratum, query.partner)
            result.fill(self._of_measure(self._measures[name], rows, query, areas, windows))
            if result.complete:
                break
        return result

    def places_served(self, rows: Iterable[Series]) -> NDArray[np.int32]:
        """Numbers of the places that series ever speak of."""
        parts = [np.unique(self._cube.columns["place"][row["first"] : row["last"]]) for row in rows]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int32)

    def serves(self, rows: Iterable[Series], areas: Areas) -> bool:
        """Whether series ever speak of any of these areas."""
        return bool(self._serves(rows, areas).any())

    def _of_measure(
        self, measure: Measure, rows: Sequence[Series], query: Query, areas: Areas, windows: Windows
    ) -> Tally:
        whose = dict.fromkeys(row["partner"] for row in rows)
        if len(whose) < 2 or (self._alike(rows) and not self.held(rows, query).any()):
            allowed = query.partner or "" in whose or "partner" in measure.adds_over
            return self._first_found(measure, rows if allowed else [], query, areas, windows)
        if "partner" not in measure.adds_over:
            return Tally.nothing(len(areas) * len(windows))
        parts = []
        for partner in whose:
            own = [row for row in rows if row["partner"] == partner]
            serves = np.tile(self._serves(own, areas), len(windows))
            parts.append((self._first_found(measure, own, query, areas, windows), serves))
        return _all_partners(parts, len(areas) * len(windows), self._age)

    def _first_found(
        self, measure: Measure, rows: Sequence[Series], query: Query, areas: Areas, windows: Windows
    ) -> Tally:
        """Each cell from the first way that reaches it; one cell never mixes two sources."""
        result = Tally.nothing(len(areas) * len(windows))
        for source, direct, series in _ways(measure, rows, query.level):
            part = tally(self._cube, series, measure, areas, windows, direct=direct)
            part.source[:] = self._sources.index(source)
            part.withhold(np.repeat(self.held(series, query), len(areas)))
            result.fill(part)
            if result.complete:
                break
        return result

    def _alike(self, rows: Sequence[Series]) -> bool:
        """Whether all partners report alike (one source, level and length of period): then one pass adds them up."""
        spans = self._cube.zero_spans
        keys = {(row["source"], row["measure"], row["basis"], row["partner"], row["level"]) for row in rows}
        return len(_groups(rows)) == 1 and not any(spans.get(key) for key in keys)

    def _serves(self, rows: Iterable[Series], areas: Areas) -> NDArray[np.bool_]:
        places = self.places_served(rows)
        found = np.concatenate([areas.of_town[places], areas.of_direct[places]])
        serves = np.zeros(len(areas), dtype=bool)
        serves[found[found >= 0]] = True
        return serves


def _groups(rows: Sequence[Series]) -> dict[tuple[str, str, int], list[Series]]:
    """Series that may be added together: by source, level and months."""
    groups: dict[tuple[str, str, int], list[Series]] = {}
    for row in rows:
        groups.setdefault((row["source"], row["level"], row["months"]), []).append(row)
    return groups


def _ways(measure: Measure, rows: Sequence[Series], level: Level) -> Iterable[tuple[str, bool, Sequence[Series]]]:
    """Ways to reach a level: rows published at it first, then towns added up; long periods before short."""
    groups = sorted(_groups(rows).items(), key=lambda item: (item[0][0], -item[0][2]))
    yield from ((source, True, series) for (source, at, _), series in groups if at == level)
    if level is not Level.TOWN and "place" in measure.adds_over:
        yield from ((source, False, series) for (source, at, _), series in groups if at == Level.TOWN)


def _all_partners(parts: Sequence[tuple[Tally, NDArray[np.bool_]]], size: int, age: NDArray[np.int32]) -> Tally:
    """The sum over the partners that serve each cell, known only when every one of them reported.

    It is cited by the source among them that was loaded last (`age` of each source), whoever of them counted anything:
    that a partner without a single event is left out would tell its zero.
    """
    total = Tally.nothing(size)
    served, missing, hidden = (np.zeros(size, dtype=bool) for _ in range(3))
    total.value[:] = 0
    for part, serves in parts:
        served |= serves
        missing |= serves & (part.status == NOT_REPORTED)
        hidden |= serves & (part.status == SUPPRESSED)
        total.value += np.where(serves, np.nan_to_num(part.value), 0)
        total.provisional |= serves & part.provisional
        total.withheld |= serves & part.withheld
        np.maximum(total.load, np.where(serves, part.load, -1), out=total.load)
        newer = serves & (part.source >= 0) & ((total.source < 0) | (age[part.source] > age[total.source]))
        total.source[newer] = part.source[newer]
    total.status[:] = np.where(hidden, SUPPRESSED, np.where(missing | ~served, NOT_REPORTED, VALUE))
    total.value[total.status != VALUE] = np.nan
    total.withhold(total.withheld)
    return total
