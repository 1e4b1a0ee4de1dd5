"""Figures as SVG and as PNG, and the words that stand for them where nobody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from dashboard.errors import InvalidQuery
from dashboard.exports.paper import MapFigure, Paper
from dashboard.figures import render_svg
from dashboard.figures.render_svg import Picture
from dashboard.figures.words import capital

Figure = Picture | MapFigure
LONGEST_ALT = 900
PNG_WIDTH = 1600
MISSING = "PNG pictures need the package resvg-py: pip install 'coalition-dashboard[exports]'."


def svg_of(figure: Figure, width: int = 560, height: int = 280) -> str:
    """A figure as one SVG; a map has the size it was drawn in."""
    return figure.svg if isinstance(figure, MapFigure) else render_svg.figure(figure, width, height)


def png_of(svg: str, width: int = PNG_WIDTH) -> bytes:
    """An SVG as PNG on white, `width` pixels wide; InvalidQuery says what to install where it cannot be made."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise InvalidQuery(MISSING) from error

    return bytes(svg_to_bytes(svg_string=svg, width=width, background="#ffffff"))


def alternative(figure: Figure) -> str:
    """What a figure shows, for those who do not see it: its title, its sentence and its numbers."""
    start = f"{figure.title}. {figure.sentence}"
    head, rows = table_of(figure)
    label = next((at for at, name in enumerate(head) if at), 1)
    told = "; ".join(f"{row[0]}: {row[label]}" for row in rows if len(row) > label)
    said = f"{start} {capital(told)}." if told else start
    return said if len(said) <= LONGEST_ALT else f"{start} The numbers are in the table of the same name."[:LONGEST_ALT]


def table_of(figure: Figure) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The table twin of a figure: head and rows."""
    if isinstance(figure, MapFigure):
        return figure.head, figure.rows
    head, rows = figure.table()
    return head, tuple(rows)


def named_figures(paper: Paper) -> Iterator[tuple[str, Figure]]:
    """Every figure with a name for its file: the section's, its place in it, and its title."""
    for section in paper.sections:
        for number, figure in enumerate(section.figures, 1):
            words = "".join(letter if letter.isalnum() else "-" for letter in figure.title.lower())
            name = "-".join(filter(None, words.split("-")))[:40].strip("-")
            yield f"{section.id}-{number}-{name or crc32(figure.title.encode())}", figure
