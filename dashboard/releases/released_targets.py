"""Targets that released cells can tell: baseline and standing come from what is printed, and from nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dashboard.domain import Direction, Indicator, State, Target
from dashboard.periods import Period
from dashboard.rates import estimate
from dashboard.releases.release import Release, ReleasedCell

Statuses = dict[str, dict[str, Any]]


def released_targets(targets: Iterable[Target], release: Release) -> tuple[list[Target], Statuses]:
    """Targets with a printed rate for their place, and how they stand; their baseline is the first printed rate.

    A baseline that staff wrote down may have come from a count that is hidden: it is not printed, nor is the owner,
    who may be a person.
    """
    kinds = {indicator.id: indicator for indicator in release.indicators}
    found: list[Target] = []
    statuses: Statuses = {}
    for target in sorted(targets, key=lambda each: each.id):
        if target.partner or target.indicator not in kinds:
            continue
        years = _years(release.cells, target, kinds[target.indicator])
        if years:
            first, last = years[0], years[-1]
            found.append(replace(target, baseline=first["rate"], baseline_period=first["period"], owner=""))
            statuses[target.id] = last | {"status": _status(kinds[target.indicator], target, last)}
    return found, statuses


def _years(cells: Iterable[ReleasedCell], target: Target, indicator: Indicator) -> list[dict[str, Any]]:
    """Printed rates of a target's place and group by year, oldest first; the first basis that is printed."""
    own = [c for c in cells if c.table.indicator == target.indicator and c.geoid == target.place
           and c.table.stratum == target.stratum and Period.parse(c.table.period).months == 12]  # fmt: skip
    own = [cell for cell in own if cell.table.basis == own[0].table.basis]
    found = []
    for cell in sorted(own, key=lambda cell: Period.parse(cell.table.period)):
        if cell.numerator is None:
            continue
        below = math.nan if cell.denominator is None else cell.denominator
        told = estimate(indicator.kind, [cell.numerator], [below], indicator.per, [State.VALUE.value])
        rate, lower, upper = (float(column[0]) for column in (told.rate, told.lower, told.upper))
        if not math.isnan(rate):
            found.append({
                "period": cell.table.period, "rate": round(rate, 2),
                "lower": None if math.isnan(lower) else round(lower, 2),
                "upper": None if math.isnan(upper) else round(upper, 2),
            })  # fmt: skip
    return found


def _status(indicator: Indicator, target: Target, newest: dict[str, Any]) -> str:
    """met or not_met when the whole interval says so; else too_early_to_tell."""
    low, high = newest["lower"], newest["upper"]
    low, high = (newest["rate"], newest["rate"]) if low is None or high is None else (low, high)
    up = indicator.direction is Direction.UP
    if (low >= target.target) if up else (high <= target.target):
        return "met"
    return "not_met" if ((high < target.target) if up else (low > target.target)) else "too_early_to_tell"
