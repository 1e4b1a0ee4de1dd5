"""Flags as SVG: a pole through the plot, a head with a number above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.figures.flags import DIGIT, HEAD, ROOM, Flag, label_of, labels
from dashboard.figures.palette import INK, PAPER
from dashboard.figures.svg_style import line, tag, text


def flag_parts(flags: Sequence[Flag], x: Callable[[str], float], edges: tuple[float, float, float]) -> list[str]:
    """Poles from a plot's top to its bottom, and heads above it; `edges` are its top, bottom and right."""
    top, bottom, right = edges
    parts = []
    for at, label in labels(flags, x):
        middle = min(at, right + 12 - head_width(label) / 2)
        pole = line(at, top - ROOM + HEAD, at, bottom, stroke=INK, stroke_opacity=0.45)
        parts += [pole, *head(label, middle, top - ROOM + 2)]
    return parts


def town_flags(shape: Mapping[str, Any], flags: Sequence[Flag], unit: float) -> str:
    """Heads on the towns of prepared shapes, one a town, read from afar; `unit` is a pixel on their grid."""
    label_of_town = dict(zip(shape["geoid"], shape["label"], strict=True))
    towns = dict.fromkeys(flag.x for flag in flags if flag.x in label_of_town)
    drawn = (
        tag("g", "".join(head(label_of([flag for flag in flags if flag.x == town]), 0, -HEAD / 2)),
            transform=f"translate({label_of_town[town][0]} {label_of_town[town][1]}) scale({1.6 * unit:.3f})")
        for town in towns
    )  # fmt: skip
    return "".join(drawn)


def head_width(label: str) -> float:
    """Pixels that the head of a flag is wide."""
    return max(HEAD, DIGIT * len(label) + 8)


def head(label: str, middle: float, top: float) -> list[str]:
    """The head of a flag with its number, about `middle` and below `top`."""
    wide = head_width(label)
    box = tag("rect", x=f"{middle - wide / 2:.1f}", y=f"{top:.1f}", width=f"{wide:.1f}", height=HEAD, rx=3, fill=INK)
    return [box, text(label, middle, top + 12, text_anchor="middle", fill=PAPER, font_weight=600, font_size=12)]
