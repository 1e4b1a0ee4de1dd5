"""Where a target stands: seven statuses, tried in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isnan, nan

from dashboard.domain import Direction
from dashboard.intervals import clopper_pearson, garwood, wilson
from dashboard.targets.glide import GlidePath

LEVEL = 0.90
FEWEST_EXPECTED = 5
COMPLETE = frozenset({"stock", "money"})
"""Kinds that are counted whole: they have no chance in them."""


class Status(StrEnum):
    """Where a target stands."""

    NO_DATA = "no data"
    DATA_LATE = "data late"
    TOO_FEW = "too few to tell"
    MET = "met"
    AHEAD = "ahead"
    BEHIND = "behind"
    ON_TRACK = "on track"


@dataclass(frozen=True)
class Counted:
    """What was counted in one window: `events` over `below` (person-years, trials; 1 for plain counts), times `per`."""

    kind: str
    events: float
    below: float
    per: float

    @property
    def value(self) -> float:
        """The rate, percent, ratio or count; NaN where it cannot be formed."""
        if not self.below > 0 or self.events < 0 or (self.kind == "proportion" and self.events > self.below):
            return nan
        return self.events / self.below * self.per

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """Exact Poisson limits; Wilson for a proportion; for a ratio of two counts those of their exact comparison.

        What is counted whole is its own interval; published days have none (NaN).
        """
        if isnan(self.value) or self.kind == "days":
            return nan, nan
        if self.kind in COMPLETE:
            return self.value, self.value
        lower, upper = self._limits(level)
        return lower * self.per, upper * self.per

    def _limits(self, level: float) -> tuple[float, float]:
        if self.kind == "proportion":
            lower, upper = wilson(self.events, self.below, level)
            return float(lower), float(upper)
        if self.kind == "ratio":
            low, high = clopper_pearson(self.events, self.events + self.below, level)
            return low / (1 - low), high / (1 - high) if high < 1 else float("inf")
        lower, upper = garwood(self.events, level)
        return float(lower) / self.below, float(upper) / self.below


@dataclass(frozen=True)
class Standing:
    """A status and what it rests on: the number now with its 90% interval, and what the path expects now."""

    status: Status
    value: float
    lower: float
    upper: float
    expected: float
    expected_events: float


def stand(path: GlidePath, counted: Counted | None, *, on: date, late: bool) -> Standing:
    """The status of a target from what was counted in the window that ends `on`; None: nothing was.

    `late` says that the data are older than the source's usual lag plus one period. In this order: no data, data
    late, too few to tell, met, ahead or behind, on track. Source: docs/methods.md section 6.
    """
    if counted is None or isnan(counted.value):
        return Standing(Status.NO_DATA, nan, nan, nan, path.at(on), nan)
    lower, upper = counted.interval()
    expected = path.at(on)
    events = expected * counted.below / counted.per
    status = Status.DATA_LATE if late else _told(path, counted, (lower, upper), expected, events)
    return Standing(status, counted.value, lower, upper, expected, events)


def _told(path: GlidePath, counted: Counted, limits: tuple[float, float], expected: float, events: float) -> Status:
    lower, upper = limits
    if isnan(lower) or _too_few(path, counted, limits, events):
        return Status.TOO_FEW
    if path.reached(counted.value) and not lower <= path.baseline <= upper:
        return Status.MET
    if lower <= expected <= upper:
        return Status.ON_TRACK
    above = lower > expected
    return Status.AHEAD if above == (path.way is not Direction.DOWN) else Status.BEHIND


def _too_few(path: GlidePath, counted: Counted, limits: tuple[float, float], events: float) -> bool:
    """The path expects under five events, or the interval holds both the baseline and the target."""
    if counted.kind in COMPLETE:
        return False
    lower, upper = limits
    return events < FEWEST_EXPECTED or (lower <= path.baseline <= upper and lower <= path.target <= upper)
