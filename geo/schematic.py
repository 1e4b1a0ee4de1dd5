"""Schematic town shapes: cells about the towns' positions, cut to county outlines whose coasts are true.

Marked as schematic wherever they are shown: they look like the state, and no border in them is a real one.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.power_cells import partition
from geo.shapes import BoundaryError, Shape

COUNTY_FILE = "package_data/cb_2016_us_county_500k.shp"
COUNTY_CRS = "EPSG:4269"
"""The shapefile ships without its .prj; the Census publishes it in NAD83 degrees."""

ISLET = 0.01
"""Share of its county's area below which an island is nobody's home; it is given to the nearest town."""


class Position(NamedTuple):
    """A town and the point, in degrees, about which its cell is drawn; `county` is the geoid of its county."""

    geoid: str
    name: str
    county: str
    longitude: float
    latitude: float


def county_outlines(states: str | Iterable[str]) -> dict[str, BaseGeometry]:
    """Outlines in degrees by county geoid for these two-digit states, from the optional package plotly-geo.

    BoundaryError when the package is not installed or knows no such state.
    """
    wanted = [states] if isinstance(states, str) else sorted(states)
    package = importlib.util.find_spec("_plotly_geo")
    if package is None or package.origin is None:
        raise BoundaryError(
            "Schematic shapes need an optional package: pip install 'coalition-dashboard[demo]',"
            " or load official boundaries from a file: coalition load boundaries FILE."
        )
    table = pyogrio.read_dataframe(Path(package.origin).parent / COUNTY_FILE, columns=["GEOID", "STATEFP"])
    table = table[table["STATEFP"].isin(wanted)].set_crs(COUNTY_CRS).to_crs("EPSG:4326")
    if table.empty:
        raise BoundaryError(f"The county outlines know no state {', '.join(wanted)}.")
    return dict(sorted(zip(table["GEOID"], table.geometry, strict=True)))


def cells(
    positions: Sequence[Position],
    outlines: Mapping[str, BaseGeometry],
    areas: Mapping[str, float] | None = None,
) -> list[Shape]:
    """One shape a town, sorted by geoid: together they fill the outlines of their counties.

    `areas` are land areas by geoid, in any one unit: cells then grow and shrink towards them. BoundaryError when a
    town's county has no outline.
    """
    drawn: dict[str, BaseGeometry] = {}
    for county in sorted({position.county for position in positions}):
        if county not in outlines:
            raise BoundaryError(f"There is no outline of county {county}.")
        towns = sorted(position for position in positions if position.county == county)
        drawn |= _county_cells(towns, outlines[county], areas)
    by_geoid = {position.geoid: position for position in positions}
    order = sorted(drawn)
    clean = shapely.coverage_clean(np.array([drawn[geoid] for geoid in order], dtype=object))
    return [
        Shape(geoid, by_geoid[geoid].name, shape, by_geoid[geoid].county)
        for geoid, shape in zip(order, clean, strict=True)
    ]


def _county_cells(
    towns: Sequence[Position], outline: BaseGeometry, areas: Mapping[str, float] | None
) -> dict[str, BaseGeometry]:
    """Mainland, exclaves and large islands are divided among the towns on them; the other islands go to the nearest."""
    parts = shapely.get_parts(outline)
    islets = shapely.area(parts) < ISLET * outline.area  # a point just off the coast belongs to the mainland
    home = [
        int(np.argmin(np.where(islets, np.inf, shapely.distance(parts, point))))
        for point in shapely.points(_points(towns))
    ]
    drawn: dict[str, BaseGeometry] = {}
    for number in sorted(set(home)):
        here = [town for town, part in zip(towns, home, strict=True) if part == number]
        weights = None if areas is None else np.array([areas[town.geoid] for town in here])
        shapes = partition(parts[number], _points(here), weights)
        drawn |= {town.geoid: shape for town, shape in zip(here, shapes, strict=True)}
    for number in sorted(set(range(len(parts))) - set(home)):
        nearest = min(drawn, key=lambda geoid: (drawn[geoid].distance(parts[number]), geoid))
        drawn[nearest] = drawn[nearest].union(parts[number])
    return drawn


def _points(towns: Sequence[Position]) -> NDArray[np.float64]:
    return np.array([(town.longitude, town.latitude) for town in towns])
