"""Whether a target can be judged at all: how often a true change of its size would show."""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, gammaln, ndtr, ndtri, xlogy

from dashboard.domain import FloatArray
from dashboard.targets.status import LEVEL, Counted

MOST_ENUMERATED = 400
"""Events beyond which the exact sum over all pairs of counts gives way to the normal approximation."""
REACH = 7


def chance_to_show(before: Counted, after_value: float) -> float:
    """How often two windows with true values `before` and `after_value` differ beyond chance in that direction.

    The comparison is the exact conditional one of two counts (for proportions the pooled z), at the 90% level, so
    that either direction is claimed wrongly at most one time in twenty. Kinds without chance give 1.
    """
    if before.kind in ("stock", "money"):
        return 1.0
    share = after_value / before.value if before.value > 0 else np.inf
    if before.kind == "proportion":
        return _proportions(before.events / before.below, after_value / before.per, before.below)
    after = before.events * share if np.isfinite(share) else after_value * before.below / before.per
    return _counts(before.events, after)


def _counts(before: float, after: float) -> float:
    """P(a difference shows) for Poisson counts over the same time."""
    low, high = sorted((before, after))
    if high > MOST_ENUMERATED:
        z = 2 * (np.sqrt(high) - np.sqrt(low)) / np.sqrt(2)
        return float(ndtr(z - ndtri((1 + LEVEL) / 2)))
    few, many = _around(low), _around(high)
    shows = _tail(few[:, None], many[None, :]) <= (1 - LEVEL) / 2
    return float((_poisson(few, low)[:, None] * _poisson(many, high)[None, :] * shows).sum())


def _tail(few: FloatArray, many: FloatArray) -> FloatArray:
    """P(X <= few | few + many events, each as likely in either window)."""
    return np.where(many > few, betainc(np.maximum(many, 1), few + 1, 0.5), 1.0)


def _around(mean: float) -> FloatArray:
    spread = REACH * np.sqrt(mean) + REACH
    return np.arange(max(0, np.floor(mean - spread)), np.ceil(mean + spread) + 1)


def _poisson(counts: FloatArray, mean: float) -> FloatArray:
    return np.asarray(np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1)))


def _proportions(before: float, after: float, trials: float) -> float:
    """P(a difference shows) for two proportions of `trials` each, by the pooled z and the normal distribution."""
    if not 0 <= after <= 1:
        return 0.0
    pooled = (before + after) / 2
    null = np.sqrt(2 * pooled * (1 - pooled) / trials)
    own = np.sqrt((before * (1 - before) + after * (1 - after)) / trials)
    critical = ndtri((1 + LEVEL) / 2) * null
    return float(ndtr((abs(after - before) - critical) / own)) if own > 0 else float(after != before)
