"""Where the next sites would help most: what is found, and how sure that is, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from geo.siting_exact import Choice
from geo.siting_task import Task, added_one_by_one

Goal = Literal["coverage", "mean", "farthest"]
Status = Literal["optimal", "time limit", "infeasible"]
NO_ROAD_MINUTES = 120.0
"""What a place counts that cannot be reached from any chosen site, or the longest drive there is if that is more."""
PROOF = 1e-6
"""The largest gap, as a share, that is rounding."""
DIGITS = 12
BETTER = {
    "coverage": "brings more need within the threshold",
    "mean": "makes the mean minutes less",
    "farthest": "brings the farthest place nearer",
}


@dataclass(frozen=True)
class Siting:
    """The sites to open (positions of columns), the one that adds most first, and what each adds after those before.

    `before` and `objective`: without and with them: need within the threshold (coverage), need-weighted mean minutes
    (mean), minutes of the farthest place (farthest). `gains`: the part of that difference each site makes, never
    negative. No choice is better than `bound`; `gap` is the share by which one might be. `out_of_reach`: places (rows)
    with a need that no candidate can help: left out of mean and farthest. `certificate` says all of it in words.
    """

    goal: Goal
    sites: tuple[int, ...]
    gains: tuple[float, ...]
    before: float
    objective: float
    bound: float
    gap: float
    status: Status
    certificate: str
    out_of_reach: tuple[int, ...]


def told(
    task: Task, choice: Choice, *, goal: Goal, columns: Sequence[int], need: float, out_of_reach: tuple[int, ...]
) -> Siting:
    """What a choice means, worked out afresh from the minutes. `columns`: the position of each column of the task as it
    was asked; `need`: the whole need of the task's places, to which its weights are scaled back."""
    if task.worst and choice.fewest + len(choice.sites) == 0 and not np.isfinite(task.base).all():
        sentence = "The time was over before a choice was found that reaches every place."
        return nothing(goal, out_of_reach, "time limit", sentence)
    if choice.fewest:
        sentence = f"{task.count} sites cannot reach every place by road: at least {choice.fewest} are needed."
        return nothing(goal, out_of_reach, "infeasible", sentence)
    order, values = added_one_by_one(counted(task), choice.sites)
    *steps, bound = _in_asked_units(np.array([*values, choice.bound]), task, goal, need)
    gains = _rounded(np.abs(np.diff(steps)), max(map(abs, steps)))
    if goal != "farthest":
        helpful = [at for at, gain in enumerate(gains) if gain > 0]
        order, gains = [order[at] for at in helpful], gains[helpful]
    gap = _gap(steps[-1], bound)
    status: Status = "optimal" if gap <= PROOF else "time limit"
    return Siting(
        goal=goal,
        sites=tuple(int(columns[site]) for site in order),
        gains=tuple(float(gain) for gain in gains),
        before=steps[0],
        objective=steps[-1],
        bound=bound,
        gap=gap,
        status=status,
        certificate=_certificate(task, goal, chosen=len(order), gap=gap) + _left_out(goal, out_of_reach),
        out_of_reach=out_of_reach,
    )


def nothing(goal: Goal, out_of_reach: tuple[int, ...], status: Status, sentence: str) -> Siting:
    """No site, and why."""
    absent = float("nan")
    return Siting(
        goal=goal, sites=(), gains=(), before=absent, objective=absent, bound=absent, gap=absent, status=status,
        certificate=sentence + _left_out(goal, out_of_reach), out_of_reach=out_of_reach,
    )  # fmt: skip


def counted(task: Task) -> Task:
    """The task with a number of minutes where there is no road: NO_ROAD_MINUTES, or the longest drive."""
    longest = max(float(np.max(one, where=np.isfinite(one), initial=NO_ROAD_MINUTES)) for one in (task.cost, task.base))
    return replace(task, cost=np.minimum(task.cost, longest), base=np.minimum(task.base, longest))


def _in_asked_units(values: np.ndarray, task: Task, goal: Goal, need: float) -> list[float]:
    """Values of the task as they were asked for, rounded where only noise of adding up is left."""
    weight = float(task.weight.sum())
    if goal == "coverage":
        values = (weight - values) * (need / weight)
    elif goal == "mean":
        values = values / weight
    return _rounded(values, float(np.abs(values).max())).tolist()


def _rounded(values: np.ndarray, scale: float) -> np.ndarray:
    return np.asarray(np.round(values, DIGITS - int(np.ceil(np.log10(scale or 1.0)))))


def _gap(objective: float, bound: float) -> float:
    """The share of the objective by which the bound is better."""
    difference = abs(objective - bound)
    return difference / abs(objective) if objective else float(difference > 0)


def _certificate(task: Task, goal: Goal, *, chosen: int, gap: float) -> str:
    of_all = f"{task.count} of {task.cost.shape[1]} candidates"
    if gap > PROOF:
        return f"Stopped when the time was over: another choice of {of_all} may be up to {gap:.1%} better."
    if chosen < task.count:
        return f"Proved by the solver: {chosen} of {task.cost.shape[1]} candidates do all that {task.count} could do."
    return f"Proved by the solver: no other choice of {of_all} {BETTER[goal]}."


def _left_out(goal: Goal, out_of_reach: tuple[int, ...]) -> str:
    if not out_of_reach:
        return ""
    places = "1 place has" if len(out_of_reach) == 1 else f"{len(out_of_reach)} places have"
    lack = "no candidate within the threshold" if goal == "coverage" else "no road to any site and are left out"
    if len(out_of_reach) == 1:
        lack = lack.replace("are left", "is left")
    return f" {places} {lack}."
