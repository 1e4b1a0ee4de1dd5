"""Limits of hidden cells in whole numbers: linear programmes first, whole ones where their corners are not whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from attack_notebook import ENDLESS, Cell, Notebook
from attack_system import GUESSES, Guess, System, build
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Asked = tuple[NDArray[np.int64], float]
"""The unknowns of a hidden cell, and what of it is known already."""
FAR = 100_000
SWEEPS = 24


class Contradiction(ValueError):
    """No whole numbers fit everything that was read: something assumed is wrong."""


@dataclass(frozen=True)
class Limits:
    """All that a hidden cell can be; `exact` is false when it was seen to reach far enough and no further asked."""

    low: int
    high: int
    exact: bool = True
    piece: str = field(default="", compare=False)
    """Which part of which system it was worked out of: what was supposed there holds for all of it or for none."""

    @property
    def width(self) -> int:
        return self.high - self.low


def attack(book: Notebook, *, threshold: int = 5, guesses: Sequence[Guess] = GUESSES) -> dict[Cell, Limits]:
    """Limits of every hidden cell from everything in a notebook.

    First with every guess; the pieces that contradict themselves again with fewer. A cell that is seen to be both 0 and
    threshold - 1 is asked no further.
    """
    found: dict[Cell, Limits] = {}
    left: set[Cell] | None = None
    for guess in guesses:
        if left is None or left:
            answers, failed = _attempt(build(book, guess), left, threshold, name=str(guess))
            found |= answers
            left = failed
    return found | dict.fromkeys(left or (), Limits(0, ENDLESS, exact=False))


def _attempt(
    system: System, wanted: set[Cell] | None, threshold: int, *, name: str
) -> tuple[dict[Cell, Limits], set[Cell]]:
    found: dict[Cell, Limits] = {}
    failed: set[Cell] = set()
    for number, piece in enumerate(pieces(system)):
        piece.asked = {cell: at for cell, at in piece.asked.items() if wanted is None or cell in wanted}
        try:
            piece.move_least()
            found |= {cell: replace(at, piece=f"{name} {number}") for cell, at in piece.limits(threshold).items()}
        except Contradiction:
            failed |= set(piece.asked)
    return found, failed


def pieces(system: System) -> Iterator[Piece]:
    """Parts of a system that hang together by something that is not known, each with the hidden cells in it."""
    matrix, low, high = _matrix(system)
    value = _settled(matrix, low, high)
    free = np.flatnonzero(np.isnan(value))
    settled = matrix @ np.nan_to_num(value)
    inside, low, high = _binding(matrix[:, free], low - settled, high - settled)
    number = {int(atom): at for at, atom in enumerate(free)}
    asked: dict[Cell, Asked] = {}
    for cell, atoms in system.asked.items():
        at = np.array(sorted(number[atom] for atom in atoms if atom in number), dtype=np.int64)
        asked[cell] = at, float(sum(value[atom] for atom in atoms if atom not in number))
    label = _labels(inside, [at for at, _ in asked.values()])
    by_label: dict[int, dict[Cell, Asked]] = defaultdict(dict)
    for cell, (at, known) in asked.items():
        by_label[int(label[at[0]]) if len(at) else -1][cell] = at, known
    row_label = label[inside.indices[inside.indptr[:-1]]] if inside.shape[0] else np.empty(0, dtype=int)
    for each, cells in by_label.items():
        own, own_rows = np.flatnonzero(label == each), np.flatnonzero(row_label == each)
        here = np.searchsorted(own, np.arange(len(free)))
        mine = {cell: (here[at], known) for cell, (at, known) in cells.items()}
        moved = np.flatnonzero(np.isin(free[own], list(system.moved)))
        yield Piece(inside[own_rows][:, own], low[own_rows], high[own_rows], mine, moved)


def _binding(matrix: sparse.csr_matrix, low: Floats, high: Floats) -> tuple[sparse.csr_matrix, Floats, Floats]:
    """The rows that still say something of an unknown."""
    matrix = matrix.tocsr()
    minus = np.asarray(abs(matrix).sum(axis=1) - matrix.sum(axis=1)).ravel() > 0
    says = (np.diff(matrix.indptr) > 0) & ((low > 0) | (high < ENDLESS / 2) | minus)
    return matrix[says], low[says], high[says]


def _labels(matrix: sparse.csr_matrix, together: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Number of the part that each unknown belongs to; the unknowns of one hidden cell belong together."""
    pairs = [(matrix.indices[matrix.indptr[row]], other) for row in range(matrix.shape[0])
             for other in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]]  # fmt: skip
    pairs += [(at[0], other) for at in together for other in at]
    ends = np.array(pairs or np.empty((0, 2)), dtype=np.int64)
    size = matrix.shape[1]
    links = sparse.coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    return connected_components(links, directed=False)[1]


def _matrix(system: System) -> tuple[sparse.csr_matrix, Floats, Floats]:
    tall: list[tuple[int, int, float]] = []
    low, high = [], []
    for row in dict.fromkeys(system.rows):
        tall += [(len(low), atom, 1.0) for atom in row.atoms]
        low.append(row.low)
        high.append(row.high)
    for each in system.sums:
        tall += [(len(low), total, 1.0) for total in each.totals] + [(len(low), part, -1.0) for part in each.parts]
        low.append(0)
        high.append(0 if each.exact else ENDLESS)
    at = np.array([(r, c) for r, c, _ in tall] or np.empty((0, 2)), dtype=np.int64)
    matrix = sparse.csr_matrix(([v for *_, v in tall], (at[:, 0], at[:, 1])), shape=(len(low), system.size))
    return matrix, np.array(low, dtype=float), np.array(high, dtype=float)


def _settled(matrix: sparse.csr_matrix, low: Floats, high: Floats) -> Floats:
    """Unknowns that follow one by one: a row with a single unknown left and one value; NaN for the others."""
    value = np.full(matrix.shape[1], np.nan)
    pending = True
    while pending:
        pending = False
        for row in np.flatnonzero(low == high):
            atoms, signs = _of_row(matrix, row)
            unknown = np.isnan(value[atoms])
            if unknown.sum() == 1:
                left = low[row] - (signs * np.nan_to_num(value[atoms])).sum()
                answer = left * signs[unknown][0]
                if answer >= 0:
                    value[atoms[unknown][0]] = answer
                    pending = True
    return value


def _of_row(matrix: sparse.csr_matrix, row: int) -> tuple[NDArray[np.int64], Floats]:
    span = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[span], matrix.data[span]


@dataclass
class Piece:
    """One part of the system and the hidden cells in it, each as (its unknowns, what of it is known already)."""

    matrix: sparse.csr_matrix
    low: Floats
    high: Floats
    asked: dict[Cell, Asked]
    moved: NDArray[np.int64]

    def move_least(self) -> None:
        """Suppose from here on that what was revised was revised by as little as fits."""
        if not len(self.moved) or not self.asked:
            return
        costs = np.zeros(self.matrix.shape[1])
        costs[self.moved] = 1.0
        table = self._solve(costs, whole=True)
        if table is None:
            raise Contradiction
        self.matrix = sparse.vstack([self.matrix, sparse.csr_matrix(costs)]).tocsr()
        self.low, self.high = np.append(self.low, 0.0), np.append(self.high, np.rint(table @ costs))

    def limits(self, threshold: int) -> dict[Cell, Limits]:
        """The limits of every hidden cell; Contradiction when nothing fits."""
        seen = {cell: [np.inf, -np.inf] for cell in self.asked}
        if self.matrix.shape[1]:
            self._sweep(seen, threshold)
        found = {}
        for cell, (atoms, known) in self.asked.items():
            enough = seen[cell][0] <= 0 and seen[cell][1] >= threshold - 1
            if enough:
                found[cell] = Limits(int(seen[cell][0]), int(seen[cell][1]), exact=False)
            else:
                ends = [int(self._end(atoms, sign, seen) + known) if len(atoms) else int(known) for sign in (1.0, -1.0)]
                found[cell] = Limits(*ends)
        return found

    def _sweep(self, seen: dict[Cell, list[float]], threshold: int) -> None:
        rng = np.random.default_rng(self.matrix.shape[1])
        for _ in range(SWEEPS if len(self.asked) > 4 else 0):
            costs = np.zeros(self.matrix.shape[1])
            for cell, (atoms, _) in self.asked.items():
                costs[atoms] += _direction(rng, seen[cell], threshold)
            if not costs.any():
                return
            top = rng.choice((threshold - 1.0, 3.0 * threshold, FAR), self.matrix.shape[1])
            table = self._solve(costs * (rng.random(len(costs)) < 0.7), whole=False, top=top)
            if table is not None and _is_whole(table):
                self._note(np.rint(table), seen)

    def _note(self, table: Floats, seen: dict[Cell, list[float]]) -> None:
        for cell, (atoms, known) in self.asked.items():
            count = float(table[atoms].sum()) + known
            seen[cell] = [min(seen[cell][0], count), max(seen[cell][1], count)]

    def _end(self, atoms: NDArray[np.int64], sign: float, seen: dict[Cell, list[float]]) -> float:
        costs = np.zeros(self.matrix.shape[1])
        costs[atoms] = sign
        table = self._solve(costs, whole=False)
        if table is not None and not _is_whole(table):
            table = self._solve(costs, whole=True)
        if table is None:
            raise Contradiction
        self._note(np.rint(table), seen)
        return float(np.rint(table)[atoms].sum())

    def _solve(self, costs: Floats, *, whole: bool, top: Floats | None = None) -> Floats | None:
        size = len(costs)
        limits = Bounds(np.zeros(size), np.full(size, float(FAR)) if top is None else top)
        ties = [LinearConstraint(self.matrix, self.low, self.high)] if self.matrix.shape[0] else []
        answer = milp(costs, integrality=np.full(size, int(whole)), bounds=limits, constraints=ties)
        return answer.x if answer.status == 0 else None


def _direction(rng: np.random.Generator, seen: list[float], threshold: int) -> float:
    """Down for a cell that was not seen at 0 yet, up for one not seen at threshold - 1, either way for neither."""
    lacks_low, lacks_high = seen[0] > 0, seen[1] < threshold - 1
    if lacks_low and lacks_high:
        return float(rng.choice((-1.0, 1.0)))
    return float(lacks_low) - float(lacks_high)


def _is_whole(table: Floats) -> bool:
    return bool(np.abs(table - np.rint(table)).max(initial=0.0) < 1e-6)
