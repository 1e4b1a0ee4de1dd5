"""A number beside that of the period before it: higher or lower only beyond chance."""

from __future__ import annotations

from math import isnan

from dashboard.comparison import Verdict, compare
from dashboard.disparity import Counted, disparity
from dashboard.domain import Cells, Indicator


def verdict_since(indicator: Indicator, now: Cells, before: Cells) -> Verdict | None:
    """The word for the first cell of `now` against that of `before`, by the 95% interval of their ratio.

    None where chance cannot be told: money and plain counts, hidden or absent numbers, proportions of too few.
    """
    one, two = _counted(now), _counted(before)
    if any(isnan(value) for value in (one.events, one.below, two.events, two.below)) or not (one.below and two.below):
        return None
    if indicator.kind == "rate":
        return compare(one.events, one.below, two.events, two.below).verdict
    if indicator.kind != "proportion":
        return None
    lower, upper = disparity(one, two, proportion=True, per=1).ratio_limits
    return None if isnan(lower) else "higher" if lower > 1 else "lower" if upper < 1 else "no clear difference"


def _counted(cells: Cells) -> Counted:
    return Counted(float(cells.numerator[0]), float(cells.denominator[0]))
