"""Where the next sites would help most, with the proof: maximal coverage, p-median and p-center."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from geo.access import Flags, Positions, check_minutes, check_threshold
from geo.distance import Array
from geo.siting_cover import farthest_least
from geo.siting_exact import cover_most, pay_least
from geo.siting_result import Goal, Siting, counted, nothing, told
from geo.siting_task import Progress, Task, in_order

__all__ = ["Goal", "Siting", "best_sites"]


def best_sites(
    minutes: ArrayLike,
    need: ArrayLike,
    *,
    count: int,
    goal: Goal = "coverage",
    threshold: ArrayLike = 30.0,
    open_already: Sequence[int] = (),
    time_limit: float = 60.0,
    progress: Progress | None = None,
) -> Siting:
    """The best `count` sites among the columns of minutes (n, k) for places with a need (n,).

    coverage: most need within the threshold (minutes, one for all or (n,)). mean: least need-weighted mean minutes.
    farthest: no place with a need farther than as few minutes as can be. Columns of `open_already` stay open and do
    not count. Fewer sites are given where more would add nothing. The order of rows and columns does not matter,
    except where two choices mirror each other in every minute and need. After `time_limit` seconds the best choice so
    far is given with its gap; `progress` is told the share done, and raising inside it cancels. ValueError for input
    that makes no sense.
    """
    asked = _Asked(*_checked(minutes, need), goal, _limits(goal, threshold, len(np.asarray(need))))
    candidates = _candidates(asked.minutes.shape[1], count, open_already)
    base = asked.minutes[:, list(open_already)].min(axis=1, initial=np.inf)
    hopeless = asked.out_of_reach()
    rows = np.flatnonzero((asked.need > 0) & ~hopeless)
    out_of_reach = tuple(int(at) for at in np.flatnonzero((asked.need > 0) & hopeless))
    if not len(rows):
        return nothing(goal, out_of_reach, "infeasible", "No candidate can help any place.")
    task, columns = asked.task(rows, candidates, base, count)
    task = replace(task, until=time.monotonic() + time_limit, progress=progress)
    task.done(0.0)
    choice = {"coverage": cover_most, "mean": pay_least, "farthest": farthest_least}[goal](task)
    task.done(1.0)
    need_in_all = float(asked.need[rows].sum())
    return told(task, choice, goal=goal, columns=columns.tolist(), need=need_in_all, out_of_reach=out_of_reach)


@dataclass(frozen=True)
class _Asked:
    minutes: Array
    need: Array
    goal: Goal
    limits: Array

    def out_of_reach(self) -> Flags:
        """Places that no site at all can help, (n,)."""
        nearest = self.minutes.min(axis=1)
        return nearest > self.limits if self.goal == "coverage" else np.isinf(nearest)

    def task(self, rows: Positions, columns: Positions, base: Array, count: int) -> tuple[Task, Positions]:
        """The task in an order of its own, and its columns as they were asked; weights are 1 on average."""
        cost, base, need = self.minutes[np.ix_(rows, columns)], base[rows], self.need[rows]
        down, across = in_order(cost, need, base)
        if self.goal == "coverage":
            cost, base = (cost > self.limits[rows, None]).astype(float), (base > self.limits[rows]).astype(float)
        need = need[down]
        task = Task(cost[np.ix_(down, across)], need / need.mean(), base[down], count, worst=self.goal == "farthest")
        return (counted(task) if self.goal == "mean" else task), columns[across]


def _checked(minutes: ArrayLike, need: ArrayLike) -> tuple[Array, Array]:
    table, needs = check_minutes(minutes), np.asarray(need, dtype=float)
    if needs.shape != (len(table),):
        raise ValueError(f"{needs.size} needs for {len(table)} places: each place needs one.")
    if not (np.isfinite(needs) & (needs >= 0)).all():
        at = int(np.flatnonzero(~(np.isfinite(needs) & (needs >= 0)))[0])
        raise ValueError(
            f"The need of place {at + 1} is {needs[at]:g}: it must be 0 or more. Leave out what is absent."
        )
    if not needs.sum() > 0:
        raise ValueError("No place has any need, so no site can be better than another.")
    return table, needs


def _limits(goal: str, threshold: ArrayLike, places: int) -> Array:
    if goal not in get_args(Goal):
        raise ValueError(f"There is no goal '{str(goal)[:40]}'. Known: {', '.join(get_args(Goal))}.")
    limits = check_threshold(threshold)
    if limits.shape not in ((), (places,)):
        raise ValueError(f"{limits.size} thresholds for {places} places: one for all, or one for each.")
    return np.broadcast_to(limits, (places,))


def _candidates(sites: int, count: int, open_already: Sequence[int]) -> Positions:
    """The columns that may be chosen; ValueError when there are fewer than are to be chosen."""
    if any(not 0 <= site < sites for site in open_already):
        raise ValueError(f"Sites open already are columns 0 to {sites - 1} of the minutes.")
    candidates = np.setdiff1d(np.arange(sites), np.array(open_already, dtype=np.int64))
    if count != int(count) or not 1 <= count <= len(candidates):
        raise ValueError(f"{count} sites cannot be chosen: choose 1 to {len(candidates)} among the candidates.")
    return candidates
