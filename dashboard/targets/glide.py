"""The straight line from baseline to target, and the pace it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.domain import Direction

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class GlidePath:
    """From `baseline` on the day its window ends to `target` on the due day; all windows are named by their end.

    G(t) = B + (T - B)(t - t0)/(t_T - t0). Before the start it is the baseline, after the due day the target.
    """

    baseline: float
    target: float
    start: date
    due: date
    better: Direction = Direction.CONTEXT
    """The indicator's own direction: which way is good where target and baseline are equal."""

    def at(self, day: date) -> float:
        """Where the window that ends on `day` should be."""
        if day >= self.due:
            return self.target
        if day <= self.start:
            return self.baseline
        part = (day - self.start).days / (self.due - self.start).days
        return self.baseline + (self.target - self.baseline) * part

    @property
    def way(self) -> Direction:
        """Which way the target lies from the baseline; the indicator's own direction when they are equal."""
        if self.target == self.baseline:
            return self.better
        return Direction.UP if self.target > self.baseline else Direction.DOWN

    def reached(self, value: float) -> bool:
        """Whether a value is at the target or beyond it, in the target's own direction."""
        return value <= self.target if self.way is Direction.DOWN else value >= self.target

    def planned_a_year(self) -> float:
        """The change a year that the path asks for."""
        return (self.target - self.baseline) * DAYS_A_YEAR / max((self.due - self.start).days, 1)

    def needed_a_year(self, value: float, day: date) -> float | None:
        """The change a year that leads from a value now to the target on the due day; None from that day on."""
        left = (self.due - day).days
        return (self.target - value) * DAYS_A_YEAR / left if left > 0 else None
