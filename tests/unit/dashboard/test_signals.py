"""Signals: false discoveries held across indicators, false alarms over a year of looks, true changes found."""

from math import isnan

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from dashboard.disparity import Counted
from dashboard.signals import YEARLY, Change, adjusted, dispersion, look_rate, signals

YEARS = 150
INDICATORS = 12


def test_adjusted_p_values_are_those_of_scipy() -> None:
    p = np.random.default_rng(3).uniform(0, 1, 50) ** 2
    assert adjusted(list(p)) == pytest.approx(list(false_discovery_control(p)))


def test_the_first_example_of_benjamini_and_hochberg() -> None:
    """Fifteen p-values of their paper of 1995: at 5% the step-up rejects four, Bonferroni three."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
         1.0]  # fmt: skip
    assert sum(q <= 0.05 for q in adjusted(p)) == 4
    assert sum(value * 15 <= 0.05 for value in p) == 3


def test_what_cannot_be_tested_is_not_counted_among_the_tests() -> None:
    assert adjusted([0.01, float("nan"), 0.04])[::2] == pytest.approx([0.02, 0.04])
    assert isnan(adjusted([0.01, float("nan")])[1])


def test_a_year_spends_its_rate_evenly() -> None:
    assert 12 * look_rate() == pytest.approx(YEARLY)


def test_a_flat_year_of_monthly_looks_seldom_shows_anything() -> None:
    """Twelve looks at twelve flat indicators, each a year against the year before, so that looks share most of it.

    At most one year in ten may show a signal; with 150 years, 25 would be beyond that by chance one time in a hundred.
    """
    rng = np.random.default_rng(8)
    alarmed = 0
    for _ in range(YEARS):
        monthly = rng.poisson(rng.uniform(1, 12, (INDICATORS, 1)), (INDICATORS, 35))
        alarmed += any(any(signals(_look(monthly, end), look_rate())) for end in range(24, 36))
    assert alarmed <= 24


def _look(monthly: np.ndarray, end: int) -> list[Change]:
    """The newest twelve months against the twelve before; half the indicators are proportions of twenty a month."""
    changes = []
    for n, row in enumerate(monthly):
        before, after = row[end - 24 : end - 12].sum(), row[end - 12 : end].sum()
        proportion = n % 2 == 0
        below = 12 * 40.0 if proportion else 1000.0
        changes.append(Change(Counted(before, below), Counted(after, below), proportion))
    return changes


def test_among_true_changes_few_of_the_signals_are_false() -> None:
    """Half of forty indicators double: the false ones among all signals stay under the rate asked for."""
    rng = np.random.default_rng(4)
    false = found = 0
    for _ in range(40):
        mean = np.repeat([60.0, 120.0], 20)
        changes = [
            Change(Counted(b, 1000), Counted(a, 1000), False)
            for b, a in zip(rng.poisson(60.0, 40), rng.poisson(mean), strict=True)
        ]
        flagged = signals(changes, 0.10)
        false += sum(flagged[:20])
        found += sum(flagged)
    assert found > 600
    assert false / found <= 0.10


def test_a_halving_of_a_hundred_events_is_found_among_fifty_flat_indicators() -> None:
    flat = [Change(Counted(100, 1000), Counted(100, 1000), False)] * 50
    assert signals([*flat, Change(Counted(100, 1000), Counted(50, 1000), False)], look_rate()) == [False] * 50 + [True]


def test_few_events_give_no_signal_whatever_their_ratio() -> None:
    assert signals([Change(Counted(1, 1000), Counted(8, 1000), False)], 1.0) == [False]
    assert signals([Change(Counted(0, 0), Counted(50, 100), True)], 1.0) == [False]
    assert signals([Change(Counted(30, 20), Counted(50, 100), True)], 1.0) == [False]


def test_counts_that_vary_more_than_chance_count_for_less() -> None:
    calm = Change(Counted(100, 1000), Counted(60, 1000), False)
    wild = Change(Counted(100, 1000), Counted(60, 1000), False, dispersion=4)
    assert calm.p < 0.01 < 0.1 < wild.p


def test_dispersion_is_one_for_chance_alone_and_large_for_more() -> None:
    rng = np.random.default_rng(2)
    below = np.full(12, 1000.0)
    chance = [dispersion(rng.poisson(50, 12).astype(float), below, proportion=False) for _ in range(100)]
    extra = [dispersion(rng.poisson(rng.gamma(5, 10, 12)).astype(float), below, proportion=False) for _ in range(100)]
    assert 1.0 <= np.median(chance) < 1.3
    assert np.median(extra) > 4


def test_a_steady_trend_is_not_taken_for_variation() -> None:
    events = np.array([50.0, 55, 61, 67, 74, 82, 90, 99])
    assert dispersion(events, np.full(8, 1000.0), proportion=False) == 1.0


def test_a_short_history_tells_no_dispersion() -> None:
    assert dispersion(np.array([1.0, 90, 2, 80]), np.full(4, 100.0), proportion=False) == 1.0
