"""What a scan is told and what it answers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from geo.scan_likelihood import FloatArray

ROUNDING = 1e-9
"""Likelihood ratios nearer than this are ties, in whatever order they were added up."""


@dataclass(frozen=True)
class ScanSettings:
    """`max_share` of the people at risk that a cluster may hold, up to a half; maps of chance; events it needs.

    `overdispersed` asks for the second p-value, beyond ordinary area-to-area variation.
    """

    max_share: float = 0.10
    replicates: int = 999
    min_cases: int = 2
    overdispersed: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.max_share <= 0.5:
            raise ValueError(
                f"A cluster holds more than 0 and at most 0.5 of the people at risk, not {self.max_share}."
            )
        if self.replicates < 1 or self.min_cases < 1:
            raise ValueError("A scan needs at least one replicate, and a cluster at least one case.")


@dataclass(frozen=True)
class Cluster:
    """Areas (positions, sorted) about a centre with more events than expected.

    `relative_risk` is the rate inside divided by the rate outside. `p_value` is against one rate everywhere,
    `p_overdispersed` against ordinary variation between areas (None when not asked). An emerging cluster has its first
    period, and `recurrence`, the number of periods in which chance alone does as much once: 1 / p.
    """

    centre: int
    areas: tuple[int, ...]
    observed: int
    expected: float
    relative_risk: float
    llr: float
    p_value: float
    p_overdispersed: float | None
    first_period: int | None = None
    recurrence: float | None = None


@dataclass(frozen=True)
class Scan:
    """Clusters that share no area, the most likely first, whatever their p: choose by it before you show them.

    `overdispersion` is alpha, the variance between areas' risks. A ratio above `critical_llr` has p <= 0.05, above
    `critical_overdispersed` (None when not asked) the second p too; infinite where no cluster could ever be found.
    """

    clusters: tuple[Cluster, ...]
    total: int
    overdispersion: float
    critical_llr: float
    critical_overdispersed: float | None
    replicates: int
    max_share: float


def p_value(llr: float, maxima: FloatArray) -> float:
    """(1 + replicates whose highest ratio is at least this) / (1 + replicates)."""
    return (1 + int((maxima >= llr - ROUNDING).sum())) / (1 + len(maxima))


def critical(maxima: FloatArray, alpha: float = 0.05) -> float:
    """The ratio that a cluster must exceed for p <= alpha: the 95th percentile of the maps of chance.

    Infinite where there are too few maps for such a p, or no zone (all maxima 0).
    """
    rank = math.floor(alpha * (len(maxima) + 1) + ROUNDING)
    if rank < 1 or not maxima.any():
        return math.inf
    return float(np.sort(maxima)[-rank])
