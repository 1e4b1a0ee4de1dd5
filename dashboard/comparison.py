"""Two rates side by side: their ratio, its exact interval, and the word for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import gammaln

from dashboard.intervals import clopper_pearson
from dashboard.rates import DEFAULT_RELIABILITY, Reliability

Verdict = Literal["higher", "lower", "no clear difference"]


class RateRatio(NamedTuple):
    """Rate a over rate b with its exact limits and two-sided p-value; NaN where it cannot be formed."""

    ratio: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class Comparison:
    """How place a stands beside place b. With `few`, say only the verdict: the ratio would be the hidden rate."""

    ratio: float
    lower: float
    upper: float
    p: float
    verdict: Verdict
    few: bool


def rate_ratio(a: float, t_a: float, b: float, t_b: float, level: float = 0.95) -> RateRatio:
    """Ratio of rates a/t_a and b/t_b by the exact conditional binomial test (scipy.stats.binomtest, R poisson.test).

    Counts are rounded to whole events. The two must share no events: compare a town with the rest of its county.
    """
    unknown = np.isnan([a, b, t_a, t_b]).any()
    if unknown or min(a, b) < 0 or min(t_a, t_b) <= 0 or round(a) + round(b) == 0:
        return RateRatio(np.nan, np.nan, np.nan, np.nan)
    a, b, share = round(a), round(b), t_a / (t_a + t_b)
    lower, upper = _limits(a, t_a, b, t_b, level)
    return RateRatio(_odds(a / (a + b)) * t_b / t_a, lower, upper, _binomial_p(a, a + b, share))


def compare(
    a: float, t_a: float, b: float, t_b: float, rules: Reliability = DEFAULT_RELIABILITY, level: float = 0.95
) -> Comparison:
    """Whether rate a is higher or lower than rate b: only an interval that leaves out 1 says so."""
    found = rate_ratio(a, t_a, b, t_b, level)
    few = any(0 < events < rules.minimum_events for events in (a, b))
    return Comparison(*found, _verdict(found.lower, found.upper), few)


def verdict(a: float, t_a: float, b: float, t_b: float, level: float = 0.95) -> Verdict:
    """The word of `compare` alone, for known counts of which one is above 0 and known times above 0.

    Pages of hundreds of places ask for no p-value, which takes milliseconds where counts are large.
    """
    return _verdict(*_limits(round(a), t_a, round(b), t_b, level))


def _verdict(lower: float, upper: float) -> Verdict:
    return "higher" if lower > 1 else "lower" if upper < 1 else "no clear difference"


def _limits(a: int, t_a: float, b: int, t_b: float, level: float) -> tuple[float, float]:
    lower, upper = (_odds(limit) * t_b / t_a for limit in clopper_pearson(a, a + b, level))
    return lower, upper


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _binomial_p(k: int, n: int, p: float) -> float:
    """Two-sided exact p-value: the chance of everything no likelier than what was seen.

    Written out because importing scipy.stats costs a web worker half a second and tens of megabytes.
    """
    i = np.arange(n + 1.0)
    log_chance = gammaln(n + 1) - gammaln(i + 1) - gammaln(n - i + 1) + i * np.log(p) + (n - i) * np.log1p(-p)
    chance = np.exp(log_chance)
    return float(min(1.0, chance[chance <= chance[k] * (1 + 1e-7)].sum()))
