"""The farthest place as near as can be, proved by covering all places with sites."""

from __future__ import annotations

import numpy as np

from geo.access import Flags, Positions
from geo.siting_exact import IMPOSSIBLE, Choice, chosen_of, counting, solved
from geo.siting_task import Task, exchanged, greedy, near_within

MOST_COMPARED = 4000


def farthest_least(task: Task) -> Choice:
    """The choice whose farthest place is nearest (p-center), by bisection over sets that cover within a distance.

    No sites, and `fewest`, where the count cannot reach every place at all.
    """
    reach = np.minimum(task.base, task.cost.min(axis=1))
    least = float(reach.max())
    values = np.unique(np.concatenate([task.cost[np.isfinite(task.cost)], task.base[np.isfinite(task.base)]]))
    values = values[values >= least]
    best: list[int] | None = exchanged(task, greedy(task))
    if not np.isfinite(task.paid(best or []).max()):
        best, _ = _covering(task, float(values[-1]), most=task.count)
    if best is None:
        needed, decided = _covering(task, float(values[-1]), most=task.cost.shape[1])
        return Choice([], least, fewest=len(needed or ()) if decided else 0)
    low, high, proved = 0, int(np.searchsorted(values, task.paid(best).max())), least
    while low < high:
        task.done(1 - (high - low) / len(values))
        middle = (low + high) // 2
        found, decided = _covering(task, float(values[middle]), most=task.count)
        if not decided:
            break
        if found is None:
            low = middle + 1
            proved = float(values[low])
        else:
            best = found
            high = int(np.searchsorted(values, task.paid(found).max()))
    return Choice(near_within(task, float(values[high]), best), proved)


def _covering(task: Task, limit: float, *, most: int) -> tuple[list[int] | None, bool]:
    """The fewest sites within `limit` of every place, None if more than `most` are needed; and whether that is sure."""
    from scipy import sparse

    beyond = task.base > limit
    if not beyond.any():
        return [], True
    within = task.cost[beyond] <= limit
    columns, rows = _not_spared(within)
    table = sparse.csr_array(within[np.ix_(rows, columns)].astype(float))
    k = len(columns)
    result = solved(
        np.ones(k),
        whole=np.ones(k, dtype=bool),
        rows=[(table, 1, np.inf), (counting(k, 0), 0, most)],
        task=task,
    )
    chosen = [int(columns[at]) for at in chosen_of(result, k)]
    if chosen and within[:, chosen].any(axis=1).all():
        return chosen, True
    return None, result.status == IMPOSSIBLE


def _not_spared(within: Flags) -> tuple[Positions, Positions]:
    """The columns and rows that decide: without places covered whenever another is, and sites that cover no more than
    another. Left whole where comparing all with all would take more memory than it spares time."""
    rows, columns = np.arange(len(within)), np.arange(within.shape[1])
    if max(within.shape) <= MOST_COMPARED:
        rows = rows[_smallest(within)]
        columns = columns[_smallest(~within[rows].T)]
    return columns, rows


def _smallest(sets: Flags) -> Flags:
    """True for each row, a set of columns, that holds no other row's set; of equal ones the first."""
    holding = sets.astype(np.float32)
    sizes = holding.sum(axis=1)
    holds = holding @ holding.T == sizes[None, :]
    earlier = np.arange(len(sets))[None, :] < np.arange(len(sets))[:, None]
    other = (sizes[None, :] < sizes[:, None]) | ((sizes[None, :] == sizes[:, None]) & earlier)
    return ~(holds & other).any(axis=1)
