"""Residents as person-years: linear between known years, nearest beyond them, part-years by days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import FloatArray, Period

FIRST_YEAR, LAST_YEAR = 1990, 2060


class Population:
    """Residents of every place (rows) in every year from FIRST_YEAR (columns); NaN where no year is known."""

    def __init__(self, years: NDArray[np.int32], places: NDArray[np.int32], values: FloatArray, size: int) -> None:
        """One row per known place and year, later rows winning."""
        span = LAST_YEAR - FIRST_YEAR + 1
        known = np.full((size, span), np.nan)
        inside = (years >= FIRST_YEAR) & (years <= LAST_YEAR)
        known[places[inside], years[inside] - FIRST_YEAR] = values[inside]
        self.by_year = _fill(known)

    def person_years(self, period: Period) -> FloatArray:
        """Person-years lived in each place during the period, shape (places,)."""
        total = np.zeros(len(self.by_year))
        for year in range(
            period.start.year,
            (period.end.year if period.end > date(period.end.year, 1, 1) else period.end.year - 1) + 1,
        ):
            first, last = max(period.start, date(year, 1, 1)), min(period.end, date(year + 1, 1, 1))
            share = (last - first).days / (date(year + 1, 1, 1) - date(year, 1, 1)).days
            total += share * self.by_year[:, min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR]
        return total


def _fill(known: FloatArray) -> FloatArray:
    """Interpolate every row; rows that know the same years share one weight matrix."""
    filled = np.full_like(known, np.nan)
    masks, which = np.unique(~np.isnan(known), axis=0, return_inverse=True)
    for number, mask in enumerate(masks):
        if mask.any():
            rows = which.reshape(-1) == number
            filled[rows] = known[np.ix_(rows, mask)] @ _weights(np.flatnonzero(mask), known.shape[1])
    return filled


def _weights(years: Sequence[int] | NDArray[np.intp], span: int) -> FloatArray:
    """Weights (known years x all years) of linear interpolation, constant beyond the ends."""
    return np.array([np.interp(np.arange(span), years, row) for row in np.eye(len(years))])
