"""Planning areas for a state whose real shapes are loaded: drawn once, by residents, to be changed by people."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import gazetteer
from dashboard.domain import PlaceSet
from dashboard.planning import planning_sets
from geo.adjacency import adjacency
from geo.grouping import planning_areas
from geo.shapes import Shape

DEATHS_A_PERSON_YEAR = 20 / 100_000
"""What a planning area is made for: about the rate of the better years since 2014, so that it holds in those too."""
YEARS = 3


def prefix(state: str) -> str:
    """How the ids of a state's planning areas begin."""
    return f"area-{state}"


def drawn(state: str, towns: Sequence[Shape]) -> list[PlaceSet]:
    """Contiguous groups of a state's towns that expect ten deaths in three years; none where residents are unknown."""
    residents = {
        geoid: float(count) for geoid, _, count in sorted(gazetteer.populations(state), key=lambda row: row[1])
    }
    if not towns or any(town.geoid not in residents for town in towns):
        return []
    groups = planning_areas(
        [town.geoid for town in towns],
        adjacency([town.geometry for town in towns], corners=False),
        [residents[town.geoid] * DEATHS_A_PERSON_YEAR * YEARS for town in towns],
        within={town.geoid: town.county for town in towns},
        points={town.geoid: town.geometry.representative_point().coords[0] for town in towns},
    )
    return planning_sets(prefix(state), groups, {town.geoid: town.name for town in towns}, residents)
