"""Targets that released cells can tell: their baseline is printed, and comes from nothing else.

How a target stands is worked out by whoever shows it, from the release's cells and by the staff's own rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from dashboard.domain import Indicator, State, Target
from dashboard.periods import Period
from dashboard.rates import estimate
from dashboard.releases.release import Release, ReleasedCell


def released_targets(targets: Iterable[Target], release: Release) -> list[Target]:
    """Targets with a printed rate for their place; their baseline is the first printed rate.

    A baseline that staff wrote down may have come from a count that is hidden: it is not printed, nor is the owner,
    who may be a person.
    """
    kinds = {indicator.id: indicator for indicator in release.indicators}
    found: list[Target] = []
    for target in sorted(targets, key=lambda each: each.id):
        if target.partner or target.indicator not in kinds:
            continue
        first = _first_rate(release.cells, target, kinds[target.indicator])
        if first:
            period, rate = first
            found.append(replace(target, baseline=rate, baseline_period=period, owner=""))
    return found


def _first_rate(cells: Iterable[ReleasedCell], target: Target, indicator: Indicator) -> tuple[str, float] | None:
    """(year, rate) of the first printed rate of a target's place and group, by the first basis that is printed."""
    own = [c for c in cells if c.table.indicator == target.indicator and c.geoid == target.place
           and c.table.stratum == target.stratum and Period.parse(c.table.period).months == 12]  # fmt: skip
    own = [cell for cell in own if cell.table.basis == own[0].table.basis]
    for cell in sorted(own, key=lambda cell: Period.parse(cell.table.period)):
        if cell.numerator is None:
            continue
        below = math.nan if cell.denominator is None else cell.denominator
        rate = float(estimate(indicator.kind, [cell.numerator], [below], indicator.per, [State.VALUE.value]).rate[0])
        if not math.isnan(rate):
            return cell.table.period, round(rate, 2)
    return None
