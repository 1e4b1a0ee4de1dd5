"""Chances and bands of the counts to come, against the reference figures of docs/methods.md section 6.

The coefficients of the second and third lines come from statsmodels 0.14 (GLM, Poisson and Binomial).
"""

import numpy as np
import pytest
from scipy.stats import nbinom

from dashboard.comparison import compare
from dashboard.targets.fit import fit
from dashboard.targets.forecast import (
    Forecast,
    History,
    Regime,
    forecast,
    gamma_poisson,
    gamma_poisson_quantile,
    rounded_chance,
)

DEATHS = np.array([9, 11, 8, 12, 10, 9, 7, 8, 9, 6, 7, 8], dtype=float)
TIME = np.arange(12, dtype=float)


def counted(*events: float) -> History:
    return History(np.array(events, dtype=float), np.ones(len(events)))


def test_the_line_is_the_published_one() -> None:
    line = fit(TIME, DEATHS, np.ones(12))
    assert line.coefficients == pytest.approx([2.33952275, -0.03398366], abs=1e-8)
    assert np.sqrt(line.covariance[1, 1]) == pytest.approx(0.02852461, abs=1e-8)
    assert line.dispersion == 1


def test_the_line_with_residents_and_dispersion_is_that_of_statsmodels() -> None:
    line = fit(TIME, np.array([5, 20, 8, 14, 3, 9, 17, 8, 2, 6, 17, 8.0]), np.linspace(100, 130, 12))
    assert line.coefficients == pytest.approx([-2.24584792935656, -0.04000134211191979], abs=1e-8)
    assert line.covariance[0, 1] == pytest.approx(-0.003824180721150333, abs=1e-8)
    assert line.dispersion == pytest.approx(3.841372683738232, abs=1e-7)


def test_the_logistic_line_is_that_of_statsmodels() -> None:
    trials, reached = np.array([50, 60, 55, 70, 65, 80, 75, 90.0]), np.array([20, 25, 26, 34, 36, 44, 43, 60.0])
    line = fit(np.arange(8.0), reached, trials, proportion=True)
    assert line.coefficients == pytest.approx([-0.45054830697409487, 0.14574641251476714], abs=1e-8)
    assert np.sqrt(np.diag(line.covariance)) == pytest.approx([0.1726303, 0.0386359], abs=1e-6)


def test_thirty_events_in_four_quarters_give_the_published_chance_and_band() -> None:
    assert gamma_poisson(30, 4, 4, 24) == pytest.approx(0.228294, abs=1e-6)
    found = forecast(counted(7, 8, 9, 6), np.ones(4), seed=1)
    assert found.regime is Regime.LEVEL
    assert found.chance(24, at_most=True) == pytest.approx(0.228294, abs=1e-6)
    assert found.band(0, 4)[1:] == (19, 44)
    assert found.draws.sum(axis=1).mean() == pytest.approx(30.5, abs=0.5)


@pytest.mark.parametrize(
    ("events", "n", "m", "at_most"), [(0, 8, 4, 0), (3, 12, 4, 2), (18, 20, 4, 5), (7, 2.5, 1.25, 6)]
)
def test_the_gamma_poisson_is_scipys_negative_binomial(events: float, n: float, m: float, at_most: int) -> None:
    r, p = 0.5 + events, n / (n + m)
    assert gamma_poisson(events, n, m, at_most) == pytest.approx(nbinom.cdf(at_most, r, p), abs=1e-12)
    assert gamma_poisson_quantile(events, n, m, 0.95) == nbinom.ppf(0.95, r, p)
    assert gamma_poisson(events, n, m, -1) == 0


def test_at_least_and_at_most_share_no_count_but_the_one_they_name() -> None:
    found = forecast(counted(7, 8, 9, 6), np.ones(4), seed=1)
    assert found.chance(25, at_most=False) == pytest.approx(1 - found.chance(24, at_most=True))
    assert found.chance(24.4, at_most=False) == found.chance(25, at_most=False)


@pytest.mark.parametrize(
    ("events", "periods", "regime"),
    [(19, 12, Regime.LEVEL), (20, 8, Regime.TREND), (20, 7, Regime.LEVEL), (200, 7, Regime.LEVEL)],
)
def test_a_trend_needs_twenty_events_and_eight_periods(events: int, periods: int, regime: Regime) -> None:
    assert counted(events, *[0] * (periods - 1)).regime is regime


def test_a_proportion_of_nearly_everybody_has_too_few_without_for_a_trend() -> None:
    nearly_all = History(np.full(12, 99.0), np.full(12, 100.0), proportion=True)
    assert nearly_all.regime is Regime.LEVEL


def test_the_same_seed_gives_the_same_future_and_another_seed_nearly_so() -> None:
    history = History(DEATHS, np.ones(12))
    one, again, other = (forecast(history, np.ones(4), seed=seed) for seed in (1, 1, 2))
    assert (one.draws == again.draws).all()
    assert not (one.draws == other.draws).all()
    assert one.chance(24, at_most=True) == pytest.approx(other.chance(24, at_most=True), abs=0.03)


def test_a_falling_line_makes_a_lower_target_likelier_than_its_level_would() -> None:
    falling = History(np.array([30, 28, 26, 24, 22, 20, 18, 16.0]), np.ones(8))
    level = forecast(counted(26, 22, 24), np.ones(4), seed=1).chance(50, at_most=True)
    assert forecast(falling, np.ones(4), seed=1).chance(50, at_most=True) > level + 0.3


def test_a_proportion_never_goes_beyond_all() -> None:
    rising = History(np.array([40, 50, 60, 70, 78, 84, 90, 93.0]), np.full(8, 100.0), proportion=True)
    future = forecast(rising, np.full(4, 100.0), seed=1)
    assert future.regime is Regime.LEVEL or future.draws.max() <= 100
    middle, lower, upper = future.band(0, 4)
    assert lower <= middle <= upper <= 400


def test_more_scatter_than_chance_makes_the_band_wider() -> None:
    calm = History(np.full(12, 10.0), np.ones(12))
    wild = History(np.array([3, 17] * 6, dtype=float), np.ones(12))
    width = [np.ptp(forecast(history, np.ones(4), seed=1).band(0, 4)) for history in (calm, wild)]
    assert width[1] > 1.3 * width[0]


@pytest.mark.parametrize(
    ("chance", "said"), [(0.0, 5), (0.01, 5), (0.07, 5), (0.228294, 25), (0.68, 70), (0.99, 95), (1.0, 95)]
)
def test_a_chance_is_rounded_to_five_and_never_none_or_certain(chance: float, said: int) -> None:
    assert rounded_chance(chance) == said


def test_two_years_are_compared_exactly() -> None:
    found = compare(41, 80_990, 62, 81_234)
    assert found.ratio == pytest.approx(0.663283, abs=1e-6)
    assert (found.lower, found.upper) == pytest.approx((0.435810, 0.999983), abs=1e-6)
    assert found.p == pytest.approx(0.0483, abs=5e-5)


def test_sums_begin_where_they_are_asked_to() -> None:
    draws = np.array([[1.0, 10, 100], [2, 20, 200]])
    future = Forecast(Regime.TREND, draws)
    assert future.chance(110, at_most=True, first=1) == 0.5
    assert future.band(0, 2)[1:] == (11, 22)
