"""Where the rows of each series stand in a cube, and which days they span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def with_bounds(
    series: list[dict[str, Any]], columns: Mapping[str, NDArray[Any]], states: list[str]
) -> list[dict[str, Any]]:
    """Series that still have rows: their first and last row, the days they span in each state, and any overlap."""
    ids = np.array([row["id"] for row in series], dtype=np.int32)
    first, last = (np.searchsorted(columns["series"], ids, side).tolist() for side in ("left", "right"))
    named, state_of = np.unique(np.array(states, dtype=np.str_), return_inverse=True)
    bounded = [row | {"first": first[n], "last": last[n]} for n, row in enumerate(series) if first[n] < last[n]]
    return [
        row | {"spans": _spans(columns, named.tolist(), state_of, rows), "overlaps": _overlaps(columns, rows)}
        for row in bounded
        for rows in [slice(row["first"], row["last"])]
    ]


def _overlaps(columns: Mapping[str, NDArray[Any]], rows: slice) -> bool:
    """Whether two periods of one place share a day, as calendar and fiscal years do: they must never be added."""
    start, end, place = (columns[name][rows] for name in ("start", "end", "place"))
    first = np.flatnonzero(np.diff(start, prepend=start[0] - 1))
    if (np.maximum.reduceat(end, first)[:-1] <= start[first[1:]]).all():
        return False  # no two periods share a day, whosever they are
    order = np.lexsort((start, place))
    start, end, place = start[order], end[order], place[order]
    return bool(((place[1:] == place[:-1]) & (start[1:] < end[:-1])).any())


def _spans(
    columns: Mapping[str, NDArray[Any]], names: Sequence[str], state_of: NDArray[Any], rows: slice
) -> dict[str, list[int]]:
    """State -> first day and day after the last of the rows."""
    start, end, state = columns["start"][rows], columns["end"][rows], state_of[columns["place"][rows]]
    first, last = np.full(len(names), np.iinfo(np.int32).max), np.full(len(names), np.iinfo(np.int32).min)
    np.minimum.at(first, state, start)
    np.maximum.at(last, state, end)
    return {names[n]: [int(first[n]), int(last[n])] for n in np.flatnonzero(first <= last).tolist()}
