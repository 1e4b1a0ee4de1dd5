"""Groups and places as SVG: a dot with its interval per row, the number at the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import State
from dashboard.figures.chart import IntervalChart, IntervalRow, stands_out
from dashboard.figures.palette import ACCENT, INK, MUTED, PAPER, QUIET, RULE
from dashboard.figures.scale import tick_digits, value_ticks, wrapped
from dashboard.figures.svg_style import LETTER, escape_text, frame, line, mark, strong, tag, text
from dashboard.figures.words import absent_words, capital, number

ROW = 36
LINE = 15
TOP = 28
LABEL_LETTERS = 18


@dataclass(frozen=True)
class Line:
    """Where values lie from left to right, in pixels."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Pixels from the left of a value."""
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)


def figure(chart: IntervalChart, width: int) -> str:
    """One chart of rows, first row on top; as high as it has rows."""
    ticks = value_ticks([chart], about=4)
    labels = [wrapped(row.label, LABEL_LETTERS) for row in chart.rows]
    left = 14 + 7.4 * max((len(part) for label in labels for part in label), default=0)
    values = Line(left, width - 56, ticks[0], ticks[-1])
    first = TOP + (ROW if chart.reference else 0)
    high = max([ROW, *(LINE * len(label) + 6 for label in labels)])
    bottom = first + high * len(chart.rows)
    parts = [text(capital(chart.axis), 0, 14), *_grid(ticks, values, bottom), *_reference(chart, values, bottom)]
    for i, (row, label) in enumerate(zip(chart.rows, labels, strict=True)):
        middle = first + high * (i + 0.5)
        parts += [_label(row, label, left - 10, middle), *_row(chart, row, values, middle)]
        parts.append(_number(chart, row, values, width, middle))
    return frame(width, bottom + 24, chart.title, chart.sentence, parts)


def _grid(ticks: Sequence[float], values: Line, bottom: float) -> list[str]:
    digits = tick_digits(ticks)
    lines = "".join(line(values.x(tick), TOP, values.x(tick), bottom) for tick in ticks)
    words = "".join(text(number(tick, digits), values.x(tick), bottom + 16) for tick in ticks)
    return [tag("g", lines, stroke=RULE), tag("g", words, text_anchor="middle")]


def _reference(chart: IntervalChart, values: Line, bottom: float) -> list[str]:
    if not chart.reference:
        return []
    value, label = chart.reference
    x, said = values.x(value), f"{label} {number(value, chart.digits)}"
    after = x + 6 + LETTER * len(said) < values.right
    words = text(said, x + (6 if after else -6), TOP + 22, text_anchor="start" if after else "end")
    return [line(x, TOP + 8, x, bottom, stroke=MUTED, stroke_width=1.5, stroke_dasharray="2 3"), words]


def _label(row: IntervalRow, lines: list[str], right: float, middle: float) -> str:
    y = middle + 4.5 - LINE / 2 * (len(lines) - 1)
    return strong(lines, right, y, text_anchor="end", font_weight=700 if row.highlight else 400)


def _row(chart: IntervalChart, row: IntervalRow, values: Line, middle: float) -> list[str]:
    if row.value is None:
        return []
    colour = ACCENT if stands_out(chart, row) else QUIET
    shape = "diamond" if row.state == State.UNSTABLE else "circle"
    said = tag("title", escape_text(f"{row.label}: {row.point.said(chart.digits)}"))
    dot = tag("path", said, d=mark(shape, values.x(row.value), middle, 10), fill=PAPER if row.provisional else colour,
              stroke=colour, stroke_width=2)  # fmt: skip
    if row.lower is None or row.upper is None:
        return [dot]
    return [line(values.x(row.lower), middle, values.x(row.upper), middle, stroke=colour, stroke_width=2.5), dot]


def _number(chart: IntervalChart, row: IntervalRow, values: Line, width: int, middle: float) -> str:
    """The number at the right edge; where there is none, the reason at the row's start."""
    if row.value is None:
        why = absent_words(row.state, row.numerator)
        return text(why, values.left + 6, middle + 4.5, font_style="italic", paint_order="stroke", stroke=PAPER,
                    stroke_width=5)  # fmt: skip
    return text(number(row.value, chart.digits), width - 4, middle + 4.5, text_anchor="end", fill=INK)
