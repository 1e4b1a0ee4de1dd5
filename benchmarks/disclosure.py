"""Protection and audit of a release of the size that the methods name: 351 towns x 4 groups x 5 periods."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.report import Line
from dashboard.disclosure import Policy, Tables, audit, gate, protect

TOWNS, COUNTIES, GROUPS, PERIODS = 351, 14, 3, 4
FIVE = Policy(5, "hidden", "a benchmark")


def release(seed: int) -> tuple[Tables, np.ndarray]:
    """Counts of all places by group and quarter, with all totals, and what residents alone let one expect."""
    rng = np.random.default_rng(seed)
    residents = rng.lognormal(9.2, 1.1, TOWNS)
    county = rng.integers(0, COUNTIES, TOWNS)
    share = np.array([0.5, 0.3, 0.2])
    mean = residents[:, None, None] * share[None, :, None] * np.full(PERIODS, 3e-4)[None, None, :]
    base = rng.poisson(mean)
    counts: dict[tuple[str, str, str], int] = {}
    expected: dict[tuple[str, str, str], float] = {}
    places = {f"t{i}": [i] for i in range(TOWNS)} | {
        f"c{c}": list(np.flatnonzero(county == c)) for c in range(COUNTIES)
    }
    places |= {"s": list(range(TOWNS))}
    groups = {f"g{g}": [g] for g in range(GROUPS)} | {"all": list(range(GROUPS))}
    periods = {f"q{q}": [q] for q in range(PERIODS)} | {"year": list(range(PERIODS))}
    for place, at in places.items():
        for group, of in groups.items():
            for period, when in periods.items():
                counts[place, group, period] = int(base[np.ix_(at, of, when)].sum())
                expected[place, group, period] = float(mean[np.ix_(at, of, when)].sum())
    sums = [
        ((f"c{c}", g, p), [(f"t{i}", g, p) for i in places[f"c{c}"]])
        for c in range(COUNTIES)
        for g in groups
        for p in periods
    ]
    sums += [(("s", g, p), [(f"c{c}", g, p) for c in range(COUNTIES)]) for g in groups for p in periods]
    sums += [((place, "all", p), [(place, f"g{g}", p) for g in range(GROUPS)]) for place in places for p in periods]
    sums += [((place, g, "year"), [(place, g, f"q{q}") for q in range(PERIODS)]) for place in places for g in groups]
    tables = Tables.of(counts, sums)
    return tables, np.array([expected.get(key, 0.0) for key in tables.keys])


def lines() -> Iterator[Line]:
    """Seconds for protection, gate and exact audit."""
    tables, expected = release(1)
    started = time.perf_counter()
    found = protect(tables, FIVE, expected=expected)
    yield Line(f"protection of {len(tables):,} cells", "s", time.perf_counter() - started, most=60)
    started = time.perf_counter()
    assert not gate(tables, found.hidden, FIVE).unsafe
    yield Line("gate of that release", "s", time.perf_counter() - started, most=2)
    started = time.perf_counter()
    assert not audit(tables, found.hidden, FIVE).unsafe
    yield Line("exact audit of that release", "s", time.perf_counter() - started)
