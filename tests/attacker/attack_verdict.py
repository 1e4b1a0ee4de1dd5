"""What counts as recovered: a hidden number pinned down further than the page promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from attack_notebook import Cell
from attack_solve import Limits


@dataclass(frozen=True)
class Recovered:
    """A hidden cell that the attacker narrowed too far: its limits, and what it really is."""

    cell: Cell
    low: int
    high: int
    truth: int | None = None


def recovered(
    found: Mapping[Cell, Limits],
    truth: Mapping[Cell, int] | None = None,
    *,
    threshold: int = 5,
    unpromised: Collection[Cell] = (),
) -> list[Recovered]:
    """The hidden cells that are out: a small count that cannot be anything in 0..threshold-1, or any count whose limits
    are closer than that. Without the truth, limits within the small range are judged as if the count were small.

    `unpromised` are counts of which no page says that they are hidden (a small town that its area stands for, what one
    series leaves of another): those are out only where they are small. A guess that excludes the truth recovers
    nothing: the attacker was led astray.
    """
    out = []
    for cell, at in found.items():
        real = None if truth is None else truth.get(cell)
        implied = cell in unpromised or " less " in cell.series
        if implied and real is not None and real >= threshold:
            continue
        if not at.exact or (real is not None and not at.low <= real <= at.high):
            continue
        if at.width < threshold - 1 or (_small(real, at, threshold) and (at.low > 0 or at.high < threshold - 1)):
            out.append(Recovered(cell, at.low, at.high, real))
    return sorted(out, key=lambda each: (each.high - each.low, each.cell))


def led_astray(found: Mapping[Cell, Limits], truth: Mapping[Cell, int]) -> list[Cell]:
    """Cells whose limits exclude the truth: the attacker's own system is wrong there."""
    return [cell for cell, at in found.items() if at.exact and cell in truth and not at.low <= truth[cell] <= at.high]


def _small(real: int | None, at: Limits, threshold: int) -> bool:
    return at.high < threshold if real is None else real < threshold
