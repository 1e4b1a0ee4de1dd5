"""Whether a change would show at all, against brute force with scipy's exact tests."""

import numpy as np
import pytest
from scipy.stats import binomtest, poisson

from dashboard.targets.power import chance_to_show
from dashboard.targets.status import Counted


def deaths(a_year: float) -> Counted:
    return Counted("rate", a_year, 100_000, 100_000)


def test_a_40_percent_fall_from_20_deaths_shows_one_year_in_three() -> None:
    assert chance_to_show(deaths(20), 12) == pytest.approx(1 / 3, abs=0.03)


def test_the_chance_is_that_of_scipys_exact_test_for_every_pair_of_counts() -> None:
    found = 0.0
    for before in range(30):
        for after in range(before):
            if binomtest(after, before + after, 0.5, alternative="less").pvalue <= 0.05:
                found += poisson.pmf(before, 8) * poisson.pmf(after, 3)
    assert chance_to_show(deaths(8), 3) == pytest.approx(found, abs=1e-6)


def test_no_change_shows_at_most_one_time_in_twenty() -> None:
    for a_year in (1, 5, 20, 100, 380):
        assert chance_to_show(deaths(a_year), a_year) <= 0.05


def test_exact_and_approximate_meet_where_one_gives_way_to_the_other() -> None:
    assert chance_to_show(deaths(399), 350) == pytest.approx(chance_to_show(deaths(401), 351.75), abs=0.03)


def test_more_events_and_larger_changes_show_more_often() -> None:
    chances = [chance_to_show(deaths(a_year), 0.6 * a_year) for a_year in (5, 20, 80, 320)]
    assert chances == sorted(chances)
    assert chances[-1] > 0.99
    assert chance_to_show(deaths(20), 4) > chance_to_show(deaths(20), 12)


def test_a_proportion_is_found_as_often_as_simulation_finds_it() -> None:
    rng = np.random.default_rng(4)
    before, after = rng.binomial(80, 0.40, 20_000) / 80, rng.binomial(80, 0.55, 20_000) / 80
    pooled = (before + after) / 2
    simulated = np.mean((after - before) / np.sqrt(2 * pooled * (1 - pooled) / 80) > 1.645)
    assert chance_to_show(Counted("proportion", 32, 80, 100), 55) == pytest.approx(simulated, abs=0.03)


def test_what_is_counted_whole_always_shows() -> None:
    assert chance_to_show(Counted("money", 100, 1, 1), 150) == 1


def test_a_baseline_of_zero_divides_nothing_by_zero() -> None:
    assert 0 <= chance_to_show(Counted("rate", 0, 100_000, 100_000), 10) <= 1
    assert chance_to_show(Counted("proportion", 0, 50, 100), 40) > 0.9
