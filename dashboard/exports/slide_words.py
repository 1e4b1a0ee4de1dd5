"""The words below a native chart: how its marks are read, and which of its numbers are marked or missing, by name."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.domain import State
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import GlideChart
from dashboard.figures.tables import Point
from dashboard.figures.words import interval_words, number, remarks
from dashboard.views.words import day_words


def step_words(chart: CascadeChart) -> str:
    """How to read a cascade, and which of its steps are provisional or unstable; its labels say what is missing."""
    marked = [
        (step.label, remarks(step.state, step.provisional, shown=step.reached is not None)) for step in chart.steps
    ]
    told = [f"{label}: {said}" for label, said in marked if said]
    return f"{chart.reading} {'; '.join(told)}{'.' if told else ''}".strip()


def reading_words(chart: TrendChart | GlideChart) -> str:
    """How to read the marks, what changed on the way, and which periods are provisional, unstable or without a number.

    The marks are named by their periods too: not every program that opens slides draws them.
    """
    lines = (chart.series,) if isinstance(chart, GlideChart) else chart.series
    points = [point for series in lines for point in series.points]
    drawn = [point for point in points if point.value is not None]
    interval = chart.interval if isinstance(chart, GlideChart) else "95%"
    return " ".join(filter(None, (
        f"Whiskers: the {interval} interval." if any(point.lower is not None for point in drawn) else "",
        _named("Hollow: provisional, may still change", (point for point in drawn if point.provisional)),
        _named("Diamond: few events, unstable", (point for point in drawn if point.state == State.UNSTABLE)),
        *(f"{day_words(day)}: {why}." for day, why in chart.breaks), _absent(points),
        _expected(chart) if isinstance(chart, GlideChart) else "",
    )))  # fmt: skip


def _named(mark: str, points: Iterable[Point]) -> str:
    labels = ", ".join(dict.fromkeys(point.label for point in points))
    return f"{mark} ({labels})." if labels else ""


def _absent(points: Iterable[Point]) -> str:
    absent: dict[str, list[str]] = {}
    for point in points:
        if point.value is None:
            absent.setdefault(point.said(0), []).append(point.label)
    told = [f"{', '.join(labels)}: {why}" for why, labels in absent.items()]
    return f"Not drawn, because there is no number: {'; '.join(told)}." if told else ""


def _expected(chart: GlideChart) -> str:
    """What is expected at the end, with its band: the chart draws the middle alone."""
    ahead = chart.forecast
    if ahead is None or ahead.value[-1] is None:
        return ""
    digits = max(chart.digits, 1)
    band = interval_words(ahead.lower[-1], ahead.upper[-1], digits)
    said = f"{number(ahead.value[-1], digits)}, {ahead.interval} chance of {band}" if band else ""
    return f"Expected for {ahead.period_labels[-1]}, if this goes on: {said}." if said else ""
