"""A place's shape, and the refusal of shapes that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry


class BoundaryError(ValueError):
    """A boundary file or shape cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Shape:
    """One place: a polygon or multipolygon in degrees (EPSG:4326) and what its file says of it.

    `geoid` is empty when the file gives names only; `county` is the geoid of the county, empty when unknown.
    `properties` are the file's other columns, names in lower case.
    """

    geoid: str
    name: str
    geometry: BaseGeometry
    county: str = ""
    properties: Mapping[str, object] = field(default_factory=dict)
