"""One series of a trend as Plotly traces: band, line, provisional tail, points, and crosses where no number is."""

from __future__ import annotations

from typing import Any

from dashboard.domain import State
from dashboard.figures.chart import Series, TrendChart, segments
from dashboard.figures.palette import MUTED, PAPER, SERIES
from dashboard.figures.plotly_style import plain
from dashboard.figures.scale import dot_size

Trace = dict[str, Any]
SYMBOLS = ("circle", "square", "triangle-up", "cross")
BAND_OPACITY = "2b"


def traces(chart: TrendChart, i: int, bottom: float) -> list[Trace]:
    """All traces of series `i`, back to front; absent numbers are crosses at `bottom`."""
    series = chart.series[i]
    runs = segments(series, chart.breaks)
    bands = [_band(series, run, i) for run in runs]
    lines = [line for run in runs for line in _lines(series, run, i)]
    return [trace for trace in (*bands, *lines, _points(chart, i), _absent(chart, i, bottom)) if trace["x"]]


def _band(series: Series, run: list[int], i: int) -> Trace:
    """The interval: an area along a line, a bar through a point that stands alone."""
    known = [k for k in run if series.lower[k] is not None and series.upper[k] is not None]
    colour = SERIES[i] + BAND_OPACITY
    alone = {"mode": "lines", "line": {"color": colour, "width": 9}}
    return {
        "x": [series.x[k] for k in known + known[::-1]],
        "y": [_short(series.upper[k]) for k in known] + [_short(series.lower[k]) for k in known[::-1]],
        **({"fill": "toself", "fillcolor": colour, "mode": "none"} if len(known) > 1 else alone),
        "hoverinfo": "skip",
    }


def _lines(series: Series, run: list[int], i: int) -> list[Trace]:
    """The line of a run: solid up to the last final point, dashed from there."""
    first = next((n for n, k in enumerate(run) if series.provisional[k]), len(run))
    parts = ((run[:first], "solid"), (run[max(first - 1, 0) :] if first < len(run) else [], "dash"))
    return [_line(series, part, i, dash) for part, dash in parts if len(part) > 1]


def _line(series: Series, part: list[int], i: int, dash: str) -> Trace:
    return {
        "x": [series.x[k] for k in part],
        "y": [_short(series.value[k]) for k in part],
        "mode": "lines",
        "line": {"color": SERIES[i], "width": 2.5, "dash": dash},
        "hoverinfo": "skip",
    }


def _points(chart: TrendChart, i: int) -> Trace:
    series = chart.series[i]
    known = [k for k, value in enumerate(series.value) if value is not None]
    unstable = [series.state[k] == State.UNSTABLE for k in known]
    return {
        "name": plain(series.label),
        "x": [series.x[k] for k in known],
        "y": [_short(series.value[k]) for k in known],
        "mode": "markers",
        "marker": {
            "symbol": ["diamond" if few else SYMBOLS[i] for few in unstable],
            "size": dot_size(len(series.x)),
            "color": [PAPER if series.provisional[k] else SERIES[i] for k in known],
            "line": {"color": SERIES[i], "width": 2},
        },
        "text": hovers(chart, i, known),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _absent(chart: TrendChart, i: int, bottom: float) -> Trace:
    series = chart.series[i]
    absent = [k for k, value in enumerate(series.value) if value is None]
    return {
        "x": [series.x[k] for k in absent],
        "y": [bottom] * len(absent),
        "mode": "markers",
        "marker": {
            "symbol": "x-thin",
            "size": dot_size(len(series.x)),
            "line": {"color": SERIES[i] if i else MUTED, "width": 1.5},
        },
        "text": hovers(chart, i, absent),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def hovers(chart: TrendChart, i: int, which: list[int]) -> list[str]:
    """What these points say when hovered: name and period, number with interval and remarks, what is counted."""
    series, digits, axis = chart.series[i], chart.digits, plain(chart.axis)
    points = series.points
    heads = [plain(", ".join(filter(None, (series.label, points[k].label)))) for k in which]
    return [f"<b>{head}</b><br>{plain(points[k].said(digits))}<br>{axis}" for head, k in zip(heads, which, strict=True)]


def _short(value: float | None) -> float | None:
    """Four significant digits: finer than a screen can show, and half the bytes."""
    return None if value is None else float(f"{value:.4g}")
