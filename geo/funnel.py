"""Funnel limits: how far a count may lie from what is expected by chance alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import pdtr, pdtrik

FloatArray = NDArray[np.float64]

USUAL = 0.95
FAR = 0.998


def limits(expected: ArrayLike, level: float = USUAL) -> tuple[FloatArray, FloatArray]:
    """The lowest and the highest count that chance explains, of events that expect this many; exact Poisson.

    On each side at most (1 - level) / 2 of places that are like the rest lie beyond. Divide by person-years for
    rates. nan where nothing is known; ValueError for a negative number or a level that is not between 0 and 1.
    """
    awaited = np.asarray(expected, float)
    if (awaited < 0).any():
        raise ValueError("An expected count cannot be negative.")
    if not 0 < level < 1:
        raise ValueError(f"The level of the limits lies between 0 and 1, not {level}.")
    tail = (1 - level) / 2
    known = np.where(np.isfinite(awaited), awaited, 0.0)
    low, high = _quantile(tail, known), _quantile(1 - tail, known)
    unknown = ~np.isfinite(awaited)
    return np.where(unknown, np.nan, np.maximum(low, 0.0)), np.where(unknown, np.nan, high)


def beyond(observed: ArrayLike, expected: ArrayLike, level: float = USUAL) -> NDArray[np.int8]:
    """1 above the limits, -1 below, 0 within or where either number is nan."""
    low, high = limits(expected, level)
    seen = np.asarray(observed, float)
    return (seen > high).astype(np.int8) - (seen < low).astype(np.int8)


def _quantile(share: float, expected: FloatArray) -> FloatArray:
    """The smallest count that a Poisson number stays at or below with this probability.

    Written out because importing scipy.stats costs a web worker a second and tens of megabytes.
    """
    count = np.ceil(np.nan_to_num(pdtrik(share, expected)))
    below = np.maximum(count - 1, 0)
    return np.where(pdtr(below, expected) >= share, below, count)
