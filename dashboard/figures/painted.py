"""What a page hands to the map's script, as a picture: the same classes, sites, clusters and circles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.figures.palette import FILLS, MUTED, Fill
from dashboard.figures.svg_map import Drawn, Painted

Paint = Mapping[str, Any]


def drawn_of(paint: Paint, shapes: Mapping[str, Any], *, title: str, sentence: str, said: str = "") -> Drawn:
    """The picture of what a script paints, on prepared shapes; towns outside of what was asked stay empty.

    `said` is the column whose words are said of a town beside its name.
    """
    words = paint["columns"][said] if said else [""] * len(shapes["geoid"])
    towns = {
        geoid: Painted(code, f"{name}: {told}" if told else name)
        for geoid, code, name, told in zip(shapes["geoid"], paint["classes"], shapes["name"], words, strict=True)
        if code != " "
    }
    circled = [mark["geoid"] for mark in paint.get("mark", ())]
    return Drawn((shapes,), towns, title, sentence, fills_of(paint), paint.get("sites", ()), paint.get("outlines", ()),
                 circled)  # fmt: skip


def fills_of(paint: Paint) -> Mapping[str, Fill]:
    """The usual classes, and in their place those of a map that has its own or shows two things at once."""
    two_way = paint.get("bivariate")
    if two_way:
        nine = (colour for row in two_way["fills"] for colour in row)
        return {**FILLS, **{str(number): Fill(colour) for number, colour in enumerate(nine, 1)}}
    named = {entry["key"]: Fill(entry["fill"], entry["texture"], MUTED) for entry in paint["legend"]}
    return {**FILLS, **{key: fill for key, fill in named.items() if not _usual(key, fill)}}


def _usual(key: str, fill: Fill) -> bool:
    """Whether a class is filled as on every other map."""
    known = FILLS.get(key, Fill(""))
    return (known.colour, known.texture) == (fill.colour, fill.texture)
