"""What people wrote: paragraphs, lists and emphasis as components; markup in it stays the letters that it is."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.meetings.plain_text import Piece, pieces

TAGS: dict[str, Any] = {"p": html.P, "strong": html.Strong, "em": html.Em, "ul": html.Ul, "ol": html.Ol,
                                    "li": html.Li}  # fmt: skip


def written(text: str) -> Component:
    """A text as it was meant to be read."""
    return html.Div([_component(piece) for piece in pieces(text)], className="written")


def _component(piece: Piece) -> Component | str:
    if piece.tag == "br":
        return html.Br()
    if not piece.tag:
        return piece.letters
    made: Component = TAGS[piece.tag]([_component(part) for part in piece.parts])
    return made
