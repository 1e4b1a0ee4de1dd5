"""The search common to scans of one period and of windows that end now."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from geo.scan_likelihood import FloatArray, log_likelihood_ratio, relative_risk
from geo.scan_maxima import Maxima
from geo.scan_region import Region
from geo.scan_replicates import ending_now, replicates
from geo.scan_result import ROUNDING, Cluster, Scan, ScanSettings, critical, p_value
from geo.scan_zones import CENTRES_AT_ONCE, IntArray, Zones, zones

Progress = Callable[[float], None]

PILOTS = 32
"""Centres about which the replicates are scanned first, to know which zones may be passed over afterwards."""


class Candidate(NamedTuple):
    """The best zone of a centre; places in the region's own order, `window` counts periods up to now."""

    llr: float
    centre: int
    areas: IntArray
    window: int
    observed: int
    expected: float


def search(
    region: Region,
    settings: ScanSettings,
    *,
    rng: np.random.Generator,
    windows: int = 1,
    progress: Progress | None = None,
) -> Scan:
    """Scan the counts and the maps of chance over the same zones and the last 1, 2 ... `windows` periods."""
    maxima = chance(region, settings, rng=rng, windows=windows)
    tell = progress or (lambda _: None)
    best: list[Candidate] = []
    chunks = math.ceil(len(region.at) / CENTRES_AT_ONCE)
    for number, some in enumerate(zones(region.points, region.residents, settings.max_share)):
        expected = window_sums(some, region.expected, windows)
        observed = window_sums(some, region.cases, windows)
        best += _best_of_centres(some, observed, expected, total=region.total, least=settings.min_cases)
        for null, one in enumerate(maxima):
            for share in one.include(some, expected):
                tell((number + (null + share) / len(maxima)) / chunks)
    tell(1.0)
    return _answer(region, settings, _apart(best, len(region.at)), [one.best for one in maxima])


def chance(region: Region, settings: ScanSettings, *, rng: np.random.Generator, windows: int = 1) -> list[Maxima]:
    """Maps of chance under one rate everywhere and, when asked and there is any, under ordinary variation.

    They have been scanned about a few centres. None where there are no events.
    """
    alphas = {0.0, region.overdispersion if settings.overdispersed else 0.0}
    made = []
    for alpha in sorted(alphas) if region.total else ():
        maps = replicates(
            rng, region.base, region.total, count=settings.replicates, windows=windows, overdispersion=alpha
        )
        one = Maxima(maps, region.total, settings.min_cases)
        pilots = np.arange(0, len(region.at), max(1, len(region.at) // PILOTS))
        for some in zones(region.points, region.residents, settings.max_share, pilots):
            for _ in one.include(some, window_sums(some, region.expected, windows)):
                pass
        one.raise_levels()
        made.append(one)
    return made


def window_sums(some: Zones, counts: FloatArray, windows: int) -> FloatArray:
    """Sums of counts (areas, periods) over zones and the last 1, 2 ... periods: (windows, m, K)."""
    return np.stack([some.sums(one) for one in ending_now(counts, windows).T])


def _best_of_centres(
    some: Zones, observed: FloatArray, expected: FloatArray, *, total: int, least: int
) -> list[Candidate]:
    if not len(some.centres):
        return []
    ratio = log_likelihood_ratio(observed, expected, total)
    allowed = some.closes & (observed >= least) & (expected > 0)
    ratio = np.where(allowed, ratio, 0.0).transpose(1, 0, 2).reshape(len(some.centres), -1)
    flat = ratio.argmax(axis=1)
    windows, steps = np.divmod(flat, some.order.shape[1])
    return [
        Candidate(
            float(ratio[row, flat[row]]),
            int(some.centres[row]),
            some.order[row, : steps[row] + 1],
            int(windows[row]) + 1,
            round(observed[windows[row], row, steps[row]]),
            float(expected[windows[row], row, steps[row]]),
        )
        for row in np.flatnonzero(ratio.max(axis=1, initial=0.0) > ROUNDING)
    ]


def _apart(best: list[Candidate], areas: int) -> list[Candidate]:
    """The best zones first, without those that share an area with a better one."""
    taken = np.zeros(areas, dtype=bool)
    kept = []
    for one in sorted(best, key=lambda one: (-round(one.llr, 9), len(one.areas), one.centre)):
        if not taken[one.areas].any():
            taken[one.areas] = True
            kept.append(one)
    return kept


def _answer(region: Region, settings: ScanSettings, best: list[Candidate], maxima: list[FloatArray]) -> Scan:
    """Positions as they were given, and both p-values; without overdispersion the second is the first."""
    poisson, ordinary = (maxima[0], maxima[-1]) if maxima else (np.zeros(1), np.zeros(1))
    asked = settings.overdispersed
    return Scan(
        tuple(_cluster(region, one, poisson, ordinary if asked else None) for one in best),
        region.total,
        region.overdispersion,
        critical(poisson),
        critical(ordinary) if asked else None,
        settings.replicates,
        settings.max_share,
    )


def _cluster(region: Region, one: Candidate, poisson: FloatArray, ordinary: FloatArray | None) -> Cluster:
    p = p_value(one.llr, poisson)
    periods = region.base.shape[1]
    return Cluster(
        int(region.at[one.centre]),
        tuple(sorted(region.at[one.areas].tolist())),
        one.observed,
        one.expected,
        relative_risk(one.observed, one.expected, region.total),
        one.llr,
        p,
        None if ordinary is None else p_value(one.llr, ordinary),
        periods - one.window if periods > 1 else None,
        1 / p if periods > 1 else None,
    )
