"""The picture of a target: its series, the path under it, the forecast with its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from dashboard.domain import Indicator, Period
from dashboard.figures.chart import numbers
from dashboard.figures.glide import Forecast, GlideChart
from dashboard.views.asking import state_of
from dashboard.views.series import line
from dashboard.views.source import ViewReader
from dashboard.views.target_standing import Assessed, Outlook
from dashboard.views.target_windows import baseline_of, due_window, periods_before, query_of
from dashboard.views.target_words import standing_words
from dashboard.views.words import axis_per, period_label, period_words, unit_words

SHOWN = 0.5
"""Share of the windows that must have a rate; below it counts are drawn."""


def glide_chart(reader: ViewReader, assessed: Assessed) -> GlideChart | None:
    """The chart of a target; None where nothing was ever reported or nothing may be compared."""
    indicator, window, target = assessed.indicator, assessed.window, assessed.target
    if indicator is None or window is None or assessed.path is None:
        return None
    query = query_of(reader, target)
    drawn = _drawn(window.period, periods_before(reader, indicator, target, window.period.end))
    cells = reader.read(replace(query, periods=drawn))
    counts = indicator.denominator is None or bool(np.isnan(cells.rate[~np.isnan(cells.numerator)]).mean() > 1 - SHOWN)
    scale = _scale(indicator, cells.denominator) if counts else 1.0
    due = due_window(target)
    breaks = reader.breaks(indicator, state_of(reader, *query.geoids))
    return GlideChart(
        title=indicator.name,
        sentence=standing_words(assessed),
        unit=indicator.unit if counts and indicator.kind != "money" else unit_words(indicator),
        per=1 if counts else axis_per(indicator),
        series=replace(line(cells, drawn, indicator.name, counts=counts), x=tuple(map(_last, drawn))),
        baseline=(_last(baseline_of(target)), round(target.baseline * scale, 4)),
        target=(_last(due), round(target.target * scale, 4)),
        forecast=_forecast(indicator, assessed.outlook, drawn[-1].months, counts=counts) if assessed.outlook else None,
        breaks=tuple((day.isoformat(), why) for day, why in breaks if drawn[0].start < day < drawn[-1].end),
        target_label=f"Target for {period_words(due)}",
    )


def _drawn(window: Period, history: Sequence[Period]) -> tuple[Period, ...]:
    """Windows as long as the baseline, side by side, back to where the history begins."""
    first = history[0].start if history else window.start
    found = [window]
    while Period.ending(found[-1].start, window.months).start >= first:
        found.append(Period.ending(found[-1].start, window.months))
    return tuple(reversed(found))


def _scale(indicator: Indicator, below: np.ndarray) -> float:
    """From a rate to the count of one window."""
    known = below[~np.isnan(below)]
    return 1.0 if indicator.denominator is None or not len(known) else float(known[-1]) / indicator.per


def _forecast(indicator: Indicator, outlook: Outlook, months: int, *, counts: bool) -> Forecast:
    """The future in the periods that are drawn."""
    step = max(months // outlook.periods[0].months, 1)
    last = len(outlook.periods)
    firsts = range(last % step, last, step)
    bands = [outlook.future.band(first, first + step) for first in firsts]
    periods = [Period(outlook.periods[first].start, outlook.periods[first + step - 1].end) for first in firsts]
    each = 1.0 if counts or indicator.denominator is None else indicator.per / (outlook.below * step)
    middle, lower, upper = (numbers(np.array([band[n] for band in bands]) * each) for n in range(3))
    labels = tuple(period_label(period) for period in periods)
    return Forecast(labels, tuple(map(_last, periods)), middle, lower, upper)


def _last(period: Period) -> str:
    """The last day of a window: windows stand where they end, as the path counts."""
    return (period.end - timedelta(days=1)).isoformat()
