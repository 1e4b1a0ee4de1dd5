"""A plane of two numbers as SVG: where values lie, the grid behind them and the words beside both axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.palette import AXIS, RULE
from dashboard.figures.scale import tick_digits
from dashboard.figures.svg_style import LETTER, line, tag, text
from dashboard.figures.words import capital, number

EDGE = 12  # the margin at the right that a label of the axis may use


@dataclass(frozen=True)
class NumberPlane:
    """Edges in pixels and the numbers at them; with `root` the x axis is a square root's, for unlike sizes."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    low: float
    high: float
    root: bool = False

    def x(self, number_: float) -> float:
        """Pixels from the left of a number."""
        part = (number_ - self.first) / (self.last - self.first)
        return self.left + (self.right - self.left) * (max(part, 0.0) ** 0.5 if self.root else part)

    def y(self, value: float) -> float:
        """Pixels from the top of a value; what lies beyond the axis stays on its edge."""
        inside = min(max(value, self.low), self.high)
        return self.bottom - (self.bottom - self.top) * (inside - self.low) / (self.high - self.low)


def left_of(ticks: Sequence[float]) -> float:
    """Pixels that the words of a value axis need."""
    return 10 + 8 * max(len(number(tick, tick_digits(ticks))) for tick in ticks)


def axes(plane: NumberPlane, across: Sequence[float], up: Sequence[float], named: tuple[str, str]) -> list[str]:
    """Grid, ticks and words of both axes; `named` are what counts across and up."""
    grid = "".join(line(plane.left, plane.y(tick), plane.right, plane.y(tick)) for tick in up[1:])
    below = line(plane.left, plane.bottom, plane.right, plane.bottom)
    below += "".join(line(plane.x(tick), plane.bottom, plane.x(tick), plane.bottom + 5) for tick in across)
    digits = tick_digits(up)
    beside = "".join(text(number(tick, digits), plane.left - 8, plane.y(tick) + 4) for tick in up)
    return [
        text(capital(named[1]), 0, 14),
        tag("g", grid, stroke=RULE, fill="none"),
        tag("g", below, stroke=AXIS, fill="none"),
        tag("g", beside, text_anchor="end"),
        *_words_below(plane, across),
        text(capital(named[0]), plane.right, plane.bottom + 38, text_anchor="end"),
    ]


def _words_below(plane: NumberPlane, across: Sequence[float]) -> list[str]:
    """Tick labels that fit: from the right, since the largest is the most telling."""
    digits, free, words = tick_digits(across), plane.right + EDGE, []
    for tick in reversed(across):
        said, x = number(tick, digits), plane.x(tick)
        half = LETTER * len(said) / 2
        if x + half <= free:
            words.append(text(said, x, plane.bottom + 20, text_anchor="middle"))
            free = x - half - 8
    return words
