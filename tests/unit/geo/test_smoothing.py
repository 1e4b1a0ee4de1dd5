"""Marshall's empirical Bayes rates, their intervals, and areas that are empty, unknown or alone."""

import numpy as np
import pytest
from scipy.stats import gamma
from sids2 import sids

from geo.smoothing import smooth


def test_the_rates_of_sids2_are_those_published() -> None:
    counties = sids()
    found = smooth(counties.deaths["74"], counties.births["74"])
    assert found.mean == pytest.approx(0.002021444894, abs=5e-13)
    assert found.variance == pytest.approx(7.692930647e-07, rel=1e-9)
    rates = dict(zip(counties.names, found.rate, strict=True))
    published = {"Anson": 0.004838804, "Hyde": 0.001791059, "Graham": 0.001745733, "Mecklenburg": 0.002036355}
    for county, rate in published.items():
        assert rates[county] == pytest.approx(rate, abs=5e-10)


def test_a_smoothed_rate_lies_between_its_own_and_that_of_all() -> None:
    counties = sids()
    found = smooth(counties.deaths["74"], counties.births["74"])
    raw = counties.deaths["74"] / counties.births["74"]
    assert (np.minimum(raw, found.mean) <= found.rate + 1e-15).all()
    assert (found.rate <= np.maximum(raw, found.mean) + 1e-15).all()
    assert (found.lower < found.rate).all()
    assert (found.rate < found.upper).all()


def test_two_towns_by_hand() -> None:
    """m = 6/200 = 0.03; s2 = 0.0001; m / mean n = 0.0003, more than s2: only chance, so both have the rate of all."""
    found = smooth([2, 4], [100, 100])
    assert (found.mean, found.variance) == (0.03, 0)
    assert found.rate.tolist() == [0.03, 0.03]
    assert found.lower.tolist() == pytest.approx([0.01100947] * 2, rel=1e-6)  # Garwood of 6: 2.201894, 13.059474
    assert found.upper.tolist() == pytest.approx([0.06529737] * 2, rel=1e-6)


def test_two_different_towns_by_hand() -> None:
    """m = 0.1; s2 = 0.0064; A = 0.0064 - 0.1/100 = 0.0054; shrunk by A/(A + 0.001) = 0.84375 to 0.1 -+ 0.0675."""
    found = smooth([2, 18], [100, 100])
    assert found.variance == pytest.approx(0.0054)
    assert found.rate.tolist() == pytest.approx([0.0325, 0.1675])
    shape, size = 0.01 / 0.0054 + 2, 0.1 / 0.0054 + 100
    assert found.lower[0] == pytest.approx(gamma(shape, scale=1 / size).ppf(0.025))
    assert found.upper[0] == pytest.approx(gamma(shape, scale=1 / size).ppf(0.975))


def test_the_intervals_hold_95_of_100_true_rates() -> None:
    rng = np.random.default_rng(5)
    people = np.exp(rng.normal(9, 1, 4000))
    true = rng.gamma(4, 0.001 / 4, 4000)
    found = smooth(rng.poisson(true * people), people)
    held = ((found.lower <= true) & (true <= found.upper)).mean()
    assert held == pytest.approx(0.95, abs=0.015)


def test_an_unknown_or_empty_area_has_no_rate_and_no_say() -> None:
    with_more = smooth([2, 18, np.nan, 5, 0], [100, 100, 100, np.nan, 0])
    assert np.isnan(with_more.rate).tolist() == [False, False, True, True, True]
    assert np.isnan(with_more.upper[2:]).all()
    assert with_more.rate[:2].tolist() == smooth([2, 18], [100, 100]).rate.tolist()


@pytest.mark.parametrize(("cases", "people"), [([], []), ([np.nan], [10]), ([0], [0])])
def test_without_any_area_there_is_no_rate(cases: list[float], people: list[float]) -> None:
    found = smooth(cases, people)
    assert np.isnan(found.mean)
    assert np.isnan(found.rate).all()


def test_no_event_anywhere_is_a_rate_of_zero_with_an_upper_limit() -> None:
    found = smooth([0, 0], [1000, 3000])
    assert found.rate.tolist() == [0, 0]
    assert found.upper.tolist() == pytest.approx([3.688879 / 4000] * 2, rel=1e-6)


def test_the_order_of_rows_does_not_matter() -> None:
    counties = sids()
    order = np.random.default_rng(1).permutation(100)
    straight = smooth(counties.deaths["74"], counties.births["74"])
    shuffled = smooth(counties.deaths["74"][order], counties.births["74"][order])
    assert np.allclose(shuffled.rate, straight.rate[order], rtol=1e-12)


def test_negative_numbers_and_odd_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="cases of area 1 are negative"):
        smooth([1, -1], [10, 10])
    with pytest.raises(ValueError, match="population of area 0 are negative"):
        smooth([1, 1], [-10, 10])
    with pytest.raises(ValueError, match="one length"):
        smooth([1, 1], [10])
