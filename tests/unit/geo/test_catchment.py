"""Enhanced two-step floating catchment: against PySAL access, against loops, and by its own identity."""

import numpy as np
import pytest

from geo.catchment import floating_catchment

STEPS = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
MINUTES = np.array(
    [[5, 12, 30, 45], [10, 20, 20.5, 31], [3, 3, 28, 60], [25, 40, 10, 9], [33, 34, 35, 90]], dtype=float
)
SUPPLY = np.array([40.0, 16.0, 8.0, 100.0])
PEOPLE = np.array([1200.0, 300.0, 0.0, 4500.0, 80.0])


def weight(minutes: float) -> float:
    return next((share for limit, share in STEPS if minutes <= limit), 0.0)


def by_loops(supply: np.ndarray, people: np.ndarray, minutes: np.ndarray) -> list[float]:
    ratios = []
    for j in range(len(supply)):
        demand = sum(people[k] * weight(minutes[k, j]) for k in range(len(people)))
        ratios.append(supply[j] / demand if demand else 0.0)
    return [sum(ratios[j] * weight(minutes[i, j]) for j in range(len(supply))) for i in range(len(people))]


def test_agrees_with_pysal_access() -> None:
    # access 1.1.10, fca.two_stage_fca with weights.step_fn({10: 1, 20: .68, 30: .22}).
    expected = [0.027095312928733566, 0.027095312928733566, 0.03211492077187082, 0.027412673468199925, 0.0]
    assert floating_catchment(SUPPLY, PEOPLE, MINUTES) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_loops_and_hands_out_exactly_the_supply_in_reach(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, 12, 2)
    minutes = np.where(rng.random((n, m)) < 0.1, np.inf, rng.uniform(0, 50, (n, m)).round())
    supply, people = rng.integers(0, 9, m).astype(float), rng.integers(0, 3, n) * 1000.0
    found = floating_catchment(supply, people, minutes)
    assert found == pytest.approx(by_loops(supply, people, minutes), rel=1e-12)
    in_reach = [any(minutes[i, j] <= 30 and people[i] for i in range(n)) for j in range(m)]
    assert people @ found == pytest.approx(supply[in_reach].sum())


def test_a_place_without_people_has_access_but_takes_none_away() -> None:
    found = floating_catchment([10.0], [0.0, 100.0], [[5.0], [15.0]])
    # 10 / (100 x 0.68) for each person, weighed 1 and 0.68.
    assert found == pytest.approx([10 / 68, 10 / 100])


def test_nobody_anywhere_and_nothing_in_reach_are_nought() -> None:
    assert floating_catchment([10.0], [0.0], [[5.0]]).tolist() == [0]
    assert floating_catchment([10.0], [50.0], [[31.0]]).tolist() == [0]


def test_permuting_places_and_sites_permutes_access() -> None:
    rows, columns = [3, 1, 4, 0, 2], [2, 0, 3, 1]
    found = floating_catchment(SUPPLY[columns], PEOPLE[rows], MINUTES[np.ix_(rows, columns)])
    assert found == pytest.approx(floating_catchment(SUPPLY, PEOPLE, MINUTES)[rows], rel=1e-12)


def test_other_steps_are_other_weights() -> None:
    assert floating_catchment([6.0], [2.0, 1.0], [[50.0], [61.0]], steps=((60, 0.5),)) == pytest.approx([3.0, 0.0])


@pytest.mark.parametrize(
    ("supply", "people", "steps", "fault"),
    [
        ([1.0, 2.0], [5.0], STEPS, "2 numbers for 1"),
        ([-1.0], [5.0], STEPS, "supply number 1 is -1"),
        ([1.0], [np.nan], STEPS, "population number 1 is nan"),
        ([1.0], [5.0], (), "minutes above 0 that rise"),
        ([1.0], [5.0], ((20, 1), (10, 0.5)), "minutes above 0 that rise"),
        ([1.0], [5.0], ((10, 0.5), (20, 1)), "do not rise"),
        ([1.0], [5.0], ((10, 2.0),), "at most 1"),
    ],
)
def test_input_that_makes_no_sense_is_refused(supply: list, people: list, steps: tuple, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        floating_catchment(supply, people, [[5.0]], steps=steps)


def test_no_sites_are_told() -> None:
    with pytest.raises(ValueError, match="no site"):
        floating_catchment([], [5.0], np.zeros((1, 0)))
