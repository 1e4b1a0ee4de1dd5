"""How far a count may lie from what is expected by chance alone."""

import math

import numpy as np
import pytest

from geo.funnel import FAR, beyond, limits


def chance(expected: float, most: int) -> float:
    """P(X <= most), summed term by term."""
    return sum(math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(most + 1))


@pytest.mark.parametrize("level", [0.95, FAR])
@pytest.mark.parametrize("expected", [0.3, 2.0, 10.0, 57.3])
def test_limits_leave_at_most_half_of_the_rest_on_each_side(expected: float, level: float) -> None:
    (low,), (high,) = limits([expected], level)
    tail = (1 - level) / 2
    assert chance(expected, int(low) - 1) < tail <= chance(expected, int(low))
    assert chance(expected, int(high) - 1) < 1 - tail <= chance(expected, int(high))


def test_ten_expected_allow_four_to_seventeen() -> None:
    assert limits(10.0) == (4, 17)


def test_only_counts_outside_are_beyond() -> None:
    assert beyond([3, 4, 17, 18], np.full(4, 10.0)).tolist() == [-1, 0, 0, 1]
    assert beyond([18], [10.0], FAR).tolist() == [0]


def test_nothing_expected_allows_nothing() -> None:
    assert limits(0.0) == (0, 0)
    assert beyond([0, 1], [0.0, 0.0]).tolist() == [0, 1]


def test_what_is_not_known_is_not_judged() -> None:
    low, high = limits([np.nan, 10])
    assert np.isnan([low[0], high[0]]).all()
    assert beyond([5, np.nan], [np.nan, 10]).tolist() == [0, 0]


@pytest.mark.parametrize(("expected", "level"), [(-1.0, 0.95), (1.0, 0.0), (1.0, 1.0)])
def test_nonsense_is_refused(expected: float, level: float) -> None:
    with pytest.raises(ValueError, match=r"negative|between 0 and 1"):
        limits([expected], level)
