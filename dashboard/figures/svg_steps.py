"""Lines in steps as SVG, with their names at the end and the chosen threshold as an upright line."""

from __future__ import annotations

from dashboard.figures.palette import INK, PAPER, SERIES, SERIES_LABELS
from dashboard.figures.scale import apart, ticks, wrapped
from dashboard.figures.steps import StepChart, StepLine
from dashboard.figures.svg_lines import SHAPES
from dashboard.figures.svg_plane import NumberPlane, axes, left_of
from dashboard.figures.svg_style import LETTER, escape_text, frame, line, mark, polyline, strong, tag
from dashboard.figures.words import number

LABEL_LETTERS, LABEL_LINE = 14, 16


def figure(chart: StepChart, width: int, height: int) -> str:
    """One step chart; room for the names at the lines' ends is taken from the right."""
    names = [wrapped(each.label, LABEL_LETTERS) for each in chart.lines] if len(chart.lines) > 1 else []
    right = 14 + (LETTER * max(len(part) for name in names for part in name) + 10 if names else 0)
    up = ticks(0.0, max((v for each in chart.lines for v in each.value if v is not None), default=1.0))
    places = [x for each in chart.lines for x in each.x] + ([chart.marker[0]] if chart.marker else [])
    across = ticks(min(places, default=0.0), max(places, default=1.0), about=6)
    plane = NumberPlane(left_of(up), 44, width - right, height - 44, across[0], across[-1], up[0], up[-1])
    parts = axes(plane, across, up, (chart.x_label, chart.axis))
    parts += [part for i, each in enumerate(chart.lines) for part in _line(each, i, plane)]
    return frame(width, height, chart.title, chart.sentence, [*parts, *_marker(chart, plane), *_names(chart, plane)])


def _line(each: StepLine, i: int, plane: NumberPlane) -> list[str]:
    """A path for every run of known values, each value held until the next x."""
    runs: list[list[tuple[float, float]]] = []
    ends = (*each.x[1:], plane.last)
    before = False
    for x, end, value in zip(each.x, ends, each.value, strict=True):
        if value is not None:
            if not before:
                runs.append([])
            runs[-1] += [(plane.x(x), plane.y(value)), (plane.x(end), plane.y(value))]
        before = value is not None
    style = {"fill": "none", "stroke": SERIES[i], "stroke_width": 2.5, "stroke_linejoin": "round"}
    return [tag("path", d=polyline(run), **style) for run in runs]


def _marker(chart: StepChart, plane: NumberPlane) -> list[str]:
    """The chosen threshold, and on each line a point that says its number."""
    if not chart.marker:
        return []
    at, label = chart.marker
    x = plane.x(at)
    half = LETTER * len(label) / 2
    middle = min(max(x, half), plane.right + 12 - half)
    parts = [line(x, plane.top - 8, x, plane.bottom, stroke=INK, stroke_width=1.4, stroke_dasharray="5 4")]
    parts.append(strong(label, middle, plane.top - 14, text_anchor="middle"))
    for i, each in enumerate(chart.lines):
        value = chart.value_at(each, at)
        if value is not None:
            said = tag("title", escape_text(f"{each.label}, {label}: {number(value, chart.digits)}"))
            parts.append(tag("path", said, d=mark(SHAPES[i], x, plane.y(value), 11), fill=SERIES[i], stroke=PAPER,
                             stroke_width=1.5))  # fmt: skip
    return parts


def _names(chart: StepChart, plane: NumberPlane) -> list[str]:
    """Names at the lines' ends, moved apart where they would lie on one another."""
    if len(chart.lines) == 1:
        return []
    ends = [(i, [v for v in each.value if v is not None]) for i, each in enumerate(chart.lines)]
    named = [(i, plane.y(known[-1]), wrapped(chart.lines[i].label, LABEL_LETTERS)) for i, known in ends if known]
    sizes = [float(LABEL_LINE * len(name)) for *_, name in named]
    middles = apart([y for _, y, _ in named], sizes, plane.top, plane.bottom + 6)
    return [
        strong(name, plane.right + 8, middle - size / 2 + 12, fill=SERIES_LABELS[i], font_weight=500)
        for (i, _, name), size, middle in zip(named, sizes, middles, strict=True)
    ]
