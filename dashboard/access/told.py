"""What is known of access as plain values, for the store, for JSON and for tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from dashboard.access.reach import Access, Reach
from dashboard.domain import Facility, FloatArray


def told(access: Access) -> dict[str, Any]:
    """Everything of one service: how it was counted, totals, the curve over thresholds, and a row a town.

    Absent numbers are None. `desert`, `fragile` and `borderline` are None where no site is known at all.
    """
    reach, ground = access.reach, access.reach.ground
    return {
        "service": reach.service.id,
        "within": ground.within,
        "listed": reach.listed,
        "sites": len(reach.sites),
        "travel": reach.travel,
        "urban_minutes": reach.service.urban_minutes,
        "rural_minutes": reach.service.rural_minutes,
        "need": ground.need,
        "period": str(ground.period or ""),
        "basis": ground.basis,
        "left_out": list(ground.left_out),
        "known": bool(reach.sites),
        "towns_beyond": int(access.desert.sum()),
        "residents": _sum(ground.residents),
        "residents_beyond": _sum(ground.residents, access),
        "overdoses": _sum(ground.overdoses),
        "overdoses_beyond": _sum(ground.overdoses, access),
        "curve": _curve(access),
        "towns": [_town(access, at) for at in range(len(ground.geoid))],
    }


def _town(access: Access, at: int) -> dict[str, Any]:
    reach, found = access.reach, access.reach.nearest
    first = second = None
    if found is not None:
        first, second = (_site(reach, sites[at]) for sites in (found.site, found.second_site))
    return {
        "geoid": reach.ground.geoid[at],
        "name": reach.ground.name[at],
        "minutes": _number(found.minutes[at], 1) if found else None,
        "nearest": first.id if first else None,
        "nearest_name": first.name if first else None,
        "second_minutes": _number(found.second_minutes[at], 1) if found else None,
        "second": second.id if second else None,
        "threshold": float(access.threshold[at]),
        "desert": bool(access.desert[at]) if found else None,
        "fragile": bool(access.fragile[at]) if found else None,
        "borderline": bool(access.borderline[at]) if found else None,
        "residents": _number(reach.ground.residents[at]),
        "overdoses": _number(reach.ground.overdoses[at]),
    }


def _site(reach: Reach, at: int) -> Facility | None:
    return reach.sites[at] if at >= 0 else None


def _sum(people: FloatArray, access: Access | None = None) -> float | int | None:
    """People of the towns that are known, beyond the threshold where `access` is given; None where nothing is known."""
    if np.isnan(people).all() or (access is not None and access.reach.nearest is None):
        return None
    return _number(np.nansum(people[access.desert] if access else people))


def _curve(access: Access) -> list[dict[str, Any]]:
    """Residents and overdoses beyond each of the service's steps."""
    ground, steps = access.reach.ground, access.reach.service.steps
    residents, overdoses = (access.curve(steps, people) for people in (ground.residents, ground.overdoses))
    if residents is None or overdoses is None:
        return []
    columns = zip(steps, residents.beyond, overdoses.beyond, strict=True)
    return [{"minutes": step, "residents": _number(r), "overdoses": _number(o)} for step, r, o in columns]


def _number(value: float, digits: int = 0) -> float | int | None:
    if not np.isfinite(value):
        return None
    return round(float(value), digits) if digits else round(float(value))
