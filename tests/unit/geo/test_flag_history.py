"""What becomes of a flagged place."""

import numpy as np
import pytest

from geo.flag_history import classify

ENOUGH = 9.0


def of(flags: str, events: list[float] | None = None) -> str:
    """The class of one place; flags as x and -, oldest period first."""
    marks = [[mark == "x"] for mark in flags]
    return classify(marks, [[value] for value in events or [ENOUGH] * len(flags)])[0]


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        ("-----", "never"),
        ("----x", "new"),
        ("xxxxx", "persistent"),
        ("xx--x", "persistent"),
        ("x---x", "sporadic"),
        ("-x---", "sporadic"),
        ("xxxx-", "cooling"),
        ("--xx-", "cooling"),
        ("xx", "persistent"),
        ("x-", "cooling"),
        ("-x", "new"),
    ],
)
def test_a_history_has_its_word(flags: str, name: str) -> None:
    assert of(flags) == name


def test_one_period_is_no_history() -> None:
    assert of("x") == of("-") == "not enough data"


def test_a_flag_needs_five_events_of_the_place_itself() -> None:
    assert of("--x", [9, 9, 4]) == "not enough data"
    assert of("--x", [9, 9, 5]) == "new"
    assert of("xxx", [9, 9, 4]) == "cooling"


def test_few_events_in_all_are_not_enough() -> None:
    assert of("---", [1, 1, 2]) == "not enough data"
    assert of("---", [1, 2, 2]) == "never"
    assert of("---", [0, 0, 0]) == "not enough data"


def test_a_period_that_was_not_reported_is_neither_flag_nor_its_absence() -> None:
    assert of("xx-x", [9, 9, np.nan, 9]) == "persistent"
    assert of("x--x", [9, np.nan, np.nan, 9]) == "persistent"
    assert of("xxx-", [9, 9, 9, np.nan]) == "not enough data"
    assert of("--x", [np.nan, np.nan, 9]) == "not enough data"


def test_many_places_are_classed_at_once() -> None:
    flags = np.array([[False, True, True], [True, True, False]])
    assert classify(flags, np.full((2, 3), ENOUGH)) == ["new", "persistent", "cooling"]


def test_tables_of_different_shape_and_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="one table"):
        classify([[True]], [[1, 2]])
    with pytest.raises(ValueError, match="one table"):
        classify(np.zeros((0, 3)), np.zeros((0, 3)))
    with pytest.raises(ValueError, match="negative"):
        classify([[True]], [[-1]])
