"""A series against its target as SVG: path, forecast and target around the trend's own marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.domain import State
from dashboard.figures.chart import Series, TrendChart, nothing_shown
from dashboard.figures.flags import room
from dashboard.figures.glide import Forecast, GlideChart
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER
from dashboard.figures.scale import value_ticks
from dashboard.figures.svg_lines import Plane, series_parts
from dashboard.figures.svg_style import LETTER, escape_text, frame, mark, polyline, strong, tag, text
from dashboard.figures.svg_trend import backdrop, plane_of, tick_words, words_left
from dashboard.figures.words import capital, interval_words, number, said

ENDS = "baseline and target"
WORDS = 16
"""Pixels more above the plot where the target's words stand above its ring."""


def figure(chart: GlideChart, width: int, height: int) -> str:
    """One series with its path; the axes reach from the first period to the target."""
    whole = _everything(chart)
    up = value_ticks([whole])
    top = 30 + room(chart.flags) + (0 if _falls(chart) else WORDS)
    plane = plane_of(whole, (words_left(up), top, width - 14, height - 26), up)
    periods = replace(whole, series=tuple(each for each in whole.series if each.label != ENDS))
    parts = [text(capital(chart.axis), 0, 14), *backdrop(periods, plane, up), *tick_words(up, plane)]
    parts += _path(chart, plane) + (_forecast(chart, chart.forecast, plane) if chart.forecast else [])
    parts += series_parts(chart.trend, 0, plane)
    empty = nothing_shown(chart.trend)
    parts += [text(empty, (plane.left + plane.right) / 2, plane.top + 20, text_anchor="middle")] if empty else []
    return frame(width, height, chart.title, chart.sentence, parts + _target(chart, plane))


def _everything(chart: GlideChart) -> TrendChart:
    """Series, forecast and the path's ends as one trend, so that axes reach over all of them."""
    series = [chart.series]
    if chart.forecast:
        ahead = chart.forecast
        series.append(_plain(ahead.period_labels, ahead.x, ahead.value, ahead.lower, ahead.upper))
    ends = sorted(end for end in (chart.baseline, chart.target) if end)
    if ends:
        days, values = zip(*ends, strict=True)
        nothing = (None,) * len(days)
        series.append(replace(_plain(days, days, values, nothing, nothing), label=ENDS))
    return replace(chart.trend, series=tuple(series), flags=chart.flags)


def _plain(labels: tuple[str, ...], x: tuple[str, ...], *columns: tuple[float | None, ...]) -> Series:
    value, lower, upper = columns
    count = len(x)
    return Series("", labels, x, value, lower, upper, (None,) * count, (State.VALUE,) * count, (False,) * count)


def _path(chart: GlideChart, plane: Plane) -> list[str]:
    """The straight line from the baseline, marked by a small bar, to the target."""
    if not chart.baseline or not chart.target:
        return []
    (begin, low), (end, high) = chart.baseline, chart.target
    x, y = plane.x(begin), plane.y(low)
    style = {"fill": "none", "stroke": MUTED, "stroke_width": 2}
    told = tag("title", escape_text(said().baseline.format(value=number(low, chart.digits))))
    return [
        tag("path", d=polyline([(x, y), (plane.x(end), plane.y(high))]), **style),
        tag("path", told, d=polyline([(x, y - 6), (x, y + 6)]), **style),
    ]


def _forecast(chart: GlideChart, ahead: Forecast, plane: Plane) -> list[str]:
    """The band, the dotted line that goes on from the last known point, and its points."""
    known = [(x, value) for x, value in zip(chart.series.x, chart.series.value, strict=True) if value is not None]
    places = [
        (plane.x(x), plane.y(value), label, value, interval_words(lower, upper, chart.digits))
        for x, value, lower, upper, label in _rows(ahead)
        if value is not None
    ]
    begin = [(plane.x(x), plane.y(value)) for x, value in known[-1:]]
    dotted = {"fill": "none", "stroke_width": 2.2, "stroke_linecap": "round", "stroke_dasharray": "0.1 6"}
    lines = [tag("path", d=polyline([*begin, *(place[:2] for place in places)]), **dotted)] if places else []
    dots = [
        tag("path", tag("title", escape_text(f"{label}: {number(value, chart.digits)} ({span}), forecast")),
            d=mark("circle", x, y, 5), fill=PAPER, stroke_width=1.5)
        for x, y, label, value, span in places
    ]  # fmt: skip
    return [*_band(ahead, plane), tag("g", "".join(lines + dots), stroke=ACCENT)]


def _band(ahead: Forecast, plane: Plane) -> list[str]:
    """An area over the forecast's periods, a bar where there is only one."""
    band = [
        (plane.x(x), plane.y(lower), plane.y(upper))
        for x, _, lower, upper, _ in _rows(ahead)
        if lower is not None and upper is not None
    ]
    if len(band) == 1:
        band = [(band[0][0] + side, *band[0][1:]) for side in (-4.5, 4.5)]
    corners = [(x, upper) for x, _, upper in band] + [(x, lower) for x, lower, _ in reversed(band)]
    return [tag("path", d=polyline(corners, closed=True), fill=ACCENT, fill_opacity=0.13)] if corners else []


def _rows(ahead: Forecast) -> list[tuple[str, float | None, float | None, float | None, str]]:
    return list(zip(ahead.x, ahead.value, ahead.lower, ahead.upper, ahead.period_labels, strict=True))


def _falls(chart: GlideChart) -> bool:
    return chart.baseline is not None and chart.target is not None and chart.baseline[1] > chart.target[1]


def _target(chart: GlideChart, plane: Plane) -> list[str]:
    """A ring about a point, with its number on the side from which the path does not come."""
    if not chart.target:
        return []
    due, value = chart.target
    x, y = plane.x(due), plane.y(value)
    day = date.fromisoformat(due)
    month = f"{said().months[day.month - 1]} {day.year}"
    told = said().target.format(value=number(value, chart.digits), day=month)
    above = y + 26 > plane.bottom or not _falls(chart)
    end = x + LETTER * len(told) / 2 > plane.right
    words = strong(told, x + 8 if end else x, y - 13 if above else y + 24, text_anchor="end" if end else "middle",
                   paint_order="stroke", stroke=PAPER, stroke_width=4)  # fmt: skip
    ring = tag("path", d=mark("circle", x, y, 15), fill=PAPER, stroke=INK, stroke_width=2)
    return [ring, tag("path", d=mark("circle", x, y, 6), fill=INK), words]
