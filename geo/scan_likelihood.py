"""How much better "more inside than outside" explains the counts than one rate everywhere: Kulldorff's ratio."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

FloatArray = NDArray[np.float64]

HALVINGS = 14
"""Steps of bisection: they leave less than a ten-thousandth of the count, on the safe side."""


def log_likelihood_ratio(observed: ArrayLike, expected: ArrayLike, total: int) -> FloatArray:
    """c ln(c/E) + (C-c) ln((C-c)/(C-E)) where c > E, else 0; infinite where nothing is expected and something is seen.

    `observed` c and `expected` E of zones in any one shape; `total` C is the count of the whole region, which the
    expected counts of the whole region add up to. Kulldorff 1997, discrete Poisson model.
    """
    inside, awaited = np.broadcast_arrays(np.asarray(observed, float), np.asarray(expected, float))
    more = inside > awaited
    outside, awaited_outside = total - inside, np.where(more, total - awaited, 1.0)
    with np.errstate(divide="ignore"):
        value = xlogy(inside, inside / np.where(more, awaited, 1.0)) + xlogy(outside, outside / awaited_outside)
    return np.where(more, value, 0.0)


def smallest_reaching(level: float, total: int) -> FloatArray:
    """For each count c from 0 to `total` (at least) the most that a zone may expect for c to reach `level`.

    Increasing: `np.searchsorted` of an expected count in it is the smallest count that reaches the level. Never too
    small, too large by a ten-thousandth at most.
    """
    counts = np.arange(total + 1, dtype=float)
    low, high = np.zeros(total + 1), counts.copy()
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        reaches = log_likelihood_ratio(counts, middle, total) >= level
        low, high = np.where(reaches, middle, low), np.where(reaches, high, middle)
    return np.maximum.accumulate(high)


def relative_risk(observed: float, expected: float, total: float) -> float:
    """The rate inside divided by the rate outside; infinite when everything was inside."""
    outside = (total - observed) / (total - expected)
    return observed / expected / outside if outside > 0 else float("inf")
