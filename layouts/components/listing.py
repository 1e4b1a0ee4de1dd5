"""A list of places or sites as a table that opens on demand, its sentence before it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.views.listing import Listing
from layouts.components.figure import text_table

FOLDED_BEYOND = 12


def listing(each: Listing) -> list[Component]:
    """Title, sentence and table; a long table is folded (but for its first rows), an empty one left out."""
    title = [html.H3(each.title), html.P(each.sentence)]
    if not each.rows:
        return title
    if len(each.rows) <= FOLDED_BEYOND:
        return [*title, text_table(each.head, each.rows, each.title)]
    first, rest = each.rows[: each.first], each.rows[each.first :]
    words = f"{len(rest):,} more" if first else f"All {len(rest):,} by name"
    opened = [text_table(each.head, first, f"{each.title}: the first {len(first)}")] if first else []
    folded = html.Details([html.Summary(words), text_table(each.head, rest, each.title)], className="twin")
    return [*title, *opened, folded]
