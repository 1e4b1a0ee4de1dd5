"""Minutes, deserts, catchments and sites: a state of 351 towns, every county, every subdivision of the country."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import numpy as np

from benchmarks.report import Line
from geo.access import Nearest, access, beyond, nearest
from geo.catchment import floating_catchment
from geo.distance import Array
from geo.siting import Goal, best_sites
from geo.travel import Points, StraightLine

STATE, SITES, CANDIDATES = 351, 500, 200
LARGER = ((3_100, "counties"), (36_000, "subdivisions"))
MOST_SECONDS: dict[Goal, float | None] = {"coverage": 0.2, "mean": 5.0, "farthest": None}
WORDS: dict[Goal, str] = {"coverage": "most need covered", "mean": "least mean minutes", "farthest": "nearest farthest"}
COUNTS = (3, 10)
SOUTH, NORTH, WEST, EAST = 41.3, 42.8, -73.4, -70.0


def lines(*, quick: bool) -> Iterator[Line]:
    """Every line; quick leaves out the larger maps."""
    yield from _reach(STATE, "towns", times=9)
    yield from _siting()
    if not quick:
        for places, word in LARGER:
            yield from _reach(places, word, times=3)


def _reach(places: int, word: str, *, times: int) -> Iterator[Line]:
    rng = np.random.default_rng(places)
    towns, sites = _points(places, rng), _points(SITES, rng)
    people, hours = rng.lognormal(9, 1, places).round(), rng.uniform(8, 60, SITES)
    minutes = StraightLine().minutes(towns, sites)
    near = nearest(minutes)
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("straight-line minutes", lambda: StraightLine().minutes(towns, sites)),
        ("nearest and second nearest", lambda: nearest(minutes)),
        ("deserts, fragile and borderline at a moved threshold", lambda: _moved(near, people)),
        ("floating catchment", lambda: floating_catchment(hours, people, minutes)),
    )
    for what, work in asked:
        most = 10.0 if places == STATE and what == "floating catchment" else None
        yield Line(f"{places:,} {word}, {SITES} sites: {what}", "ms", 1000 * _seconds(work, times), most=most)


def _moved(near: Nearest, people: Array) -> None:
    access(near, 27.0)
    beyond(near.minutes, np.arange(5.0, 95.0, 5.0), people)


def _siting() -> Iterator[Line]:
    rng = np.random.default_rng(1)
    towns = _points(STATE, rng)
    at = rng.choice(STATE, CANDIDATES, replace=False)
    minutes = StraightLine().minutes(towns, Points(towns.latitude[at], towns.longitude[at]))
    need = rng.lognormal(9, 1, STATE).round()
    best_sites(minutes, need, count=1)  # loads the solver
    for goal, most in MOST_SECONDS.items():
        for count in COUNTS:
            seconds = _seconds(partial(best_sites, minutes, need, count=count, goal=goal), times=3)
            what = f"{STATE} towns, {CANDIDATES} candidates: {count} sites, {WORDS[goal]}"
            yield Line(what, "s", seconds, most=most)


def _points(count: int, rng: np.random.Generator) -> Points:
    return Points(rng.uniform(SOUTH, NORTH, count), rng.uniform(WEST, EAST, count))


def _seconds(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return median(took)
