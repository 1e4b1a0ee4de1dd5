"""Scales: round axis ends and ticks, dates as positions, and labels kept from lying on one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from dashboard.figures.chart import IntervalChart, TrendChart


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round ticks that reach from at or below `low` to at or above `high`."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** floor(log10(span / about))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power * about >= span * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


def value_ticks(charts: Sequence[TrendChart | IntervalChart]) -> list[float]:
    """Ticks of the value axis that these charts share; from zero unless all of them say otherwise."""
    known = [v for chart in charts for v in _values(chart) if v is not None]
    if all(isinstance(chart, IntervalChart) or chart.y_from_zero for chart in charts) or not known:
        known.append(0.0)
    return ticks(min(known), max(known))


def _values(chart: TrendChart | IntervalChart) -> list[float | None]:
    if isinstance(chart, IntervalChart):
        rows = [v for row in chart.rows for v in (row.value, row.lower, row.upper)]
        return rows + ([chart.reference[0]] if chart.reference else [])
    # A very wide upper limit must not flatten the line: the band may leave the picture above twice the top.
    tops = [v for s in chart.series for v in s.value if v is not None]
    limit = 2 * max(tops, default=0)
    wide = [v for s in chart.series for v in (*s.lower, *s.upper) if v is not None]
    return [*tops, *(min(v, limit) for v in wide)]


def tick_digits(places: Sequence[float]) -> int:
    """Decimals that tell neighbouring ticks apart."""
    return next((digits for digits in range(4) if all(round(p, digits) == p for p in places)), 4)


def day(iso: str) -> int:
    """A date's place on a line, in days."""
    return date.fromisoformat(iso[:10]).toordinal()


def tick_labels(labels: Sequence[str], width: float, letter: float = 7.0) -> list[str]:
    """Period labels that fit side by side in `width` pixels: the last, and every k-th before it; the others empty."""
    longest = max((len(label) for label in labels), default=1) * letter + 14
    every = max(1, ceil(len(labels) * longest / width))
    return [label if (len(labels) - 1 - i) % every == 0 else "" for i, label in enumerate(labels)]


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label places as little as needed so that they stand `gap` apart, in their order, between low and high."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    floor_ = low
    for i in order:
        moved[i] = max(moved[i], floor_)
        floor_ = moved[i] + gap
    ceiling = high
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - gap
    return moved


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of about `width` letters, broken between words; at most three lines."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2]}…"]
