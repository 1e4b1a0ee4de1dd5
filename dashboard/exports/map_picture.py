"""The map of a page as one SVG with its legend, from what the page hands to the map's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.figures.palette import FILLS, INK, MUTED, Fill
from dashboard.figures.plotly_style import FONT
from dashboard.figures.svg_map import Drawn, Painted, picture, swatch
from dashboard.figures.svg_marks import CIRCLE, SHAPES
from dashboard.figures.svg_style import tag, text

WIDE = 860
ROW, COLUMN, BESIDE = 24, 286, 460
SITES = {"verified": "site that was verified", "listed": "site that is listed, not verified", "mobile": "mobile site",
         "candidate": "possible site", "chosen": "new site"}  # fmt: skip
CELL = 26


@dataclass(frozen=True)
class ScreenMap:
    """A map as a page shows it: its sentence, what its script paints, and the prepared shapes of the state."""

    title: str
    sentence: str
    paint: Mapping[str, Any]
    body: Mapping[str, Any]


def map_picture(shown: ScreenMap, width: int = WIDE, *, beside: bool = False) -> str:
    """One SVG: the towns with their sites and clusters, and below or beside them what each colour means."""
    fills = _fills(shown.paint)
    towns = {
        geoid: Painted(code, name)
        for geoid, code, name in zip(shown.body["geoid"], shown.paint["classes"], shown.body["name"], strict=True)
        if code != " "
    }
    drawn = picture(
        Drawn((shown.body,), towns, shown.title, shown.sentence, fills, shown.paint.get("sites", ()),
              shown.paint.get("outlines", ()), [mark["geoid"] for mark in shown.paint.get("mark", ())])
    )  # fmt: skip
    _, _, wide, high = (float(each) for each in drawn.split('viewBox="', 1)[1].split('"', 1)[0].split())
    height = round(width * high / wide)
    legend, below = _legend(shown.paint, fills, *((0, 1) if beside else (height + 14, width // COLUMN)))
    whole = (width, below)
    if beside:
        legend, whole = f'<g transform="translate({width + 16} 8)">{legend}</g>', (width + BESIDE, max(height, below))
    inner = drawn.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole[0]} {whole[1]}" width="{whole[0]}" '
        f'height="{whole[1]}" '
        f'font-family="{escape(FONT)}" font-size="14" fill="{INK}">{inner}{legend}</svg>'
    )


def _fills(paint: Mapping[str, Any]) -> Mapping[str, Fill]:
    """The usual classes, with the nine of need and access in their place where the map shows two things at once."""
    two_way = paint.get("bivariate")
    if not two_way:
        named = {entry["key"]: Fill(entry["fill"], entry["texture"], MUTED) for entry in paint["legend"]}
        return {**FILLS, **{key: fill for key, fill in named.items() if not _usual(key, fill)}}
    nine = (colour for row in two_way["fills"] for colour in row)
    return {**FILLS, **{str(number): Fill(colour) for number, colour in enumerate(nine, 1)}}


def _usual(key: str, fill: Fill) -> bool:
    """Whether a class is filled as on every other map."""
    known = FILLS.get(key, Fill(""))
    return (known.colour, known.texture) == (fill.colour, fill.texture)


def _legend(paint: Mapping[str, Any], fills: Mapping[str, Fill], top: float, columns: int) -> tuple[str, int]:
    """The legend below the map in so many columns, and where it ends."""
    parts: list[str] = []
    if paint.get("bivariate"):
        parts, top = _two_way(paint["bivariate"], top)
    entries = [(swatch(entry["key"], fills), entry["label"]) for entry in paint["legend"]]
    kinds = dict.fromkeys(mark["kind"] for mark in paint.get("sites", ()))
    entries += [(_mark(kind), SITES.get(kind, kind)) for kind in kinds]
    if paint.get("mark"):
        entries.append((f'<circle cx="14" cy="9" r="5" {CIRCLE} stroke-width="1.8"/>', paint["mark_label"]))
    for at, (sign, words) in enumerate(entries):
        x, y = 8 + at % columns * COLUMN, top + at // columns * ROW
        parts.append(f'<g transform="translate({x} {y})">{sign}</g>' + text(words, x + 36, y + 14))
    return "".join(parts), round(top + -(-len(entries) // columns) * ROW + 4)


def _mark(kind: str) -> str:
    path, fill, edge = SHAPES.get(kind, SHAPES["listed"])
    return f'<path transform="translate(14 9)" d="{path}" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'


def _two_way(told: Mapping[str, Any], top: float) -> tuple[list[str], float]:
    """Three by three colours, the words of their rows to the left and those of their columns below."""
    parts = [text(f"{told['down']}, from low to high; {told['across'].lower()}, from near to far", 8, top + 14,
                  font_weight=600)]  # fmt: skip
    top += 24
    for row, colours in enumerate(told["fills"]):
        y = top + row * CELL
        parts.append(text(told["labels"]["down"][row], 8, y + 18))
        parts += [
            tag("rect", x=120 + at * CELL * 2, y=y, width=CELL * 2 - 2, height=CELL - 2, fill=colour)
            for at, colour in enumerate(colours)
        ]
    said = "; ".join(f"{number}: {words}" for number, words in enumerate(told["labels"]["across"], 1))
    parts += [text(str(at + 1), 120 + at * CELL * 2 + CELL - 4, top + 3 * CELL + 13) for at in range(3)]
    parts.append(text(said, 8, top + 3 * CELL + 33))
    return parts, top + 3 * CELL + 46
