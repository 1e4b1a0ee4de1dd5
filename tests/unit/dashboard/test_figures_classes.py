"""A map's classes have round limits, and every area has the character of what it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.classes import class_breaks, classify
from dashboard.figures.palette import FILLS

NAN = np.nan


def test_a_hundred_even_numbers_fall_into_five_equal_classes():
    assert class_breaks(np.arange(1, 101)) == (20, 40, 60, 80)


def test_limits_are_round_numbers():
    rates = np.random.default_rng(7).gamma(6, 4.13, 351)
    limits = class_breaks(rates)
    assert len(limits) == 4
    assert all(limit == int(limit) for limit in limits)


def test_few_different_numbers_give_fewer_classes():
    assert class_breaks([3, 3, 3]) == ()
    assert len(class_breaks([1, 1, 1, 9, 9])) == 1
    assert class_breaks([]) == ()
    assert class_breaks([0, 0, NAN]) == ()


def test_every_area_has_the_character_of_what_it_is():
    values = [0, 5, 15, 25, 35, 45, NAN, NAN, NAN, NAN, NAN]
    states = ["value"] * 4 + ["unstable"] + ["value", "unstable", "suppressed", "not_reported", "value", ""]
    found = classify(values, states, breaks=(10, 20, 30, 40))
    assert found.codes == "012345usnc "


def test_the_legend_says_what_the_classes_are():
    values = [0, 5.5, 15.5, 25.5, NAN, NAN, NAN]
    states = ["value"] * 4 + ["unstable", "suppressed", "not_reported"]
    found = classify(values, states, breaks=(12, 18, 24, 31))
    assert [(entry.code, entry.label) for entry in found.legend] == [
        ("0", "none"),
        ("1", "under 12"),
        ("2", "12 to 18"),
        ("3", "18 to 24"),
        ("4", "24 to 31"),
        ("5", "31 and more"),
        ("u", "fewer than 10: too few for a rate"),
        ("s", "hidden to protect people"),
        ("n", "not reported"),
    ]
    assert [entry.areas for entry in found.legend] == [1, 1, 1, 0, 1, 0, 1, 1, 1]


def test_whole_numbers_leave_nothing_open_between_classes():
    found = classify([2, 5, 7, 10, 12], ["value"] * 5, breaks=(5, 10))
    assert [entry.label for entry in found.legend] == ["under 5", "5 to 9", "10 and more"]
    assert found.codes == "13355"


def test_one_class_is_named_by_its_ends():
    assert [entry.label for entry in classify([3.0, 3.0], ["value"] * 2).legend] == ["3"]


def test_a_map_without_any_number_still_has_a_legend():
    found = classify([NAN, NAN], ["not_reported", "suppressed"])
    assert found.codes == "ns"
    assert [entry.label for entry in found.legend] == ["hidden to protect people", "not reported"]


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=60))
def test_limits_rise_and_leave_no_class_empty(values):
    limits = class_breaks(values)
    assert list(limits) == sorted(set(limits))
    steps = np.searchsorted(limits, values, side="right")
    assert set(steps.tolist()) == set(range(len(limits) + 1))


@given(st.lists(st.one_of(st.just(0.0), st.floats(0.5, 500)), min_size=1, max_size=60))
def test_each_area_has_one_character_that_has_a_fill(values):
    codes = classify(values, ["value"] * len(values)).codes
    assert len(codes) == len(values)
    assert set(codes) <= set(FILLS)


@pytest.mark.parametrize("states", [["value"], ["suppressed"]])
def test_a_hidden_area_never_gets_a_class(states):
    found = classify([NAN], states)
    assert found.codes in "cs"
