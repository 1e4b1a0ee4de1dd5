"""Controls: native ones, because they work with every keyboard and screen reader (Dash's own fail axe)."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice

EVERYTHING = "all"
"""How a menu writes the empty choice: a native menu shows an empty value as nothing chosen."""


def select(id_: str, label: str, choices: Sequence[Choice], value: str, *, wide: bool = False) -> Component:
    """A labelled native menu; with a single choice or none there is nothing to choose, so it is not shown."""
    shown, chosen, off = menu(choices, value)
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Select(id=id_, options=shown, value=chosen, disabled=off),
        ],
        className="control control-wide" if wide else "control",
    )


def menu(choices: Sequence[Choice], value: str) -> tuple[list[dict[str, object]], str, bool]:
    """Options, value and whether there is nothing to choose, as a native menu takes them; headings cannot be chosen."""
    options: list[dict[str, object]] = [
        {"value": choice.value, "label": f"— {choice.label} —", "disabled": True}
        if choice.heading
        else {"value": choice.value or EVERYTHING, "label": choice.label}
        for choice in choices
    ]
    return options, value or EVERYTHING, len(choices) < 2


def day(id_: str, label: str, value: str) -> Component:
    """A labelled date field."""
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Input(id=id_, type="date", value=value, debounce=True),
        ],
        className="control",
    )


def number_field(id_: str, label: str, value: str) -> Component:
    """A labelled field for a number; it answers once typing pauses.

    It has no limits of its own: a field out of bounds would keep silent, while the page can say what is wrong.
    """
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Input(id=id_, type="number", value=value, step="any", debounce=400),
        ],
        className="control",
    )


def more(controls: Sequence[Component]) -> Component:
    """Controls that are seldom needed: always open beside the picture, folded away where the screen is narrow."""
    return html.Details([html.Summary("More choices"), *controls], className="more-choices")
