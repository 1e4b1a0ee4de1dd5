"""Controls: native ones, because they work with every keyboard and screen reader (Dash's own fail axe)."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice


def select(id_: str, label: str, choices: Sequence[Choice], value: str, *, wide: bool = False) -> Component:
    """A labelled native menu; with a single choice or none it is shown but cannot be opened."""
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Select(id=id_, options=options(choices), value=value, disabled=len(choices) < 2),
        ],
        className="control control-wide" if wide else "control",
    )


def options(choices: Sequence[Choice]) -> list[dict[str, object]]:
    """Choices as a native menu takes them; headings cannot be chosen."""
    return [
        {"value": choice.value, "label": f"— {choice.label} —", "disabled": True}
        if choice.heading
        else {"value": choice.value, "label": choice.label}
        for choice in choices
    ]


def day(id_: str, label: str, value: str) -> Component:
    """A labelled date field."""
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Input(id=id_, type="date", value=value, debounce=True),
        ],
        className="control",
    )
