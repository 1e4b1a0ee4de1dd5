"""The page as plain HTML in the document: it can be read, and its map seen, before Dash has loaded."""

from __future__ import annotations

from dash.development.base_component import Component

from layouts.components.plain import as_html

EARLY = "early"
"""The id around the plain page; assets/early.js takes it away when the real one is there."""


def early_page(tree: Component) -> str:
    """A component tree as HTML. Controls are disabled until Dash answers them; charts that need a script are empty."""
    return f'<div id="{EARLY}">{as_html(tree)}</div>'
