"""Where the people of a place are: its population-weighted centre, or the middle of its shape where that is unknown."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.distance import Array


def centres(
    latitude: ArrayLike, longitude: ArrayLike, *, weighted_latitude: ArrayLike, weighted_longitude: ArrayLike
) -> tuple[Array, Array]:
    """A place's own population-weighted centre where it is given (not NaN), else the middle of its shape, (n,) each."""
    own = np.asarray(weighted_latitude, dtype=float), np.asarray(weighted_longitude, dtype=float)
    given = np.isfinite(own[0]) & np.isfinite(own[1])
    return np.where(given, own[0], np.asarray(latitude, float)), np.where(given, own[1], np.asarray(longitude, float))


def population_centres(
    place: NDArray[np.integer], latitude: ArrayLike, longitude: ArrayLike, *, population: ArrayLike, places: int
) -> tuple[Array, Array]:
    """Population-weighted centres of `places` places from their blocks, degrees; NaN where no block has people.

    `place` is the position (0 .. places - 1) of the place that each block lies in. Formula of the Census Bureau,
    "Centers of Population": mean of latitude weighted by people, of longitude by people x cos(latitude).
    """
    phi, theta, people = (np.asarray(given, dtype=float) for given in (latitude, longitude, population))
    wide = people * np.cos(np.radians(phi))
    total, total_wide = np.bincount(place, people, places), np.bincount(place, wide, places)
    with np.errstate(invalid="ignore", divide="ignore"):
        north = np.bincount(place, people * phi, places) / total
        east = np.bincount(place, wide * theta, places) / total_wide
    return north, east
