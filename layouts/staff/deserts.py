"""Deserts: towns beyond a threshold in minutes of a service, who lives there, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.desert_page import AskedDeserts, DesertPage
from dashboard.views.town_access import TownAccess
from layouts.components.aria import aria
from layouts.components.controls import day, more, number_field, select
from layouts.components.figure import download, svg_figure
from layouts.components.listing import listing
from layouts.components.map_card import map_card, map_stores
from layouts.components.town_facts import town_facts
from layouts.ids import Deserts
from layouts.staff.places import tabs

PATH = "/places/access"


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the page of service deserts."""

    services: Sequence[Choice]
    sites: Sequence[Choice]
    areas: Sequence[Choice]
    towns: Sequence[Choice]


def build_deserts(page: DesertPage, menus: Menus, geometry: str) -> Component:
    """The whole page for a state of the address bar."""
    csv = [download(Deserts.CSV, page.csv, "deserts.csv")]
    return html.Div(
        [
            html.H1("Service deserts", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(page.asked, menus),
                    map_card(Deserts, page.headline, page.notes, geometry, csv),
                    html.Section(
                        build_panel(page), id=Deserts.PANEL, className="panel", **aria(label="What it hangs on")
                    ),
                    html.Section(build_more(page), id=Deserts.MORE, className="more", **aria(label="Towns and sites")),
                ],
                className="map-and-panel tall-panel",
            ),
            *map_stores(Deserts, geometry, page.paint),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_deserts(DesertPage(AskedDeserts(), "", (), {}), Menus((), (), (), ()), "-")


def _controls(asked: AskedDeserts, menus: Menus) -> Component:
    return html.Form(
        [
            select(Deserts.SERVICE, "Service", menus.services, asked.service, wide=True),
            number_field(Deserts.URBAN, "Minutes, urban towns", asked.urban),
            number_field(Deserts.RURAL, "Minutes, rural towns", asked.rural),
            select(Deserts.WITHIN, "Where", menus.areas, asked.within),
            select(Deserts.PLACE, "Place", menus.towns, asked.place),
            more(
                [
                    select(Deserts.SITES, "Sites that count", menus.sites, asked.sites),
                    day(Deserts.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: DesertPage) -> list[Component]:
    """The chosen town, how the answer changes with the threshold, and who lives beyond it."""
    return [
        *_town(page.town),
        *([svg_figure(page.sensitivity)] if page.sensitivity else []),
        *([svg_figure(page.groups)] if page.groups else []),
    ]


def _town(town: TownAccess | None) -> list[Component]:
    nobody = "Choose a town, here or on the map, to see its nearest sites."
    return town_facts(town) if town else [html.P(nobody, className="quiet")]


def build_more(page: DesertPage) -> list[Component]:
    """Fragile towns, borderline towns and sites, each a list by name."""
    return [html.Div(listing(each), className="more-part") for each in page.listings]
