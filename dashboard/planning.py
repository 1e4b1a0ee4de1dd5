"""Planning areas: groups of neighbouring towns large enough for a rate; people may change them afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.domain import Level, PlaceSet

NAMED_TOWNS = 2


def planning_sets(
    prefix: str, groups: Sequence[tuple[str, ...]], names: Mapping[str, str], residents: Mapping[str, float]
) -> list[PlaceSet]:
    """Groups of geoids as place sets with ids `<prefix>-001`, each called after its largest towns."""
    return [
        PlaceSet(f"{prefix}-{number:03d}", _name(group, names, residents), Level.PLANNING_AREA, group)
        for number, group in enumerate(groups, start=1)
    ]


def _name(group: tuple[str, ...], names: Mapping[str, str], residents: Mapping[str, float]) -> str:
    ordered = [names[geoid] for geoid in sorted(group, key=lambda geoid: -residents[geoid])]
    if len(ordered) <= NAMED_TOWNS:
        return " and ".join(ordered)
    return f"{ordered[0]}, {ordered[1]} and {len(ordered) - NAMED_TOWNS} more"
