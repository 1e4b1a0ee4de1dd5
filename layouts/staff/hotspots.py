"""Hotspots: one sentence, smoothed rates with a line round every cluster, and what chance has to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from dashboard.domain import Query
from dashboard.views.asking import write_address
from dashboard.views.choices import Choice
from dashboard.views.clusters import CLUSTER_HEAD, table_rows
from dashboard.views.hotspot_words import COMMAND
from dashboard.views.hotspots import Hotspots
from dashboard.views.hotspots_asked import KINDS, PATH, AskedHotspots
from dashboard.views.town_classes import ClassGroup
from dashboard.views.town_map import TownMap
from layouts.components.aria import aria
from layouts.components.cluster_cards import cluster_cards
from layouts.components.controls import day, more, select
from layouts.components.figure import download, svg_figure, text_table
from layouts.components.gap_facts import gap_facts
from layouts.components.map_card import map_card, map_stores
from layouts.ids import Hotspots as Ids
from layouts.staff.places import tabs

BOTH_TESTS = "More than chance, and more than towns usually differ."
ONE_TEST = "Within the ordinary differences between towns: these are not called hotspots."
FUNNEL_WIDTH, FUNNEL_HEIGHT = 360, 290


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the hotspots page."""

    indicators: Sequence[Choice]
    periods: Sequence[Choice]
    bases: Sequence[Choice]
    areas: Sequence[Choice]
    towns: Sequence[Choice]


def build_hotspots(page: Hotspots, menus: Menus, csv: str) -> Component:
    """The whole page for a state of the address bar."""
    return html.Div(
        [
            html.H1("Hotspots", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(page.asked, menus),
                    map_card(
                        Ids, page.headline, page.drawn.notes, page.geometry, [download(Ids.CSV, csv, "hotspots.csv")]
                    ),
                    html.Section(build_panel(page), id=Ids.PANEL, className="panel", **aria(label="What was found")),
                    html.Section(
                        build_more(page), id=Ids.MORE, className="more more-two", **aria(label="Numbers and classes")
                    ),
                ],
                className="map-and-panel",
            ),
            *map_stores(Ids, page.geometry, page.drawn.paint),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    nothing = Hotspots(AskedHotspots(), Query("", ()), "-", "", TownMap("", "", (), {}))
    return build_hotspots(nothing, Menus((), (), (), (), ()), "")


def _controls(asked: AskedHotspots, menus: Menus) -> Component:
    return html.Form(
        [
            select(Ids.INDICATOR, "Indicator", menus.indicators, asked.indicator, wide=True),
            select(Ids.PERIOD, "Period", menus.periods, asked.period),
            select(Ids.WITHIN, "Compare the towns of", menus.areas, asked.within),
            select(Ids.KIND, "Clusters in", KINDS, asked.kind),
            select(Ids.PLACE, "Place", menus.towns, asked.place),
            more(
                [
                    select(Ids.BASIS, "Counted", menus.bases, asked.basis),
                    day(Ids.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: Hotspots) -> list[Component]:
    """The way here, the town that is chosen, and the clusters in the order of their letters."""
    sure = [card for card in page.cards if card.sure]
    unsure = [card for card in page.cards if not card.sure]
    return [
        _trail(page.trail),
        *gap_facts(page.facts, html.H2),
        *([] if page.cards else [html.H2("Nothing found" if page.computed else "Not computed yet")]),
        *map(_told, page.nothing),
        *cluster_cards("Hotspots", BOTH_TESTS, sure),
        *cluster_cards("More than chance alone", ONE_TEST, unsure),
        *([html.H2("Look inside one area"), *_inside(page.inside)] if page.inside else []),
    ]


def build_more(page: Hotspots) -> list[Component]:
    """The numbers of the clusters, the classes of the towns, the funnel, and how all of it was computed."""
    funnel = [svg_figure(page.funnel, width=FUNNEL_WIDTH, height=FUNNEL_HEIGHT)] if page.funnel else []
    computed = [html.H3("How this was computed"), *map(_told, page.computed)] if page.computed else []
    classes = [_classes(page.asked, page.classes)] if page.classes else []
    parts = [[*funnel, *computed], classes]
    numbers = [html.Div(_clusters(page), className="more-part more-wide")] if page.clusters else []
    return [*numbers, *(html.Div(part, className="more-part") for part in parts if part)]


def _told(text: str) -> Component:
    """A sentence; the command at its end is set as one."""
    said, found, rest = text.partition(COMMAND)
    return html.P([said, *([html.Code(f"{found}{rest}")] if found else [])])


def _trail(steps: Sequence[tuple[str, str]]) -> Component:
    """From state to county to town: links but for the last one."""
    items = [
        html.Li(html.A(words, href=address) if address else html.Span(words, **aria(current="page")))
        for words, address in steps
    ]
    return html.Nav(html.Ol(items, className="trail"), hidden=len(steps) < 2, **aria(label="Where this is"))


def _inside(areas: Sequence[tuple[str, str]]) -> list[Component]:
    links = [html.Li(html.A(name, href=address)) for name, address in areas]
    summary = html.Summary(f"{len(areas)} counties and regions")
    return [html.Details([summary, html.Ul(links, className="inline-list")], className="twin")]


def _clusters(page: Hotspots) -> Component:
    caption = "What each cluster counts, and how likely that is"
    return html.Div([html.H3("The clusters in numbers"), text_table(CLUSTER_HEAD, table_rows(page.clusters), caption)])


def _classes(asked: AskedHotspots, groups: Sequence[ClassGroup]) -> Component:
    """Towns by class, those that were ever flagged by name."""
    told: list[Component] = []
    for group in groups:
        told.append(html.Dt(f"{group.name.capitalize()}: {len(group.towns)}"))
        links = [
            html.Li(html.A(name, href=write_address(PATH, replace(asked, place=geoid))))
            for geoid, name in (group.towns if group.named else ())
        ]
        named = [html.Ul(links, className="inline-list")] if links else []
        told.append(html.Dd([html.P(f"{group.meaning[0].upper()}{group.meaning[1:]}.", className="quiet"), *named]))
    return html.Div([html.H3("Which towns were flagged over the years"), html.Dl(told, className="classes")])
