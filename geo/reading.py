"""Boundary files as shapes in degrees: GeoJSON, GeoPackage, shapefile or a zip of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.columns import place_of
from geo.files import SPACE, is_geojson, read_table, unzipped_geojson
from geo.repair import Repairs, make_sound, polygon_of
from geo.shapes import BoundaryError, Shape

DEGREES = "EPSG:4326"
LONGITUDES = (-217.0, -64.0)
LATITUDES = (-15.0, 72.0)
"""The states and territories, in degrees, what lies beyond the date line counted on westward."""
DATE_LINE = 100.0
"""The westernmost Aleutians and Guam, east of here, are drawn west of Alaska and Hawaii."""


@dataclass(frozen=True)
class ShapeFile:
    """What a boundary file says: one shape a place, in order of code and name, and sentences on what was repaired."""

    shapes: list[Shape]
    notes: list[str]


def read_shapes(content: bytes, name: str, path: Path | None = None) -> ShapeFile:
    """Every place of a boundary file, repaired, in EPSG:4326, the parts of one place joined.

    `path` is needed for a shapefile, which stands beside its parts. Codes that end in 00000 (water) are left out.
    BoundaryError says why the file, or a shape of it, cannot be used.
    """
    repairs = Repairs()
    geojson = content if is_geojson(content) else unzipped_geojson(content)
    places = _from_geojson(geojson, repairs) if geojson is not None else _from_table(content, name, path, repairs)
    if not places:
        raise BoundaryError(f"{name} holds no shapes.")
    _refuse_elsewhere(name, places)
    sound = [replace(place, geometry=make_sound(place.geometry, _label(place), repairs)) for place in places]
    land = [place for place in sound if place.geoid[5:] != "00000"]
    notes = repairs.sentences()
    water = len(sound) - len(land)
    if water:
        left_out = (
            "1 shape of water (code ending in 00000) was"
            if water == 1
            else f"{water} shapes of water (codes ending in 00000) were"
        )
        notes.append(f"{left_out} left out.")
    return ShapeFile(joined(land), notes)


def _from_geojson(content: bytes, repairs: Repairs) -> list[Shape]:
    """Parsed here and not by GDAL, so that unclosed rings can be closed and counted by place."""
    try:
        collection = orjson.loads(content.lstrip(SPACE))
    except orjson.JSONDecodeError as error:
        raise BoundaryError(f"The file begins like GeoJSON but is cut short or damaged: {error}.") from error
    features = collection.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise BoundaryError("The file is JSON but not a GeoJSON FeatureCollection.")
    places = [place_of(feature.get("properties") or {}) for feature in features]
    shapes = [
        polygon_of(feature.get("geometry"), _label(place), repairs)
        for feature, place in zip(features, places, strict=True)
    ]
    return _in_degrees(places, shapes, _geojson_crs(collection))


def _geojson_crs(collection: Mapping[str, object]) -> CRS:
    """GeoJSON is in degrees unless it has the older `crs` member."""
    named = collection.get("crs")
    if not isinstance(named, Mapping):
        return CRS.from_user_input(DEGREES)
    properties = named.get("properties")
    code = str(properties.get("name")) if isinstance(properties, Mapping) else "without a name"
    try:
        return CRS.from_user_input(code)
    except CRSError as error:
        raise BoundaryError(f"The file's coordinate system '{code[:60]}' is not known.") from error


def _from_table(content: bytes, name: str, path: Path | None, repairs: Repairs) -> list[Shape]:
    table, repairs.closed_by_reader = read_table(content, name, path)
    places = [place_of(row) for row in table.drop(columns=table.geometry.name).to_dict("records")]
    for place, shape in zip(places, table.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise BoundaryError(f"{_label(place)} has no shape.")
    return _in_degrees(places, list(table.geometry), table.crs)


def _in_degrees(places: Sequence[Shape], shapes: Sequence[BaseGeometry], crs: CRS) -> list[Shape]:
    import geopandas  # here, not above: a web worker lists the sources and must stay without pandas (110 MB)

    degrees = geopandas.GeoSeries(list(shapes), crs=crs).to_crs(DEGREES)
    westward = shapely.transform(degrees.to_numpy(), _westward)
    return [replace(place, geometry=shape) for place, shape in zip(places, westward, strict=True)]


def _westward(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.where(points[:, 0] > DATE_LINE, points[:, 0] - 360, points[:, 0]), points[:, 1]])


def _refuse_elsewhere(name: str, places: Sequence[Shape]) -> None:
    """Longitude and latitude in the wrong order, or metres called degrees, land outside the United States."""
    west, south, east, north = (float(edge) for edge in shapely.total_bounds([place.geometry for place in places]))
    if _within(south, north, LATITUDES) and _within(west, east, LONGITUDES):
        return
    if _within(west, east, LATITUDES) and _within(south, north, LONGITUDES):
        raise BoundaryError(f"{name} has latitude before longitude; GeoJSON wants longitude first. Swap the two.")
    raise BoundaryError(
        f"{name} lies outside the United States (from {west:.0f}, {south:.0f} to {east:.0f}, {north:.0f} degrees):"
        " its coordinate system is not the one it names, or not said. Save it in degrees, longitude first."
    )


def _within(low: float, high: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= low and high <= limits[1]


def joined(places: Sequence[Shape]) -> list[Shape]:
    """Several rows of one code (or, without codes, of one name and county) become one shape; sorted by them.

    BoundaryError when one code stands beside two names.
    """
    rows: dict[tuple[str, str, str], list[Shape]] = {}
    for place in places:
        by_name = ("", place.name.lower(), str(place.properties.get("county", "")).lower())
        rows.setdefault((place.geoid, "", "") if place.geoid else by_name, []).append(place)
    return [_one(parts) for _, parts in sorted(rows.items())]


def _one(parts: Sequence[Shape]) -> Shape:
    names = sorted({part.name for part in parts if part.geoid})
    if len(names) > 1:
        raise BoundaryError(f"The code {parts[0].geoid} stands beside two names, {names[0]} and {names[1]}.")
    shapes = np.array([part.geometry for part in parts], dtype=object)
    return parts[0] if len(parts) == 1 else replace(parts[0], geometry=shapely.union_all(shapes))


def _label(place: Shape) -> str:
    return place.name or place.geoid or "A place without a name"
