"""Changes beyond chance, with false discoveries held over all of them and over a year of looks.

Every look compares two periods that do not overlap, indicator by indicator. Within a look the Benjamini-Hochberg
step-up holds the expected share of false signals. A year of monthly looks spends its rate evenly: each look works at
a twelfth of it, so that (by the union bound, however much the looks depend on each other) a year in which nothing
changes shows any signal at most with the yearly chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.comparison import rate_ratio
from dashboard.disparity import Counted, fisher
from dashboard.domain import FloatArray
from dashboard.targets.fit import fit

YEARLY = 0.10
LOOKS = 12
FEWEST_EVENTS = 10
FEWEST_PERIODS = 5


@dataclass(frozen=True)
class Change:
    """Two periods of one indicator: what was counted `before` and `after`, and how much more it varies than chance."""

    before: Counted
    after: Counted
    proportion: bool
    dispersion: float = 1.0

    @property
    def p(self) -> float:
        """Two-sided p-value of no change; NaN under ten events in both together.

        Counts that vary more than chance from period to period count for less: they are divided by the dispersion.
        """
        before, after = (_shrunk(one, self.dispersion, self.proportion) for one in (self.before, self.after))
        if not before.events + after.events >= FEWEST_EVENTS or not min(before.below, after.below) > 0:
            return float("nan")
        if self.proportion:
            return fisher(after, before) if _possible(before) and _possible(after) else float("nan")
        return rate_ratio(after.events, after.below, before.events, before.below).p

    @property
    def ratio(self) -> float:
        """After over before; NaN without anything before."""
        return self.after.share / self.before.share if self.before.share > 0 else float("nan")


def look_rate(yearly: float = YEARLY, looks: int = LOOKS) -> float:
    """What one of the looks of a year may spend."""
    return yearly / looks


def signals(changes: Sequence[Change], rate: float) -> list[bool]:
    """Which changes are beyond chance when all of them are looked at together."""
    return [bool(q <= rate) for q in adjusted([change.p for change in changes])]


def adjusted(p_values: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg adjusted p-values (as scipy.stats.false_discovery_control); a NaN stays NaN, not counted."""
    p = np.asarray(p_values, dtype=np.float64)
    found = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(value) for value in found]


def dispersion(events: FloatArray, below: FloatArray, *, proportion: bool) -> float:
    """How many times more a history varies about its own line than chance alone would, at least 1.

    Periods of one length, oldest first; under five periods with events it cannot be told and is 1.
    """
    known = ~np.isnan(events) & (below > 0) & ((events <= below) if proportion else True)
    events, below = events[known], below[known]
    inside = events[(events > 0) & ((events < below) if proportion else True)]
    if len(events) < FEWEST_PERIODS or len(inside) < FEWEST_PERIODS:
        return 1.0
    time = np.arange(len(events), dtype=np.float64) - (len(events) - 1) / 2
    time = np.asarray(time, dtype=np.float64)
    return fit(time, events, below, proportion=proportion).dispersion


def _shrunk(one: Counted, by: float, proportion: bool) -> Counted:
    return Counted(one.events / by, one.below / by if proportion else one.below)


def _possible(one: Counted) -> bool:
    return 0 <= one.events <= one.below
