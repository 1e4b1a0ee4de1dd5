"""Rates of small areas drawn towards the rate of all, the more so the fewer people live there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

FloatArray = NDArray[np.float64]


class Smoothed(NamedTuple):
    """`mean` of all areas' rates, `variance` between their true rates, and each area's rate with its interval (n,)."""

    mean: float
    variance: float
    rate: FloatArray
    lower: FloatArray
    upper: FloatArray


def smooth(cases: ArrayLike, population: ArrayLike, *, level: float = 0.95) -> Smoothed:
    """Empirical Bayes rates by Marshall's global method, events per person (or person-year), any order of areas.

    m = sum O / sum n; A = max(sum n (r-m)^2 / sum n - m / mean n, 0); rate = m + (r-m) A / (A + m/n). Where it counts
    as Gamma with mean m and variance A before the events, after them the rate is Gamma(m^2/A + O, m/A + n), of that
    same mean, and `lower` and `upper` are its quantiles; where A is 0 they are the exact limits of m. Areas whose
    count or population is nan, or where nobody lives, take no part and get nan. ValueError for negative numbers.
    """
    events, people = _checked(cases, population)
    known = np.isfinite(events) & np.isfinite(people) & (people > 0)
    mean, variance = marshall(events[known], people[known])
    rate, lower, upper = (np.full(events.shape, np.nan) for _ in range(3))
    found = _posterior(events[known], people[known], mean=mean, variance=variance, tail=(1 - level) / 2)
    rate[known], lower[known], upper[known] = found
    return Smoothed(mean, variance, rate, lower, upper)


def marshall(events: FloatArray, people: FloatArray) -> tuple[float, float]:
    """The rate of all areas, and the variance between their true rates that chance does not explain (0 at least)."""
    if not len(events):
        return float("nan"), 0.0
    mean = float(events.sum() / people.sum())
    spread = float((people * (events / people - mean) ** 2).sum() / people.sum())
    return mean, max(spread - mean / float(people.mean()), 0.0)


def _posterior(
    events: FloatArray, people: FloatArray, *, mean: float, variance: float, tail: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    if variance <= 0:
        total, everyone = events.sum(), people.sum()
        low = gammaincinv(total, tail) if total else 0.0
        limits = np.array([low, gammaincinv(total + 1, 1 - tail)]) / everyone if everyone else np.full(2, np.nan)
        return tuple(np.full(events.shape, value) for value in (mean, *limits))  # type: ignore[return-value]
    shape, size = mean**2 / variance + events, mean / variance + people
    return shape / size, gammaincinv(shape, tail) / size, gammaincinv(shape, 1 - tail) / size


def _checked(cases: ArrayLike, population: ArrayLike) -> tuple[FloatArray, FloatArray]:
    events, people = np.asarray(cases, float), np.asarray(population, float)
    if events.shape != people.shape or events.ndim != 1:
        raise ValueError(f"Cases {events.shape} and population {people.shape} must be two lists of one length.")
    for name, values in (("cases", events), ("population", people)):
        if (values < 0).any():
            raise ValueError(f"The {name} of area {int(np.argmax(values < 0))} are negative.")
    return events, people
