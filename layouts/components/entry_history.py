"""The history of an entry, folded under it: who saved it, when, and how it stood before."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.views.entry_history import Saved


def entry_history(rows: Sequence[Saved], what: str) -> list[Component]:
    """The versions, newest first; `what` names the entry to those who hear the page. Nothing where none is known."""
    if not rows:
        return []
    summary = html.Summary(["History", html.Span(f" of {what}", className="visually-hidden")])
    return [html.Details([summary, html.Ol([_version(row) for row in rows], className="history", reversed="reversed")],
                         className="twin entry-history")]  # fmt: skip


def _version(row: Saved) -> Component:
    return html.Li([html.P([html.Strong(row.when), f", {row.who}"]), *(html.P(line) for line in row.before)])
