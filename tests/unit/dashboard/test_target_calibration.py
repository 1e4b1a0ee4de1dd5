"""What statuses and bands claim, held to what happens: where all is as the path says, few are called otherwise."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from scipy.stats import binom, poisson

from dashboard.domain import FloatArray
from dashboard.targets.forecast import History, Regime, forecast
from dashboard.targets.glide import GlidePath
from dashboard.targets.status import Counted, Status, stand

START, NOW, DUE = date(2024, 1, 1), date(2026, 1, 1), date(2028, 1, 1)
NOMINAL = 0.10
"""A 90% interval misses one time in ten, five in a hundred on each side."""


def shares(kind: str, path: GlidePath, below: float, per: float, chances: FloatArray) -> Counter[Status]:
    """How often each status is told, when counts from 0 on come with these chances; exact, no simulation."""
    found: Counter[Status] = Counter()
    for events, chance in enumerate(chances):
        found[stand(path, Counted(kind, events, below, per), on=NOW, late=False).status] += chance
    return found


@pytest.mark.parametrize("mean", [5.5, 8, 12, 20, 35, 60, 110, 250])
@pytest.mark.parametrize("change", [0.6, 0.85, 1.3])
def test_counts_as_the_path_expects_are_rarely_called_ahead_or_behind(mean: float, change: float) -> None:
    baseline = mean / (0.5 + 0.5 * change)  # half way between baseline and target the path stands at `mean`
    path = GlidePath(baseline, baseline * change, START, DUE)
    told = shares("rate", path, 100_000, 100_000, poisson.pmf(np.arange(600), path.at(NOW)))
    assert told[Status.AHEAD] <= NOMINAL / 2
    assert told[Status.BEHIND] <= NOMINAL / 2


@pytest.mark.parametrize("trials", [60, 150, 400])
def test_proportions_as_the_path_expects_are_called_otherwise_as_often_as_wilson_claims(trials: int) -> None:
    """Wilson's interval is right on average, not for every proportion: so the average over many is held to it."""
    misses = []
    for middle in np.arange(30, 71, 2.5):
        path = GlidePath(middle - 25, middle + 25, START, DUE)
        told = shares("proportion", path, trials, 100, binom.pmf(np.arange(trials + 1), trials, path.at(NOW) / 100))
        misses.append(told[Status.AHEAD] + told[Status.BEHIND])
    assert np.mean(misses) <= NOMINAL + 0.005
    assert max(misses) <= NOMINAL + 0.03


@pytest.mark.parametrize("a_year", [6, 15, 40, 120])
def test_a_flat_series_is_never_called_ahead_more_than_nominally(a_year: float) -> None:
    """Nothing changes, while a fall was wanted: to be called ahead is a false alarm at any time."""
    path = GlidePath(a_year, 0.7 * a_year, START, DUE)
    told = shares("rate", path, 100_000, 100_000, poisson.pmf(np.arange(500), a_year))
    assert told[Status.AHEAD] + told[Status.MET] <= NOMINAL / 2


@pytest.mark.parametrize("a_year", [8, 30, 90])
def test_a_flat_series_whose_target_is_hardly_another_is_not_called_behind(a_year: float) -> None:
    path = GlidePath(a_year, 0.999 * a_year, START, DUE)
    told = shares("rate", path, 100_000, 100_000, poisson.pmf(np.arange(500), a_year))
    assert told[Status.BEHIND] + told[Status.AHEAD] <= NOMINAL


def coverage(rng: np.random.Generator, means: FloatArray, *, known: int, runs: int, dispersion: float = 1.0) -> float:
    """The share of runs in which the band of the next year (four quarters after `known`) holds what then happens."""
    held = 0
    for run in range(runs):
        drawn = rng.gamma(means / (dispersion - 1), dispersion - 1) if dispersion > 1 else means
        events = rng.poisson(drawn).astype(float)
        future = forecast(History(events[:known], np.ones(known)), np.ones(4), seed=run, draws=600)
        _, lower, upper = future.band(0, 4)
        held += lower <= events[known : known + 4].sum() <= upper
    return held / runs


def test_the_band_of_a_steady_level_holds_nine_in_ten() -> None:
    assert coverage(np.random.default_rng(1), np.full(12, 1.2), known=8, runs=300) >= 0.87


def test_the_band_of_a_trend_holds_nine_in_ten() -> None:
    falling = 12 * np.exp(-0.03 * np.arange(20))
    assert coverage(np.random.default_rng(2), falling, known=16, runs=300) >= 0.85


@pytest.mark.long
@pytest.mark.parametrize("mean", [0.3, 0.8, 1.5, 2.2])
@pytest.mark.parametrize("known", [4, 8])
def test_bands_of_steady_levels_cover(mean: float, known: int) -> None:
    assert coverage(np.random.default_rng(3), np.full(known + 4, mean), known=known, runs=4000) >= 0.88


@pytest.mark.long
@pytest.mark.parametrize("slope", [-0.05, 0.0, 0.03])
@pytest.mark.parametrize(("mean", "known"), [(4, 12), (10, 16), (40, 20)])
@pytest.mark.parametrize("dispersion", [1.0, 1.8])
def test_bands_of_trends_cover(slope: float, mean: float, known: int, dispersion: float) -> None:
    means = mean * np.exp(slope * np.arange(known + 4))
    held = coverage(np.random.default_rng(4), means, known=known, runs=2000, dispersion=dispersion)
    assert held >= 0.85


@pytest.mark.long
def test_the_band_of_a_proportion_covers() -> None:
    rng, held = np.random.default_rng(5), 0
    share, trials = 1 / (1 + np.exp(-(-0.4 + 0.06 * np.arange(20)))), 50
    for run in range(2000):
        events = rng.binomial(trials, share).astype(float)
        history = History(events[:16], np.full(16, float(trials)), proportion=True)
        assert history.regime is Regime.TREND
        _, lower, upper = forecast(history, np.full(4, float(trials)), seed=run, draws=600).band(0, 4)
        held += lower <= events[16:].sum() <= upper
    assert held / 2000 >= 0.86
