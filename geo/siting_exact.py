"""The best choice of sites, proved: integer programmes solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.distance import Array
from geo.siting_bound import Bound, lagrangian
from geo.siting_task import SLACK, Task, exchanged, greedy

PROVED, UNDECIDED, IMPOSSIBLE = 0, 1, 2
"""Ends of scipy.optimize.milp; any other is an error."""


@dataclass(frozen=True)
class Choice:
    """Columns chosen, and a bound that no choice goes below. `fewest`: how many sites a possible choice would need."""

    sites: list[int]
    bound: float
    fewest: int = 0


def cover_most(task: Task) -> Choice:
    """Costs of 0 (within) and 1 (beyond): the choice that leaves least weight beyond (Church and ReVelle 1974)."""
    from scipy import sparse

    known = exchanged(task, greedy(task))
    beyond = np.flatnonzero(task.base > 0)
    k, n = task.cost.shape[1], len(beyond)
    if not n:
        return Choice(known, 0.0)
    covering = sparse.csr_array(np.hstack([task.cost[beyond] == 0, np.eye(n, dtype=bool)]), dtype=float)
    result = solved(
        np.concatenate([np.zeros(k), task.weight[beyond]]),
        whole=np.arange(k + n) < k,
        rows=[(covering, 1, np.inf), (counting(k, n), 0, task.count)],
        task=task,
    )
    return _better(task, known, chosen_of(result, k), _bound(result, 0.0))


def pay_least(task: Task) -> Choice:
    """The choice whose weighted sum of costs is least (p-median): what a bound leaves over is solved exactly."""
    bound = lagrangian(task, exchanged(task, greedy(task)))
    value = float(task.value(task.paid(bound.known)))
    if value - bound.value <= SLACK * max(1.0, abs(value)):
        return Choice(bound.known, bound.value)
    task.done(0.5)
    columns = np.flatnonzero(bound.sites)
    result = _journeys(task, bound)
    chosen = [int(columns[at]) for at in chosen_of(result, len(columns))]
    return _better(task, bound.known, chosen, max(bound.value, min(value, _bound(result, bound.value))))


def _journeys(task: Task, bound: Bound) -> Any:
    """Solve for the sites and journeys that the bound leaves over: x_j in {0, 1}, y_ij <= x_j, sum_j y_ij = 1."""
    from scipy import sparse

    columns = np.flatnonzero(bound.sites)
    k, n = len(columns), len(task.weight)
    costs = np.column_stack([task.cost[:, columns], task.base])
    place, site = np.nonzero(np.column_stack([bound.journeys[:, columns], bound.journeys[:, -1]]))
    each, chosen = np.arange(len(place)), site < k
    y = k + each
    assigned = sparse.csr_array((np.ones(len(place)), (place, y)), shape=(n, k + len(place)))
    linked = sparse.csr_array(
        (np.repeat([1.0, -1.0], chosen.sum()),
         (np.tile(np.arange(chosen.sum()), 2), np.concatenate([y[chosen], site[chosen]]))),
        shape=(int(chosen.sum()), k + len(place)),
    )  # fmt: skip
    least = np.concatenate([bound.sure[columns], np.zeros(len(place))])
    return solved(
        np.concatenate([np.zeros(k), task.weight[place] * costs[place, site]]),
        whole=np.arange(k + len(place)) < k,
        rows=[(assigned, 1, 1), (linked, -np.inf, 0), (counting(k, len(place)), 0, task.count)],
        task=task,
        least=least,
    )


def solved(costs: Array, *, whole: Any, rows: list[Any], task: Task, least: Array | float = 0.0) -> Any:
    """Minimise costs over variables between `least` and 1; every end but the three known ones is an error."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    result = milp(
        costs,
        integrality=whole.astype(int),
        bounds=Bounds(least, 1.0),
        constraints=[LinearConstraint(*row) for row in rows],
        options={"time_limit": task.seconds_left(), "mip_rel_gap": 0.0},
    )
    if result.status not in (PROVED, UNDECIDED, IMPOSSIBLE):
        raise RuntimeError(f"The solver ended with status {result.status}: {result.message}")
    return result


def counting(sites: int, others: int) -> Array:
    """The row of a table of constraints that counts the sites, which come before the other variables."""
    return np.concatenate([np.ones(sites), np.zeros(others)])[None, :]


def chosen_of(result: Any, sites: int) -> list[int]:
    """The sites of a solution; none where there is no solution."""
    return [] if result.x is None else [int(at) for at in np.flatnonzero(result.x[:sites] > 0.5)]


def _bound(result: Any, otherwise: float) -> float:
    """What the solver has proved that no choice goes below; it proves nothing of a task that it finds impossible."""
    proved = result.mip_dual_bound
    return otherwise if proved is None or not np.isfinite(proved) else float(proved)


def _better(task: Task, known: list[int], found: list[int], bound: float) -> Choice:
    """The better of two choices, whose value is worked out afresh and not taken from the solver."""
    values = [float(task.value(task.paid(sites))) for sites in (known, found)]
    return Choice(found if values[1] < values[0] - SLACK * max(1.0, values[0]) else known, min(bound, *values))
