"""How good the best choice can be at most, and which sites and journeys it therefore cannot use."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.distance import Array
from geo.siting_task import SLACK, Task

ROUNDS = 1500
PATIENCE = 25
CLOSE = 1e-7


@dataclass(frozen=True)
class Bound:
    """`value`: no choice is below it. `sites`: False where a column cannot belong to a choice better than the one known,
    (k,). `sure`: True where it must. `journeys`: False where no such choice sends the place there, (n, k + 1), the last
    column for what is open already."""

    value: float
    sites: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    journeys: NDArray[np.bool_]


def lagrangian(task: Task, known: float) -> Bound:
    """Bound of a task of sums by Lagrangian relaxation of "each place goes to one site" (Cornuejols, Fisher and
    Nemhauser 1977), subgradient steps towards `known`, the value of a choice already found."""
    priced = task.weight[:, None] * np.column_stack([task.cost, task.base])
    prices = np.partition(priced, 1, axis=1)[:, 1]
    best_value, best_prices = -np.inf, prices
    step, since = 1.0, 0
    for round_ in range(ROUNDS):
        value, slope = _relaxed(priced, prices, task.count)
        since += 1
        if value > best_value:
            best_value, best_prices, since = value, prices, 0
        length = float(slope @ slope)
        if known - best_value <= CLOSE * abs(known) or length == 0 or step < 1e-4 or time.monotonic() > task.until:
            break
        if since >= PATIENCE:
            step, since, prices = step / 2, 0, best_prices
            value, slope = _relaxed(priced, prices, task.count)
            length = float(slope @ slope) or 1.0
        prices = prices + step * (known - value) / length * slope
        if round_ % PATIENCE == 0:
            task.done(0.5 * round_ / ROUNDS)
    return _what_remains(priced, best_prices, known, task.count)


def _relaxed(priced: Array, prices: Array, count: int) -> tuple[float, Array]:
    """The relaxed value at these prices, and how many journeys each place lacks, (n,)."""
    gains = np.minimum(priced - prices[:, None], 0.0)
    by_site = gains.sum(axis=0)
    chosen = _lowest(by_site[:-1], count)
    value = prices.sum() + by_site[-1] + by_site[chosen].sum()
    used = (gains[:, chosen] < 0).sum(axis=1) + (gains[:, -1] < 0)
    return float(value), 1.0 - used


def _lowest(values: Array, count: int) -> NDArray[np.int64]:
    return np.argsort(values, kind="stable")[:count]


def _what_remains(priced: Array, prices: Array, known: float, count: int) -> Bound:
    """Leave out what would cost more than `known` even in the relaxed problem."""
    value, _ = _relaxed(priced, prices, count)
    reduced = priced - prices[:, None]
    by_site = np.minimum(reduced, 0.0).sum(axis=0)[:-1]
    ranked = np.sort(by_site)
    last, next_ = ranked[min(count, len(ranked)) - 1], ranked[count] if count < len(ranked) else 0.0
    room = known - value + SLACK * max(1.0, abs(known))
    return Bound(
        value=min(value, known),
        sites=by_site - last <= room,
        sure=(by_site < next_) & (next_ - by_site > room),
        journeys=np.maximum(reduced, 0.0) <= room,
    )
