"""Minutes from places to sites: one interface, and the straight line for where no road network is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geo.distance import Array, check_positions, great_circle_km

Ids = tuple[str, ...]


class TravelError(ValueError):
    """Minutes that cannot be told: what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Points:
    """n places to set out from, or n sites to arrive at; positions in degrees, (n,).

    `ids` name them in a matrix of minutes. `places` are the codes of the places they lie in (a place lies in itself),
    by which barriers know them. `island` is a number for each group of places joined by roads: between two groups is
    no road. `urban` says where people drive at town speed. Each is empty where it is not known.
    """

    latitude: Array
    longitude: Array
    ids: Ids = ()
    places: Ids = ()
    island: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    urban: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        for name, kind in (("latitude", float), ("longitude", float), ("island", np.int64), ("urban", bool)):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=kind).ravel())
        object.__setattr__(self, "places", tuple(self.places) or tuple(self.ids))
        for name in ("longitude", "ids", "places", "island", "urban"):
            given = len(getattr(self, name))
            if given not in ({len(self)} if name == "longitude" else {0, len(self)}):
                raise ValueError(f"{len(self)} latitudes, but {given} of '{name}': each point needs one.")
        check_positions(self.latitude, self.longitude)

    def __len__(self) -> int:
        return len(self.latitude)


class TravelTime(Protocol):
    """One way to know how long people travel."""

    def minutes(self, origins: Points, destinations: Points) -> Array:
        """Minutes from each origin to each destination, (n, m); inf where no road leads. TravelError when unknown."""
        ...

    def describe(self) -> str:
        """The sentence printed beside the map."""
        ...


@dataclass(frozen=True)
class StraightLine:
    """Great-circle km x circuity / speed: 60 x km x 1.35 / 45 in urban, / 65 in rural places, by the place set out
    from. `barriers` are minutes between two places that override the line both ways (a reservoir, a river)."""

    circuity: float = 1.35
    urban_kmh: float = 45.0
    rural_kmh: float = 65.0
    barriers: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (np.isfinite(self.circuity) and self.circuity >= 1):
            raise ValueError(f"A circuity of {self.circuity:g}: a road is at least as long as the straight line (1).")
        for speed in (self.urban_kmh, self.rural_kmh):
            if not (np.isfinite(speed) and 0 < speed <= 200):
                raise ValueError(f"A speed of {speed:g} km/h: it must lie above 0 and not above 200.")
        for (place, other), minutes in self.barriers.items():
            if not minutes >= 0:
                raise ValueError(f"The barrier {place} - {other} has {minutes} minutes: it must be 0 or more, or inf.")
            if self.barriers.get((other, place), minutes) != minutes:
                raise ValueError(f"The barrier {place} - {other} is given twice, with different minutes.")

    def minutes(self, origins: Points, destinations: Points) -> Array:
        """Minutes by road, (n, m); inf between islands. A barrier overrides the line, but never a missing road."""
        km = great_circle_km(origins.latitude, origins.longitude, destinations.latitude, destinations.longitude)
        urban = origins.urban if len(origins.urban) else np.zeros(len(origins), dtype=bool)
        minutes = km * (60 * self.circuity / np.where(urban, self.urban_kmh, self.rural_kmh))[:, None]
        for (place, other), told in self.barriers.items():
            for here, there in {(place, other), (other, place)}:
                minutes[np.ix_(_lying_in(origins, here), _lying_in(destinations, there))] = told
        minutes[_no_road(origins, destinations)] = np.inf
        return minutes

    def describe(self) -> str:
        """The sentence printed beside the map."""
        count = len(self.barriers)
        barriers = f" {count} {'barrier overrides' if count == 1 else 'barriers override'} it." if count else ""
        return (
            f"Estimated minutes by car: the straight line times {self.circuity:g}, at {self.urban_kmh:g} km/h from "
            f"urban and {self.rural_kmh:g} km/h from rural places; islands without a road are out of reach.{barriers}"
        )


def _lying_in(points: Points, place: str) -> NDArray[np.int64]:
    return np.array([at for at, one in enumerate(points.places) if one == place], dtype=np.int64)


def _no_road(origins: Points, destinations: Points) -> NDArray[np.bool_]:
    """True between different islands, (n, m); a side whose islands are not known is all mainland (0)."""
    here, there = (
        points.island if len(points.island) else np.zeros(len(points), dtype=np.int64)
        for points in (origins, destinations)
    )
    return here[:, None] != there[None, :]
