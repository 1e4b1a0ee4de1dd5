"""The map page: one sentence, the map, its table, and one place in depth beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.words import capital
from dashboard.views.asking import Asked
from dashboard.views.choices import Choice
from dashboard.views.place_depth import PartnerRow, PlaceDepth, SourceRow
from dashboard.views.place_page import PlacePage
from dashboard.views.town_map import TownMap
from layouts.components.aria import aria
from layouts.components.controls import day, more, select
from layouts.components.figure import download, svg_figure, text_table
from layouts.components.gap_facts import gap_facts
from layouts.components.map_card import map_card, map_stores
from layouts.components.plain import plain
from layouts.ids import Places

TABS = (
    ("/places", "Map"),
    ("/places/trends", "Trends"),
    ("/places/compare", "Compare"),
    ("/places/hotspots", "Hotspots"),
    ("/places/access", "Deserts"),
    ("/places/naloxone", "Naloxone"),
    ("/places/gaps", "Priority gaps"),
    ("/places/what-if", "What if"),
)
"""Pages behind the door of places, in the order of their tabs; a test holds them to callbacks/pages.PAGES."""


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the map page."""

    indicators: Sequence[Choice]
    periods: Sequence[Choice]
    bases: Sequence[Choice]
    groups: Sequence[Choice]
    partners: Sequence[Choice]
    areas: Sequence[Choice]
    levels: Sequence[Choice]
    towns: Sequence[Choice]
    rates: Sequence[Choice]


@dataclass(frozen=True)
class Shown:
    """What the page shows: the map on the shapes at `geometry`, one place beside it and in depth, the CSV's address.

    `said` marks the places of which something was said, as the map's script takes them.
    """

    drawn: TownMap
    page: PlacePage
    depth: PlaceDepth
    geometry: str
    csv: str
    said: Sequence[Mapping[str, object]] = ()


def build_places(asked: Asked, menus: Menus, shown: Shown) -> Component:
    """The whole page for a state of the address bar."""
    panel, depth = plain(build_panel(shown.page)), plain(build_more(shown.depth))
    below = [download(Places.CSV, shown.csv, "places.csv")]
    return html.Div(
        [
            html.H1("Places", className="visually-hidden"),
            tabs("/places"),
            html.Div(
                [
                    _controls(asked, menus),
                    map_card(Places, shown.drawn.headline, shown.drawn.notes, shown.geometry, below),
                    html.Section(id=Places.PANEL, className="panel", **aria(label="One place"), **panel),
                    html.Section(
                        id=Places.MORE, className="more more-flow", **aria(label="More of this place"), **depth
                    ),
                ],
                className="map-and-panel",
            ),
            *map_stores(Places, shown.geometry, shown.drawn.paint),
            dcc.Store(id=Places.SAID, data=list(shown.said)),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    menus = Menus((), (), (), (), (), (), (), (), ())
    page, depth = PlacePage("", "", "", None, None), PlaceDepth("", (), (), (), ())
    return build_places(Asked(""), menus, Shown(TownMap("", "", (), {}), page, depth, "-", ""))


def tabs(here: str) -> Component:
    """The ways to look at places."""
    links = [
        html.A(label, href=path, className="view-tab", **(aria(current="page") if path == here else {}))
        for path, label in TABS
    ]
    return html.Nav(className="view-tabs", **aria(label="Ways to look at places"), **plain(links))


def _controls(asked: Asked, menus: Menus) -> Component:
    return html.Form(
        [
            select(Places.INDICATOR, "Indicator", menus.indicators, asked.indicator, wide=True),
            select(Places.PERIOD, "Period", menus.periods, asked.period),
            select(Places.WITHIN, "Where", menus.areas, asked.within),
            select(Places.PLACE, "Place", menus.towns, asked.place),
            more(
                [
                    select(Places.GROUP, "Population group", menus.groups, asked.group),
                    select(Places.PARTNER, "Partner", menus.partners, asked.partner),
                    select(Places.BASIS, "Counted", menus.bases, asked.basis),
                    select(Places.LEVEL, "Colour by", menus.levels, asked.level),
                    select(Places.RATES, "Town rates", menus.rates, asked.rates),
                    day(Places.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: PlacePage) -> list[Component]:
    """One place: its number, its trend, how it compares."""
    return [
        html.P(page.kind, className="eyebrow"),
        html.H2(page.name, className="panel-title"),
        html.P(page.sentence, className="panel-sentence"),
        *([svg_figure(page.trend, heading="Over time")] if page.trend else []),
        *([svg_figure(page.comparison)] if page.comparison else []),
    ]


def build_more(page: PlaceDepth) -> list[Component]:
    """One place in depth: its groups, its partners, its sources, and how to read them."""
    groups = (svg_figure(chart, heading=f"{page.name} by {chart.title.lower()}") for chart in page.groups)
    caveats = [html.H3("How to read this"), html.Ul([html.Li(text) for text in page.caveats])] if page.caveats else []
    gaps = [html.Div([html.H3("Gaps here"), *gap_facts(page.gaps)])] if page.gaps else []
    parts = [*gaps, *groups, *_partners(page.partners), html.Div([*_sources(page.sources), *caveats])]
    return [html.Div(part, className="more-part") for part in parts]


def _partners(rows: Sequence[PartnerRow]) -> list[Component]:
    if not rows:
        return []
    table = [(row.partner, row.sector, row.said) for row in rows]
    head = ("Partner", "Sector", "Reports")
    return [html.Div([html.H3("By partner"), text_table(head, table, "What each partner reports here")])]


def _sources(rows: Sequence[SourceRow]) -> list[Component]:
    if not rows:
        return [html.H3("Sources"), html.P("Nobody reports this here yet.")]
    items = []
    for row in rows:
        refused = f", {row.rows_refused:,} rows not counted" if row.rows_refused else ""
        items.append(html.Li(f"{row.title}. {capital(row.publisher)}, {row.as_of}{refused}."))
    return [html.H3("Sources"), html.Ul(items, className="sources")]
