"""The twin in words of the flags on a chart: one line each, with the way to the whole entry."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.flags import Flag
from layouts.components.aria import aria


def flag_list(flags: Sequence[Flag], label: str = "Flags on the chart") -> list[Component]:
    """The lines in the order of the flags' numbers; nothing where there are none."""
    if not flags:
        return []
    return [html.Ol([_line(flag) for flag in flags], className="flag-list", **aria(label=label))]


def _line(flag: Flag) -> Component:
    number = (
        html.Span(str(flag.number), className="flag-number") if flag.number else html.Span("•", **aria(hidden="true"))
    )
    head = html.A(flag.head, href=flag.href) if flag.href else flag.head
    return html.Li([number, html.Span([head, f": {flag.words}"])])
