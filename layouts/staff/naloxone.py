"""Naloxone: kits against modelled need, by town and channel, and where the next kits should go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.naloxone_page import PATH, AskedNaloxone, NaloxonePage
from layouts.components.aria import aria
from layouts.components.controls import day, more, number_field, select
from layouts.components.figure import download, svg_figure
from layouts.components.listing import listing
from layouts.components.map_card import map_card, map_stores
from layouts.components.town_facts import town_facts
from layouts.ids import Naloxone
from layouts.staff.places import tabs


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the naloxone page."""

    areas: Sequence[Choice]
    towns: Sequence[Choice]
    bases: Sequence[Choice]


def build_naloxone(page: NaloxonePage, menus: Menus) -> Component:
    """The whole page for a state of the address bar."""
    csv = [download(Naloxone.CSV, page.csv, "naloxone.csv")]
    return html.Div(
        [
            html.H1("Naloxone", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(page.asked, menus),
                    map_card(Naloxone, page.headline, page.notes, page.geometry, csv),
                    html.Section(
                        build_panel(page), id=Naloxone.PANEL, className="panel", **aria(label="One town and channels")
                    ),
                    html.Section(build_more(page), id=Naloxone.MORE, className="more", **aria(label="The next kits")),
                ],
                className="map-and-panel",
            ),
            *map_stores(Naloxone, page.geometry, page.paint),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_naloxone(NaloxonePage(AskedNaloxone(), "", (), {}, geometry="-"), Menus((), (), ()))


def _controls(asked: AskedNaloxone, menus: Menus) -> Component:
    return html.Form(
        [
            select(Naloxone.WITHIN, "Where", menus.areas, asked.within),
            select(Naloxone.PLACE, "Place", menus.towns, asked.place),
            number_field(Naloxone.KITS, "Kits still to give", asked.kits),
            select(Naloxone.BASIS, "Counted", menus.bases, asked.basis),
            more([day(Naloxone.AS_OF, "As known on", asked.as_of)]),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: NaloxonePage) -> list[Component]:
    """The chosen town, and kits by channel."""
    nobody = html.P("Choose a town, here or on the map, to see its kits, its need and its free points.")
    channels = [svg_figure(page.channels)] if page.channels else [html.P("Nobody reports kits by channel here yet.")]
    return [*(town_facts(page.town) if page.town else [nobody]), *channels]


def build_more(page: NaloxonePage) -> list[Component]:
    """Where the next kits should go."""
    if page.allocation is None:
        return []
    return [html.Div(listing(page.allocation), className="more-part more-wide")]
