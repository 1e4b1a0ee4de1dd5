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
    ("Strategies", "/our-coalition/strategies"),
    ("Registers", "/our-coalition/registers"),
    ("Agreements", "/our-coalition/agreements"),
    ("Publish", "/our-coalition/publish"),
)
FOR_FEW = ("People", "/our-coalition/people")
"""A page that few may open: it has its tab only there, and a link on the overview for those who may."""


def coalition_tabs(here: str) -> Component:
    """Links to the pages behind this door; the one that is open says so."""
    tabs = (*TABS, FOR_FEW) if here == FOR_FEW[1] else TABS
    return html.Nav(
        [
            html.A(label, href=path, className="view-tab", **(aria(current="page") if path == here else {}))
            for label, path in tabs
        ],
        className="view-tabs",
        **aria(label="Our coalition"),
    )
