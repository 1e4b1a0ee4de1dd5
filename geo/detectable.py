"""What a scan could have found: how many events a cluster needs, and how often a given excess is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from geo.scan_likelihood import log_likelihood_ratio
from geo.scan_maxima import Maxima
from geo.scan_region import Region, region
from geo.scan_replicates import replicates
from geo.scan_result import Scan, ScanSettings
from geo.scan_zones import zones


def detectable(scan: Scan, expected: float, *, beyond_ordinary: bool = False) -> int | None:
    """The fewest events that would have been found (p <= 0.05) in a zone that expects `expected` of the total.

    Against one rate everywhere, or, with `beyond_ordinary`, against ordinary variation between areas. None where no
    count would have done: no zones, too few replicates or events. ValueError when `expected` is not between 0 and
    the total, or the scan was not asked about ordinary variation.
    """
    threshold = scan.critical_overdispersed if beyond_ordinary else scan.critical_llr
    if threshold is None:
        raise ValueError("This scan was not asked about ordinary variation between areas.")
    if not scan.total:
        return None
    if not 0 < expected < scan.total:
        raise ValueError(f"A zone expects more than 0 and fewer than all {scan.total} events, not {expected}.")
    enough = np.flatnonzero(log_likelihood_ratio(np.arange(scan.total + 1), expected, scan.total) > threshold)
    return int(enough[0]) if len(enough) else None


def power(
    scan: Scan,
    expected_base: ArrayLike,
    latitude: ArrayLike,
    longitude: ArrayLike,
    *,
    areas: Sequence[int],
    relative_risk: float,
    rng: np.random.Generator,
    maps: int = 999,
) -> float:
    """Share of `maps` with a true excess in these areas (positions) in which a scan like this one would find it.

    Each map drops the scan's total on the areas in step with `expected_base` (n,), `relative_risk` times more densely
    in `areas`; the excess is found where a zone with one of these areas in it has p <= 0.05 against one rate
    everywhere. The standard error is sqrt(share (1 - share) / maps).
    """
    people = np.asarray(expected_base, float)
    if relative_risk <= 0 or not areas:
        raise ValueError("An excess has a relative risk above 0 and at least one area.")
    place = region(np.zeros((len(people), 1)), people[:, None], latitude, longitude)
    if not scan.total or not len(place.at):
        return 0.0
    planted = np.isin(place.at, np.asarray(areas))
    risks = np.where(planted[:, None], relative_risk, 1.0) * place.base
    drawn = Maxima(replicates(rng, risks, scan.total, count=maps, windows=1), scan.total, ScanSettings().min_cases)
    _scan_about(drawn, place, planted.astype(float), scan.max_share)
    return float((drawn.best > scan.critical_llr).mean())


def _scan_about(drawn: Maxima, place: Region, planted: np.ndarray, max_share: float) -> None:
    """Scan the maps over the zones that touch the planted areas."""
    expected = place.residents * (drawn.total / place.residents.sum())
    for some in zones(place.points, place.residents, max_share):
        touching = replace(some, closes=some.closes & (some.sums(planted) > 0))
        for _ in drawn.include(touching, some.sums(expected)[None]):
            pass
