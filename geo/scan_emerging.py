"""Clusters that are going on now: the scan over areas and the last periods together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from geo.scan_region import FloatArray, region
from geo.scan_result import Scan, ScanSettings
from geo.scan_search import Progress, search


def scan_emerging(
    cases: ArrayLike,
    person_time: ArrayLike,
    latitude: ArrayLike,
    longitude: ArrayLike,
    *,
    rng: np.random.Generator,
    settings: ScanSettings | None = None,
    progress: Progress | None = None,
    inside: ArrayLike | None = None,
) -> Scan:
    """Scan cases (n, t) against person-time (n, t), people times days, over windows that end with the last period.

    A window is as long as half of the periods at most. Each cluster says in which period (0 ... t-1) it begins, and
    how many periods pass until chance alone does as much: 1 / p. One rate everywhere and always is the comparison, so
    that a rise of the whole region shows in its towns as well: see `with_common_trend`. A town's own risk under the
    overdispersed p is the same in all periods. Prospective space-time scan, Kulldorff 2001; else as `geo.scan.scan`.
    """
    counts, people = np.asarray(cases, float), np.asarray(person_time, float)
    if counts.ndim != 2 or counts.shape[1] < 2:
        raise ValueError("What is emerging shows from two periods on: give cases as areas by periods.")
    place = region(counts, people, latitude, longitude, inside=inside)
    windows = counts.shape[1] // 2
    return search(place, settings or ScanSettings(), windows=windows, rng=rng, progress=progress)


def with_common_trend(cases: ArrayLike, person_time: ArrayLike, *, inside: ArrayLike | None = None) -> FloatArray:
    """Person-time (n, t) times each period's rate in the whole region: scanned against it, only what goes beyond the
    common rise and fall stands out. Areas that are not `inside` (n,) have no say in the rate.
    """
    counts, people = np.asarray(cases, float), np.asarray(person_time, float)
    chosen = slice(None) if inside is None else np.asarray(inside, dtype=bool)
    everyone = people[chosen].sum(axis=0)
    rates = np.divide(counts[chosen].sum(axis=0), everyone, out=np.zeros(len(everyone)), where=everyone > 0)
    return np.asarray(people * rates)
