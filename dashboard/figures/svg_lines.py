"""One series of a trend as SVG: band, line, provisional tail, points, and crosses where no number is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.chart import TrendChart, segments
from dashboard.figures.palette import MUTED, PAPER, SERIES
from dashboard.figures.scale import day, dot_size
from dashboard.figures.svg_style import escape_text, mark, polyline, tag
from dashboard.figures.tables import Point

SHAPES = ("circle", "square", "triangle", "plus")
MOST_TOLD = 24
"""Of longer series the points are too close to be met by a mouse: their words would only make the page heavy."""


@dataclass(frozen=True)
class Plane:
    """Where a chart's values lie on the picture: edges in pixels, the days and values at them."""

    left: float
    top: float
    right: float
    bottom: float
    first: int
    last: int
    low: float
    high: float

    def x(self, iso: str) -> float:
        """Pixels from the left of a date."""
        return self.left + (self.right - self.left) * (day(iso) - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        """Pixels from the top of a value; what lies beyond the axis stays on its edge."""
        inside = min(max(value, self.low), self.high)
        return self.bottom - (self.bottom - self.top) * (inside - self.low) / (self.high - self.low)


def series_parts(chart: TrendChart, i: int, plane: Plane) -> list[str]:
    """Series `i`, back to front."""
    series = chart.series[i]
    places = [
        (plane.x(x), plane.bottom if point.value is None else plane.y(point.value), point)
        for x, point in zip(series.x, series.points, strict=True)
    ]
    runs = [[places[k] for k in run] for run in segments(series, chart.breaks)]
    bands = [_band(run, plane) for run in runs]
    lines = [part for run in runs for part in _lines(run)]
    digits = chart.digits if len(places) <= MOST_TOLD else None
    marks = [_mark(place, i, dot_size(len(places)), digits) for place in places]
    return [
        tag("g", "".join(bands), fill=SERIES[i], fill_opacity=0.17, stroke="none"),
        tag("g", "".join(lines), fill="none", stroke=SERIES[i], stroke_width=2.5, stroke_linejoin="round"),
        tag("g", "".join(marks), fill=SERIES[i], stroke=SERIES[i], stroke_width=1.8),
    ]


Placed = tuple[float, float, Point]


def _band(run: Sequence[Placed], plane: Plane) -> str:
    """The interval: an area along a line, a bar through a point that stands alone."""
    known = [
        (x, plane.y(point.upper), plane.y(point.lower))
        for x, _, point in run
        if point.lower is not None and point.upper is not None
    ]
    if len(known) == 1:
        known = [(known[0][0] + side, *known[0][1:]) for side in (-4.5, 4.5)]
    corners = [(x, upper) for x, upper, _ in known] + [(x, lower) for x, _, lower in reversed(known)]
    return tag("path", d=polyline(corners, closed=True)) if corners else ""


def _lines(run: Sequence[Placed]) -> list[str]:
    """The line of a run: solid up to the last final point, dashed from there."""
    first = next((n for n, (_, _, point) in enumerate(run) if point.provisional), len(run))
    solid, dashed = run[:first], run[max(first - 1, 0) :] if first < len(run) else []
    lines = [tag("path", d=polyline([place[:2] for place in solid]))] if len(solid) > 1 else []
    return lines + (
        [tag("path", d=polyline([p[:2] for p in dashed]), stroke_dasharray="6 5")] if len(dashed) > 1 else []
    )


def _mark(place: Placed, i: int, size: float, digits: int | None) -> str:
    """A point; with `digits` it says its number when the mouse rests on it."""
    x, y, point = place
    said = "" if digits is None else tag("title", escape_text(f"{point.label}: {point.said(digits)}"))
    if point.value is None:
        colour = SERIES[i] if i else MUTED
        return tag("path", said, d=mark("cross", x, y, size), fill="none", stroke=colour)
    shape = "diamond" if point.state == State.UNSTABLE else SHAPES[i]
    hollow = {"fill": PAPER} if point.provisional else {}
    return tag("path", said, d=mark(shape, x, y, size), **hollow)
