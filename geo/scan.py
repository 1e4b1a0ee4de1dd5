"""Kulldorff's scan: which neighbouring areas together have more events than chance explains."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo.scan_region import region
from geo.scan_result import Cluster, Scan, ScanSettings
from geo.scan_search import Progress, search

__all__ = ["Cluster", "Progress", "Scan", "ScanSettings", "scan"]


def scan(
    cases: ArrayLike,
    expected_base: ArrayLike,
    latitude: ArrayLike,
    longitude: ArrayLike,
    *,
    rng: np.random.Generator,
    settings: ScanSettings | None = None,
    progress: Progress | None = None,
    inside: ArrayLike | None = None,
) -> Scan:
    """Scan one period: cases (n,) against people at risk, person-years or expected counts (n,), points in degrees.

    `inside` (n,) bool leaves areas out of the study region, such as those that did not report. The same seed gives the
    same answer in any order of rows. `progress` is told the share done; what it raises ends the scan. ValueError for
    negative or missing numbers. Discrete Poisson model, Kulldorff 1997.
    """
    counts, people = np.asarray(cases, float), np.asarray(expected_base, float)
    if counts.ndim != 1 or people.ndim != 1:
        raise ValueError("A scan of one period takes one number an area.")
    place = region(counts[:, None], people[:, None], latitude, longitude, inside=inside)
    return search(place, settings or ScanSettings(), rng=rng, progress=progress)
