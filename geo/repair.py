"""Damaged rings: closed, made valid, and said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.shapes import BoundaryError

Ring = Sequence[Sequence[float]]
POLYGONAL = ("Polygon", "MultiPolygon")


@dataclass
class Repairs:
    """What had to be mended, by the name of the place."""

    closed: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    rebuilt: list[str] = field(default_factory=list)
    closed_by_reader: bool = False

    def sentences(self) -> list[str]:
        """One sentence for each kind of repair: how many rings, in how many places, and which."""
        told = []
        if self.closed:
            told.append(f"{_rings(self.closed)} {_was(self.closed)} not closed; closed: {_names(self.closed)}.")
        if self.dropped:
            told.append(
                f"{_rings(self.dropped)} of fewer than three different points {_was(self.dropped)} left out:"
                f" {_names(self.dropped)}."
            )
        if self.rebuilt:
            one = len(self.rebuilt) == 1
            outlines = (
                "1 outline crossed itself and was"
                if one
                else f"{len(self.rebuilt)} outlines crossed themselves and were"
            )
            told.append(f"{outlines} rebuilt: {', '.join(sorted(self.rebuilt))}.")
        if self.closed_by_reader:
            told.append("Rings that were not closed were closed as the file was read; which ones is not known.")
        return told


def polygon_of(geometry: Mapping[str, object] | None, place: str, repairs: Repairs) -> BaseGeometry:
    """The shape of a GeoJSON geometry, its rings closed; `repairs` is told. BoundaryError when nothing is left."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in POLYGONAL:
        kind = geometry.get("type") if isinstance(geometry, Mapping) else "nothing"
        raise BoundaryError(f"{place} is drawn as {kind}, not as a polygon.")
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if not isinstance(parts, list):
        raise BoundaryError(f"{place} has no coordinates.")
    try:
        polygons = [polygon for part in parts if (polygon := _polygon(part, place, repairs))]
    except (TypeError, ValueError, IndexError) as error:
        raise BoundaryError(f"{place}: its coordinates are not lists of longitude and latitude.") from error
    if not polygons:
        raise BoundaryError(f"{place} has no ring of three different points: its shape cannot be repaired.")
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def make_sound(geometry: BaseGeometry | None, place: str, repairs: Repairs) -> BaseGeometry:
    """A valid polygon or multipolygon; `repairs` is told when it was not. BoundaryError when nothing is left."""
    if geometry is None or geometry.is_empty:
        raise BoundaryError(f"{place} has no shape.")
    if not geometry.is_valid:
        repairs.rebuilt.append(place)
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if geometry.geom_type not in POLYGONAL or geometry.is_empty or geometry.area == 0:
        raise BoundaryError(f"{place} encloses no ground ({geometry.geom_type}): its shape cannot be repaired.")
    return shapely.force_2d(geometry)


def _polygon(rings: Sequence[Ring], place: str, repairs: Repairs) -> Polygon | None:
    sound = [closed for ring in rings if (closed := _closed(ring, place, repairs))]
    outer_kept = bool(rings) and len({_point(p) for p in rings[0]}) >= 3
    return Polygon(sound[0], sound[1:]) if sound and outer_kept else None


def _closed(ring: Ring, place: str, repairs: Repairs) -> list[tuple[float, float]] | None:
    points = [_point(p) for p in ring]
    if len(set(points)) < 3:
        repairs.dropped[place] = repairs.dropped.get(place, 0) + 1
        return None
    if points[0] != points[-1]:
        repairs.closed[place] = repairs.closed.get(place, 0) + 1
        points.append(points[0])
    return points


def _point(position: Sequence[float]) -> tuple[float, float]:
    return float(position[0]), float(position[1])


def _rings(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    return "1 ring" if total == 1 else f"{total} rings"


def _was(counts: Mapping[str, int]) -> str:
    return "was" if sum(counts.values()) == 1 else "were"


def _names(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
