"""How much of a service there is for each person, when sites are shared with everybody in reach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from geo.access import check_minutes
from geo.distance import Array

Steps = Sequence[tuple[float, float]]
STEPS: Steps = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
"""Minutes up to which (included) a site weighs so much: Luo and Qi (2009)."""


def floating_catchment(supply: ArrayLike, population: ArrayLike, minutes: ArrayLike, *, steps: Steps = STEPS) -> Array:
    """Supply for each person of n places, (n,), by the enhanced two-step floating catchment (Luo and Qi 2009).

    R_j = S_j / sum_k P_k f(t_kj), A_i = sum_j R_j f(t_ij), where S is the supply of m sites (hours, places) and f the
    weight of the `steps`. 0 where no site is in reach; a site that no people can reach serves nobody, so that
    sum_i P_i A_i is the supply of the sites in reach of people. ValueError for numbers below 0 or that are absent.
    """
    weights = _weights(check_minutes(minutes), steps)
    sites, people = _counted(supply, "supply", weights.shape[1]), _counted(population, "population", len(weights))
    demand = people @ weights
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(demand > 0, sites / demand, 0.0)
    return weights @ ratio


def _weights(minutes: Array, steps: Steps) -> Array:
    limits, weights = np.array([one for one, _ in steps], float), np.array([one for _, one in steps], float)
    if not len(steps) or not (np.isfinite(limits).all() and limits[0] > 0 and (np.diff(limits) > 0).all()):
        raise ValueError("Steps: minutes above 0 that rise, such as ((10, 1), (20, 0.68), (30, 0.22)).")
    if not ((weights > 0).all() and (weights <= 1).all() and (np.diff(weights) <= 0).all()):
        raise ValueError("Steps: weights above 0, at most 1, that do not rise with the minutes.")
    return np.append(weights, 0.0)[np.searchsorted(limits, minutes, side="left")]


def _counted(values: ArrayLike, name: str, length: int) -> Array:
    told = np.asarray(values, dtype=float)
    if told.shape != (length,):
        raise ValueError(f"{name}: {told.size} numbers for {length} in the table of minutes.")
    if not (np.isfinite(told) & (told >= 0)).all():
        at = int(np.flatnonzero(~(np.isfinite(told) & (told >= 0)))[0])
        raise ValueError(f"{name} number {at + 1} is {told[at]:g}: it must be 0 or more.")
    return told
