"""Sites out of the store: those near the places that it knows, with what is known of their opening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from dashboard.domain import Facility

BORDER_DEGREES = 1.2
"""Sites of neighbouring states count up to here beyond the outermost town: some 100 to 130 km."""
FIELDS = tuple(field.name for field in fields(Facility))


def near_places(rows: Iterable[Mapping[str, Any]], places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of sites that stand in a known town, or near the box around the places; all where no place has a point."""
    points = [(row["latitude"], row["longitude"]) for row in places if row["latitude"] is not None]
    if not points:
        return [_kept(row) for row in rows]
    (south, west), (north, east) = (tuple(edge(axis) for axis in zip(*points, strict=True)) for edge in (min, max))

    def inside(row: Mapping[str, Any]) -> bool:
        if row["town"] or row["latitude"] is None:
            return bool(row["town"])
        return bool(
            south - BORDER_DEGREES <= row["latitude"] <= north + BORDER_DEGREES
            and west - BORDER_DEGREES <= row["longitude"] <= east + BORDER_DEGREES
        )

    return [_kept(row) for row in rows if inside(row)]


def read_facility(row: Mapping[str, Any]) -> Facility:
    """A site as the read model keeps it (dates as text) as a value."""
    known = {name: row[name] for name in FIELDS}
    known["services"] = tuple(row["services"])
    if known["verified_on"]:
        known["verified_on"] = date.fromisoformat(row["verified_on"])
    return Facility(**known)


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("source", *FIELDS)}
