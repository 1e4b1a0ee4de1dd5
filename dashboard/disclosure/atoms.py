"""The finest hidden cells: every hidden total is a sum of them and needs neither an unknown nor a limit of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from dashboard.disclosure.solver import Floats


@dataclass(frozen=True)
class Atoms:
    """Cells as `of` @ atoms + `add`, and what is left to hold: `sums` @ atoms = `right`, atoms at least 0.

    `finest` are the numbers of the cells that are atoms. Shapes: `of` (cells, atoms), `add` (cells,), `sums` (rows,
    atoms), `right` (rows,).
    """

    finest: NDArray[np.int64]
    of: sparse.csr_matrix
    add: Floats
    sums: sparse.csr_matrix
    right: Floats

    def cells(self, atoms: Floats) -> Floats:
        """The counts of all cells, whole numbers."""
        return np.asarray(self.of @ np.rint(atoms) + self.add)


def atoms(sums: sparse.csr_matrix, right: Floats) -> Atoms:
    """Replace every total (+1 in a row) by its parts (-1): parts are at least 0, and so is what they add up to."""
    size = sums.shape[1]
    totals, rows = _defined(sums)
    chosen = sums[rows]
    place = sparse.csr_matrix((np.ones(len(rows)), (totals, np.arange(len(rows)))), shape=(size, len(rows)))
    own = sparse.csr_matrix((np.ones(len(rows)), (np.arange(len(rows)), totals)), shape=chosen.shape)
    step = place @ (own - chosen)
    finest = np.setdiff1d(np.arange(size), totals)
    of = sparse.csr_matrix((np.ones(len(finest)), (finest, np.arange(len(finest)))), shape=(size, len(finest)))
    add = np.zeros(size)
    more, more_add = of, place @ right[rows]
    while more.nnz or more_add.any():
        add += more_add
        more, more_add = step @ more, step @ more_add
        of = of + more
    left = np.setdiff1d(np.arange(sums.shape[0]), rows)
    rest = (sums[left] @ of).tocsr()
    rest.eliminate_zeros()
    says = np.flatnonzero(np.diff(rest.indptr))
    return Atoms(finest, of.tocsr(), add, rest[says], (right[left] - sums[left] @ add)[says])


def _defined(sums: sparse.csr_matrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Totals, and for each the first row that it is the total of."""
    tall = sums.tocoo()
    plus = tall.data > 0
    totals, first = np.unique(tall.col[plus], return_index=True)
    return totals, tall.row[plus][first]
