"""Hotspot statistics on 351 towns, 3,100 counties and 36,000 subdivisions, in seconds of processor time.

`python -m benchmarks.spatial_statistics` prints them alone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from benchmarks.report import Line
from benchmarks.stores import SHARED
from geo.funnel import limits
from geo.local import getis_ord, residuals
from geo.scan import ScanSettings, scan
from geo.scan_emerging import scan_emerging
from geo.smoothing import smooth

Numbers = NDArray[np.float64]

SEED = 2026
PER_PERSON = 33e-5
ORDINARY = 0.35
"""Standard deviation of the logarithms of rates: the second null is then a different one."""
MONTHS = 24


class Ground(NamedTuple):
    """Areas: how they are called, residents and points; and the share of residents a cluster may hold there."""

    name: str
    residents: Numbers
    latitude: Numbers
    longitude: Numbers
    share: float


def lines(*, quick: bool) -> Iterator[Line]:
    """A scan with 999 replicates of both nulls, Gi*, empirical Bayes and funnel for each size of map."""
    yield from _lines(towns(), most=1.0)
    yield _emerging(towns())
    if not quick:
        yield from _lines(invented("counties", 3_100, 0.10))
        yield from _lines(invented("subdivisions", 36_000, 0.01))


def towns() -> Ground:
    """The towns of Massachusetts."""
    features = json.loads((SHARED / "ma" / "towns_2020.geojson").read_text(encoding="utf-8"))["features"]
    rows = [(one["properties"]["pop2020"], one["properties"]["lat"], one["properties"]["lon"]) for one in features]
    residents, latitude, longitude = np.array(rows, dtype=float).T
    return Ground("towns", residents, latitude, longitude, 0.10)


def invented(name: str, areas: int, share: float) -> Ground:
    """Areas of very different sizes, scattered over the country."""
    chance = np.random.default_rng(SEED)
    residents = np.round(np.exp(chance.normal(8.5, 1.2, areas)))
    return Ground(name, residents, chance.uniform(26, 48, areas), chance.uniform(-120, -70, areas), share)


def _lines(ground: Ground, most: float | None = None) -> Iterator[Line]:
    what = f"{len(ground.residents):,} {ground.name}"
    place = ground.latitude, ground.longitude
    cases = _cases(ground)
    settings = ScanSettings(max_share=ground.share)
    taken = _seconds(lambda: scan(cases, ground.residents, *place, settings=settings, rng=np.random.default_rng(1)))
    yield Line(f"{what}: scan, 999 replicates, both nulls, share {ground.share:g}", "s of CPU", taken, most=most)
    expected = ground.residents * cases.sum() / ground.residents.sum()
    _, nearest = cKDTree(np.column_stack(place)).query(np.column_stack(place), k=7)
    neighbours = nearest[:, 1:].tolist()
    quick: dict[str, Callable[[], object]] = {
        "Gi*": lambda: getis_ord(residuals(cases, expected), neighbours),
        "empirical Bayes with intervals": lambda: smooth(cases, ground.residents),
        "funnel": lambda: limits(expected),
    }
    for name, work in quick.items():
        work()
        yield Line(f"{what}: {name}", "ms of CPU", 1000 * min(_seconds(work) for _ in range(3)))


def _emerging(ground: Ground) -> Line:
    cases = np.random.default_rng(SEED).multinomial(_cases(ground), np.full(MONTHS, 1 / MONTHS))
    person_time = np.repeat(ground.residents[:, None], MONTHS, axis=1)
    taken = _seconds(
        lambda: scan_emerging(cases, person_time, ground.latitude, ground.longitude, rng=np.random.default_rng(1))
    )
    return Line(
        f"{len(cases):,} {ground.name}: emerging, {MONTHS} months, 999 replicates, both nulls", "s of CPU", taken
    )


def _cases(ground: Ground) -> NDArray[np.int64]:
    chance = np.random.default_rng(SEED)
    risks = np.exp(chance.normal(0, ORDINARY, len(ground.residents)))
    return chance.poisson(ground.residents * risks * PER_PERSON)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    for line in lines(quick=False):
        print("  ".join(filter(None, line.cells())), flush=True)
