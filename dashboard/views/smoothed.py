"""Town rates drawn towards the rate of their state: what small numbers of events still say."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.domain import Cells, FloatArray, Query
from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader
from geo.smoothing import smooth

SMOOTHED = "smoothed"
MEANING = (
    "Smoothed: each town's rate is drawn towards that of its state, and more so the fewer people live there, so that "
    "a small town does not stand out by chance. The interval beside it is the town's own."
)


@dataclass(frozen=True)
class SmoothedRates:
    """Smoothed rates per `per`, one a cell, with the interval of the smoothing; NaN where no count is known."""

    rate: FloatArray
    lower: FloatArray
    upper: FloatArray


def smoothed_rates(reader: ViewReader, query: Query, cells: Cells) -> SmoothedRates:
    """Empirical Bayes rates of the towns in `cells`, the answer to `query`.

    Every town of their state takes part, so that a town keeps its number when the map shows its county alone.
    """
    state = state_of(reader, query.within, *cells.geoid[:1])
    whole = reader.read(replace(query, within=state, geoids=())) if state else cells
    known = np.isfinite(whole.numerator) & (np.nan_to_num(whole.denominator) > 0)
    columns = np.full((3, len(whole)), np.nan)
    if known.any():
        found = smooth(whole.numerator[known], whole.denominator[known])
        columns[:, known] = np.stack([found.rate, found.lower, found.upper]) * cells.per
    row_of = {geoid: row for row, geoid in enumerate(whole.geoid)}
    beyond = np.column_stack([columns, np.full(3, np.nan)])
    return SmoothedRates(*beyond[:, [row_of.get(geoid, -1) for geoid in cells.geoid]])
