"""Choosing sites as arithmetic: a table of costs, and the quick search that starts the exact one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.access import Positions
from geo.distance import Array

Progress = Callable[[float], None]
SLACK = 1e-9


@dataclass(frozen=True)
class Task:
    """Choose at most `count` of k columns so that places pay least.

    A place pays its least cost among chosen columns and `base` (what it pays to sites open already): the weighted sum
    over places counts, or with `worst` the largest. cost (n, k), weight (n,), base (n,). `until` is a time of
    time.monotonic(); `progress` is told the share done, and raising inside it cancels.
    """

    cost: Array
    weight: Array
    base: Array
    count: int
    worst: bool = False
    until: float = np.inf
    progress: Progress | None = None

    def seconds_left(self) -> float:
        """Seconds that may still be used; never quite 0, which a solver takes as no limit."""
        return max(self.until - time.monotonic(), 0.001)

    def done(self, share: float) -> None:
        """Tell how far the work is."""
        if self.progress:
            self.progress(share)

    def paid(self, sites: Sequence[int]) -> Array:
        """What each place pays with these sites, (n,)."""
        if not len(sites):
            return self.base.copy()
        return np.minimum(self.base, self.cost[:, list(sites)].min(axis=1))

    def value(self, paid: Array) -> Array:
        """What is made small, of costs (n,) or (n, k): one number, or one for each column."""
        return np.asarray(paid.max(axis=0) if self.worst else self.weight @ paid)


def in_order(minutes: Array, need: Array, base: Array) -> tuple[Positions, Positions]:
    """An order of rows and of columns that depends on their numbers alone, so that answers do not on how they came.

    Rows by need, minutes to what is open already and sorted minutes; columns by their minutes in that order of rows.
    """
    rows = np.lexsort((*np.sort(minutes, axis=1).T[::-1], base, need))
    return rows, np.lexsort(minutes[rows][::-1])


def added_one_by_one(task: Task, sites: Sequence[int]) -> tuple[list[int], list[float]]:
    """The sites in the order in which each adds most, and the values from before the first to after the last."""
    left, paid = sorted(sites), task.base.copy()
    order: list[int] = []
    values = [float(task.value(paid))]
    while left:
        after = np.minimum(paid[:, None], task.cost[:, left])
        best = np.lexsort((task.weight @ after, task.value(after)))[0]
        site = left.pop(int(best))
        paid = np.minimum(paid, task.cost[:, site])
        order.append(site)
        values.append(float(task.value(paid)))
    return order, values


def greedy(task: Task, sites: Sequence[int] = ()) -> list[int]:
    """`sites` and then, until there are enough, the one that helps most."""
    chosen, paid = list(sites), task.paid(sites)
    while len(chosen) < task.count:
        site = int(task.value(np.minimum(paid[:, None], task.cost)).argmin())
        if site in chosen:
            break
        chosen.append(site)
        paid = np.minimum(paid, task.cost[:, site])
    return chosen


def exchanged(task: Task, sites: Sequence[int]) -> list[int]:
    """The sites after exchanging one for another as long as that helps (Teitz and Bart 1968)."""
    chosen = list(sites)
    best = float(task.value(task.paid(chosen)))
    improved = True
    while improved and time.monotonic() < task.until:
        improved = False
        for at in range(len(chosen)):
            rest = task.paid(chosen[:at] + chosen[at + 1 :])
            values = task.value(np.minimum(rest[:, None], task.cost))
            site = int(values.argmin())
            if values[site] < best - SLACK * max(1.0, abs(best)):
                chosen[at], best, improved = site, float(values[site]), True
    return chosen


def near_within(task: Task, limit: float, sites: Sequence[int]) -> list[int]:
    """Sites that keep every place within `limit`, like those given, and of such choices one with a low mean."""
    forbidden = 1e6 * max(limit, 1.0)
    mean = replace(
        task,
        cost=np.where(task.cost <= limit, task.cost, forbidden),
        base=np.where(task.base <= limit, task.base, forbidden),
        worst=False,
    )
    return exchanged(mean, greedy(mean, sites))
