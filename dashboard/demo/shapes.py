"""Schematic town shapes for the map, marked as such: no border in them is a real one."""

from __future__ import annotations

from dashboard.demo.places import STATE, Ground
from dashboard.domain import FloatArray, Level, PlaceSet
from dashboard.gazetteer import land_areas
from dashboard.intake import Boundary
from dashboard.planning import planning_sets
from geo.adjacency import adjacency
from geo.boundaries import pack
from geo.grouping import planning_areas as grouped
from geo.schematic import Position, cells, county_outlines
from geo.shapes import BoundaryError, Shape

VINTAGE = "schematic"


def schematic_towns(ground: Ground) -> list[Shape]:
    """Cells about the towns' positions inside true county outlines; empty when the optional package is missing."""
    positions = [
        Position(town.geoid, town.name, town.county, town.longitude or 0.0, town.latitude or 0.0)
        for town in ground.towns
    ]
    try:
        return cells(positions, county_outlines(STATE), dict(land_areas(STATE)))
    except BoundaryError:
        return []


def boundaries(ground: Ground, towns: list[Shape]) -> list[Boundary]:
    """The towns' map, ready to draw."""
    if not towns:
        return []
    names = {county.geoid: county.name for county in ground.counties}
    body = pack(towns, level=Level.TOWN.value, vintage=VINTAGE, schematic=True, county_names=names)
    return [Boundary(STATE, Level.TOWN, VINTAGE, True, body)]


def planning_areas(ground: Ground, towns: list[Shape], events: FloatArray) -> list[PlaceSet]:
    """Groups of neighbouring towns with about ten deaths each; `events` are the towns' deaths in the window."""
    if not towns:
        return []
    found = grouped(
        ground.geoids,
        adjacency([town.geometry for town in towns], corners=False),
        events.tolist(),
        within={town.geoid: town.county for town in ground.towns},
        points={town.geoid: (town.longitude or 0.0, town.latitude or 0.0) for town in ground.towns},
    )
    residents = dict(zip(ground.geoids, ground.residents[:, 1].tolist(), strict=True))
    return planning_sets("area", found, {town.geoid: town.name for town in ground.towns}, residents)
