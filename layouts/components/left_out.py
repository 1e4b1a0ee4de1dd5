"""What an address asks for and its page cannot show, said above the page instead of silently left aside."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component


def with_left_out(page: Component, sentences: Sequence[str]) -> Component:
    """The page as it is, below the sentences where there are any."""
    return html.Div([html.P(" ".join(sentences), className="quiet"), page]) if sentences else page
