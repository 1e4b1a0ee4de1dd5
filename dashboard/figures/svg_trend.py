"""Trends as SVG: the same picture as the Plotly one, for pages without scripts, for print and for PDF."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.figures.chart import SmallMultiples, TrendChart, nothing_shown
from dashboard.figures.flags import room
from dashboard.figures.palette import AXIS, MUTED, RULE, SERIES_LABELS
from dashboard.figures.scale import apart, day, tick_digits, time_span, time_ticks, value_ticks, wrapped
from dashboard.figures.svg_flags import flag_parts
from dashboard.figures.svg_lines import Plane, series_parts
from dashboard.figures.svg_style import LETTER, frame, line, strong, tag, text
from dashboard.figures.words import capital, number

LABEL_LETTERS, BREAK_LETTERS = 14, 11
LABEL_LINE = 16
EDGE = 12  # the margin at the right that labels of the time axis may use
PANEL_HEIGHT = 170


def figure(chart: TrendChart, width: int, height: int) -> str:
    """One trend chart; room for the names at the lines' ends is taken from the right."""
    ticks = value_ticks([chart])
    lines = [part for s in chart.series for part in wrapped(s.label, LABEL_LETTERS)] if len(chart.series) > 1 else []
    right = 14 + (LETTER * max(len(part) for part in lines) + 10 if lines else 0)
    plane = plane_of(chart, (words_left(ticks), 30 + room(chart.flags), width - right, height - 26), ticks)
    parts = [text(capital(chart.axis), 0, 14), *_panel(chart, plane, ticks), *tick_words(ticks, plane)]
    return frame(width, height, chart.title, chart.sentence, [*parts, *(_end_labels(chart, plane) if lines else [])])


def multiples(chart: SmallMultiples, width: int) -> str:
    """Small multiples on one scale of values; as many side by side as have 160 pixels each, three at most."""
    ticks = value_ticks(chart.charts)
    left = words_left(ticks)
    columns = max(1, min(3, int(width - left) // 160))
    across, rows = (width - left) / columns, -(-len(chart.charts) // columns)
    parts = [text(capital(chart.charts[0].axis if chart.charts else ""), 0, 14)]
    for i, single in enumerate(chart.charts):
        x, y = left + across * (i % columns), 24 + PANEL_HEIGHT * (i // columns)
        edges = (x, y + 28 + room(chart.flags), x + across - 16, y + PANEL_HEIGHT - 28)
        plane = plane_of(single, edges, ticks, of=chart.charts)
        parts += [strong(single.title, x, y + 16), *_panel(single, plane, ticks)]
        parts += tick_words(ticks, plane) if i % columns == 0 else []
    return frame(width, 24 + PANEL_HEIGHT * rows, chart.title, chart.sentence, parts)


def plane_of(
    chart: TrendChart, edges: tuple[float, float, float, float], ticks: Sequence[float], of: Sequence[TrendChart] = ()
) -> Plane:
    """The plane between these edges (left, top, right, bottom) over all periods of a chart and from tick to tick.

    `of` are the charts that share its time; none: its own.
    """
    first, last = time_span(of or [chart])
    return Plane(*edges, day(first), day(last), ticks[0], ticks[-1])


def words_left(ticks: Sequence[float]) -> float:
    """Pixels that the words of the value axis need."""
    return 10 + 8 * max(len(number(tick, tick_digits(ticks))) for tick in ticks)


def _panel(chart: TrendChart, plane: Plane, ticks: Sequence[float]) -> list[str]:
    """Grid, time axis, breaks and series inside the edges of a plane."""
    parts = backdrop(chart, plane, ticks)
    parts += [part for i in range(len(chart.series)) for part in series_parts(chart, i, plane)]
    empty = nothing_shown(chart)
    middle = ((plane.left + plane.right) / 2, (plane.top + plane.bottom) / 2)
    return [*parts, text(empty, *middle, text_anchor="middle")] if empty else parts


def backdrop(chart: TrendChart, plane: Plane, ticks: Sequence[float]) -> list[str]:
    """Grid, time axis, flags and breaks: what lies behind the series."""
    grid = "".join(line(plane.left, plane.y(tick), plane.right, plane.y(tick)) for tick in ticks[1:])
    parts = [tag("g", grid, stroke=RULE, fill="none"), *_time_axis(chart, plane)]
    parts += flag_parts(chart.flags, plane.x, (plane.top, plane.bottom, plane.right))
    return parts + [part for iso, label in chart.breaks for part in _break(plane, iso, label)]


def tick_words(ticks: Sequence[float], plane: Plane) -> list[str]:
    """The numbers beside the value axis."""
    digits = tick_digits(ticks)
    words = (text(number(tick, digits), plane.left - 8, plane.y(tick) + 4) for tick in ticks)
    return [tag("g", "".join(words), text_anchor="end")]


def _time_axis(chart: TrendChart, plane: Plane) -> list[str]:
    ticks = [(plane.x(iso), label) for iso, label in time_ticks([chart], plane.right - plane.left)]
    lines = line(plane.left, plane.bottom, plane.right, plane.bottom)
    lines += "".join(line(x, plane.bottom, x, plane.bottom + 5) for x, _ in ticks)
    words = "".join(_tick_label(label, x, plane) for x, label in _fitting(ticks))
    return [tag("g", lines, stroke=AXIS, fill="none"), tag("g", words, text_anchor="middle")]


def _fitting(ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Labels that do not touch the one after them: periods need not fill the axis evenly."""
    kept: list[tuple[float, str]] = []
    for x, label in reversed(ticks):
        if label and (not kept or x + LETTER * (len(label) + len(kept[-1][1])) / 2 < kept[-1][0]):
            kept.append((x, label))
    return kept[::-1]


def _tick_label(label: str, x: float, plane: Plane) -> str:
    """A label under its tick, drawn inwards where it would leave the picture."""
    half = LETTER * len(label) / 2
    anchor = "end" if x + half > plane.right + EDGE else "start" if x - half < 0 else "middle"
    shift = EDGE if anchor == "end" else 0
    return text(label, x + shift if anchor != "start" else 0, plane.bottom + 20, text_anchor=anchor)


def _break(plane: Plane, iso: str, label: str) -> list[str]:
    """A dotted line with the reason beside it, on the side that has more room."""
    x = plane.x(iso)
    before = x > (plane.left + plane.right) / 2
    words = text(
        wrapped(label, BREAK_LETTERS),
        x + (-6 if before else 6),
        plane.top + 12,
        text_anchor="end" if before else "start",
    )
    return [line(x, plane.top, x, plane.bottom, stroke=MUTED, stroke_dasharray="2 3"), words]


def _end_labels(chart: TrendChart, plane: Plane) -> list[str]:
    """Names at the lines' ends, moved apart where they would lie on one another."""
    ends = [
        (i, [v for v in s.value if v is not None], wrapped(s.label, LABEL_LETTERS)) for i, s in enumerate(chart.series)
    ]
    named = [(i, plane.y(known[-1]), lines) for i, known, lines in ends if known]
    sizes = [LABEL_LINE * len(lines) for *_, lines in named]
    middles = apart([y for _, y, _ in named], sizes, plane.top, plane.bottom + 6)
    return [
        strong(lines, plane.right + 8, middle - size / 2 + 12, fill=SERIES_LABELS[i], font_weight=500)
        for (i, _, lines), size, middle in zip(named, sizes, middles, strict=True)
    ]
