"""The highest likelihood ratio of each replicate, over all zones, without calculating more than a few of them.

The ratio of a zone grows with its count. So for any level a zone has a smallest count that reaches it, and replicates
that were first scanned about a few centres only need the zones that reach what they have already: one comparison of
whole numbers a zone and replicate, a logarithm for hardly any. The result is exact.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from geo.scan_likelihood import FloatArray, smallest_reaching
from geo.scan_zones import Zones

Counts = NDArray[np.unsignedinteger]

BLOCK = 250
"""Replicates at a time: with 500 centres their running counts stay in the processor's cache."""


class Maxima:
    """The running maxima of replicate maps: shape of `maps` (windows, areas, replicates), of `best` (replicates,)."""

    def __init__(self, maps: Counts, total: int, least: int) -> None:
        """`total` events a map; zones of fewer than `least` events do not count."""
        self.maps, self.total, self.least = maps, total, least
        self.best = np.zeros(maps.shape[2])
        counts = np.arange(total + 1, dtype=float)
        self.tables = [counts] * len(range(0, maps.shape[2], BLOCK))
        self.entropy = xlogy(counts, counts) + xlogy(total - counts, total - counts)

    def raise_levels(self) -> None:
        """Sort the replicates by what they have reached: a block need not look at zones below its lowest."""
        order = np.argsort(self.best)
        self.maps, self.best = np.take(self.maps, order, axis=2), self.best[order]
        self.tables = [smallest_reaching(float(level), self.total) for level in self.best[::BLOCK]]

    def include(self, zones: Zones, expected: FloatArray) -> Iterator[float]:
        """Take in the zones, which expect `expected` (windows, m, K), block by block; yields the share done."""
        for number, table in enumerate(self.tables):
            block = slice(number * BLOCK, (number + 1) * BLOCK)
            for maps, awaited in zip(self.maps, expected, strict=True):
                needed = self._needed(zones, awaited, table)
                self._scan(zones, _terms(awaited, self.total), needed, np.ascontiguousarray(maps[:, block]), block)
            yield (number + 1) / len(self.tables)

    def _needed(self, zones: Zones, expected: FloatArray, table: FloatArray) -> Counts:
        """The smallest count with which a zone matters, one more than there are where none does."""
        possible = zones.closes & (expected > 0) & (expected < self.total)
        needed = np.maximum(np.searchsorted(table, expected), self.least)
        return np.where(possible, needed, self.total + 1).astype(self.maps.dtype)

    def _scan(
        self,
        zones: Zones,
        terms: tuple[FloatArray, FloatArray],
        needed: Counts,
        maps: Counts,
        block: slice,
    ) -> None:
        """Add area by area about all centres at once; look closer only where a count is high enough."""
        best = self.best[block]
        running = np.zeros((len(zones.centres), maps.shape[1]), dtype=maps.dtype)
        added, high = np.empty_like(running), np.empty(running.shape, dtype=bool)
        for step in range(zones.order.shape[1]):
            rows = zones.longest(step + 1)
            np.take(maps, zones.order[:rows, step], axis=0, out=added[:rows], mode="clip")
            np.add(running[:rows], added[:rows], out=running[:rows])
            np.greater_equal(running[:rows], needed[:rows, step, None], out=high[:rows])
            found = np.flatnonzero(high[:rows])
            row, replicate = np.divmod(found, maps.shape[1])
            count = running.ravel()[found]
            ratio = self.entropy[count] - terms[0][row, step] - count * terms[1][row, step]
            np.maximum.at(best, replicate, ratio)


def _terms(expected: FloatArray, total: int) -> tuple[FloatArray, FloatArray]:
    """What a zone's expected count E gives to the ratio: C ln(C-E), and ln E - ln(C-E) for each event."""
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.log(total - expected)
        return total * outside, np.log(expected) - outside
