"""What if: place sites on the map, or ask for the best ones, and see who is brought within reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.listing import Listing
from dashboard.views.what_if_asked import GOALS, NEEDS, AskedWhatIf
from dashboard.views.what_if_page import PATH, WhatIfPage
from layouts.components.aria import aria
from layouts.components.controls import day, more, number_field, select
from layouts.components.figure import download
from layouts.components.listing import listing
from layouts.components.map_card import map_card, map_stores
from layouts.ids import WhatIf
from layouts.staff.places import tabs


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the what-if page."""

    services: Sequence[Choice]
    sites: Sequence[Choice]
    areas: Sequence[Choice]
    towns: Sequence[Choice]
    scenarios: Sequence[Choice]


def build_what_if(page: WhatIfPage, menus: Menus, compared: Listing) -> Component:
    """The whole page for a state of the address bar."""
    csv = [download(WhatIf.CSV, page.csv, "what-if.csv")]
    panel = html.Section(build_panel(page), id=WhatIf.PANEL, className="panel", **aria(label="What changes"))
    return html.Div(
        [
            html.H1("What if", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(page.asked, menus),
                    map_card(WhatIf, page.headline, page.notes, page.geometry, csv),
                    panel,
                    html.Section(
                        [html.Div(build_more(page), id=WhatIf.MORE, className="more-part"),
                         html.Div(_scenarios(page.asked, menus, compared), className="more-part")],
                        className="more", **aria(label="Best sites and saved scenarios"),
                    ),
                ],
                className="map-and-panel",
            ),
            *map_stores(WhatIf, page.geometry, page.paint),
            dcc.Store(id=WhatIf.PLACED, data=page.asked.placed),
            dcc.Store(id=WhatIf.FOUND, data=page.asked.question if page.asked.best else ""),
        ]
    )  # fmt: skip


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    nothing = WhatIfPage(AskedWhatIf(count="1"), "", (), {}, geometry="-")
    return build_what_if(nothing, Menus((), (), (), (), ()), Listing("", ""))


def _controls(asked: AskedWhatIf, menus: Menus) -> Component:
    return html.Form(
        [
            select(WhatIf.SERVICE, "Service", menus.services, asked.service, wide=True),
            select(WhatIf.WITHIN, "Where", menus.areas, asked.within),
            select(WhatIf.PLACE, "Place or remove a site in", menus.towns, ""),
            _button(WhatIf.CLEAR, "Remove all new sites", quiet=True),
            html.Fieldset(
                [
                    html.Legend("Find the best sites", className="control-legend"),
                    number_field(WhatIf.COUNT, "How many", asked.count),
                    select(WhatIf.GOAL, "So that", GOALS, asked.goal),
                    select(WhatIf.NEED, "Weighed by", NEEDS, asked.need),
                    _button(WhatIf.FIND, "Find them"),
                    html.P(id=WhatIf.SAID, className="quiet", role="status"),
                ],
                className="control-group",
            ),
            more(
                [
                    number_field(WhatIf.URBAN, "Minutes, urban towns", asked.urban),
                    number_field(WhatIf.RURAL, "Minutes, rural towns", asked.rural),
                    select(WhatIf.SITES, "Sites that count", menus.sites, asked.sites),
                    day(WhatIf.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls controls-long",
        **aria(label="What to try"),
    )


def build_panel(page: WhatIfPage) -> list[Component]:
    """Before and after, and what each new site adds."""
    shown = [each for each in (page.comparison, page.gains) if each]
    if not shown:
        return [html.P("No new site is placed yet. Before and after will stand here.", className="quiet")]
    return [part for each in shown for part in listing(each)]


def build_more(page: WhatIfPage) -> list[Component]:
    """The best sites with their certificate, as long as nobody moved one."""
    if page.best:
        return listing(page.best)
    return [
        html.H3("The best sites"),
        html.P("Ask for them beside the map: they come with what each adds, and with the proof that none are better."),
    ]


def _scenarios(asked: AskedWhatIf, menus: Menus, compared: Listing) -> list[Component]:
    title = html.Div(
        [
            html.Label("Title", htmlFor=WhatIf.SCENARIO_TITLE, className="control-label"),
            dbc.Input(id=WhatIf.SCENARIO_TITLE, type="text", value="", maxLength=80),
        ],
        className="control",
    )
    return [
        html.H3("Scenarios"),
        html.P("Save what is shown under a title, compare two, or copy the address to send this one."),
        html.Form(
            [
                title, _button(WhatIf.SCENARIO_SAVE, "Save"),
                select(WhatIf.SCENARIO_FIRST, "Compare", menus.scenarios, asked.first),
                select(WhatIf.SCENARIO_SECOND, "with", menus.scenarios, asked.second),
            ],
            className="controls", **aria(label="Saved scenarios"),
        ),
        html.P(id=WhatIf.SCENARIO_SAID, role="status"),
        html.Div(build_compared(compared), id=WhatIf.SCENARIO_COMPARED),
    ]  # fmt: skip


def build_compared(compared: Listing) -> list[Component]:
    """Two scenarios side by side."""
    return listing(compared) if compared.rows else []


def saved_words(title: str, href: str) -> list[Component | str]:
    """That a scenario is kept, and its link."""
    return ["Saved: ", html.A(title, href=href), "."]


def _button(id_: str, label: str, *, quiet: bool = False) -> Component:
    return html.Div(
        dbc.Button(label, id=id_, type="button", n_clicks=0, className="button-quiet" if quiet else "button"),
        className="control control-button",
    )
