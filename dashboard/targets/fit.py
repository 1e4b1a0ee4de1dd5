"""A log-linear or logistic line through counts over time, by iteratively reweighted least squares.

Our own thirty lines, because statsmodels costs a worker 80 MB (docs/decisions).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.domain import FloatArray

STEPS = 50
CLOSE = 1e-10


@dataclass(frozen=True)
class Line:
    """Intercept and slope with their covariance (before dispersion), and dispersion = max(1, X2 / df)."""

    coefficients: FloatArray
    covariance: FloatArray
    dispersion: float


def fit(time: FloatArray, events: FloatArray, below: FloatArray, *, proportion: bool = False) -> Line:
    """The line of a Poisson GLM with offset log(below), or of a binomial one of events among `below`.

    Columns of equal length, at least three. The solution is where the score is zero. Source: McCullagh and Nelder.
    """
    design = np.column_stack([np.ones(len(time)), time])
    mean = (events + 0.5) / (below + 1) * below if proportion else events + 0.1
    coefficients: FloatArray = np.zeros(2)
    for _ in range(STEPS):
        weight = mean * (1 - mean / below) if proportion else mean
        linear = (np.log(mean / (below - mean)) if proportion else np.log(mean / below)) + (events - mean) / weight
        information = design.T @ (design * weight[:, None])
        before, coefficients = coefficients, np.asarray(np.linalg.solve(information, design.T @ (weight * linear)))
        mean = expected(design @ coefficients, below, proportion=proportion)
        if np.abs(coefficients - before).max() < CLOSE:
            break
    weight = mean * (1 - mean / below) if proportion else mean
    covariance = np.asarray(np.linalg.inv(design.T @ (design * weight[:, None])), dtype=np.float64)
    squares = float(((events - mean) ** 2 / weight).sum())
    return Line(coefficients, covariance, max(1.0, squares / (len(time) - 2)))


def expected(linear: FloatArray, below: FloatArray, *, proportion: bool) -> FloatArray:
    """Mean counts of a linear predictor: below x exp(linear), or below / (1 + exp(-linear))."""
    return np.asarray(below / (1 + np.exp(-linear)) if proportion else below * np.exp(linear))
