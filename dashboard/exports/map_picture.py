"""The map of a page as one SVG with its legend, from what the page hands to the map's script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.figures.painted import drawn_of
from dashboard.figures.palette import INK, Fill
from dashboard.figures.plotly_style import FONT
from dashboard.figures.svg_map import picture, swatch
from dashboard.figures.svg_marks import marks_legend
from dashboard.figures.svg_style import tag, text

WIDE = 860
ROW, COLUMN, BESIDE = 24, 286, 460
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
    made = drawn_of(shown.paint, shown.body, title=shown.title, sentence=shown.sentence)
    drawn = picture(made)
    _, _, wide, high = (float(each) for each in drawn.split('viewBox="', 1)[1].split('"', 1)[0].split())
    height = round(width * high / wide)
    legend, below = _legend(shown.paint, made.fills, *((0, 1) if beside else (height + 14, width // COLUMN)))
    whole = (width, below)
    if beside:
        legend, whole = f'<g transform="translate({width + 16} 8)">{legend}</g>', (width + BESIDE, max(height, below))
    inner = drawn.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole[0]} {whole[1]}" width="{whole[0]}" '
        f'height="{whole[1]}" '
        f'font-family="{escape(FONT)}" font-size="14" fill="{INK}">{inner}{legend}</svg>'
    )


def _legend(paint: Mapping[str, Any], fills: Mapping[str, Fill], top: float, columns: int) -> tuple[str, int]:
    """The legend below the map in so many columns, and where it ends."""
    parts: list[str] = []
    if paint.get("bivariate"):
        parts, top = _two_way(paint["bivariate"], top)
    entries = [(swatch(entry["key"], fills), entry["label"]) for entry in paint["legend"]]
    entries += marks_legend(paint)
    for at, (sign, words) in enumerate(entries):
        x, y = 8 + at % columns * COLUMN, top + at // columns * ROW
        parts.append(f'<g transform="translate({x} {y})">{sign}</g>' + text(words, x + 36, y + 14))
    return "".join(parts), round(top + -(-len(entries) // columns) * ROW + 4)


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
