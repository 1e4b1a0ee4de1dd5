"""Indicators over time: tiles of one length, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from dashboard.domain import Cells, Indicator, Period, Query, State, add_months
from dashboard.figures.chart import Series, TrendChart, numbers
from dashboard.figures.words import capital
from dashboard.views.asking import state_of
from dashboard.views.choices import MOST_WINDOWS, published_windows
from dashboard.views.source import ViewReader
from dashboard.views.words import axis_per, counted_words, month_words, period_label, period_words, unit_words

TREND_PERIODS = 5


def trend(
    reader: ViewReader, indicator: Indicator, queries: Sequence[Query], labels: Sequence[str], *, months: int
) -> TrendChart | None:
    """One line a query, in steps of `months`; counts instead of rates where most periods have too few for a rate.

    None when nothing was ever reported.
    """
    state = state_of(reader, *queries[0].geoids)
    periods = tiles(reader, indicator, months, state)
    if not periods:
        return None
    answers = [reader.read(replace(query, periods=periods)) for query in queries]
    as_counts = indicator.denominator is None or _mostly_few(answers)
    breaks = [day for day in reader.breaks(indicator, state) if periods[0].start < day[0] < periods[-1].end]
    lines = tuple(
        line(cells, periods, label or indicator.name, counts=as_counts)
        for cells, label in zip(answers, labels, strict=True)
    )
    unit = indicator.unit if as_counts and indicator.kind != "money" else unit_words(indicator)
    per = 1 if as_counts else axis_per(indicator)
    sentence = _sentence(indicator, answers[0], periods, labels[0], breaks)
    drawn = tuple((day.isoformat(), why) for day, why in breaks)
    return TrendChart(indicator.name, sentence, unit, per, lines, drawn)


def tiles(reader: ViewReader, indicator: Indicator, months: int, state: str = "") -> tuple[Period, ...]:
    """Periods of one length that end with the newest data, side by side; the publisher's own where sums are no use."""
    span = reader.span(indicator, state)
    if span is None:
        return ()
    if not reader.adds_over_time(indicator):
        return _windows(reader, indicator, state)
    start = add_months(span.end, -months)
    found: list[Period] = []
    while start >= span.start and len(found) < MOST_WINDOWS:
        found.append(Period(start, add_months(start, months)))
        start = add_months(start, -months)
    return tuple(reversed(found))


def _windows(reader: ViewReader, indicator: Indicator, state: str) -> tuple[Period, ...]:
    """Published windows of one length, oldest first: years where there are any, else the shortest there are."""
    windows = published_windows(reader, indicator, state)
    length = min((window.months for window in windows), default=0)
    return tuple(sorted(window for window in windows if window.months == length)[-MOST_WINDOWS:])


def line(cells: Cells, periods: Sequence[Period], label: str, *, counts: bool) -> Series:
    """Cells of one area over several periods as a line."""
    middle = tuple((period.start + timedelta(days=period.days // 2)).isoformat() for period in periods)
    absent = (None,) * len(periods)
    return Series(
        label=label,
        period_labels=tuple(period_label(period) for period in periods),
        x=middle,
        value=numbers(cells.numerator if counts else cells.rate),
        lower=absent if counts else numbers(cells.lower),
        upper=absent if counts else numbers(cells.upper),
        numerator=numbers(cells.numerator),
        state=tuple(State.VALUE if counts and n == n else s for n, s in zip(cells.numerator, cells.state, strict=True)),
        provisional=tuple(cells.provisional.tolist()),
    )


def _mostly_few(answers: Sequence[Cells]) -> bool:
    """Whether more than half of all reported periods have a count but no rate."""
    rates = np.concatenate([cells.rate[~np.isnan(cells.numerator)] for cells in answers])
    return bool(len(rates)) and float(np.isnan(rates).mean()) > 0.5


def _sentence(
    indicator: Indicator, cells: Cells, periods: Sequence[Period], label: str, breaks: Sequence[tuple[date, str]]
) -> str:
    """The newest period in words, and a trend word only where five periods bear it."""
    when = period_words(periods[-1])
    said = counted_words(indicator, cells, len(periods) - 1)
    start = f"{label}, {when}" if label else capital(when)
    return f"{start}: {said}. {direction_words(cells, periods, breaks)}"


def direction_words(cells: Cells, periods: Sequence[Period], breaks: Sequence[tuple[date, str]] = ()) -> str:
    """Higher or lower only when five periods that neither overlap nor cross a break bear it.

    The first and the last of them must have intervals that lie apart.
    """
    if any(periods[-1].start < day < periods[-1].end for day, _ in breaks):
        return "The definition changed within this period: no trend can be told."
    since = max((day for day, _ in breaks), default=date.min)
    apart = [position for position in _not_overlapping(periods) if periods[position].start >= since][-TREND_PERIODS:]
    lower, upper = cells.lower[apart], cells.upper[apart]
    if len(apart) < TREND_PERIODS or np.isnan(lower).any() or np.isnan(upper).any():
        after = f" since the change of {month_words(since)}" if breaks else ""
        return f"Too few periods with a rate{after} to speak of a trend."
    before = period_words(periods[apart[0]])
    if lower[-1] > upper[0]:
        return f"Higher than {before}, beyond chance."
    if upper[-1] < lower[0]:
        return f"Lower than {before}, beyond chance."
    return f"No clear change since {before}."


def _not_overlapping(periods: Sequence[Period]) -> list[int]:
    """Positions of periods that do not overlap, counted back from the newest."""
    kept = [len(periods) - 1]
    for position in range(len(periods) - 2, -1, -1):
        if periods[position].end <= periods[kept[-1]].start:
            kept.append(position)
    return kept[::-1]
