"""What is shown, what is flagged and what is held back: the four states of an estimate."""

import numpy as np
import pytest

from dashboard.rates import Reliability, estimate

NAN = np.nan


def one(kind, numerator, denominator, per=100, state="value", **rules):
    found = estimate(kind, [numerator], [denominator], per, [state], rules=Reliability(**rules))
    return found.rate[0], found.lower[0], found.upper[0], found.state[0]


def shown(numbers):
    return [None if np.isnan(number) else round(float(number), 3) for number in numbers]


def test_zero_is_a_value_with_an_upper_limit():
    *numbers, state = one("rate", 0, 10_000, 10_000)
    assert shown(numbers) == [0, 0, 3.689]
    assert state == "value"


@pytest.mark.parametrize("events", [1, 5, 9])
def test_a_rate_of_one_to_nine_events_is_not_shown(events):
    *numbers, state = one("rate", events, 1_000)
    assert shown(numbers) == [None] * 3
    assert state == "unstable"


@pytest.mark.parametrize(("events", "state"), [(10, "unstable"), (19, "unstable"), (20, "value"), (400, "value")])
def test_a_rate_of_ten_to_nineteen_events_is_flagged(events, state):
    rate, lower, upper, found = one("rate", events, 1_000)
    assert lower < rate < upper
    assert found == state


def test_an_unknown_population_leaves_counts_only():
    assert shown(one("rate", 25, NAN)[:3]) == [None] * 3
    assert one("rate", 25, NAN)[3] == "value"
    assert one("rate", 3, NAN)[3] == "value"


def test_a_population_of_nobody_gives_no_rate_and_no_warning():
    assert shown(one("rate", 0, 0)[:3]) == [None] * 3
    assert shown(one("proportion", 0, 0)[:3]) == [None] * 3
    assert shown(one("ratio", 25, 0)[:3]) == [None] * 3


@pytest.mark.parametrize("kind", ["rate", "proportion", "ratio", "count", "stock", "money", "days"])
@pytest.mark.parametrize("state", ["suppressed", "not_reported"])
def test_hidden_and_unreported_pass_through_without_a_number(kind, state):
    assert shown(one(kind, NAN, 100, state=state)[:3]) == [None] * 3
    assert one(kind, NAN, 100, state=state)[3] == state
    assert shown(one(kind, 40, 100, state=state)[:3]) == [None] * 3, "a hidden number must not come out as a rate"


def test_an_absent_number_is_never_called_a_value():
    assert one("count", NAN, NAN)[3] == "not_reported"
    assert one("rate", NAN, 1_000)[3] == "not_reported"


@pytest.mark.parametrize(
    ("part", "whole", "has_rate", "state"),
    [
        (0, 4, True, "value"),
        (3, 4, False, "unstable"),
        (9, 200, False, "unstable"),
        (10, 29, True, "unstable"),
        (10, 30, True, "value"),
    ],
)
def test_a_proportion_needs_events_and_trials(part, whole, has_rate, state):
    rate, lower, upper, found = one("proportion", part, whole)
    assert np.isfinite([rate, lower, upper]).all() == has_rate
    assert found == state


def test_a_part_larger_than_its_whole_is_a_fault_and_not_a_percentage():
    found = estimate("proportion", [31, 30, NAN], [30, 30, 30], 100, ["value", "value", "suppressed"])
    assert found.faults.tolist() == [True, False, False]
    assert shown(found.rate) == [None, 100, None]


def test_negative_terms_are_faults():
    found = estimate("rate", [-1, 40, 40], [100, -100, 100], 1, ["value"] * 3)
    assert found.faults.tolist() == [True, True, False]


def test_a_ratio_has_no_interval_and_needs_ten_of_each():
    assert shown(one("ratio", 10_536, 5_634, per=1)[:3]) == [1.87, None, None]
    assert shown(one("ratio", 9, 500, per=1)[:1]) == [None]
    assert shown(one("ratio", 500, 3, per=1)[:1]) == [None]
    assert one("ratio", 500, 12, per=1)[3] == "unstable"


@pytest.mark.parametrize("kind", ["count", "stock", "money", "days"])
def test_counts_stocks_money_and_days_have_no_rate(kind):
    assert shown(one(kind, 3, 100)[:3]) == [None] * 3
    assert one(kind, 3, 100)[3] == "value"


def test_a_coalition_may_set_its_own_thresholds():
    assert one("rate", 5, 1_000, minimum_events=5, unstable_below=16)[3] == "unstable"
    assert shown(one("rate", 5, 1_000, minimum_events=5)[:1]) == [0.5]
    assert one("rate", 16, 1_000, unstable_below=16)[3] == "value"


def test_no_areas_is_no_error():
    assert estimate("rate", [], [], 1, []).state == []
