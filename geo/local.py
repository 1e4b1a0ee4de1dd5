"""Do high values lie beside high values: Getis and Ord's Gi*, and Moran's I. A second opinion, never the first.

Use them on (observed - expected) / sqrt(expected), not on raw rates: those of small towns are noise, and fire.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, diags_array
from scipy.stats import false_discovery_control, norm

FloatArray = NDArray[np.float64]
Neighbours = Sequence[Sequence[int]]


class Moran(NamedTuple):
    """I, what it is where there is no pattern (-1 / (n-1)), and how many standard deviations lie between."""

    statistic: float
    expected: float
    z: float


def residuals(observed: ArrayLike, expected: ArrayLike) -> FloatArray:
    """(O - E) / sqrt(E), about standard normal where nothing is going on; nan where nothing is expected."""
    seen, awaited = np.asarray(observed, float), np.asarray(expected, float)
    safe = np.where(awaited > 0, awaited, np.nan)
    return np.asarray((seen - safe) / np.sqrt(safe))


def getis_ord(values: ArrayLike, neighbours: Neighbours, *, include_self: bool = True) -> FloatArray:
    """z of the sum over each area and those it touches (Gi*), or over those it touches alone (Gi); (n,).

    Binary weights; Ord and Getis 1995. Areas of nan take no part and get nan, as does an area without anything to sum
    and everything where all values are the same.
    """
    numbers, weights = _known(values, neighbours)
    known = np.isfinite(numbers)
    x, n = np.where(known, numbers, 0.0), int(known.sum())
    if include_self:
        weights = weights + diags_array(known.astype(float))
    others = n - (0 if include_self else 1)
    own = 0.0 if include_self else x
    size = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (x.sum() - own) / others
        variance = ((x**2).sum() - np.square(own)) / others - mean**2
        spread = np.sqrt(np.where(variance > _noise(x), variance, np.nan) * (others * size - size**2) / (others - 1))
        z = (weights @ x - size * mean) / spread
    return np.where(known & np.isfinite(z), z, np.nan)


def morans_i(values: ArrayLike, neighbours: Neighbours) -> Moran:
    """Moran's I with row-standardised weights over the areas that have a value; z under randomisation.

    Areas without neighbours count among the values and touch nothing. nan where it is not defined: fewer than four
    areas, none that touch, or all values the same. Cliff and Ord 1981.
    """
    numbers, weights = _known(values, neighbours)
    known = np.isfinite(numbers)
    n = int(known.sum())
    size = weights.sum(axis=1)
    rows = csr_array(weights.multiply(np.divide(1.0, size, out=np.zeros(len(size)), where=size > 0)[:, None]))
    x = np.where(known, numbers - numbers[known].mean(), 0.0) if n else numbers
    total, squares = float(rows.sum()), float((x**2).sum())
    if n < 4 or total == 0 or squares / n <= _noise(np.where(known, numbers, 0.0)):
        return Moran(float("nan"), float("nan"), float("nan"))
    statistic = n / total * float(x @ (rows @ x)) / squares
    expected = -1 / (n - 1)
    return Moran(statistic, expected, (statistic - expected) / _randomisation_sd(rows, x, n))


def two_sided(z: ArrayLike) -> FloatArray:
    """The chance of a z as far from 0 as this, on either side; nan stays."""
    return np.asarray(2 * norm.sf(np.abs(np.asarray(z, float))))


def significant(p: ArrayLike, alpha: float = 0.05) -> NDArray[np.bool_]:
    """Which of many p-values to believe, so that at most `alpha` of them are false: Benjamini-Hochberg; nan never."""
    values = np.asarray(p, float)
    believed = np.zeros(values.shape, dtype=bool)
    known = np.isfinite(values)
    if known.any():
        believed[known] = false_discovery_control(values[known]) <= alpha
    return believed


def _known(values: ArrayLike, neighbours: Neighbours) -> tuple[FloatArray, csr_array]:
    """The values, and binary weights between areas that have one; an area is never its own neighbour here."""
    numbers = np.asarray(values, float)
    if len(numbers) != len(neighbours):
        raise ValueError(f"There are {len(numbers)} values and the neighbours of {len(neighbours)} areas.")
    here = np.repeat(np.arange(len(numbers)), [len(near) for near in neighbours])
    there = np.array([at for near in neighbours for at in near], dtype=np.intp)
    keep = np.isfinite(numbers[here]) & np.isfinite(numbers[there]) & (here != there)
    ones = np.ones(int(keep.sum()))
    return numbers, csr_array((ones, (here[keep], there[keep])), shape=(len(numbers), len(numbers)))


def _noise(values: FloatArray) -> float:
    """A variance as small as this is a rounding of 0."""
    return 1e-24 + 1e-14 * float(np.mean(np.square(values))) if len(values) else 0.0


def _randomisation_sd(rows: csr_array, x: FloatArray, n: int) -> float:
    """Standard deviation of I when the values are dealt out at random."""
    s0 = float(rows.sum())
    s1 = float((rows + rows.T).power(2).sum()) / 2
    s2 = float(np.square(rows.sum(axis=1) + rows.sum(axis=0)).sum())
    kurtosis = n * float((x**4).sum()) / float((x**2).sum()) ** 2
    first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    squared = (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
    return float(np.sqrt(squared - 1 / (n - 1) ** 2))
