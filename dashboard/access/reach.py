"""Minutes from every town to every site of a service, and what follows from them at any threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from dashboard.access.ground import Ground
from dashboard.access.opened import has_verified, sites_of
from dashboard.access.rules import Rules, rules
from dashboard.domain import Facility, FloatArray
from dashboard.errors import InvalidQuery
from dashboard.services import Service
from geo.access import Curve, Nearest, access, beyond, nearest
from geo.distance import great_circle_km
from geo.travel import Points, StraightLine, TravelTime

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Reach:
    """Minutes (n, m) from the towns of a ground to the sites of a service; `listed` when unverified sites count too.

    `travel` is the sentence printed beside the map. Without any site nothing is known: `nearest` is None.
    """

    ground: Ground
    service: Service
    sites: tuple[Facility, ...]
    minutes: FloatArray
    listed: bool
    travel: str

    @cached_property
    def nearest(self) -> Nearest | None:
        """Nearest and second nearest site of every town; None where there is no site."""
        return nearest(self.minutes) if self.sites else None


@dataclass(frozen=True)
class Access:
    """What holds at a threshold, a town each, (n,). Without any site all flags are false: nothing is known."""

    reach: Reach
    threshold: FloatArray
    desert: Flags
    fragile: Flags
    borderline: Flags

    def curve(self, steps: Sequence[float], people: FloatArray) -> Curve | None:
        """People beyond each of these thresholds, the same for all towns; None where there is no site."""
        found = self.reach.nearest
        return beyond(found.minutes, np.asarray(steps, dtype=float), people) if found else None


def reach(
    ground: Ground,
    service: Service,
    facilities: Sequence[Facility],
    today: date,
    *,
    listed: bool | None = None,
    travel: TravelTime | None = None,
) -> Reach:
    """Minutes to the sites that count: verified open ones where there is any, else all that are listed.

    `listed` says which, whatever there is. Sites in every neighbouring state count. `travel` defaults to the straight
    line with the detours round barriers of this ground.
    """
    every = not has_verified(facilities, service, today) if listed is None else listed
    sites = sites_of(facilities, service, today, listed=every)
    way = travel or straight_line(ground)
    minutes = (
        way.minutes(town_points(ground), site_points(sites, ground)) if sites else np.zeros((len(ground.geoid), 0))
    )
    return Reach(ground, service, sites, minutes, every, way.describe())


def thresholds(
    ground: Ground, service: Service, *, urban: float | None = None, rural: float | None = None
) -> FloatArray:
    """Minutes (n,): the urban threshold in urban towns, the rural one elsewhere; the service's own by default.

    InvalidQuery for minutes that are none.
    """
    asked = (service.urban_minutes if urban is None else urban, service.rural_minutes if rural is None else rural)
    for minutes in asked:
        if not (np.isfinite(minutes) and 0 < minutes <= 24 * 60):
            raise InvalidQuery(f"A threshold of {minutes:g} minutes: it must be above 0 and not above a day (1440).")
    return np.where(ground.urban, *asked).astype(np.float64)


def decide(reach: Reach, *, urban: float | None = None, rural: float | None = None) -> Access:
    """Deserts, fragile and borderline towns at these thresholds in minutes; numpy only, a fraction of a millisecond."""
    limits = thresholds(reach.ground, reach.service, urban=urban, rural=rural)
    if reach.nearest is None:
        nothing = np.zeros(len(limits), dtype=bool)
        return Access(reach, limits, nothing, nothing, nothing)
    found = access(reach.nearest, limits, share=rules().borderline_share)
    return Access(reach, limits, found.desert, found.fragile, found.borderline)


def straight_line(ground: Ground) -> StraightLine:
    """The straight line at the speeds of the rules, with the minutes round each barrier between towns of the ground."""
    chosen = rules()
    return StraightLine(chosen.circuity, chosen.urban_kmh, chosen.rural_kmh, _detours(ground, chosen))


def town_points(ground: Ground) -> Points:
    """The towns as places to set out from."""
    return Points(ground.latitude, ground.longitude, ground.geoid, ground.geoid, ground.island, ground.urban)


def site_points(sites: Sequence[Facility], ground: Ground) -> Points:
    """Sites as places to arrive at; one without a town is on the island of the nearest town of the ground."""
    latitude, longitude = (
        np.array([getattr(site, axis) for site in sites], float) for axis in ("latitude", "longitude")
    )
    closest = great_circle_km(latitude, longitude, ground.latitude, ground.longitude).argmin(axis=1)
    known = set(ground.geoid)
    towns = tuple(site.town or ground.geoid[at] for site, at in zip(sites, closest.tolist(), strict=True))
    island = [
        rules().islands.get(site.town, 0) if site.town else int(ground.island[at]) if known else 0
        for site, at in zip(sites, closest.tolist(), strict=True)
    ]
    return Points(latitude, longitude, tuple(site.id for site in sites), towns, np.array(island, dtype=np.int64))


def _detours(ground: Ground, chosen: Rules) -> dict[tuple[str, str], float]:
    """Minutes round each barrier, by the nearer of the towns that it names, at rural speed."""
    at = {geoid: number for number, geoid in enumerate(ground.geoid)}
    found = {}
    for barrier in chosen.barriers:
        through = [at[town] for town in barrier.through if town in at]
        for here, there in product(barrier.one_side, barrier.other_side):
            if through and here in at and there in at:
                km = min(_km(ground, at[here], way) + _km(ground, way, at[there]) for way in through)
                found[here, there] = 60 * km * chosen.circuity / chosen.rural_kmh
    return found


def _km(ground: Ground, here: int, there: int) -> float:
    points = ((ground.latitude[at], ground.longitude[at]) for at in (here, there))
    (latitude, longitude), (to_latitude, to_longitude) = points
    return float(great_circle_km([latitude], [longitude], [to_latitude], [to_longitude])[0, 0])
