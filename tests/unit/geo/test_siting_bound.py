"""What relaxation rules out may indeed be left out."""

from itertools import combinations

import numpy as np
import pytest

from geo import siting_bound
from geo.siting_bound import lagrangian
from geo.siting_task import Task, exchanged, greedy


def random_task(seed: int) -> Task:
    rng = np.random.default_rng(seed)
    return Task(rng.uniform(1, 60, (20, 9)), rng.uniform(0.1, 3, 20), rng.uniform(20, 90, 20), 3)


def every_choice(task: Task) -> list[tuple[tuple[int, ...], float]]:
    return [(some, float(task.value(task.paid(some)))) for some in combinations(range(9), task.count)]


@pytest.mark.parametrize("seed", range(10))
def test_no_choice_is_below_the_bound_nor_uses_what_is_ruled_out(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a middling choice that is not improved on the way, so that better ones must survive."""
    monkeypatch.setattr(siting_bound._Climb, "_try", lambda *_: None)
    task = random_task(seed)
    ranked = sorted(every_choice(task), key=lambda one: one[1])
    bound = lagrangian(task, list(ranked[6][0]))
    assert bound.value <= ranked[0][1] + 1e-9
    for sites, _ in ranked[:6]:
        assert bound.sites[list(sites)].all()
        assert set(np.flatnonzero(bound.sure)) <= set(sites)
        costs = np.column_stack([task.cost[:, sites], task.base])
        allowed = np.column_stack([bound.journeys[:, sites], bound.journeys[:, -1]])
        assert allowed[np.arange(20), costs.argmin(axis=1)].all()


def test_it_rules_something_out_and_comes_close_to_the_best() -> None:
    ruled_out = 0
    for seed in range(10):
        task = random_task(seed)
        best = min(value for _, value in every_choice(task))
        bound = lagrangian(task, exchanged(task, greedy(task)))
        assert bound.value >= 0.9 * best
        ruled_out += int((~bound.sites).sum())
    assert ruled_out > 0


def test_exchanging_sites_never_makes_it_worse() -> None:
    for seed in range(10):
        task = random_task(seed)
        start = greedy(task)
        assert task.value(task.paid(exchanged(task, start))) <= task.value(task.paid(start))
