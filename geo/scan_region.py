"""What is scanned: checked counts, the people at risk and the points of the areas, in an order of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.scan_zones import IntArray, unit_vectors
from geo.smoothing import FloatArray, marshall


@dataclass(frozen=True)
class Region:
    """n areas by t periods. `at` are the areas' positions in what was given; the order here is that of the ground.

    So the same map gives the same replicates and the same answer in whatever order its rows come.
    """

    cases: FloatArray
    base: FloatArray
    points: FloatArray
    at: IntArray

    @property
    def total(self) -> int:
        """All events of all periods."""
        return round(float(self.cases.sum()))

    @property
    def residents(self) -> FloatArray:
        """People at risk in each area, all periods together, (n,)."""
        return np.asarray(self.base.sum(axis=1))

    @property
    def expected(self) -> FloatArray:
        """Events of each area and period if the rate is the same everywhere, (n, t)."""
        return np.asarray(self.base * (self.total / self.base.sum()))

    @property
    def overdispersion(self) -> float:
        """Variance of the areas' true rates, by Marshall's method, in squared mean rates: alpha = A / m^2."""
        mean, variance = marshall(self.cases.sum(axis=1), self.residents)
        return variance / mean**2 if mean > 0 else 0.0


def region(
    cases: ArrayLike,
    base: ArrayLike,
    latitude: ArrayLike,
    longitude: ArrayLike,
    *,
    inside: ArrayLike | None = None,
) -> Region:
    """The study region: the areas of `inside` (n,) bool, else all, without those where nobody is at risk.

    `cases` and `base` are (n, t), points in degrees. ValueError, in words, for different lengths, a negative or broken
    count, a missing number of an area inside, cases where nobody is at risk, a point that is not on the globe.
    """
    counts, people = np.asarray(cases, float), np.asarray(base, float)
    north, east = np.asarray(latitude, float), np.asarray(longitude, float)
    if counts.ndim != 2 or counts.shape != people.shape or not len(counts) == len(north) == len(east):
        raise ValueError(
            "Cases, people at risk, latitude and longitude must have one row an area:"
            f" {counts.shape}, {people.shape}, {north.shape}, {east.shape}."
        )
    chosen = np.ones(len(counts), dtype=bool) if inside is None else np.asarray(inside, dtype=bool)
    if chosen.shape != north.shape:
        raise ValueError(f"`inside` must say yes or no for each of the {len(north)} areas; it has {chosen.shape}.")
    _check(counts, people, chosen)
    _check_points(north, east, chosen)
    at = np.flatnonzero(chosen & (np.nan_to_num(people).sum(axis=1) > 0))
    at = at[np.lexsort((*counts[at].T, *people[at].T, east[at], north[at]))]
    return Region(counts[at], people[at], unit_vectors(north[at], east[at]), at)


def _check(counts: FloatArray, people: FloatArray, chosen: NDArray[np.bool_]) -> None:
    with np.errstate(invalid="ignore"):
        faults = {
            "has no count: leave it out with `inside`, it is not a zero": ~np.isfinite(counts),
            "has a negative count": counts < 0,
            "has a count that is not a whole number": counts != np.round(counts),
            "has no number of people at risk: leave it out with `inside`": ~np.isfinite(people),
            "has a negative number of people at risk": people < 0,
            "has cases where nobody is at risk": (counts > 0) & (people == 0),
        }
    for words, found in faults.items():
        _refuse(words, found.any(axis=1) & chosen)


def _check_points(north: FloatArray, east: FloatArray, chosen: NDArray[np.bool_]) -> None:
    _refuse("has no latitude from -90 to 90", ~(np.abs(north) <= 90) & chosen)
    _refuse("has no longitude from -180 to 180", ~(np.abs(east) <= 180) & chosen)


def _refuse(words: str, faulty: NDArray[np.bool_]) -> None:
    if faulty.any():
        more = int(faulty.sum()) - 1
        others = f" ({more} more like it)" if more else ""
        raise ValueError(f"Area {int(np.argmax(faulty))} {words}{others}.")
