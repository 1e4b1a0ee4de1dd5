"""Flags as SVG: a pole through the plot, a head with a number above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.figures.flags import DIGIT, HEAD, ROOM, Flag, labels
from dashboard.figures.palette import INK, PAPER
from dashboard.figures.svg_style import line, tag, text


def flag_parts(flags: Sequence[Flag], x: Callable[[str], float], edges: tuple[float, float, float]) -> list[str]:
    """Poles from a plot's top to its bottom, and heads above it; `edges` are its top, bottom and right."""
    top, bottom, right = edges
    parts = []
    for at, label in labels(flags, x):
        wide = max(HEAD, DIGIT * len(label) + 8)
        middle = min(at, right + 12 - wide / 2)
        head = tag("rect", x=f"{middle - wide / 2:.1f}", y=f"{top - ROOM + 2:.1f}", width=f"{wide:.1f}", height=HEAD,
                   rx=3, fill=INK)  # fmt: skip
        said = text(label, middle, top - ROOM + 14, text_anchor="middle", fill=PAPER, font_weight=600, font_size=12)
        parts += [line(at, top - ROOM + HEAD, at, bottom, stroke=INK, stroke_opacity=0.45), head, said]
    return parts
