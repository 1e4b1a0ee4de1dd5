"""How far apart points on the earth are, and which positions cannot be meant."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
INHABITED = (-60.0, 84.0)
"""Latitudes between which people live: what lies outside has longitude and latitude swapped, or is a slip."""
NAMED = 5


def great_circle_km(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> Array:
    """Kilometres along the earth's surface from each of n points to each of m points, (n, m).

    Degrees in. The chord between the points on a sphere of EARTH_RADIUS_KM, turned into its arc: exact for points that
    are close, 0 for the same point, the same both ways. ValueError for degrees that are not on the earth.
    """
    here, there = _on_unit_sphere(latitude, longitude), _on_unit_sphere(to_latitude, to_longitude)
    squared = np.zeros((len(here), len(there)))
    for axis in range(3):
        squared += np.subtract.outer(here[:, axis], there[:, axis]) ** 2
    half_chord = np.sqrt(squared, out=squared)
    half_chord /= 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0, out=half_chord)))


def check_positions(latitude: Array, longitude: Array, *, what: str = "point") -> None:
    """ValueError that names the rows (from 1) where nobody can be: no number, (0, 0), swapped or off the earth."""
    faults = {
        "has no position": ~np.isfinite(latitude) | ~np.isfinite(longitude),
        "lies at (0, 0), which is what a program writes when it found no address": (latitude == 0) & (longitude == 0),
        "has latitude and longitude swapped": _swapped(latitude, longitude),
        "is not on the inhabited earth": _outside(latitude) | (np.abs(longitude) > 180),
    }
    for fault, wrong in faults.items():
        if wrong.any():
            rows = [f"{what} {at + 1} ({latitude[at]:g}, {longitude[at]:g})" for at in np.flatnonzero(wrong)[:NAMED]]
            more = int(wrong.sum()) - len(rows)
            raise ValueError(f"{', '.join(rows)}{f' and {more} more' if more else ''}: {fault}.")


def _outside(latitude: Array) -> NDArray[np.bool_]:
    return (latitude < INHABITED[0]) | (latitude > INHABITED[1])


def _swapped(latitude: Array, longitude: Array) -> NDArray[np.bool_]:
    """Nobody lives where it says, but people live where the two numbers say the other way round."""
    return _outside(latitude) & ~_outside(longitude) & (np.abs(latitude) <= 180)


def _on_unit_sphere(latitude: ArrayLike, longitude: ArrayLike) -> Array:
    phi, theta = np.asarray(latitude, dtype=float).ravel(), np.asarray(longitude, dtype=float).ravel()
    if phi.shape != theta.shape:
        raise ValueError(f"{len(phi)} latitudes and {len(theta)} longitudes: each point needs one of both.")
    if not (np.isfinite(phi) & np.isfinite(theta)).all() or (np.abs(phi) > 90).any() or (np.abs(theta) > 360).any():
        raise ValueError("A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.")
    phi, theta = np.radians(phi), np.radians(theta)
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
