"""What changed: sentences, most important first, each with a link that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.asking import write_address
from dashboard.views.choices import Choice
from dashboard.views.what_changed import MONTHS, AskedChanges, Item, Section, WhatChanged
from layouts.components.aria import aria
from layouts.components.controls import day, more, select
from layouts.ids import WhatChanged as Ids

SHOWN_AT_ONCE = 8
TABS = (("/", "This month"), ("/what-changed", "What changed"))


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the page."""

    places: Sequence[Choice]
    groups: Sequence[Choice]
    partners: Sequence[Choice]


def build_what_changed(shown: WhatChanged, menus: Menus) -> Component:
    """The whole page for a state of the address bar."""
    return html.Div(
        [
            html.H1("What changed", className="visually-hidden"),
            tabs("/what-changed"),
            html.Div(
                [
                    _controls(shown.asked, menus),
                    html.Section(
                        html.Div(build_shown(shown), id=Ids.SHOWN), className="card-map", **aria(label="What changed")
                    ),
                ],
                className="chart-and-controls",
            ),
            dcc.Store(id=Ids.STATE),
            dcc.Store(id=Ids.WRITTEN),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_what_changed(WhatChanged(AskedChanges(), "", ()), Menus((), (), ()))


def tabs(here: str) -> Component:
    """This month and what changed: the two ways to begin a meeting."""
    return html.Nav(
        [
            html.A(label, href=path, className="view-tab", **(aria(current="page") if path == here else {}))
            for path, label in TABS
        ],
        className="view-tabs",
        **aria(label="Ways to begin a meeting"),
    )


def _controls(asked: AskedChanges, menus: Menus) -> Component:
    return html.Form(
        [
            day(Ids.SINCE, "Since", asked.since),
            select(Ids.PLACE, "Where", menus.places, asked.place),
            select(Ids.MONTHS, "Compare the newest", MONTHS, asked.months),
            more(
                [
                    select(Ids.GROUP, "Population group", menus.groups, asked.group),
                    select(Ids.PARTNER, "Partner", menus.partners, asked.partner),
                    day(Ids.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_shown(shown: WhatChanged) -> list[Component]:
    """The headline and the sections that have something to say; the rest in one line each."""
    return [
        html.H2(shown.headline, className="headline", **aria(live="polite")),
        *_since(shown),
        *(part for section in shown.sections for part in _section(section)),
    ]


def _since(shown: WhatChanged) -> list[Component]:
    """Ways to list what changed since one of the last meetings."""
    if not shown.meetings:
        return []
    links = [
        html.A(words, href=write_address("/what-changed", replace(shown.asked, since=day_)),
               **(aria(current="true") if day_ == shown.asked.since else {}))
        for words, day_ in shown.meetings
    ]  # fmt: skip
    parts = [part for number, link in enumerate(links) for part in ((" · ", link) if number else (link,))]
    return [html.P(["Since ", *parts], className="since")]


def _section(section: Section) -> list[Component]:
    heading = html.H3(section.title)
    note = html.P(section.note, className="quiet", hidden=not section.note)
    if not section.items:
        return [heading, html.P(section.nothing), note]
    first, rest = section.items[:SHOWN_AT_ONCE], section.items[SHOWN_AT_ONCE:]
    folded = (
        [html.Details([html.Summary(f"{len(rest)} more"), html.Ul([_item(item) for item in rest])], className="twin")]
        if rest
        else []
    )
    return [heading, html.Ul([_item(item) for item in first], className="changes"), *folded, note]


def _item(item: Item) -> Component:
    """The sentence, and links that say what they show to those who hear them one by one."""
    about = html.Span(f": {item.words.partition(':')[0]}", className="visually-hidden")
    links = [part for words, href in item.links for part in (" ", html.A([words, about], href=href))]
    return html.Li([item.words, *links])
