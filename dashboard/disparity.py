"""One group beside another: the ratio and the difference of their rates, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isnan, log, nan, sqrt

import numpy as np
from scipy.special import gammaln, ndtri

from dashboard.comparison import rate_ratio
from dashboard.intervals import garwood, wilson
from dashboard.rates import DEFAULT_RELIABILITY, Reliability

LEVEL = 0.95


@dataclass(frozen=True)
class Counted:
    """Events of a group and what they stand against: residents' years for a rate, trials for a proportion."""

    events: float
    below: float

    @property
    def share(self) -> float:
        """Events for one of what is below; NaN where it cannot be formed."""
        return self.events / self.below if self.below > 0 and self.events >= 0 else float("nan")

    def without(self, part: Counted) -> Counted:
        """The rest of a whole after a part of it."""
        return Counted(self.events - part.events, self.below - part.below)


@dataclass(frozen=True)
class Disparity:
    """Ratio and difference (times `per`) with 95% limits, and the p-value of equality; NaN where none can be formed."""

    ratio: float
    ratio_limits: tuple[float, float]
    difference: float
    difference_limits: tuple[float, float]
    p: float


NONE = Disparity(nan, (nan, nan), nan, (nan, nan), nan)


def disparity(
    group: Counted, other: Counted, *, proportion: bool, per: float, rules: Reliability = DEFAULT_RELIABILITY
) -> Disparity:
    """How a group stands beside another that shares no events with it; nothing where either has too few events.

    Rates: exact conditional ratio. Proportions: ratio by Katz's log limits (as statsmodels "log"), p by Fisher's exact
    test. Differences: square-and-add of the single limits (Newcombe 1998 for proportions; Zou and Donner 2008).
    """
    if _too_few(group, other, proportion, rules):
        return NONE
    if proportion:
        ratio, limits, p = _katz(group, other)
    else:
        found = rate_ratio(group.events, group.below, other.events, other.below)
        ratio, limits, p = found.ratio, (found.lower, found.upper), found.p
    return Disparity(ratio, limits, (group.share - other.share) * per, _difference(group, other, proportion, per), p)


def _too_few(group: Counted, other: Counted, proportion: bool, rules: Reliability) -> bool:
    values = (group.events, group.below, other.events, other.below)
    if any(isnan(value) for value in values) or isnan(group.share) or isnan(other.share):
        return True
    if proportion and any(one.events > one.below or one.below < rules.minimum_trials for one in (group, other)):
        return True
    return min(group.events, other.events) < rules.minimum_events


def _katz(group: Counted, other: Counted) -> tuple[float, tuple[float, float], float]:
    ratio = group.share / other.share
    error = sqrt(1 / group.events - 1 / group.below + 1 / other.events - 1 / other.below)
    width = float(ndtri((1 + LEVEL) / 2)) * error
    return ratio, (exp(log(ratio) - width), exp(log(ratio) + width)), fisher(group, other)


def _difference(group: Counted, other: Counted, proportion: bool, per: float) -> tuple[float, float]:
    (low, high), (other_low, other_high) = (_limits(one, proportion) for one in (group, other))
    apart = group.share - other.share
    lower = apart - sqrt((group.share - low) ** 2 + (other_high - other.share) ** 2)
    upper = apart + sqrt((high - group.share) ** 2 + (other.share - other_low) ** 2)
    return lower * per, upper * per


def _limits(one: Counted, proportion: bool) -> tuple[float, float]:
    lower, upper = wilson([one.events], [one.below], LEVEL) if proportion else garwood([one.events], LEVEL)
    below = 1.0 if proportion else one.below
    return float(np.asarray(lower)[0]) / below, float(np.asarray(upper)[0]) / below


def fisher(group: Counted, other: Counted) -> float:
    """Fisher's exact two-sided p-value of equal proportions (scipy.stats.fisher_exact, without importing it)."""
    a, n, b, m = (round(value) for value in (group.events, group.below, other.events, other.below))
    events = a + b
    k = np.arange(max(0, events - m), min(events, n) + 1.0)
    log_chance = _choose(n, k) + _choose(m, events - k) - _choose(n + m, np.array([float(events)]))
    chance = np.exp(log_chance)
    seen = chance[int(a - k[0])]
    return float(min(1.0, chance[chance <= seen * (1 + 1e-7)].sum()))


def _choose(n: int, k: np.ndarray) -> np.ndarray:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
