"""Which other numbers must be hidden so that the small ones cannot be worked out (complementary suppression)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from dashboard.disclosure.audit import Audit, gate
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.solver import TOLERANCE, Floats, Programme
from dashboard.disclosure.tables import Tables

Mask = NDArray[np.bool_]
CHEAP = 1e-3
"""Cost of moving a number that is hidden already: almost nothing, but a short way before a long one."""
MOST_ROUNDS = 40
BATCH = 64


class NotProtectable(ValueError):
    """No choice of further cells hides a number enough, because too much about it is known already: `key` names it."""

    def __init__(self, key: Hashable, why: str) -> None:
        super().__init__(f"{key} {why}")
        self.key = key


@dataclass(frozen=True)
class Protection:
    """The cells to hide (primary and complementary), the gate's verdict on them, and how many rounds it took."""

    hidden: Mask
    verdict: Audit
    rounds: int


def protect(
    tables: Tables,
    policy: Policy,
    *,
    expected: Floats,
    worth: Floats | None = None,
    hidden: Mask | None = None,
    known: Mask | None = None,
    progress: Callable[[float], None] | None = None,
) -> Protection:
    """Hide small counts and, by linear programming, the cheapest others until the gate finds nothing.

    `expected` (cells,) is what residents alone let one expect: cost and slack of a number that is still shown, so that
    the choice does not follow the counts it hides. `worth` (cells,) multiplies the cost: a total that many read is kept
    before a town's number. `hidden` are cells that must be hidden besides (an earlier release hid them), `known` cells
    that cannot be (an earlier release showed them). NotProtectable says which cell fails; among tables of which some
    are guessed, such a cell is passed over: whoever guesses so knows it already.
    """
    shown_before = np.zeros(len(tables), dtype=bool) if known is None else known
    mask = tables.small(policy) | tables.rests
    mask = (mask if hidden is None else mask | hidden) & ~(shown_before & ~tables.rests)
    number = {key: at for at, key in enumerate(tables.keys)}
    cost = (1.0 + expected) * (1.0 if worth is None else worth)
    lost: set[int] = set()
    for rounds in range(MOST_ROUNDS):
        verdict = gate(tables, mask, policy)
        if progress:
            progress(rounds / MOST_ROUNDS)
        failing = sorted({number[each.key] for each in verdict.unsafe} - lost, key=lambda cell: (expected[cell], cell))
        if not failing:
            return Protection(mask & ~tables.rests, verdict, rounds)
        before = int(mask.sum())
        mask = _widen(tables, mask, failing, _Room(policy, expected, cost, verdict.middle, shown_before))
        if int(mask.sum()) == before:
            mask |= _nearest(tables, mask, failing, np.where(shown_before, np.inf, cost))
        if int(mask.sum()) == before and tables.guessed:
            lost |= set(failing)
        elif int(mask.sum()) == before:
            raise NotProtectable(tables.keys[failing[0]], "cannot be hidden: what is known already tells it.")
    raise NotProtectable(tables.keys[failing[0]], f"was not hidden well enough in {MOST_ROUNDS} rounds.")


def _nearest(tables: Tables, mask: Mask, failing: list[int], cost: Floats) -> Mask:
    """For every failing cell the cheapest cell still shown in the sums that it, or what is hidden with it, stands in.

    The last resort: a way out in fractions may be none in whole numbers, and then moving shows nothing new to hide.
    """
    found = np.zeros(len(mask), dtype=bool)
    touches = abs(tables.sums)
    for cell in failing:
        reached = np.arange(len(mask)) == cell
        for _ in range(len(mask)):
            near = (touches.T @ (touches @ reached)) > 0
            shown = np.flatnonzero(near & ~mask & np.isfinite(cost))
            if len(shown):
                found[shown[np.argmin(cost[shown])]] = True
                break
            if not (near & mask & ~reached).any():
                break
            reached |= near & mask
    return found


@dataclass(frozen=True)
class _Room:
    """How far numbers may move: hidden ones from a table that fits all that is shown, others from what one expects."""

    policy: Policy
    expected: Floats
    cost: Floats
    middle: Floats
    known: Mask

    def below(self, mask: Mask) -> Floats:
        return np.where(mask, self.middle, np.maximum(self.expected, 1.0))


def _widen(tables: Tables, mask: Mask, failing: list[int], room: _Room) -> Mask:
    """The mask with the cheapest cells added that let every failing cell be small and large."""
    mask = mask.copy()
    size = len(tables)
    both = sparse.hstack([tables.sums, -tables.sums], format="csc")
    down = room.below(mask)
    high = np.concatenate([np.full(size, np.inf), down])
    high[np.tile(room.known & ~tables.rests, 2)] = 0.0
    with Programme(both, np.zeros(both.shape[0]), np.zeros(2 * size), high) as programme:
        for start in range(0, len(failing), BATCH):
            for turn in (0, 1):
                mask |= _moves(programme, failing[start : start + BATCH], mask, room, high, turn)
    return mask


def _moves(programme: Programme, cells: list[int], mask: Mask, room: _Room, high: Floats, turn: int) -> Mask:
    """Cells that must move for others to reach the far ends of what they have to be able to be, every second one up.

    Asked for together, because one way out then serves many; in halves where they cannot all move at once.
    """
    size = len(mask)
    steps = np.array([_step(room, cell, up=(at + turn) % 2 == 0) for at, cell in enumerate(cells)])
    at = np.array(cells) + np.where(steps < 0, size, 0)
    other = np.array(cells) + np.where(steps < 0, 0, size)
    programme.bound(at, np.abs(steps), np.maximum(np.abs(steps), high[at]))
    programme.bound(other, np.zeros(len(cells)), np.zeros(len(cells)))
    found = programme.solve(np.tile(np.where(mask, CHEAP, room.cost), 2))
    programme.bound(at, np.zeros(len(cells)), high[at])
    programme.bound(other, np.zeros(len(cells)), high[other])
    if found is not None:
        return (found[:size] > TOLERANCE) | (found[size:] > TOLERANCE)
    if len(cells) == 1:
        return np.zeros(size, dtype=bool)
    half = len(cells) // 2
    return _moves(programme, cells[:half], mask, room, high, turn) | _moves(
        programme, cells[half:], mask, room, high, turn
    )


def _step(room: _Room, cell: int, *, up: bool) -> float:
    """How far a cell has to be able to move from the middle table, upwards or (negative) downwards."""
    span = float(max(room.policy.threshold - 1, 1))
    return max(span - room.middle[cell], 1.0) if up else -min(max(room.middle[cell], 1.0), span)
