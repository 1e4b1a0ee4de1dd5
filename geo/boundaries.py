"""Shapes of places made ready for a map: simplified together, on a whole-number grid, packed as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.adjacency import adjacency
from geo.outlines import dissolve
from geo.projection import grid, mercator, path
from geo.shapes import BoundaryError, Shape

UNIT_M = 75.0
"""Mercator metres in one unit of the grid, 55 m on the ground in New England: Massachusetts is 5,300 units wide."""
TOLERANCE_M = 200.0
"""Mercator metres: corners that enclose less than the square of this are smoothed away (150 m on the ground)."""
SLIVER_M = 5.0
"""Gaps between neighbours narrower than this are drawing faults, not water."""
SMALLEST_RING = 12.0
"""Square units: islets smaller than this (0.07 square km) are left out, except of a town that has nothing larger."""
SMALLEST_OUTLINE = 300.0
"""Square units: a county's border is a guide to the eye; islets and ponds below this are the towns' to draw."""

Geometries = NDArray[np.object_]


def simplify(geometries: Iterable[BaseGeometry], tolerance_m: float = TOLERANCE_M) -> Geometries:
    """Shapes in Mercator metres with fewer corners; borders that two shapes share stay shared."""
    shapes = np.array(list(geometries), dtype=object)
    if not shapely.coverage_is_valid(shapes):
        shapes = _cleaned(shapes)
    return np.asarray(shapely.coverage_simplify(shapes, tolerance_m))


def pack(
    shapes: Sequence[Shape],
    *,
    level: str,
    vintage: str,
    schematic: bool = False,
    county_names: Mapping[str, str] | None = None,
    unit_m: float = UNIT_M,
    tolerance_m: float = TOLERANCE_M,
) -> bytes:
    """The map of these places as JSON, the same bytes for the same shapes in any order.

    Keys: width, height and origin [x, y] in units of `unit_m` Mercator metres (y downward; origin is the top left
    corner counted from longitude and latitude 0, y upward); vintage, schematic, level; and in step, sorted by code:
    geoid, name, county, path, label [x, y], neighbours (positions); outlines: geoid, name, path of each county.
    BoundaryError for no shapes, a place without a code or two of one code.
    """
    places = _sorted(shapes)
    drawn = simplify(mercator([place.geometry for place in places]), tolerance_m)
    left, bottom, right, top = shapely.total_bounds(drawn)
    origin = int(np.floor(left / unit_m)), int(np.ceil(top / unit_m))
    width, height = grid(np.array([[right, bottom]]), unit_m, origin)[0]
    counties = dissolve(drawn, [place.county for place in places])
    body = {
        "width": int(width),
        "height": int(height),
        "origin": origin,
        "unit_m": unit_m,
        "vintage": vintage,
        "schematic": schematic,
        "level": level,
        "geoid": [place.geoid for place in places],
        "name": [place.name for place in places],
        "county": [place.county for place in places],
        "path": [path(shape, unit_m, origin, smallest=SMALLEST_RING) for shape in drawn],
        "label": [grid(_middle(shape), unit_m, origin)[0].tolist() for shape in drawn],
        "neighbours": adjacency([place.geometry for place in places]),
        "outlines": [
            {
                "geoid": county,
                "name": (county_names or {}).get(county, ""),
                "path": path(shape, unit_m, origin, smallest=SMALLEST_OUTLINE),
            }
            for county, shape in counties.items()
        ],
    }
    return orjson.dumps(body)


def _sorted(shapes: Sequence[Shape]) -> list[Shape]:
    places = sorted(shapes, key=lambda place: place.geoid)
    if not places:
        raise BoundaryError("There are no shapes to draw.")
    codes = [place.geoid for place in places]
    if not codes[0]:
        raise BoundaryError(f"'{places[0].name}' has no code.")
    twice = [code for code, following in pairwise(codes) if code == following]
    if twice:
        raise BoundaryError(f"Two shapes have the code {twice[0]}.")
    return places


def _cleaned(shapes: Geometries) -> Geometries:
    """Overlaps and slivers given to one side; a place that would lose its ground keeps its own shape."""
    clean = np.asarray(shapely.coverage_clean(shapes, gap_width=SLIVER_M))
    lost = np.array([shape.is_empty for shape in clean])
    clean[lost] = shapes[lost]
    return clean


def _middle(shape: BaseGeometry) -> NDArray[np.float64]:
    """The point furthest from the border of the largest part: where a label sits well. Shape (1, 2), metres."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(1.0, largest.area**0.5 / 200))
    return np.asarray(shapely.get_coordinates(circle)[:1])
