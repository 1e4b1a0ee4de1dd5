"""What somebody who knows everything shown can work out of what is hidden: the gate before every release."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from dashboard.disclosure.atoms import atoms
from dashboard.disclosure.policy import Policy
from dashboard.disclosure.solver import TOLERANCE, Floats, Programme
from dashboard.disclosure.tables import Tables

ENDLESS = 1e7
"""No count reaches it: where an attacker's upper limit does, there is none."""
FRUITLESS_SWEEPS = 12
SHARE_AT_ONCE = 0.85
"""Not all at once: another choice of cells each time leads to other tables."""
Mask = NDArray[np.bool_]
Component = tuple[NDArray[np.int64], sparse.csr_matrix, Floats]


@dataclass(frozen=True)
class Interval:
    """What can be worked out of one hidden cell: whole limits, both reached by tables that fit all that is shown."""

    key: Hashable
    low: float
    high: float
    small: bool
    safe: bool


@dataclass(frozen=True)
class Audit:
    """Attacker's limits of every hidden cell; `middle` is a table that fits all that is shown (public knowledge)."""

    intervals: tuple[Interval, ...]
    middle: Floats

    @property
    def unsafe(self) -> tuple[Interval, ...]:
        """Hidden cells of which too much can be worked out; none means that the release may go out."""
        return tuple(each for each in self.intervals if not each.safe)

    @property
    def sentence(self) -> str:
        """The verdict in a sentence."""
        if not self.unsafe:
            return f"All {len(self.intervals):,} hidden numbers stay hidden."
        worst = min(self.unsafe, key=lambda each: each.high - each.low)
        return (
            f"Refused: {len(self.unsafe):,} of {len(self.intervals):,} hidden numbers can be narrowed too far, "
            f"such as {worst.key}: between {worst.low:.0f} and {worst.high:.0f}."
        )


def audit(tables: Tables, hidden: Mask, policy: Policy) -> Audit:
    """Exact limits of every hidden cell, by two linear programmes each; whole numbers throughout."""
    return _limits(tables, hidden, policy, exact=True)


def gate(tables: Tables, hidden: Mask, policy: Policy) -> Audit:
    """The quick form: for every hidden cell two tables that fit all that is shown and lie far enough apart.

    The limits are those of the tables found on the way, so at least as narrow as the exact ones: safe here is safe.
    """
    return _limits(tables, hidden, policy, exact=False)


def _limits(tables: Tables, hidden: Mask, policy: Policy, *, exact: bool) -> Audit:
    hidden = hidden | tables.rests
    small = tables.small(policy)
    low, high, middle = (tables.values.astype(np.float64) for _ in range(3))

    def attacked(component: Component) -> tuple[NDArray[np.int64], _Attack]:
        cells, sums, right = component
        part = _Attack(sums, right, small[cells], policy)
        part.run(exact=exact)
        return cells, part

    # Components know nothing of one another, and the solver lets go of the interpreter: a thread a core, same answers.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for cells, part in threads.map(attacked, _components(tables, hidden)):
            low[cells], high[cells], middle[cells] = part.low, part.high, part.middle
    safe = _safe(low, high, small, policy)
    at = np.flatnonzero(hidden & ~tables.rests)
    named = zip(at, low[at], high[at], small[at], safe[at], strict=True)
    return Audit(tuple(Interval(tables.keys[i], lo, hi, bool(s), bool(ok)) for i, lo, hi, s, ok in named), middle)


def _safe(low: Floats, high: Floats, small: Mask, policy: Policy) -> Mask:
    """A small count must be able to be any small count; any other must be unknown by the policy's width."""
    whole = (low <= policy.smallest) & (high >= policy.threshold - 1)
    return np.where(small, whole, high - low >= max(policy.width, 1))


def _components(tables: Tables, hidden: Mask) -> Iterator[Component]:
    """Hidden cells that hang together: their numbers, the sums over them, what the shown parts leave of each."""
    cells = np.flatnonzero(hidden)
    inside = tables.sums[:, cells]
    rows = np.flatnonzero(np.diff(inside.indptr))
    inside = inside[rows]
    right = -(tables.sums[rows] @ np.where(hidden, 0, tables.values)).astype(np.float64)
    links = sparse.bmat([[None, inside.T], [inside, None]]) if len(rows) else sparse.csr_matrix((len(cells),) * 2)
    count, label = connected_components(links, directed=False)
    of_cell, of_row = label[: len(cells)], label[len(cells) :]
    order, row_order = np.argsort(of_cell, kind="stable"), np.argsort(of_row, kind="stable")
    starts = np.searchsorted(of_cell[order], np.arange(count + 1))
    row_starts = np.searchsorted(of_row[row_order], np.arange(count + 1))
    for each in range(count):
        own, own_rows = order[starts[each] : starts[each + 1]], row_order[row_starts[each] : row_starts[each + 1]]
        yield cells[own], inside[own_rows][:, own], right[own_rows]


class _Attack:
    """The limits of one component; every table found widens the limits of all its cells."""

    def __init__(self, sums: sparse.csr_matrix, right: Floats, small: Mask, policy: Policy) -> None:
        size = sums.shape[1]
        self.atoms, self.small, self.policy = atoms(sums, right), small, policy
        self.low, self.high, self.middle = np.full(size, np.inf), np.full(size, -np.inf), np.zeros(size)
        self._free = np.zeros(len(self.atoms.finest)), np.full(len(self.atoms.finest), ENDLESS)
        self._found = 0

    def run(self, *, exact: bool) -> None:
        if not len(self.atoms.right):  # tied to nothing shown: the finest may be anything, and what they add up to
            self.low[:], self.high[:] = self.atoms.add, np.where(np.diff(self.atoms.of.indptr), np.inf, self.atoms.add)
            self.middle[:] = self.atoms.cells(np.full(len(self.atoms.finest), float(self.policy.threshold)))
            return
        with Programme(self.atoms.sums, self.atoms.right, *self._free) as programme:
            if not exact:
                self._sweep(programme)
            left = np.ones_like(self.small) if exact else ~_safe(self.low, self.high, self.small, self.policy)
            for cell in np.flatnonzero(left).tolist():
                for sign in (1.0, -1.0):
                    if exact or not self._enough(cell, sign):
                        self._take(programme, cell, sign)
        self.middle /= max(self._found, 1)
        self.high[self.high >= ENDLESS / 2] = np.inf

    def _enough(self, cell: int, sign: float) -> bool:
        """Whether the tables found so far already show that this limit is wide enough."""
        return bool(_safe(self.low[[cell]], self.high[[cell]], self.small[[cell]], self.policy)[0]) or (
            self.small[cell] and (self.low[cell] <= self.policy.smallest if sign > 0 else
                                  self.high[cell] >= self.policy.threshold - 1))  # fmt: skip

    def _sweep(self, programme: Programme) -> None:
        """Move as many cells as possible at once to where they must be able to be; stops when it helps no more."""
        finest = self.atoms.finest
        most = np.where(self.small[finest], float(self.policy.threshold - 1), ENDLESS)
        programme.bound(np.arange(len(finest)), self._free[0], most)
        rng, fruitless = np.random.default_rng(len(self.low)), 0
        while fruitless < FRUITLESS_SWEEPS:
            wanted = ~_safe(self.low, self.high, self.small, self.policy)
            if not wanted.any():
                break
            costs = self._directions(rng) * (wanted & (rng.random(len(wanted)) < SHARE_AT_ONCE))
            costs = costs @ self.atoms.of
            found = programme.solve(costs)
            if found is not None and (found := self._mended(found, costs, most)) is not None:
                self._keep(self.atoms.cells(found))
            left = ~_safe(self.low, self.high, self.small, self.policy)
            fruitless = fruitless + 1 if left.sum() == wanted.sum() else 0
        programme.bound(np.arange(len(finest)), *self._free)

    def _directions(self, rng: np.random.Generator) -> Floats:
        """Down for cells that have not been small enough yet, up for those not large enough; else either way."""
        either = rng.choice([-1.0, 1.0], len(self.low))
        lacks_low, lacks_high = self.low > self.policy.smallest, self.high < self.policy.threshold - 1
        one_end = np.where(lacks_low & ~lacks_high, 1.0, np.where(lacks_high & ~lacks_low, -1.0, either))
        return np.where(self.small, one_end, either)

    def _keep(self, table: Floats) -> None:
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)
        self.middle += np.minimum(table, self.policy.threshold * 10)
        self._found += 1

    def _take(self, programme: Programme, cell: int, sign: float) -> None:
        costs = sign * self.atoms.of[cell].toarray().ravel()
        best = programme.solve(costs)
        found = None if best is None else self._mended(best, costs, self._free[1])
        if best is not None and (found is None or costs @ found > np.ceil(costs @ best - TOLERANCE) + TOLERANCE):
            with Programme(self.atoms.sums, self.atoms.right, *self._free, whole=True) as in_whole_numbers:
                found = in_whole_numbers.solve(costs)
        if found is None:
            raise ValueError("what is shown contradicts itself: no table of whole counts fits it")
        self._keep(self.atoms.cells(found))

    def _mended(self, found: Floats, costs: Floats, most: Floats) -> Floats | None:
        """A table of whole numbers that differs only where this one has fractions; None when there is none."""
        broken = np.abs(found - np.rint(found)) > TOLERANCE
        whole = np.where(broken, 0.0, np.rint(found))
        if broken.any():
            inside = self.atoms.sums[:, broken]
            rows = np.flatnonzero(np.diff(inside.indptr))
            right = (self.atoms.right - self.atoms.sums @ whole)[rows]
            with Programme(inside[rows], right, self._free[0][broken], most[broken], whole=True) as programme:
                part = programme.solve(costs[broken])
            if part is None:
                return None
            whole[broken] = np.rint(part)
        return whole
