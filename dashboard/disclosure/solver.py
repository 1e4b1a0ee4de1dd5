"""Linear programmes by HiGHS, its status checked every time: a number without its status may be an old one."""

from __future__ import annotations

from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
TOLERANCE = 1e-6


class SolverRefused(RuntimeError):
    """HiGHS did not prove an optimum: no release may rest on what it says."""


class Programme:
    """Minimise or maximise over {x: sums x = right, low <= x <= high}; solved again from where it stood."""

    def __init__(self, sums: sparse.spmatrix, right: Floats, low: Floats, high: Floats, *, whole: bool = False) -> None:
        import highspy

        self._highspy = highspy
        highspy.Highs.resetGlobalScheduler(True)  # one started elsewhere with other threads makes run() fail silently
        self._highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            self._highs.setOptionValue(name, value)
        columns = sums.tocsc()
        size, rows = columns.shape[1], columns.shape[0]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, rows
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(size), low, np.minimum(high, highspy.kHighsInf)
        model.row_lower_ = model.row_upper_ = np.asarray(right, dtype=np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
        model.a_matrix_.value_ = columns.data.astype(np.float64)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * size
        self._highs.passModel(model)
        self._size = size

    def __enter__(self) -> Programme:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._highs.clear()

    def bound(self, cells: NDArray[np.int64], low: Floats, high: Floats) -> None:
        """Change the limits of some unknowns."""
        self._highs.changeColsBounds(len(cells), cells.astype(np.int32), low, high)

    def solve(self, costs: Floats) -> Floats | None:
        """The x of the least cost, shape (cells,); None when there is none; SolverRefused without a proof."""
        self._highs.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._highspy.HighsModelStatus.kInfeasible:
            return None
        if status != self._highspy.HighsModelStatus.kOptimal:
            raise SolverRefused(f"HiGHS ended with '{self._highs.modelStatusToString(status)}'")
        return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
