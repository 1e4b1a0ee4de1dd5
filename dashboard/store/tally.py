"""Adding observations up into windows and areas: one pass over the rows of a few series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import FloatArray, Measure, Period
from dashboard.store.areas import Areas
from dashboard.store.coverage import Span
from dashboard.store.cube import Cube

EPOCH = date(1970, 1, 1)
VALUE, SUPPRESSED, NOT_REPORTED = 0, 1, 2
PROVISIONAL = 4


@dataclass(frozen=True)
class Windows:
    """Periods as days since 1970, in order of their ends."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]

    @classmethod
    def of(cls, periods: Sequence[Period]) -> Windows:
        """The windows of periods that stand in order."""
        days = np.array([((p.start - EPOCH).days, (p.end - EPOCH).days) for p in periods], dtype=np.int32)
        return cls(days[:, 0], days[:, 1])

    def __len__(self) -> int:
        return len(self.start)


@dataclass
class Tally:
    """Sums per window and area, flattened (window-major), and why a cell has none.

    `status` is 0 value, 1 suppressed, 2 not reported; `source` and `load` are positions, -1 for none. `withheld` marks
    cells that are not reported because an agreement does not show what is known.
    """

    value: FloatArray
    status: NDArray[np.int8]
    provisional: NDArray[np.bool_]
    source: NDArray[np.int32]
    load: NDArray[np.int32]
    withheld: NDArray[np.bool_]

    @classmethod
    def nothing(cls, size: int) -> Tally:
        """Nothing reported anywhere."""
        return cls(
            np.full(size, np.nan), np.full(size, NOT_REPORTED, np.int8), np.zeros(size, bool),
            np.full(size, -1, np.int32), np.full(size, -1, np.int32), np.zeros(size, bool),
        )  # fmt: skip

    @property
    def complete(self) -> bool:
        """Whether every cell has a value or is suppressed."""
        return bool((self.status != NOT_REPORTED).all())

    def fill(self, other: Tally) -> None:
        """Take the cells of `other` that are still missing here."""
        take = (self.status == NOT_REPORTED) & (other.status != NOT_REPORTED)
        for name in ("value", "status", "provisional", "source", "load"):
            getattr(self, name)[take] = getattr(other, name)[take]
        self.withheld = (self.withheld | other.withheld) & (self.status == NOT_REPORTED)

    def withhold(self, cells: NDArray[np.bool_]) -> None:
        """Take back what is known of cells that an agreement does not show."""
        known = cells & (self.status != NOT_REPORTED)
        self.withheld = self.withheld | known
        self.value[known], self.status[known], self.provisional[known] = np.nan, NOT_REPORTED, False
        self.source[known] = self.load[known] = -1


@dataclass(frozen=True)
class Rows:
    """Rows of a few series that end inside the windows: position of window and area, and the columns."""

    cell: NDArray[np.int64]
    value: FloatArray
    status: NDArray[np.int8]
    load: NDArray[np.int32]
    days: NDArray[np.int32]
    end: NDArray[np.int32]


def tally(
    cube: Cube, series: Sequence[Mapping[str, Any]], measure: Measure, areas: Areas, windows: Windows, *, direct: bool
) -> Tally:
    """Add up `series` of one source and one length of period into windows x areas.

    Counts and money add over time when the measure says so and the published periods do not overlap; otherwise a
    window must be exactly the publisher's own.
    Stocks take the last value inside the window. A window that is not wholly tiled is not reported.
    """
    of_place = areas.of_direct if direct else areas.of_town
    rows = _rows(cube, series, of_place, windows, len(areas), exact=_exact(measure, series))
    if measure.kind in ("stock", "status"):
        rows = _last(rows, len(windows) * len(areas))
    result = _sum(rows, len(windows) * len(areas))
    expected = _expected(cube, series, of_place, len(areas))
    days = np.ones(len(windows)) if measure.kind in ("stock", "status") else (windows.end - windows.start)
    have = np.bincount(rows.cell[rows.status % PROVISIONAL != NOT_REPORTED],
                       weights=_weight(rows, measure), minlength=len(result.value))  # fmt: skip
    whole = np.multiply.outer(days, expected).reshape(-1)
    tiled = (have >= whole) & (whole > 0)
    tiled |= _covered(cube, series, of_place, windows, len(areas)).reshape(-1)
    result.status[~tiled & (result.status == VALUE)] = NOT_REPORTED
    result.value[result.status != VALUE] = np.nan
    return result


def _exact(measure: Measure, series: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a window must be one of the publisher's own: nothing adds over time, or its periods overlap."""
    if measure.kind in ("count", "money"):
        return "time" not in measure.adds_over or any(row["overlaps"] for row in series)
    return measure.kind == "days"


def _weight(rows: Rows, measure: Measure) -> FloatArray:
    counted = rows.status % PROVISIONAL != NOT_REPORTED
    if measure.kind in ("stock", "status"):
        return np.ones(int(counted.sum()))
    return rows.days[counted].astype(np.float64)


def _rows(
    cube: Cube, series: Sequence[Mapping[str, Any]], of_place: NDArray[np.int32], windows: Windows, areas: int,
    *, exact: bool,
) -> Rows:  # fmt: skip
    spans = [_slice(cube, row, windows) for row in series]
    start, end, place, value, status, load = (
        np.concatenate([cube.columns[name][first:last] for first, last in spans])
        for name in ("start", "end", "place", "value", "status", "load")
    )
    window = np.minimum(np.searchsorted(windows.end, end), len(windows) - 1)
    inside = (start >= windows.start[window]) & (end <= windows.end[window]) & (of_place[place] >= 0)
    if exact:
        inside &= (start == windows.start[window]) & (end == windows.end[window])
    window, place = window[inside], place[inside]
    cell = window.astype(np.int64) * areas + of_place[place]
    start, end = start[inside], end[inside]
    return Rows(cell, value[inside], status[inside], load[inside], end - start, end)


def _slice(cube: Cube, row: Mapping[str, Any], windows: Windows) -> tuple[int, int]:
    first, last = row["first"], row["last"]
    starts = cube.columns["start"][first:last]
    low, high = np.searchsorted(starts, (windows.start.min(), windows.end.max()))
    return first + int(low), first + int(high)


def _last(rows: Rows, size: int) -> Rows:
    """Of each cell and place only the newest row; rows of one place never share an end."""
    newest = np.full(size, np.iinfo(np.int32).min, dtype=np.int32)
    np.maximum.at(newest, rows.cell, rows.end)
    keep = rows.end == newest[rows.cell]
    return Rows(*(getattr(rows, name)[keep] for name in ("cell", "value", "status", "load", "days", "end")))


def _sum(rows: Rows, size: int) -> Tally:
    kind = rows.status % PROVISIONAL
    status = np.where(np.bincount(rows.cell[kind == SUPPRESSED], minlength=size) > 0, SUPPRESSED, VALUE)
    load = np.full(size, -1, dtype=np.int32)
    np.maximum.at(load, rows.cell, rows.load)
    provisional = np.bincount(rows.cell[rows.status >= PROVISIONAL], minlength=size) > 0
    value = np.bincount(rows.cell, weights=np.nan_to_num(rows.value), minlength=size).astype(np.float64)
    none, nobody = np.zeros(size, dtype=bool), np.full(size, -1, np.int32)
    return Tally(value, status.astype(np.int8), provisional, nobody, load, none)


def _expected(
    cube: Cube, series: Sequence[Mapping[str, Any]], of_place: NDArray[np.int32], areas: int
) -> NDArray[np.int64]:
    """How many towns (times partners) must have reported in each area: all of them, or those a partner ever serves."""
    if not any(row["partner"] for row in series):
        return np.bincount(of_place[of_place >= 0], minlength=areas)
    expected = np.zeros(areas, dtype=np.int64)
    for row in series:
        served = np.unique(cube.columns["place"][row["first"] : row["last"]])
        area = of_place[served]
        expected += np.bincount(area[area >= 0], minlength=areas)
    return expected


def _covered(
    cube: Cube, series: Sequence[Mapping[str, Any]], of_place: NDArray[np.int32], windows: Windows, areas: int
) -> NDArray[np.bool_]:
    """Windows x areas over which a load says that a missing row is a true zero."""
    covered = np.zeros((len(windows), areas), dtype=bool)
    key = tuple(series[0][name] for name in ("source", "measure", "basis", "partner", "level"))
    wanted = np.flatnonzero(of_place >= 0)
    area = of_place[wanted]
    all_of = np.bincount(area, minlength=areas)
    for scope, spans in cube.zero_spans.get(key, {}).items():
        scoped = cube.in_scope(scope)[wanted]
        if scoped.any():
            within = (all_of > 0) & (np.bincount(area[scoped], minlength=areas) == all_of)
            covered |= np.outer(_inside(windows, spans), within)
    return covered


def _inside(windows: Windows, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which windows lie in one of some spans."""
    inside = np.zeros(len(windows), dtype=bool)
    for start, end in spans:
        inside |= (windows.start >= start) & (windows.end <= end)
    return inside
