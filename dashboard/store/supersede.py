"""Which observations still hold: a newer load of a source replaces what it covers, retractions included."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


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
    by_source: dict[str, list[int]] = {}
    for number, load in enumerate(loads):
        by_source.setdefault(load["source"], []).append(number)
    kept = np.ones(len(columns["load"]), dtype=bool)
    first_load = _first_loads(columns, series)
    for part in coverage:
        newer = position[part["load_id"]]
        source = loads[newer]["source"]
        older = [number for number in by_source[source] if number < newer]
        if older and first_load.get(_key(part, source), newer) < newer:
            kept &= ~_covered(part, source, older, columns, series, geoids)
    return {name: column[kept] for name, column in columns.items()}


def _first_loads(
    columns: Mapping[str, NDArray[Any]], series: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, ...], int]:
    """The oldest load with rows of each source, measure, basis, partner and level: most coverage replaces nothing."""
    order = np.lexsort((columns["load"], columns["series"]))
    ids, at = np.unique(columns["series"][order], return_index=True)
    oldest = dict(zip(ids.tolist(), columns["load"][order][at].tolist(), strict=True))
    first: dict[tuple[str, ...], int] = {}
    for row in series:
        if row["id"] in oldest:
            key = _key(row, row["source"])
            first[key] = min(oldest[row["id"]], first.get(key, oldest[row["id"]]))
    return first


def _key(row: Mapping[str, Any], source: str) -> tuple[str, ...]:
    return (source, *(str(row[name]) for name in ("measure", "basis", "partner", "level")))


def _covered(
    part: Mapping[str, Any],
    source: str,
    older: Sequence[int],
    columns: Mapping[str, NDArray[Any]],
    series: Sequence[Mapping[str, Any]],
    geoids: Sequence[str],
) -> NDArray[np.bool_]:
    same = ("measure", "basis", "partner", "level")
    ids = [row["id"] for row in series if row["source"] == source and all(row[key] == part[key] for key in same)]
    inside = np.array([geoid.startswith(part["scope"]) for geoid in geoids], dtype=bool)
    covered: NDArray[np.bool_] = np.isin(columns["load"], older) & np.isin(columns["series"], ids)
    covered &= (columns["start"] >= part["start_day"]) & (columns["end"] <= part["end_day"])
    return covered & inside[columns["place"]]
