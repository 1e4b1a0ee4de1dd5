"""Where one target stands, worked out from what a reader tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite, nan

import numpy as np

from dashboard.domain import Direction, Indicator, Period, Target, add_months
from dashboard.errors import InvalidQuery
from dashboard.targets.forecast import Forecast, History, Regime, forecast, rounded_chance
from dashboard.targets.glide import GlidePath
from dashboard.targets.progress import Progress, progress
from dashboard.targets.status import Counted, Standing, Status, stand
from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader
from dashboard.views.target_windows import (
    Window,
    baseline_of,
    due_window,
    expected_by,
    hidden,
    history_of,
    months_of,
    newest_window,
    periods_before,
    query_of,
)
from dashboard.views.words import day_words, month_words, period_words

SEED = 20
A_YEAR = 4
"""Periods whose residents (or trials) are taken for those of each period to come."""
ROUNDING = 1e-9
WITH_CHANCE = frozenset({"rate", "proportion", "ratio", "count"})


@dataclass(frozen=True)
class Outlook:
    """What is to be expected: a rounded percent, the due window's band, and the future behind it.

    `periods` are those to come, `below` what one of them stands over, `each` what one event adds to the due window.
    """

    chance: int
    band: tuple[float, float, float]
    regime: Regime
    future: Forecast
    periods: tuple[Period, ...]
    below: float
    each: float


@dataclass(frozen=True)
class Assessed:
    """A target and where it stands. `reason` says why there is no status to tell; `window` is None without data."""

    target: Target
    indicator: Indicator | None
    path: GlidePath | None
    window: Window | None
    standing: Standing
    progress: Progress
    reason: str = ""
    outlook: Outlook | None = None
    no_outlook: str = ""
    expected_by: date | None = None

    @property
    def status(self) -> Status:
        """Where it stands, in a word or two."""
        return self.standing.status


NOTHING = Standing(Status.NO_DATA, nan, nan, nan, nan, nan)


def assess(reader: ViewReader, target: Target, today: date, *, seed: int | None = SEED) -> Assessed:
    """Where a target stands on a day; a target that cannot be judged says why instead of raising.

    `seed` is that of the forecast; None asks for the status alone.
    """
    try:
        return _assess(reader, target, today, seed)
    except InvalidQuery as error:
        indicator = reader.registry.indicators.get(target.indicator)
        return Assessed(target, indicator, None, None, NOTHING, progress(nan, nan, nan), str(error).rstrip("."))


def _assess(reader: ViewReader, target: Target, today: date, seed: int | None) -> Assessed:
    indicator = reader.registry.indicator(target.indicator)
    baseline = baseline_of(target)
    path = GlidePath(target.baseline, target.target, baseline.end, target.due + timedelta(days=1), indicator.direction)
    window = newest_window(reader, indicator, target)
    reason = _no_comparison(reader, indicator, target, window)
    if reason or window is None:
        none = progress(nan, nan, nan)
        return Assessed(target, indicator, path, window, NOTHING, none, reason or "nobody reports this here")
    by = expected_by(reader, indicator, target, window)
    standing = stand(path, window.counted, on=window.period.end, late=today > by)
    found, no_outlook = (None, "") if seed is None else _outlook(reader, indicator, target, window, seed)
    moved = progress(target.baseline, target.target, standing.value)
    return Assessed(target, indicator, path, window, standing, moved, "", found, no_outlook, by)


def _no_comparison(reader: ViewReader, indicator: Indicator, target: Target, window: Window | None) -> str:
    """Why the newest number must not be held against the target; "" when it may."""
    if not (isfinite(target.baseline) and isfinite(target.target)):
        return "the target has no baseline"
    if window is None:
        shut = hidden(reader, indicator, target)
        return "the numbers are hidden to protect people" if shut else "nobody reports this here"
    if window.period.end <= baseline_of(target).end:
        return f"nothing complete has come since the baseline, {period_words(baseline_of(target))}"
    if not isfinite(window.counted.value):
        return _no_value(window.counted)
    for day, why in reader.breaks(indicator, state_of(reader, *query_of(reader, target).geoids)):
        if baseline_of(target).start < day < window.period.end:
            return f"the definition changed in {month_words(day)} ({why}), after the baseline: set a new baseline"
    return ""


def _no_value(counted: Counted) -> str:
    if counted.below > 0:
        return "more was counted than there was to count among: the numerator is above its denominator"
    return "there is only a count here, and nothing to divide it by"


def _outlook(
    reader: ViewReader, indicator: Indicator, target: Target, window: Window, seed: int
) -> tuple[Outlook | None, str]:
    """The forecast of the due window, or why there is none."""
    if indicator.kind not in WITH_CHANCE:
        return None, "No forecast: only counts of events have a chance that can be worked out."
    periods = periods_before(reader, indicator, target, window.period.end)
    history, known = history_of(reader, indicator, target, periods)
    step = periods[-1].months if periods else months_of(target)
    to_come = round(Period(window.period.end, target.due + timedelta(days=1)).days / 30.4375 / step)
    if window.period.end >= target.due + timedelta(days=1):
        return None, f"The due day, {day_words(target.due)}, is past."
    if len(known) < 2 or to_come > len(known):
        return None, "No forecast: the due day lies further ahead than the numbers reach back."
    return _forecast(history, known, max(to_come, 1), target, (indicator, seed)), ""


def _forecast(
    history: History, known: tuple[Period, ...], to_come: int, target: Target, told: tuple[Indicator, int]
) -> Outlook:
    """The future in periods like the known ones, and the window that ends on the due day: partly known, partly not."""
    indicator, seed = told
    step, end = known[-1].months, due_window(target).end
    starts = [add_months(end, -step * (to_come - n)) for n in range(to_come)]
    below = float(history.below[-A_YEAR:].mean())
    future = forecast(history, np.full(to_come, below), seed=seed)
    inside = max(months_of(target) // step, 1)
    known_inside = slice(len(known) - max(inside - to_come, 0), None)
    happened = float(history.events[known_inside].sum())
    total = below * min(inside, to_come) + float(history.below[known_inside].sum())
    each = 1.0 if indicator.denominator is None else indicator.per / total
    at_most = target.target < target.baseline or (
        target.target == target.baseline and indicator.direction is Direction.DOWN
    )
    limit = target.target / each - happened + (ROUNDING if at_most else -ROUNDING)
    first = max(to_come - inside, 0)
    middle, lower, upper = ((count + happened) * each for count in future.band(first, to_come))
    return Outlook(
        rounded_chance(future.chance(limit, at_most=at_most, first=first)), (middle, lower, upper), history.regime,
        future, tuple(Period(start, add_months(start, step)) for start in starts), below, each,
    )  # fmt: skip
