"""A funnel as SVG: curves for the limits, a mark a place, names only for those outside."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain import State
from dashboard.figures.funnel import FunnelChart, FunnelLimits, FunnelPoint
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER, QUIET
from dashboard.figures.scale import apart, ticks
from dashboard.figures.svg_plane import NumberPlane, axes, left_of
from dashboard.figures.svg_style import LETTER, escape_text, frame, line, mark, polyline, strong, tag, text
from dashboard.figures.words import number

DASHES = ("7 4", "", "2 3")
ROUND = (1, 2, 5)
HEAD_ROOM = 1.1


def figure(chart: FunnelChart, width: int, height: int) -> str:
    """One funnel; small places are spread out by a square root, since most places are small."""
    plane, up = _plane(chart, width, height)
    parts = axes(plane, _sizes(plane.last), up, (chart.size_label, chart.axis))
    parts += [part for n, each in enumerate(chart.limits) for part in _limits(each, plane, DASHES[n % len(DASHES)])]
    parts += [*_limit_names(chart, plane), *_reference(chart, plane, width)]
    outside = [point for point in chart.points if point.flagged and point.value is not None]
    parts += [_mark(point, plane, chart) for point in chart.points if point not in outside]
    parts += [_mark(point, plane, chart) for point in outside]
    return frame(width, height, chart.title, chart.sentence, [*parts, *_names(outside, plane)])


def _plane(chart: FunnelChart, width: int, height: int) -> tuple[NumberPlane, list[float]]:
    values = [point.value for point in chart.points if point.value is not None]
    up = ticks(0.0, HEAD_ROOM * max([*values, 2 * chart.reference[0]]))
    largest = max([point.size for point in chart.points], default=1.0) or 1.0
    room = 12 + LETTER * max((len(each.label) for each in chart.limits), default=0)
    plane = NumberPlane(left_of(up), 38, width - room, height - 44, 0.0, 1.04 * largest, up[0], up[-1], root=True)
    return plane, up


def _sizes(last: float) -> list[float]:
    """0 and the round sizes below the largest: 1, 2, 5, 10, ..."""
    powers = [10.0**k for k in range(-1, 9)]
    return [0.0, *(step * power for power in powers for step in ROUND if last / 500 <= step * power <= last)]


def _limits(limits: FunnelLimits, plane: NumberPlane, dashes: str) -> list[str]:
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    style = {"fill": "none", "stroke": MUTED, "stroke_width": 1.3, **dashed}
    curves = [_shown(limits.size, side, plane) for side in (limits.lower, limits.upper)]
    return [tag("path", d=polyline(curve), **style) for curve in curves if len(curve) > 1]


def _limit_names(chart: FunnelChart, plane: NumberPlane) -> list[str]:
    """The levels at the right ends of the upper curves, moved apart where they would lie on one another."""
    curves = [(each.label, _shown(each.size, each.upper, plane)) for each in chart.limits]
    named = [(label, curve[-1][1]) for label, curve in curves if curve]
    middles = apart([y for _, y in named], [14.0] * len(named), plane.top, plane.bottom)
    return [text(label, plane.right + 6, y + 4) for (label, _), y in zip(named, middles, strict=True)]


def _shown(sizes: Sequence[float], side: Sequence[float], plane: NumberPlane) -> list[tuple[float, float]]:
    """The curve inside the picture: what is above the axis or beyond the largest place is left out."""
    return [
        (plane.x(size), plane.y(value))
        for size, value in zip(sizes, side, strict=True)
        if value <= plane.high and size <= plane.last
    ]


def _reference(chart: FunnelChart, plane: NumberPlane, width: int) -> list[str]:
    """The level line of what places are compared with; its name stands above the picture, clear of all marks."""
    value, label = chart.reference
    said = f"Line: {label} {number(value, chart.digits)}"
    fits = LETTER * (len(said) + len(chart.axis) + 2) < width
    words = text(said, width if fits else 0, 14 if fits else 28, text_anchor="end" if fits else "start", fill=INK)
    return [line(plane.left, plane.y(value), plane.right, plane.y(value), stroke=INK, stroke_width=1.2), words]


def _mark(point: FunnelPoint, plane: NumberPlane, chart: FunnelChart) -> str:
    said = tag("title", escape_text(f"{point.label}: {point.point.said(chart.digits)}"))
    x = plane.x(point.size)
    if point.value is None:
        return tag("path", said, d=mark("cross", x, plane.bottom, 6), fill="none", stroke=MUTED, stroke_width=1.4)
    shape = "diamond" if point.state == State.UNSTABLE else "circle"
    colour = ACCENT if point.flagged else QUIET
    dotted = {"stroke_dasharray": "2 2"} if point.provisional else {}
    filled = colour if point.flagged else PAPER
    return tag("path", said, d=mark(shape, x, plane.y(point.value), 9 if point.flagged else 7), fill=filled,
               stroke=colour, stroke_width=1.6, **dotted)  # fmt: skip


def _names(points: Sequence[FunnelPoint], plane: NumberPlane) -> list[str]:
    """Names beside their marks, largest place first, left out where one would lie on another (the table has all)."""
    taken: list[tuple[float, float, float]] = []
    words = []
    for point in sorted(points, key=lambda each: -each.size):
        x, y, wide = plane.x(point.size), plane.y(point.value or 0), LETTER * len(point.label)
        after = x + 9 + wide < plane.right
        start = x + 9 if after else x - 9 - wide
        if any(abs(y - other) < 14 and start < end and begin < start + wide for begin, end, other in taken):
            continue
        taken.append((start, start + wide, y))
        words.append(strong(point.label, x + 9 if after else x - 9, y + 4, text_anchor="start" if after else "end",
                            font_weight=500, paint_order="stroke", stroke=PAPER, stroke_width=4))  # fmt: skip
    return words
