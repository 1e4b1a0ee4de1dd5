"""Web Mercator on an integer grid, and the SVG paths drawn on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_M = 6_378_137.0
IntPoints = NDArray[np.int64]


def to_mercator(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude, latitude in degrees, shape (n, 2), to Web Mercator metres (EPSG:3857), y northward."""
    longitude, latitude = np.radians(degrees).T
    return np.column_stack([EARTH_RADIUS_M * longitude, EARTH_RADIUS_M * np.arctanh(np.sin(latitude))])


def mercator(geometries: Iterable[BaseGeometry]) -> NDArray[np.object_]:
    """Geometries in degrees as an array of geometries in Web Mercator metres."""
    return np.asarray(shapely.transform(np.array(list(geometries), dtype=object), to_mercator))


def grid(metres: NDArray[np.float64], unit_m: float, origin: tuple[int, int]) -> IntPoints:
    """Mercator metres, shape (n, 2), to whole grid units from `origin`, y downward."""
    whole = np.rint(np.asarray(metres) / unit_m).astype(np.int64)
    return np.column_stack([whole[:, 0] - origin[0], origin[1] - whole[:, 1]])


def path(geometry: BaseGeometry, unit_m: float, origin: tuple[int, int], *, smallest: float = 2.0) -> str:
    """The SVG path of a polygon in Mercator metres: whole, relative numbers, a ring per "M...z".

    Rings of less than `smallest` square units are left out, but never the largest: at worst it becomes a triangle.
    """
    rings = [ring for ring in _rings(geometry, unit_m, origin) if len(ring) >= 3]
    shown = [ring for ring in rings if ring_area(ring) >= smallest]
    if not shown:
        shown = [max(rings, key=ring_area)] if rings else []
    if not shown or ring_area(shown[0]) == 0:
        shown = [_triangle(geometry, unit_m, origin)]
    return "".join(_ring_path(ring) for ring in shown)


def ring_area(points: IntPoints) -> float:
    """Area of a ring of points in square units (shoelace formula), however it turns."""
    x, y = points[:, 0], points[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _rings(geometry: BaseGeometry, unit_m: float, origin: tuple[int, int]) -> list[IntPoints]:
    """Every ring, outer before inner, on the grid: no point twice in a row and not closed."""
    rings = []
    for part in shapely.get_parts(geometry):
        for ring in (part.exterior, *part.interiors):
            points = grid(shapely.get_coordinates(ring), unit_m, origin)
            moved = np.any(points != np.roll(points, 1, axis=0), axis=1)
            rings.append(points[moved])
    return rings


def _triangle(geometry: BaseGeometry, unit_m: float, origin: tuple[int, int]) -> IntPoints:
    """The smallest mark of a place too small for the grid: two units wide about its middle."""
    x, y = grid(shapely.get_coordinates(geometry.centroid), unit_m, origin)[0]
    return np.array([[x - 1, y + 1], [x + 1, y + 1], [x, y - 1]])


def _ring_path(points: IntPoints) -> str:
    steps = np.diff(points, axis=0).tolist()
    return f"M{_pair(*points[0].tolist())}l" + _steps(steps) + "z"


def _steps(steps: Sequence[Sequence[int]]) -> str:
    """Relative points; a minus sign serves as the separator."""
    numbers = [number for step in steps for number in step]
    return "".join(str(n) if n < 0 or not i else f" {n}" for i, n in enumerate(numbers))


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"
