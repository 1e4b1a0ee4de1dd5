"""Where the next sites of a service would help most: every town's centre is a candidate, what is open stays open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from dashboard.access.reach import Reach, straight_line, thresholds, town_points
from dashboard.domain import FloatArray
from dashboard.errors import InvalidQuery
from geo.siting import Goal, Siting, best_sites
from geo.travel import TravelTime

Need = Literal["residents", "overdoses"]
MOST_SITES = 10


@dataclass(frozen=True)
class Wish:
    """How many sites, what they should do (coverage, mean, farthest), for whose need, within how many minutes.

    Without `minutes` each town has the service's own threshold, urban or rural; `rural_minutes` sets rural towns apart.
    After `time_limit` seconds the best choice so far is taken, and its certificate says so.
    """

    count: int
    goal: Goal = "coverage"
    need: Need = "residents"
    minutes: float | None = None
    rural_minutes: float | None = None
    time_limit: float = 60.0

    @property
    def rural(self) -> float | None:
        """Minutes in rural towns; None for the service's own."""
        return self.minutes if self.rural_minutes is None else self.rural_minutes


def site_next(
    reach: Reach, wish: Wish, *, travel: TravelTime | None = None, progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    """The best sites as plain values: each town with what it adds, before and after, and the solver's certificate.

    InvalidQuery for a count, goal, need or minutes that are none, or where nothing is known of the need.
    """
    need = _need(reach, wish)
    limits = thresholds(reach.ground, reach.service, urban=wish.minutes, rural=wish.rural)
    towns = town_points(reach.ground)
    to_towns = (travel or straight_line(reach.ground)).minutes(towns, towns)
    held = reach.minutes.min(axis=1, keepdims=True) if reach.sites else np.zeros((len(need), 0))
    found = best_sites(
        np.hstack([held, to_towns]), np.nan_to_num(need), count=wish.count, goal=wish.goal, threshold=limits,
        open_already=(0,) if reach.sites else (), time_limit=wish.time_limit, progress=progress,
    )  # fmt: skip
    return _told(reach, wish, found, held.shape[1]) | {"total_need": float(np.nansum(need))}


def _need(reach: Reach, wish: Wish) -> FloatArray:
    if wish.goal not in get_args(Goal) or wish.need not in get_args(Need):
        raise InvalidQuery(
            f"The goal is one of {', '.join(get_args(Goal))}, the need one of {', '.join(get_args(Need))}."
        )
    if not 1 <= wish.count <= MOST_SITES:
        raise InvalidQuery(f"{wish.count} sites: ask for 1 to {MOST_SITES}.")
    if len(reach.ground.geoid) < 2:
        raise InvalidQuery(f"{reach.ground.name[0]} is a single town: name a county, a state or a coalition's region.")
    need = reach.ground.residents if wish.need == "residents" else reach.ground.overdoses
    if not np.nan_to_num(need).any():
        raise InvalidQuery(f"No {wish.need} are known for these towns, so it is not known where a site helps most.")
    return need


def _told(reach: Reach, wish: Wish, found: Siting, held: int) -> dict[str, Any]:
    ground = reach.ground
    chosen = [(at - held, gain) for at, gain in zip(found.sites, found.gains, strict=True)]
    return {
        "service": reach.service.id,
        "within": ground.within,
        "goal": wish.goal,
        "need": wish.need,
        "minutes": wish.minutes,
        "urban_minutes": reach.service.urban_minutes if wish.minutes is None else wish.minutes,
        "rural_minutes": reach.service.rural_minutes if wish.rural is None else wish.rural,
        "listed": reach.listed,
        "open_sites": len(reach.sites),
        "sites": [
            {"geoid": ground.geoid[at], "name": ground.name[at], "latitude": float(ground.latitude[at]),
             "longitude": float(ground.longitude[at]), "gain": round(gain, 2)}
            for at, gain in chosen
        ],
        "before": _finite(found.before),
        "after": _finite(found.objective),
        "gap": _finite(found.gap, 6),
        "status": found.status,
        "certificate": found.certificate,
        "out_of_reach": [ground.name[at] for at in found.out_of_reach],
        "candidates": len(ground.geoid),
        "travel": reach.travel,
    }  # fmt: skip


def _finite(value: float, digits: int = 2) -> float | None:
    return round(float(value), digits) if np.isfinite(value) else None
