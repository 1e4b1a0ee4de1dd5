"""A cascade as SVG: a bar a step, filled as far as people were reached, outlined for those not yet reached."""

from __future__ import annotations

from dashboard.domain import State
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.flags import label_of
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER, SHADE
from dashboard.figures.scale import wrapped
from dashboard.figures.svg_flags import head, head_width
from dashboard.figures.svg_style import LETTER, escape_text, frame, line, short, strong, tag, text

BAR, LINE, GAP = 18, 17, 16


def figure(chart: CascadeChart, width: int) -> str:
    """One cascade from top to bottom; as high as it has steps."""
    largest = max([1.0, *(max(step.of or 0, step.reached or 0) for step in chart.steps)])
    parts, y = [], 4.0
    for step in chart.steps:
        drawn, below = _words(step, width, y)
        whole = (width - 2) * (_base(step) / largest if chart.shared and _base(step) else 1.0)
        parts += [*drawn, tag("g", "".join(_bar(step, whole, below)) + tag("title", _said(step)))]
        y = below + BAR + GAP
    return frame(width, round(y), chart.title, chart.sentence, parts)


def _base(step: CascadeStep) -> float:
    return max(step.of or 0, step.reached or 0)


def _said(step: CascadeStep) -> str:
    return escape_text(f"{step.label}: {step.said}")


def _words(step: CascadeStep, width: int, y: float) -> tuple[list[str], float]:
    """The step's name at the left and its numbers at the right, below one another where there is no room.

    What was said about it stands before its name.
    """
    label = label_of(step.flags) if step.flags else ""
    x = head_width(label) + 6 if label else 0.0
    said = head(label, head_width(label) / 2, y) if label else []
    room = int((width - x - LETTER * (len(step.said) + 2)) / LETTER)
    if room >= min(len(step.label), 18):
        lines = wrapped(step.label, room)
        number = text(step.said, width, y + LINE - 4, text_anchor="end", fill=INK)
        return [*said, strong(lines, x, y + LINE - 4), number], y + LINE * len(lines) + 2
    lines = wrapped(step.label, int((width - x) / LETTER))
    below = y + LINE * len(lines)
    return [*said, strong(lines, x, y + LINE - 4), text(step.said, 0, below + LINE - 4, fill=INK)], below + LINE + 2


def _bar(step: CascadeStep, whole: float, y: float) -> list[str]:
    """Reached, ended otherwise, not yet reached, from left to right; stripes or an empty dashed bar for no number."""
    if step.reached is None:
        return _absent(step, whole, y)
    of = _base(step) or 1.0
    reached, ended = (whole * part / of for part in (step.reached, step.ended or 0))
    unstable = {"fill_opacity": 0.25} if step.state == State.UNSTABLE else {}
    fill = {"fill": ACCENT, "stroke": ACCENT, **unstable}
    dashed = {"stroke_dasharray": "4 3"} if step.provisional else {}
    parts = [_rectangle(1, y, whole, fill=PAPER, stroke=MUTED, stroke_width=1.4, **dashed)] if step.of else []
    parts += [_rectangle(1, y, reached, stroke_width=1.4, **fill)] if step.reached else []
    return parts + _dots(1 + reached, y, ended)


def _absent(step: CascadeStep, whole: float, y: float) -> list[str]:
    if step.state == State.NOT_REPORTED:
        return [_rectangle(1, y, whole, fill=PAPER, stroke=MUTED, stroke_width=1.2, stroke_dasharray="2 3")]
    stripes = "".join(line(1 + x, y + BAR, 1 + x + BAR, y) for x in range(0, int(whole - BAR) + 1, 8))
    return [_rectangle(1, y, whole, fill=SHADE, stroke=MUTED), tag("g", stripes, stroke=MUTED, stroke_width=1.2)]


def _dots(x: float, y: float, wide: float) -> list[str]:
    """A dotted part of the bar."""
    if wide <= 0:
        return []
    places = [(x + 4 + 7 * n, y + row) for n in range(int((wide - 2) // 7)) for row in (5, BAR - 5)]
    dots = "".join(tag("circle", cx=short(cx), cy=short(cy), r=1.5) for cx, cy in places)
    return [_rectangle(x, y, wide, fill=SHADE, stroke=MUTED, stroke_width=1.4), tag("g", dots, fill=INK)]


def _rectangle(x: float, y: float, wide: float, **style: object) -> str:
    return tag("rect", x=short(x), y=short(y), width=short(max(wide, 0.5)), height=BAR, **style)
