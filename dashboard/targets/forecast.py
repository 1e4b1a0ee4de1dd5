"""What the counts to come may be: a steady level under 20 events, a line over time from there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import betainc

from dashboard.domain import FloatArray
from dashboard.targets.fit import expected, fit

FEWEST_EVENTS = 20
FEWEST_PERIODS = 8
DRAWS = 4000
PRIOR = 0.5
BAND = 0.90


class Regime(StrEnum):
    """What is assumed to go on: the level of the history, or its trend."""

    LEVEL = "level"
    TREND = "trend"


@dataclass(frozen=True)
class History:
    """Counted periods of one length, oldest first: `events` over `below` (person-years, trials or 1)."""

    events: FloatArray
    below: FloatArray
    proportion: bool = False

    @property
    def regime(self) -> Regime:
        """A trend from 20 events (and, of a proportion, 20 without) over at least eight periods; else a level."""
        fewest = min(self.events.sum(), (self.below - self.events).sum()) if self.proportion else self.events.sum()
        return Regime.TREND if fewest >= FEWEST_EVENTS and len(self.events) >= FEWEST_PERIODS else Regime.LEVEL


QUANTILES = (0.5, (1 - BAND) / 2, (1 + BAND) / 2)


@dataclass(frozen=True)
class Forecast:
    """Possible futures: a row a draw, a column a period to come.

    Of a steady Poisson level the sums are known exactly: then `level` is (events, time of history, time to come).
    """

    regime: Regime
    draws: FloatArray
    level: tuple[float, float, FloatArray] | None = None

    def chance(self, events: float, *, at_most: bool, first: int = 0) -> float:
        """Probability that the sum from period `first` on is at most (else at least) so many events."""
        if self.level:
            happened, lived, below = self.level
            if at_most:
                return gamma_poisson(happened, lived, float(below[first:].sum()), events)
            return 1 - gamma_poisson(happened, lived, float(below[first:].sum()), np.ceil(events) - 1)
        summed = self.draws[:, first:].sum(axis=1)
        return float(np.mean(summed <= events if at_most else summed >= events))

    def band(self, first: int, last: int) -> tuple[float, float, float]:
        """Middle, lower and upper end of the 90% band of the sum of periods `first` up to (without) `last`."""
        if self.level:
            happened, lived, below = self.level
            wanted = (happened, lived, float(below[first:last].sum()))
            middle, lower, upper = (gamma_poisson_quantile(*wanted, quantile) for quantile in QUANTILES)
            return middle, lower, upper
        summed = self.draws[:, first:last].sum(axis=1)
        middle, lower, upper = np.quantile(summed, QUANTILES, method="inverted_cdf").tolist()
        return middle, lower, upper


def forecast(history: History, below: FloatArray, *, seed: int, draws: int = DRAWS) -> Forecast:
    """Counts of the periods to come, of which `below` gives the person-years or trials.

    Under 20 events of history: Gamma-Poisson (of a proportion Beta-binomial). From 20 events over at least eight
    periods: a log-linear (logistic) line with dispersion, its coefficients and the counts simulated.
    """
    rng = np.random.default_rng(seed)
    if history.regime is Regime.LEVEL:
        exact = None if history.proportion else (float(history.events.sum()), float(history.below.sum()), below)
        return Forecast(Regime.LEVEL, _level(history, below, rng, draws), exact)
    return Forecast(Regime.TREND, _trend(history, below, rng, draws))


def gamma_poisson(events: float, history: float, to_come: float, at_most: float) -> float:
    """P(Y <= at_most), Y ~ NegBin(0.5 + events, n/(n + m)) with n of history and m to come. Source: methods.md."""
    if at_most < 0:
        return 0.0
    return float(betainc(PRIOR + events, np.floor(at_most) + 1, history / (history + to_come)))


def gamma_poisson_quantile(events: float, history: float, to_come: float, quantile: float) -> float:
    """The smallest count whose probability of being at most that is `quantile`."""
    high = 1.0
    while gamma_poisson(events, history, to_come, high) < quantile:
        high *= 2
    counts = np.arange(high + 1)
    reached = betainc(PRIOR + events, counts + 1, history / (history + to_come)) >= quantile
    return float(counts[int(np.argmax(reached))])


def rounded_chance(chance: float) -> int:
    """A chance in percent, rounded to 5 and never 0 or 100."""
    return int(np.clip(5 * round(20 * chance), 5, 95))


def _level(history: History, below: FloatArray, rng: np.random.Generator, draws: int) -> FloatArray:
    happened, lived = history.events.sum(), history.below.sum()
    if history.proportion:
        share = rng.beta(PRIOR + happened, PRIOR + lived - happened, draws)
        return rng.binomial(np.round(below).astype(np.int64)[None, :], share[:, None]).astype(float)
    rate = rng.gamma(PRIOR + happened, 1 / lived, draws)
    return rng.poisson(rate[:, None] * below[None, :]).astype(float)


def _trend(history: History, below: FloatArray, rng: np.random.Generator, draws: int) -> FloatArray:
    known = len(history.events)
    line = fit(np.arange(known, dtype=float), history.events, history.below, proportion=history.proportion)
    spread = line.covariance * line.dispersion
    drawn = rng.multivariate_normal(line.coefficients, spread, draws, method="cholesky")
    time = known + np.arange(len(below), dtype=float)
    linear = np.minimum(drawn[:, :1] + drawn[:, 1:] * time[None, :], 20.0)
    mean = expected(linear, below[None, :], proportion=history.proportion)
    return _counts(mean, below, line.dispersion, rng, proportion=history.proportion)


def _counts(
    mean: FloatArray, below: FloatArray, dispersion: float, rng: np.random.Generator, *, proportion: bool
) -> FloatArray:
    """Counts around their means, with `dispersion` times the variance of pure chance."""
    if proportion:
        trials = np.round(below)[None, :]
        share = mean / below[None, :]
        if dispersion > 1:
            both = np.maximum((trials - 1) / (dispersion - 1) - 1, 0.5)
            share = rng.beta(np.maximum(share * both, 1e-6), np.maximum((1 - share) * both, 1e-6))
        return rng.binomial(trials.astype(np.int64), share).astype(float)
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return rng.poisson(np.minimum(mean, 1e9)).astype(float)
