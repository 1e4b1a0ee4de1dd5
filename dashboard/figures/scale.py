"""Scales: round axis ends and ticks, dates as positions, and labels kept from lying on one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from dashboard.figures.chart import IntervalChart, TrendChart


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round ticks that reach from at or below `low` to at or above `high`."""
    high = high if high > low else low + (abs(low) or 1.0)
    span = high - low
    power = 10.0 ** floor(log10(span / about))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power * about >= span * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def value_ticks(charts: Sequence[TrendChart | IntervalChart], about: int = 5) -> list[float]:
    """Ticks of the value axis that these charts share; from zero unless all of them say otherwise."""
    known = [v for chart in charts for v in _values(chart) if v is not None]
    if all(isinstance(chart, IntervalChart) or chart.y_from_zero for chart in charts) or not known:
        known.append(0.0)
    return ticks(min(known), max(known), about)


def time_span(charts: Sequence[TrendChart], pad: float = 0.03) -> tuple[str, str]:
    """First and last ISO date of a time axis, with a little air at both ends; flags lie on it too."""
    days = [day(x) for chart in charts for series in chart.series for x in series.x] or [day("2000-01-01")]
    days += [day(flag.x) for chart in charts for flag in chart.flags]
    air = max(20, round((max(days) - min(days)) * pad))
    return date.fromordinal(min(days) - air).isoformat(), date.fromordinal(max(days) + air).isoformat()


def dot_size(points: int) -> int:
    """Diameter of a point in pixels: many points are small ones."""
    return 9 if points <= 16 else 7 if points <= 26 else 5 if points <= 40 else 3


def _values(chart: TrendChart | IntervalChart) -> list[float | None]:
    if isinstance(chart, IntervalChart):
        rows = [v for row in chart.rows for v in (row.value, row.lower, row.upper)]
        return rows + ([chart.reference[0]] if chart.reference else [])
    # A very wide upper limit must not flatten the lines: such a band leaves the picture at the top.
    tops = [v for s in chart.series for v in s.value if v is not None]
    limit = 1.5 * max(tops, default=0)
    wide = [v for s in chart.series for v in (*s.lower, *s.upper) if v is not None]
    return [*tops, *(min(v, limit) for v in wide)]


def tick_digits(places: Sequence[float]) -> int:
    """Decimals that tell neighbouring ticks apart."""
    return next((digits for digits in range(4) if all(round(p, digits) == p for p in places)), 4)


def day(iso: str) -> int:
    """A date's place on a line, in days."""
    return date.fromisoformat(iso[:10]).toordinal()


def time_ticks(charts: Sequence[TrendChart], width: float, letter: float = 7.6) -> list[tuple[str, str]]:
    """(ISO date, label) of every period; only as many labels are written as fit side by side in `width` pixels.

    The last period is always named. Of more than 24 periods the unnamed ones get no tick either.
    """
    series = [s for chart in charts for s in chart.series]
    spans = sorted({x: label for s in series for x, label in zip(s.x, s.period_labels, strict=True)}.items())
    longest = max((len(label) for _, label in spans), default=1) * letter + 14
    every = max(1, ceil(len(spans) * longest / max(width, 1)))
    named = [(len(spans) - 1 - i) % every == 0 for i in range(len(spans))]
    return [
        (x, label if name else "") for (x, label), name in zip(spans, named, strict=True) if name or len(spans) <= 24
    ]


def apart(places: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move the middles of labels of these sizes as little as needed: none overlaps, their order stays.

    They stay between `low` and `high` as far as there is room.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    edge = low
    for i in order:
        moved[i] = max(moved[i], edge + sizes[i] / 2)
        edge = moved[i] + sizes[i] / 2
    edge = high
    for i in reversed(order):
        moved[i] = min(moved[i], edge - sizes[i] / 2)
        edge = moved[i] - sizes[i] / 2
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
