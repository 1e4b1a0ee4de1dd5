"""Which observations still hold: a newer load of a source replaces what it covers, retractions included."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Key = tuple[str, ...]


def keep_newest(
    columns: dict[str, NDArray[Any]],
    series: Sequence[Mapping[str, Any]],
    loads: Sequence[Mapping[str, Any]],
    coverage: Sequence[Mapping[str, Any]],
    geoids: Sequence[str],
) -> dict[str, NDArray[Any]]:
    """The rows that no newer load of the same source covers.

    `loads` stand oldest first and `columns["load"]` counts in that order. A row is covered when a newer load of its
    source declares its measure, basis, partner, level and geoid prefix over the row's whole period.
    """
    position = {load["id"]: number for number, load in enumerate(loads)}
    spoken: dict[Key, list[tuple[int, Mapping[str, Any]]]] = {}
    for part in coverage:
        newer = position[part["load_id"]]
        spoken.setdefault(_key(part, loads[newer]["source"]), []).append((newer, part))
    names, scopes = np.array(geoids, dtype=np.str_), dict[str, NDArray[np.bool_]]()
    kept = np.ones(len(columns["load"]), dtype=bool)
    for key, rows in _rows_of(columns, series).items():
        own = {name: columns[name][rows] for name in ("load", "start", "end", "place")}
        oldest = own["load"].min()
        for newer, part in spoken.get(key, []):
            if oldest < newer:  # most coverage replaces nothing
                scope = part["scope"]
                if scope not in scopes:
                    scopes[scope] = np.char.startswith(names, scope)
                kept[rows[_covered(own, newer, part, scopes[scope])]] = False
    return {name: column[kept] for name, column in columns.items()}


def _rows_of(columns: Mapping[str, NDArray[Any]], series: Sequence[Mapping[str, Any]]) -> dict[Key, NDArray[np.int64]]:
    """The numbers of the rows of each source, measure, basis, partner and level that has any."""
    order = np.argsort(columns["series"], kind="stable")
    ids = np.array([row["id"] for row in series], dtype=np.int64)
    first, last = (np.searchsorted(columns["series"], ids, side, sorter=order).tolist() for side in ("left", "right"))
    found: dict[Key, list[NDArray[np.int64]]] = {}
    for row, begin, end in zip(series, first, last, strict=True):
        if begin < end:
            found.setdefault(_key(row, row["source"]), []).append(order[begin:end])
    return {key: np.concatenate(parts) for key, parts in found.items()}


def _key(row: Mapping[str, Any], source: str) -> Key:
    return (source, *(str(row[name]) for name in ("measure", "basis", "partner", "level")))


def _covered(
    own: Mapping[str, NDArray[Any]], newer: int, part: Mapping[str, Any], in_scope: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which of some rows, all of them of what a part of coverage speaks of, it replaces."""
    covered: NDArray[np.bool_] = own["load"] < newer
    covered &= (own["start"] >= part["start_day"]) & (own["end"] <= part["end_day"])
    return covered & in_scope[own["place"]]
