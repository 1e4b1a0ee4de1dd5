"""A list of places or sites as a table that opens on demand, its sentence before it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.views.listing import Listing
from layouts.components.figure import text_table

FOLDED_BEYOND = 12


def listing(each: Listing) -> list[Component]:
    """Title, sentence and table; a long table is folded, an empty one left out."""
    title = [html.H3(each.title), html.P(each.sentence)]
    if not each.rows:
        return title
    table = text_table(each.head, each.rows, each.title)
    if len(each.rows) <= FOLDED_BEYOND:
        return [*title, table]
    return [*title, html.Details([html.Summary(f"All {len(each.rows):,} by name"), table], className="twin")]
