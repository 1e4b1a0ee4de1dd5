"""Indicators over time: tiles of one length, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from dashboard.domain import Cells, Indicator, Period, Query, State, add_months
from dashboard.figures.chart import Series, TrendChart, numbers
from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader
from dashboard.views.words import axis_per, cell_words, period_label, unit_words

MOST_TILES = 180
TREND_PERIODS = 5


def trend(
    reader: ViewReader, indicator: Indicator, queries: Sequence[Query], labels: Sequence[str], *, months: int
) -> TrendChart | None:
    """One line a query, in steps of `months`; counts instead of rates where most periods have too few for a rate.

    None when nothing was ever reported.
    """
    periods = tiles(reader, indicator, months, state_of(reader, *queries[0].geoids))
    if not periods:
        return None
    answers = [reader.read(replace(query, periods=periods)) for query in queries]
    as_counts = indicator.denominator is None or all(_mostly_few(cells) for cells in answers)
    lines = tuple(
        line(cells, periods, label or indicator.name, counts=as_counts)
        for cells, label in zip(answers, labels, strict=True)
    )
    unit = indicator.unit if as_counts and indicator.kind != "money" else unit_words(indicator)
    per = 1 if as_counts else axis_per(indicator)
    sentence = _sentence(indicator, answers[0], periods, labels[0])
    return TrendChart(indicator.name, sentence, unit, per, lines)


def tiles(reader: ViewReader, indicator: Indicator, months: int, state: str = "") -> tuple[Period, ...]:
    """Periods of one length that end with the newest data, side by side; the publisher's own where sums are no use."""
    span = reader.span(indicator, state)
    if span is None:
        return ()
    if not reader.adds_over_time(indicator):
        return _published(reader, indicator, state)
    start = add_months(span[1], -months)
    found: list[Period] = []
    while start >= span[0] and len(found) < MOST_TILES:
        found.append(Period(start, add_months(start, months)))
        start = add_months(start, -months)
    return tuple(reversed(found))


def _published(reader: ViewReader, indicator: Indicator, state: str) -> tuple[Period, ...]:
    """The publisher's own windows, as they stand; windows that overlap are drawn, never added."""
    windows = {window for row in reader.series_of(indicator, state) for window in reader.windows(row)}
    longest = max((window.months for window in windows), default=0)
    chosen = sorted((window for window in windows if window.months == longest), key=lambda window: window.end)
    return tuple(chosen[-MOST_TILES:])


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


def _mostly_few(cells: Cells) -> bool:
    reported = ~np.isnan(cells.numerator)
    return bool(reported.any()) and np.isnan(cells.rate[reported]).mean() > 0.5


def _sentence(indicator: Indicator, cells: Cells, periods: Sequence[Period], label: str) -> str:
    """The newest period in words, and a trend word only where five periods bear it."""
    name = f"{label}, " if label else ""
    said = cell_words(indicator, cells, len(periods) - 1)
    return f"{name}{period_label(periods[-1])}: {said}. {direction_words(cells)}".strip()


def direction_words(cells: Cells) -> str:
    """Rising or falling only when the last five periods bear it: the first and last intervals do not overlap."""
    lower, upper = cells.lower[-TREND_PERIODS:], cells.upper[-TREND_PERIODS:]
    if len(lower) < TREND_PERIODS or np.isnan(lower).any() or np.isnan(upper).any():
        return "Too few periods with a rate to speak of a trend."
    if lower[-1] > upper[0]:
        return "Higher than four periods before, beyond chance."
    if upper[-1] < lower[0]:
        return "Lower than four periods before, beyond chance."
    return "No clear change over the last five periods."
