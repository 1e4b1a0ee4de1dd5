"""How good the best choice can be at most, and which sites and journeys it therefore cannot use."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.distance import Array
from geo.siting_task import SLACK, Task, exchanged

ROUNDS = 3000
PATIENCE = 60
SMALLEST_STEP = 1e-4
CLOSE = 1e-9


@dataclass(frozen=True)
class Bound:
    """What relaxation tells: `value`, below which no choice is, and `known`, the best choice met on the way.

    Of a choice better than `known`: `sites`, False where a column cannot belong to it, (k,); `sure`, True where it
    must; `journeys`, False where it cannot send the place, (n, k + 1), the last column for what is open already.
    """

    value: float
    known: list[int]
    sites: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    journeys: NDArray[np.bool_]


def lagrangian(task: Task, sites: list[int]) -> Bound:
    """Bound of a task of sums by Lagrangian relaxation of "each place goes to one site" (Cornuejols, Fisher and
    Nemhauser 1977): subgradient steps towards the best choice known, which starts as `sites`."""
    climb = _Climb(task, sites)
    for round_ in range(ROUNDS):
        if climb.finished() or time.monotonic() > task.until:
            break
        climb.step_up()
        if round_ % PATIENCE == 0:
            task.done(0.5 * round_ / ROUNDS)
    return climb.bound()


class _Climb:
    """Prices of the places, (n,), that are raised and lowered until the relaxed value is as high as can be."""

    def __init__(self, task: Task, sites: list[int]) -> None:
        self.task, self.sites = task, sites
        self.known = float(task.value(task.paid(sites)))
        self.priced = task.weight[:, None] * np.column_stack([task.cost, task.base])
        self.prices = self.best_prices = np.partition(self.priced, 1, axis=1)[:, 1]
        self.value, self.size, self.since = -np.inf, 1.0, 0
        self.length = 1.0

    def finished(self) -> bool:
        """Proved, or no longer getting anywhere."""
        near = self.known - self.value <= CLOSE * max(1.0, abs(self.known))
        return bool(near or self.length == 0 or self.size < SMALLEST_STEP)

    def step_up(self) -> None:
        """Work out the relaxed value at the prices, remember it if it is the best, and move on along its slope."""
        value, chosen, slope = self._relaxed(self.prices)
        self.since += 1
        if value > self.value:
            self.value, self.best_prices, self.since = value, self.prices, 0
            self._try(chosen)
        if self.since >= PATIENCE:
            self.size, self.since = self.size / 2, 0
            value, _, slope = self._relaxed(self.best_prices)
            self.prices = self.best_prices
        self.length = float(slope @ slope)
        self.prices = self.prices + self.size * (self.known - value) / (self.length or 1.0) * slope

    def bound(self) -> Bound:
        """Leave out what would cost more than the best choice known even in the relaxed problem."""
        count = self.task.count
        value, _, _ = self._relaxed(self.best_prices)
        reduced = self.priced - self.best_prices[:, None]
        by_site = np.minimum(reduced, 0.0).sum(axis=0)[:-1]
        ranked = np.append(np.sort(by_site), 0.0)
        room = self.known - value + SLACK * max(1.0, abs(self.known))
        return Bound(
            value=min(value, self.known),
            known=self.sites,
            sites=by_site - ranked[count - 1] <= room,
            sure=(by_site < ranked[count]) & (ranked[count] - by_site > room),
            journeys=np.maximum(reduced, 0.0) <= room,
        )

    def _relaxed(self, prices: Array) -> tuple[float, list[int], Array]:
        """The relaxed value, the sites it opens, and how many journeys each place lacks, (n,)."""
        gains = np.minimum(self.priced - prices[:, None], 0.0)
        by_site = gains.sum(axis=0)
        chosen = np.argsort(by_site[:-1], kind="stable")[: self.task.count]
        value = float(prices.sum() + by_site[-1] + by_site[chosen].sum())
        return value, chosen.tolist(), 1.0 - (gains[:, chosen] < 0).sum(axis=1) - (gains[:, -1] < 0)

    def _try(self, chosen: list[int]) -> None:
        """Keep the sites of the relaxed problem, a little improved, where they are the best choice so far."""
        if self.task.value(self.task.paid(chosen)) > 1.05 * self.known:
            return
        better = exchanged(self.task, chosen)
        value = float(self.task.value(self.task.paid(better)))
        if value < self.known - SLACK * max(1.0, abs(self.known)):
            self.sites, self.known = better, value
