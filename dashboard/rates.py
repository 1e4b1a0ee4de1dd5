"""From numerators and denominators to what may be shown: rate, interval and state, for all areas at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.domain import FloatArray, State
from dashboard.intervals import byar, garwood, wilson
from dashboard.standardise import fay_feuer

__all__ = ["DEFAULT_RELIABILITY", "Estimates", "Reliability", "byar", "crude", "estimate", "fay_feuer", "garwood",
           "wilson"]  # fmt: skip

Mask = NDArray[np.bool_]
WITH_RATE = frozenset({"rate", "proportion", "ratio"})


@dataclass(frozen=True)
class Reliability:
    """From how many events (or trials) a rate is shown, and below how many it is flagged unstable.

    Defaults: not shown below 10 events (NCHS 2023), flagged below 20; a proportion also needs 10 trials, flagged
    below 30.
    """

    minimum_events: float = 10
    unstable_below: float = 20
    minimum_trials: float = 10
    unstable_trials_below: float = 30


DEFAULT_RELIABILITY = Reliability()


@dataclass(frozen=True)
class Estimates:
    """Columns of equal length. Absent numbers are NaN and `state` says why.

    `faults` marks cells whose terms cannot be true (negative, or a part larger than its whole): no rate is made.
    """

    rate: FloatArray
    lower: FloatArray
    upper: FloatArray
    state: list[str]
    faults: Mask


def crude(numerator: ArrayLike, denominator: ArrayLike, per: float) -> FloatArray:
    """numerator / denominator x per; NaN where either is absent or the denominator is not above 0."""
    below = np.asarray(denominator, dtype=np.float64)
    return np.asarray(numerator, dtype=np.float64) / np.where(below > 0, below, np.nan) * per


def estimate(
    kind: str,
    numerator: ArrayLike,
    denominator: ArrayLike,
    per: float,
    states: Sequence[str] | NDArray[np.str_],
    *,
    rules: Reliability = DEFAULT_RELIABILITY,
    level: float = 0.95,
) -> Estimates:
    """Rate, interval and state of every cell of an indicator of this kind (see domain.Indicator).

    `states` is what the store knows of each numerator. A hidden or unreported cell keeps its state and has no
    number; zero is a value with its interval; few events leave only the count, flagged unstable. A cell whose
    denominator is absent stays a value without a rate: counts only.
    """
    state = np.array(states, dtype="U12")
    x = np.asarray(numerator, dtype=np.float64)
    state[np.isnan(x) & ((state == State.VALUE) | (state == State.UNSTABLE))] = State.NOT_REPORTED
    known = (state == State.VALUE) | (state == State.UNSTABLE)
    n = np.asarray(denominator, dtype=np.float64) if kind in WITH_RATE else np.full(x.shape, np.nan)
    faults = known & _impossible(kind, x, n)
    hidden, flagged = _few(kind, x, n, rules)
    formed = known & ~faults & (n > 0)
    state[formed & (hidden | flagged)] = State.UNSTABLE
    shown = formed & ~hidden
    rate, lower, upper = (np.where(shown, column, np.nan) for column in _numbers(kind, x, n, per, level))
    return Estimates(rate, lower, upper, state.tolist(), faults)


def _impossible(kind: str, x: FloatArray, n: FloatArray) -> Mask:
    return np.asarray((x < 0) | (n < 0) | ((x > n) if kind == "proportion" else False))


def _few(kind: str, x: FloatArray, n: FloatArray, rules: Reliability) -> tuple[Mask, Mask]:
    """Which cells have too few events to show a rate, and which to trust it."""
    hidden, flagged = x < rules.minimum_events, x < rules.unstable_below
    if kind == "proportion":
        hidden, flagged = hidden | (n < rules.minimum_trials), n < rules.unstable_trials_below
    elif kind == "ratio":  # its denominator may be events too: kits per death
        hidden, flagged = hidden | (n < rules.minimum_events), flagged | (n < rules.unstable_below)
    return hidden & (x > 0), flagged & (x > 0)


def _numbers(
    kind: str, x: FloatArray, n: FloatArray, per: float, level: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    rate = crude(x, n, per)
    if kind == "proportion":
        lower, upper = wilson(x, n, level)
        return rate, lower * per, upper * per
    if kind == "rate":
        lower, upper = garwood(x, level)
        return rate, crude(lower, n, per), crude(upper, n, per)
    return rate, rate * np.nan, rate * np.nan
