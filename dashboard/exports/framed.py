"""A figure as a file of its own: title and sentence above, the picture, and below what has to be said with it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from dashboard.exports.map_picture import WIDE, ScreenMap, map_picture
from dashboard.exports.paper import MapFigure
from dashboard.figures import render_svg
from dashboard.figures.palette import INK, MUTED, PAPER
from dashboard.figures.plotly_style import FONT
from dashboard.figures.render_svg import Picture
from dashboard.figures.svg_style import text

EDGE, LETTERS, SMALL_LETTERS = 24, 112, 138
STATES = (
    "Hidden to protect people is known and not shown; not reported is not zero; unstable has too few events to lean on."
)


def framed(figure: Picture | ScreenMap | MapFigure, notes: Sequence[str]) -> str:
    """One SVG on white: what the screen shows, with the sentences that go with it wherever it is passed on."""
    inner = _inner(figure)
    high = float(inner.split('height="', 1)[1].split('"', 1)[0])
    title, said = wrap(figure.title, 72), wrap(figure.sentence, LETTERS) if figure.sentence != figure.title else []
    reading = getattr(figure, "reading", "")
    below = [line for note in filter(None, (reading, *notes, STATES)) for line in wrap(note, SMALL_LETTERS)]
    y = EDGE + 14.0
    parts = [text(title, EDGE, y, font_size=20, font_weight=700, fill=INK)]
    y += 24 * (len(title) - 1) + 26
    parts.append(text(said, EDGE, y, font_size=15, fill=INK))
    y += 18 * len(said)
    parts.append(f'<g transform="translate({EDGE} {y})">{inner}</g>')
    y += high + 22
    parts.append(text(below, EDGE, y, font_size=12, fill=MUTED))
    width, height = WIDE + 2 * EDGE, round(y + 14.4 * len(below) + EDGE / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="ft fd" font-family="{escape(FONT)}"><title id="ft">{escape(figure.title)}</title>'
        f'<desc id="fd">{escape(figure.sentence)}</desc><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )


def _inner(figure: Picture | ScreenMap | MapFigure) -> str:
    """The picture alone, with its own width and height."""
    if isinstance(figure, ScreenMap):
        return map_picture(figure)
    if not isinstance(figure, MapFigure):
        return render_svg.figure(figure, WIDE, 420)
    if figure.whole:
        return figure.whole
    _, _, wide, high = map(float, figure.svg.split('viewBox="', 1)[1].split('"', 1)[0].split())
    return figure.svg.replace("<svg ", f'<svg width="{WIDE}" height="{round(WIDE * high / wide)}" ', 1)
