"""Directly standardised rates: what a place's rate would be if its people had the standard's ages."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from dashboard.domain import FloatArray


def fay_feuer(
    counts: ArrayLike, populations: ArrayLike, weights: ArrayLike, per: float, level: float = 0.95
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Directly standardised rate with gamma limits: (rate, lower, upper) per `per`.

    Strata lie along the last axis; any axes before it are places. Weights need not sum to 1. A stratum without
    population gives NaN. Not to be shown below 10 events. Source: Fay and Feuer 1997.
    """
    x, n = np.asarray(counts, dtype=np.float64), np.asarray(populations, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    c = w / w.sum(axis=-1, keepdims=True) / np.where(n > 0, n, np.nan)
    y, v, m = (c * x).sum(axis=-1), (c * c * x).sum(axis=-1), c.max(axis=-1)
    tail = (1 - level) / 2
    lower = np.where(y == 0, y, _gamma_quantile(np.where(y > 0, y, np.nan), np.where(v > 0, v, np.nan), tail))
    upper = _gamma_quantile(y + m, v + m * m, 1 - tail)
    return y * per, lower * per, upper * per


def _gamma_quantile(mean: FloatArray, variance: FloatArray, p: float) -> FloatArray:
    """Quantile of the gamma distribution with this mean and variance; v/(2y) chi2(p, 2y^2/v) in the paper."""
    return np.asarray(variance / mean * gammaincinv(mean * mean / variance, p), dtype=np.float64)
