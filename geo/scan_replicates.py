"""Maps of chance: the same number of events dropped on the areas again and again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geo.scan_likelihood import FloatArray

Counts = NDArray[np.unsignedinteger]

AT_ONCE = 2_000_000
"""Cells drawn at a time, which bounds the memory: the generator answers in 8 bytes a cell, and 2 are kept."""
TINY = 1e-300
"""So that some area has a risk, however uneven the risks."""


def replicates(
    rng: np.random.Generator, base: FloatArray, total: int, *, count: int, windows: int, overdispersion: float = 0.0
) -> Counts:
    """`count` maps of `total` events: events of each area in the last 1, 2 ... `windows` periods.

    `base` is (areas, periods); the answer (windows, areas, count). An event falls in a cell with a chance in step with
    its base. With `overdispersion` alpha each area first draws a risk of its own, Gamma of mean 1 and variance alpha,
    the same in all periods, which its base is multiplied by: Gamma-Poisson counts (negative binomial) given their
    total, where the risks keep their distribution instead of being reweighted by how well they suit the total.
    """
    kept = np.uint16 if total < np.iinfo(np.uint16).max else np.uint32
    maps = np.empty((windows, len(base), count), dtype=kept)
    at_once = max(1, AT_ONCE // base.size)
    for start in range(0, count, at_once):
        some = min(at_once, count - start)
        chances = _chances(rng, base, some, overdispersion)
        drawn = rng.multinomial(total, chances, size=some).reshape(some, *base.shape)
        maps[:, :, start : start + some] = ending_now(drawn, windows).transpose(2, 1, 0)
    return maps


def ending_now(counts: NDArray[np.generic], windows: int) -> NDArray[np.generic]:
    """Sums over the last 1, 2 ... `windows` periods, which are the last axis of `counts` and of the answer."""
    return np.cumsum(counts[..., ::-1][..., :windows], axis=-1)


def _chances(rng: np.random.Generator, base: FloatArray, count: int, overdispersion: float) -> FloatArray:
    """(count or 1, cells), each row adding up to 1."""
    if overdispersion <= 0:
        return base.reshape(1, -1) / base.sum()
    risks = rng.gamma(1 / overdispersion, overdispersion, size=(count, len(base))) + TINY
    weighted = (risks[:, :, None] * base).reshape(count, -1)
    return np.asarray(weighted / weighted.sum(axis=1, keepdims=True))
