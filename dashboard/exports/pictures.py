"""Figures as SVG and as PNG, and the words that stand for them where nobody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
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
    """What a figure shows, for those who do not see it: its title, its sentence and its numbers, as many as fit."""
    start = f"{figure.title}. {figure.sentence}"
    told = [f"{row[0]}: {row[1]}" for row in table_of(figure)[1] if len(row) > 1]
    fit = sum(length <= LONGEST_ALT for length in accumulate((len(one) + 2 for one in told), initial=len(start))) - 1
    rest = f"; {len(told) - fit} more in the workbook" if fit < len(told) else ""
    return f"{start} {capital('; '.join(told[:fit]))}{rest}." if fit > 0 else start


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
