"""Indicators over time: tiles of one length, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from dashboard.domain import Cells, Indicator, Period, Query, State, add_months
from dashboard.figures.chart import Series, TrendChart, numbers
from dashboard.views.asking import state_of
from dashboard.views.choices import MOST_WINDOWS, published_windows
from dashboard.views.source import ViewReader
from dashboard.views.words import axis_per, counted_words, period_label, unit_words

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
        return published_windows(reader, indicator, state)
    start = add_months(span[1], -months)
    found: list[Period] = []
    while start >= span[0] and len(found) < MOST_WINDOWS:
        found.append(Period(start, add_months(start, months)))
        start = add_months(start, -months)
    return tuple(reversed(found))


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
    said = counted_words(indicator, cells, len(periods) - 1)
    return f"{name}{period_label(periods[-1])}: {said}. {direction_words(cells, periods)}".strip()


def direction_words(cells: Cells, periods: Sequence[Period]) -> str:
    """Higher or lower only when five periods that do not overlap bear it: first and last interval lie apart."""
    apart = _not_overlapping(periods)[-TREND_PERIODS:]
    lower, upper = cells.lower[apart], cells.upper[apart]
    if len(apart) < TREND_PERIODS or np.isnan(lower).any() or np.isnan(upper).any():
        return "Too few periods with a rate to speak of a trend."
    before = period_label(periods[apart[0]])
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
