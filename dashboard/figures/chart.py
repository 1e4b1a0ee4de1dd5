"""Neutral charts: what a picture says, before anything draws it. Every chart carries its sentence and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.domain import State
from dashboard.figures.flags import Flag
from dashboard.figures.tables import Point, Table, long_table, reading, wide_table
from dashboard.figures.words import absent_words, axis_words, capital, counted_words, digits_for

MOST_SERIES = 4
Numbers = tuple[float | None, ...]


def numbers(values: ArrayLike, digits: int = 4) -> Numbers:
    """A column for a chart: rounded, NaN becomes None."""
    column = np.asarray(values, dtype=np.float64).tolist()
    return tuple(None if value != value else round(value, digits) for value in column)


@dataclass(frozen=True)
class Series:
    """One line. Columns of equal length in order of time; None where a number is absent and `state` says why.

    `x` are ISO dates, the middle of each period. `numerator` is the count behind a rate (None: unknown or hidden).
    """

    label: str
    period_labels: tuple[str, ...]
    x: tuple[str, ...]
    value: Numbers
    lower: Numbers
    upper: Numbers
    numerator: Numbers
    state: tuple[str, ...]
    provisional: tuple[bool, ...]

    @property
    def points(self) -> list[Point]:
        """The same, point by point; a column of another length is a ValueError."""
        columns = (self.period_labels, self.value, self.lower, self.upper, self.numerator, self.state, self.provisional)
        return [Point(*row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True)
class TrendChart:
    """One to four series over time; `breaks` are (ISO date, label) where a definition or the reporting changed.

    `flags` are what people said about it.
    """

    title: str
    sentence: str
    unit: str
    per: int
    series: tuple[Series, ...]
    breaks: tuple[tuple[str, str], ...] = ()
    y_from_zero: bool = True
    flags: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"a trend chart shows 1 to {MOST_SERIES} series, not {len(self.series)}")

    @property
    def axis(self) -> str:
        """What the axis counts, in words."""
        return axis_words(self.unit, self.per)

    @property
    def digits(self) -> int:
        """Decimals of every number in this chart."""
        return digits_for(value for series in self.series for value in series.value)

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        return reading("Shaded: the 95% interval.", [point for series in self.series for point in series.points])

    def table(self) -> Table:
        """Head and rows of the table twin: one row a period, newest last."""
        if len(self.series) == 1:
            return long_table("Period", self.axis, counted_words(self.unit, self.per), self.series[0].points)
        return wide_table([(s.label, s.x, s.points, self.digits) for s in self.series])


@dataclass(frozen=True)
class IntervalRow:
    """A group or place: its value, interval and state; `highlight` marks the one the page is about."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    state: str = State.VALUE
    numerator: float | None = None
    highlight: bool = False
    provisional: bool = False

    @property
    def point(self) -> Point:
        """The same without the highlight."""
        return Point(self.label, self.value, self.lower, self.upper, self.numerator, self.state, self.provisional)


@dataclass(frozen=True)
class IntervalChart:
    """Dots with whiskers, a row per group or place; `reference` is a (value, label) to compare with."""

    title: str
    sentence: str
    unit: str
    per: int
    rows: tuple[IntervalRow, ...]
    reference: tuple[float, str] | None = None

    @property
    def axis(self) -> str:
        """What the axis counts, in words."""
        return axis_words(self.unit, self.per)

    @property
    def digits(self) -> int:
        """Decimals of every number in this chart."""
        return digits_for(row.value for row in self.rows)

    @property
    def reading(self) -> str:
        """How to read the marks that occur: sentences for the caption."""
        return reading("The line through a point is its 95% interval.", [row.point for row in self.rows], crosses=False)

    def table(self) -> Table:
        """Head and rows of the table twin: one row a group or place."""
        counted = counted_words(self.unit, self.per)
        return long_table("Group or place", self.axis, counted, [row.point for row in self.rows])


@dataclass(frozen=True)
class SmallMultiples:
    """Several trends side by side on one scale."""

    title: str
    sentence: str
    charts: tuple[TrendChart, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What people said about any of them, each once, by number."""
        return tuple(sorted({flag.number: flag for chart in self.charts for flag in chart.flags}.values(), key=_number))

    @property
    def reading(self) -> str:
        """How to read the marks that occur in any of the charts."""
        series = [series for chart in self.charts for series in chart.series]
        return reading("Shaded: the 95% interval.", [point for s in series for point in s.points])

    def table(self) -> Table:
        """Head and rows of the table twin: a column per chart (per series, where a chart has several)."""
        named = [
            (chart.title if len(chart.series) == 1 else f"{chart.title}: {s.label}", s.x, s.points, chart.digits)
            for chart in self.charts
            for s in chart.series
        ]
        return wide_table(named)


Chart = TrendChart | IntervalChart | SmallMultiples


def _number(flag: Flag) -> int:
    return flag.number


def segments(series: Series, breaks: Sequence[tuple[str, str]] = ()) -> list[list[int]]:
    """Runs of neighbouring points that may be joined: no absent number between them and no break."""
    runs: list[list[int]] = []
    for i, value in enumerate(series.value):
        if value is None:
            continue
        if runs and runs[-1][-1] == i - 1 and not _broken(breaks, series.x[i - 1], series.x[i]):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def stands_out(chart: IntervalChart, row: IntervalRow) -> bool:
    """Whether a row is drawn in the accent: it is the one the page is about, or there is no such row."""
    return row.highlight or not any(other.highlight for other in chart.rows)


def nothing_shown(chart: TrendChart) -> str:
    """What to write across a chart that has no number at all; empty where it has one."""
    points = [point for series in chart.series for point in series.points]
    if any(point.value is not None for point in points):
        return ""
    reasons = dict.fromkeys(absent_words(point.state, None) for point in points)
    return capital(" or ".join(reasons)) if reasons else "Nothing to show"


def _broken(breaks: Sequence[tuple[str, str]], before: str, after: str) -> bool:
    return any(before < day <= after for day, _ in breaks)
