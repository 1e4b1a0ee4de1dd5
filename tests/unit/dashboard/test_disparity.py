"""Groups beside one another: against scipy and published examples, and silent where there are too few."""

from math import isnan

import pytest
from scipy.stats import binomtest, fisher_exact
from scipy.stats.contingency import relative_risk

from dashboard.disparity import Counted, _difference, disparity, fisher

PAIRS = [((56, 84), (120, 150)), ((15, 30), (400, 900)), ((12, 40), (10, 300)), ((99, 100), (50, 100))]


@pytest.mark.parametrize(("group", "other"), PAIRS)
def test_ratios_of_proportions_have_the_log_limits_of_scipy(group: tuple[int, int], other: tuple[int, int]) -> None:
    found = disparity(Counted(*group), Counted(*other), proportion=True, per=100)
    lower, upper = relative_risk(*group, *other).confidence_interval(0.95)
    assert found.ratio == pytest.approx((group[0] / group[1]) / (other[0] / other[1]))
    assert found.ratio_limits == pytest.approx((lower, upper))


@pytest.mark.parametrize(
    ("group", "other", "lower", "upper"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
     ((5, 56), (0, 29), -0.0381, 0.1926)],
)  # fmt: skip
def test_differences_of_proportions_have_the_limits_of_newcombe(
    group: tuple[int, int], other: tuple[int, int], lower: float, upper: float
) -> None:
    """Table II, method 10, of Newcombe 1998, Statistics in Medicine 17:873."""
    limits = _difference(Counted(*group), Counted(*other), True, 1)
    assert limits == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(("group", "other"), PAIRS)
def test_equality_of_proportions_is_tested_as_scipy_does(group: tuple[int, int], other: tuple[int, int]) -> None:
    table = [[group[0], group[1] - group[0]], [other[0], other[1] - other[0]]]
    assert fisher(Counted(*group), Counted(*other)) == pytest.approx(fisher_exact(table).pvalue)


def test_rates_are_compared_by_the_exact_conditional_test() -> None:
    """11/800 against 21/3011: ratio 1.971488 (0.858426 to 4.277266), p 0.07967 (R poisson.test)."""
    found = disparity(Counted(11, 800), Counted(21, 3011), proportion=False, per=1000)
    assert found.ratio == pytest.approx(1.971488, abs=1e-6)
    assert found.ratio_limits == pytest.approx((0.858426, 4.277266), abs=1e-6)
    assert found.p == pytest.approx(binomtest(11, 32, 800 / 3811).pvalue)


def test_a_difference_of_rates_squares_and_adds_the_limits_of_both() -> None:
    """20 in 1,000 and 10 in 1,000, exact limits 12.216520 to 30.888378 and 4.795389 to 18.390356 (R poisson.test)."""
    found = disparity(Counted(20, 1000), Counted(10, 1000), proportion=False, per=1000)
    lower = 10 - ((20 - 12.216520) ** 2 + (18.390356 - 10) ** 2) ** 0.5
    upper = 10 + ((30.888378 - 20) ** 2 + (10 - 4.795389) ** 2) ** 0.5
    assert found.difference_limits == pytest.approx((lower, upper), abs=1e-5)


@pytest.mark.parametrize(
    ("group", "other"),
    [((9, 100), (50, 100)), ((50, 100), (9, 100)), ((0, 100), (50, 100)), ((12, 9), (50, 100)), ((12, 0), (50, 100)),
     ((float("nan"), 100), (50, 100)), ((60, 50), (50, 100))],
)  # fmt: skip
def test_too_few_impossible_or_unknown_groups_are_not_compared(
    group: tuple[float, float], other: tuple[float, float]
) -> None:
    found = disparity(Counted(*group), Counted(*other), proportion=True, per=100)
    assert isnan(found.ratio)
    assert isnan(found.difference)
    assert isnan(found.p)


def test_everyone_else_is_the_whole_without_the_group() -> None:
    assert Counted(100, 1000).without(Counted(30, 200)) == Counted(70, 800)
