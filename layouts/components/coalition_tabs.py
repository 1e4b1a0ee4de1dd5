"""The pages behind the door Our coalition, one click from each other."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria

TABS = (
    ("Overview", "/our-coalition"),
    ("Meetings", "/our-coalition/meetings"),
    ("Take it home", "/our-coalition/take-home"),
    ("Calendar", "/our-coalition/calendar"),
    ("Registers", "/our-coalition/registers"),
    ("Agreements", "/our-coalition/agreements"),
    ("Publish", "/our-coalition/publish"),
)


def coalition_tabs(here: str) -> Component:
    """Links to the pages behind this door; the one that is open says so."""
    return html.Nav(
        [
            html.A(label, href=path, className="view-tab", **(aria(current="page") if path == here else {}))
            for label, path in TABS
        ],
        className="view-tabs",
        **aria(label="Our coalition"),
    )
