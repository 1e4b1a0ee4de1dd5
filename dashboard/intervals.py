"""Exact and nearly exact intervals for counts and parts of a whole, for whole columns at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, gammaincinv, ndtri

from dashboard.domain import FloatArray

Limits = tuple[FloatArray, FloatArray]


def garwood(events: ArrayLike, level: float = 0.95) -> Limits:
    """Exact Poisson limits of a count: (lower, upper), in events.

    Fractions are allowed; NaN and negative counts give NaN. Source: Garwood 1936; R poisson.test.
    """
    tail = (1 - level) / 2
    lower = _per_distinct(events, lambda x: np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), tail)))
    return lower, _per_distinct(events, lambda x: gammaincinv(x + 1, 1 - tail))


def byar(events: ArrayLike, level: float = 0.95) -> Limits:
    """Byar's approximation to the Poisson limits in the form the UK Health Security Agency prints."""
    z = float(ndtri(1 - (1 - level) / 2))
    return (
        _per_distinct(events, lambda x: np.where(x == 0, 0.0, _byar_limit(np.where(x == 0, 1.0, x), -z))),
        _per_distinct(events, lambda x: _byar_limit(x + 1, z)),
    )


def wilson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Limits:
    """Wilson score limits of a proportion, between 0 and 1.

    NaN where there are no trials, or successes are absent, negative or above the trials. Source: Wilson 1927.
    """
    x, n = _columns(successes, trials)
    n = np.where((n > 0) & (x >= 0) & (x <= n), n, np.nan)
    square = float(ndtri(1 - (1 - level) / 2)) ** 2
    centre = (x + square / 2) / (n + square)
    half = np.sqrt(square * (x * (n - x) / n + square / 4)) / (n + square)
    # At the ends rounding leaves a few 1e-17 where the limit is exactly 0 or 1.
    return np.where(x == 0, centre * 0, centre - half), np.where(x == n, centre * 0 + 1, centre + half)


def clopper_pearson(successes: float, trials: float, level: float = 0.95) -> tuple[float, float]:
    """Exact binomial limits of one proportion. Source: Clopper and Pearson 1934."""
    tail = (1 - level) / 2
    lower = 0.0 if successes <= 0 else float(betaincinv(successes, trials - successes + 1, tail))
    upper = 1.0 if successes >= trials else float(betaincinv(successes + 1, trials - successes, 1 - tail))
    return lower, upper


def _byar_limit(x: FloatArray, z: float) -> FloatArray:
    return x * (1 - 1 / (9 * x) + z / (3 * np.sqrt(x))) ** 3


def _columns(*columns: ArrayLike) -> list[FloatArray]:
    return [np.array(column) for column in np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns))]


def _per_distinct(events: ArrayLike, limit: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Work each different count out once: thousands of towns share a few hundred counts."""
    counts = np.asarray(events, dtype=np.float64)
    distinct, places = np.unique(np.where(counts >= 0, counts, np.nan), return_inverse=True)
    return np.asarray(limit(distinct)[places].reshape(counts.shape), dtype=np.float64)
