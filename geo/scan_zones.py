"""The zones of a scan: about each area, circles that grow from area to area up to a share of the population."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

CENTRES_AT_ONCE = 512
"""Bounds the memory: the zones of this many centres are held at a time."""
TIE = 1e-9
"""Earth radii (6 mm): areas as far away as this from each other in distance enter a circle together."""
ROUNDING = 1 + 1e-12
"""A circle that holds exactly the greatest share is let in, however its sum was rounded."""


@dataclass(frozen=True)
class Zones:
    """Nested zones about m centres, up to K areas each; rows from the longest to the shortest.

    Zone (row, step) is `order[row, : step + 1]`, a circle where `closes[row, step]` is true; a row has no circle from
    step `sizes[row]` on.
    """

    centres: IntArray
    order: IntArray
    sizes: IntArray
    closes: NDArray[np.bool_]

    def sums(self, weights: FloatArray) -> FloatArray:
        """What the zones' areas add up to, (m, K), for weights of all areas, (n,)."""
        return np.cumsum(weights[self.order], axis=1)

    def longest(self, step: int) -> int:
        """How many of the first rows have an area at this step."""
        return int(np.searchsorted(-self.sizes, -step, side="left"))


def unit_vectors(latitude: FloatArray, longitude: FloatArray) -> FloatArray:
    """Points in degrees on a ball of radius 1, (n, 3): their straight distances sort as great circles do."""
    north, east = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def zones(points: FloatArray, base: FloatArray, max_share: float, centres: IntArray | None = None) -> Iterator[Zones]:
    """The zones of at most `max_share` of `base`, (n,), about `centres` (else all), some centres at a time.

    `points` are unit vectors (n, 3). Areas at one distance enter together, so that no order of rows can matter.
    """
    tree = cKDTree(points)
    chosen = np.arange(len(points)) if centres is None else centres
    limit = max_share * float(base.sum()) * ROUNDING
    for start in range(0, len(chosen), CENTRES_AT_ONCE):
        some = chosen[start : start + CENTRES_AT_ONCE]
        order, distance = _nearest(tree, some, base, reach=limit, guess=int(2 * max_share * len(points)) + 8)
        yield _circles(some, order, distance, np.cumsum(base[order], axis=1) <= limit)


def _nearest(
    tree: cKDTree, centres: IntArray, base: FloatArray, *, reach: float, guess: int
) -> tuple[IntArray, FloatArray]:
    """As many nearest areas as hold more than `reach`, nearest first, or all of them; and their distances."""
    count = min(guess, tree.n)
    while True:
        distance, order = (part.reshape(len(centres), count) for part in tree.query(tree.data[centres], k=count))
        if count == tree.n or base[order].sum(axis=1).min() > reach:
            return order, distance
        count = min(2 * count, tree.n)


def _circles(centres: IntArray, order: IntArray, distance: FloatArray, small: NDArray[np.bool_]) -> Zones:
    closes = np.empty(order.shape, dtype=bool)
    closes[:, :-1] = np.diff(distance, axis=1) > TIE
    closes[:, -1] = True  # either there is no further area, or the zone is too large anyway
    closes &= small
    sizes = np.where(closes.any(axis=1), order.shape[1] - np.argmax(closes[:, ::-1], axis=1), 0)
    rows = np.argsort(-sizes, kind="stable")
    rows = rows[sizes[rows] > 0]
    most = int(sizes.max(initial=0))
    return Zones(centres[rows], order[rows, :most], sizes[rows], closes[rows, :most])
