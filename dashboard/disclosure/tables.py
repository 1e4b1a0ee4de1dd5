"""Released tables as one linear system: cells, and the sums that tie them together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from dashboard.disclosure.policy import Policy


@dataclass(frozen=True)
class Tables:
    """Cells with their counts, and `sums` of shape (equations, cells): total minus parts is zero in every row.

    Whole non-negative counts. Tables that overlap share their cells; cells that are the same people under two names
    (Nantucket is a town and a county) are tied by an equation of their own. `guessed` are cells whose counts are not
    known but fit the sums: whether they are small is not known either, and they are judged by that.
    """

    keys: tuple[Hashable, ...]
    values: NDArray[np.int64]
    sums: sparse.csr_matrix
    guessed: frozenset[Hashable] = frozenset()

    def __post_init__(self) -> None:
        if len(set(self.keys)) != len(self.keys):
            raise ValueError("a cell stands twice among the tables")
        if (self.values < 0).any():
            raise ValueError(f"a count is negative: {self.keys[int(np.argmax(self.values < 0))]}")
        wrong = np.flatnonzero(self.sums @ self.values)
        if len(wrong):
            parts = [self.keys[cell] for cell in self.sums[wrong[0]].indices]
            raise ValueError(f"{len(wrong)} sums do not add up, the first over {parts[:4]}")

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def of(cls, counts: Mapping[Hashable, int], sums: Iterable[tuple[Hashable, Sequence[Hashable]]]) -> Tables:
        """Tables from counts by key and sums as (total, parts); a sum that names an unknown cell is a KeyError.

        Parts that add up to less than their total leave an unnamed rest, a hidden cell of its own; to more: ValueError.
        """
        keys, values = list(counts), list(counts.values())
        number = {key: at for at, key in enumerate(keys)}
        rows: list[tuple[list[int], list[float]]] = []
        for total, parts in sums:
            rest = counts[total] - sum(counts[part] for part in parts)
            if rest < 0:
                raise ValueError(f"the parts of {total} add up to {-rest} more than it")
            cells = [number[total], *(number[part] for part in parts)]
            if rest:
                keys.append(("rest of", total, tuple(parts)))
                values.append(rest)
                cells.append(len(keys) - 1)
            rows.append((cells, [1.0] + [-1.0] * (len(cells) - 1)))
        return cls(tuple(keys), np.array(values, dtype=np.int64), _matrix(rows, len(keys)))

    @property
    def rests(self) -> NDArray[np.bool_]:
        """Cells that nobody prints: what a sum leaves over."""
        return np.array([isinstance(key, tuple) and key[:1] == ("rest of",) for key in self.keys], dtype=bool)

    def small(self, policy: Policy) -> NDArray[np.bool_]:
        """Cells whose counts are known to point to a person (primary suppression)."""
        guessed = np.array([key in self.guessed for key in self.keys], dtype=bool)
        return policy.primary(self.values) & ~self.rests & ~guessed


def _matrix(rows: Sequence[tuple[list[int], list[float]]], cells: int) -> sparse.csr_matrix:
    starts = np.cumsum([0] + [len(row) for row, _ in rows])
    where = np.array([cell for row, _ in rows for cell in row], dtype=np.int32)
    signs = np.array([sign for _, row in rows for sign in row], dtype=np.float64)
    return sparse.csr_matrix((signs, where, starts), shape=(len(rows), cells))
