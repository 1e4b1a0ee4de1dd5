"""Rates and intervals agree with published figures and with independent programs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2

from dashboard.comparison import compare, rate_ratio
from dashboard.rates import byar, crude, estimate, fay_feuer, garwood, wilson

ESP2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500,
           1000]  # fmt: skip
UKHSA_COUNTS = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
UKHSA_POPULATIONS = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207]


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [
        (0, 0, 3.688879),
        (1, 0.025318, 5.571643),
        (3, 0.618672, 8.767273),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
        (20, 12.216520, 30.888378),
        (100, 81.363991, 121.626794),
    ],
)
def test_garwood_limits_are_those_of_r_poisson_test(events, lower, upper):
    found = garwood([events])
    assert found[0][0] == pytest.approx(lower, abs=1e-6)
    assert found[1][0] == pytest.approx(upper, abs=1e-6)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(65, 50.163188, 82.849139), (1045, 982.593202, 1110.331213), (1, 0.013072, 5.563756)],
)
def test_byar_limits_are_those_of_the_ukhsa_test_file(events, lower, upper):
    found = byar([events])
    assert found[0][0] == pytest.approx(lower, abs=1e-6)
    assert found[1][0] == pytest.approx(upper, abs=1e-6)


def test_an_absent_or_impossible_count_has_no_limits():
    for limits in (garwood([np.nan, -1]), byar([np.nan, -1]), wilson([np.nan, -1, 4, 0], [9, 9, 3, 0])):
        assert np.isnan(limits).all()


def test_wilson_limits_are_those_newcombe_published():
    lower, upper = wilson([81, 15, 0, 1], [263, 148, 20, 29])
    assert lower == pytest.approx([0.2553, 0.0624, 0, 0.0061], abs=5e-5)
    assert upper == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_a_standardised_rate_with_its_fay_feuer_limits():
    found = fay_feuer([1, 3, 10, 30], [10_000, 8_000, 6_000, 4_000], [0.3, 0.3, 0.25, 0.15], 100_000)
    assert found == pytest.approx((168.4166667, 122.3052526, 226.6294407), abs=1e-6)


def test_the_ukhsa_standardised_rate_and_both_kinds_of_limits():
    found = fay_feuer(UKHSA_COUNTS, UKHSA_POPULATIONS, ESP2013, 10_000)
    assert found == pytest.approx((1043.024799, 971.842596, 1118.810535), abs=1e-5)
    share = np.array(ESP2013) / sum(ESP2013) / np.array(UKHSA_POPULATIONS)
    total, spread = sum(UKHSA_COUNTS), np.sqrt((share**2 * UKHSA_COUNTS).sum())
    dobson = [found[0] + 10_000 * spread / np.sqrt(total) * (limit[0] - total) for limit in byar([total])]
    assert dobson == pytest.approx([971.770907, 1117.894092], abs=1e-5)


def test_standardising_many_places_is_standardising_each():
    both = fay_feuer([UKHSA_COUNTS, [0] * 19], [UKHSA_POPULATIONS] * 2, ESP2013, 10_000)
    assert [column[0] for column in both] == pytest.approx(fay_feuer(UKHSA_COUNTS, UKHSA_POPULATIONS, ESP2013, 10_000))
    assert (both[0][1], both[1][1]) == (0, 0)
    # With no events the upper limit is that of 0 events in the stratum whose people weigh most: 273 people stand for
    # 5.5% of the standard.
    assert both[2][1] == pytest.approx(3.688879 * 0.055 / 273 * 10_000, rel=1e-6)


def test_rate_ratios_agree_with_published_figures():
    assert rate_ratio(11, 800, 21, 3011) == pytest.approx((1.971488, 0.858426, 4.277266, 0.07967), abs=1e-5)
    assert rate_ratio(41, 80_990, 62, 81_234)[:3] == pytest.approx((0.663283, 0.435810, 0.999983), abs=1e-6)
    assert rate_ratio(41, 80_990, 62, 81_234).p == pytest.approx(0.0483, abs=5e-5)


@given(st.integers(0, 80), st.integers(0, 3000), st.floats(0.01, 0.99))
def test_the_p_value_of_a_rate_ratio_is_that_of_scipy(a, b, share):
    if a + b:
        assert rate_ratio(a, share, b, 1 - share).p == pytest.approx(binomtest(a, a + b, share).pvalue, rel=1e-6)


def test_a_rate_ratio_of_nothing_is_absent():
    assert np.isnan(rate_ratio(0, 10, 0, 10)).all()
    assert np.isnan(rate_ratio(np.nan, 10, 3, 10)).all()
    assert np.isnan(rate_ratio(3, 10, 3, 0)).all()


def test_only_an_interval_that_leaves_out_one_is_called_higher_or_lower():
    assert compare(62, 81_234, 41, 80_990).verdict == "higher"
    assert compare(41, 80_990, 62, 81_234).verdict == "lower"
    assert compare(11, 800, 21, 3011).verdict == "no clear difference"
    assert compare(0, 10, 0, 10).verdict == "no clear difference"


def test_a_comparison_with_few_events_says_so():
    assert compare(9, 1000, 500, 100_000).few
    assert not compare(10, 1000, 500, 100_000).few
    assert not compare(0, 1000, 500, 100_000).few


def test_a_crude_rate_is_numerator_over_denominator_times_per():
    # Boston 2018 by residence: 181 deaths among 675,647 residents of 2020.
    assert crude([181], [675_647], 100_000)[0] == pytest.approx(26.789, abs=1e-3)
    assert np.isnan(crude([3, np.nan, 3], [0, 10, np.nan], 100)).all()


counts = st.integers(10, 5_000)


@given(counts, st.integers(1_000, 10_000_000))
def test_an_interval_holds_its_rate_and_scales_with_per(events, people):
    each, per_thousand = (estimate("rate", [events], [people], per, ["value"]) for per in (1, 1_000))
    assert each.lower[0] < each.rate[0] < each.upper[0]
    for name in ("rate", "lower", "upper"):
        assert getattr(per_thousand, name)[0] == pytest.approx(1_000 * getattr(each, name)[0])


@given(counts, st.integers(1, 1_000))
def test_fewer_events_make_a_relatively_wider_interval(events, more):
    (lower, upper), x = garwood([events, events + more]), np.array([events, events + more])
    width = (upper - lower) / x
    assert width[0] > width[1]


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_proportions_interval_holds_it_and_stays_between_0_and_1(part, rest):
    lower, upper = wilson([part], [part + rest])
    assert 0 <= lower[0] <= part / (part + rest) <= upper[0] <= 1


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=50))
def test_columns_give_the_same_limits_as_single_counts(events):
    lower, upper = garwood(events)
    x = np.array(events, dtype=float)
    assert upper == pytest.approx(chi2.ppf(0.975, 2 * x + 2) / 2)
    assert lower[x > 0] == pytest.approx(chi2.ppf(0.025, 2 * x[x > 0]) / 2)
