"""Rows of a read model in order, and the days that each series spans, against the slow and plain way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.store.bounds import with_bounds
from dashboard.store.cube import _sorted_once

STATES = ["25", "09", "25", "", "36"]
"""Of places 0 to 4."""


def rows(*told: tuple[int, int, int, int, int]) -> dict[str, NDArray[Any]]:
    """Columns of series, place, start, end and load."""
    names = ("series", "place", "start", "end", "load")
    return {name: np.array(column, dtype=np.int32) for name, column in zip(names, zip(*told, strict=True), strict=True)}


@pytest.mark.parametrize("seed", range(5))
def test_rows_stand_by_series_start_and_place_and_of_two_loads_the_newer_stays(seed: int) -> None:
    chance = np.random.default_rng(seed)
    drawn = [chance.integers(low, high, 400) for low, high in ((3, 9), (-1, 6), (-40, 40))]
    load = np.sort(chance.integers(0, 5, 400))
    columns = rows(*zip(*(part.tolist() for part in (*drawn, drawn[2] + 30, load)), strict=True))
    newest: dict[tuple[int, int, int], int] = {}
    for series, place, start, of in zip(*(part.tolist() for part in (*drawn, load)), strict=True):
        newest[series, start, place] = of
    found = _sorted_once(columns)
    keys = zip(*(found[name].tolist() for name in ("series", "start", "place")), strict=True)
    assert dict(zip(keys, found["load"].tolist(), strict=True)) == newest
    assert list(newest) != sorted(newest)
    assert len(found["load"]) == len(newest)
    assert list(zip(*(found[n].tolist() for n in ("series", "start", "place")), strict=True)) == sorted(newest)


def test_nothing_stands_in_order() -> None:
    empty = {name: np.empty(0, np.int32) for name in ("series", "start", "place", "end", "load")}
    assert {name: len(column) for name, column in _sorted_once(empty).items()} == dict.fromkeys(empty, 0)


def test_a_series_spans_in_each_state_what_its_rows_there_do() -> None:
    columns = rows((7, 0, 0, 31, 0), (7, 1, 31, 59, 0), (7, 2, 59, 90, 0), (8, 4, 10, 20, 0))
    found = with_bounds([{"id": 6}, {"id": 7}, {"id": 8}], columns, STATES)
    assert [(row["id"], row["first"], row["last"]) for row in found] == [(7, 0, 3), (8, 3, 4)]
    assert [row["spans"] for row in found] == [{"25": [0, 90], "09": [31, 59]}, {"36": [10, 20]}]


@pytest.mark.parametrize(
    ("second", "overlaps"),
    [((7, 0, 182, 547, 0), True), ((7, 1, 182, 547, 0), False), ((7, 0, 365, 730, 0), False)],
)
def test_two_periods_of_one_place_that_share_a_day_overlap(second: tuple[int, ...], overlaps: bool) -> None:
    columns = rows((7, 0, 0, 365, 0), second)  # type: ignore[arg-type]
    (found,) = with_bounds([{"id": 7}], columns, STATES)
    assert found["overlaps"] is overlaps
