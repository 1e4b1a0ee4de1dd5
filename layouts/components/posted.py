"""Parts of forms that the browser itself posts: they need no script, and come back as a page."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria


def posted(children: Sequence[Component], action: str, *, file: bool = False, label: str = "") -> Component:
    """A form that posts to an address; with `file` it carries one."""
    kind = "multipart/form-data" if file else "application/x-www-form-urlencoded"
    named = aria(label=label) if label else {}
    return html.Form(list(children), action=action, method="POST", encType=kind, className="posted", **named)


def menu_field(name: str, label: str, options: Sequence[tuple[str, str]], id_: str) -> Component:
    """A labelled native menu whose choice is posted under `name`; `options` are (value, label), the first is chosen."""
    shown = [html.Option(words, value=value) for value, words in options]
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            html.Select(shown, id=id_, name=name, className="form-select"),
        ],
        className="control",
    )


def text_field(name: str, label: str, id_: str, *, suggestions: str = "") -> Component:
    """A labelled field whose text is posted under `name`; `suggestions` is the id of a list to choose from."""
    extra = {"list": suggestions} if suggestions else {}
    return html.Div(
        [
            html.Label(label, htmlFor=id_, className="control-label"),
            dbc.Input(id=id_, name=name, type="text", maxLength=120, autocomplete="off", **extra),
        ],
        className="control",
    )


def submit(words: str, *, quiet: bool = False) -> Component:
    """The button that posts the form."""
    return html.Button(words, type="submit", className="button button-plain" if quiet else "button")
