"""Priority gaps: high need and poor access on one map, and what to do about each, by people in need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.gap_list import Gap
from dashboard.views.gaps_page import NEEDS, PATH, AskedGaps, GapsPage
from layouts.components.aria import aria
from layouts.components.controls import day, more, number_field, select
from layouts.components.figure import download
from layouts.components.map_card import map_card, map_stores
from layouts.components.town_facts import town_facts
from layouts.ids import Gaps
from layouts.staff.places import tabs

SHOWN = 5
"""Gaps that stand open; the rest is folded."""
NOTHING_KNOWN = "Nothing can be said until need and sites are both known."


@dataclass(frozen=True)
class Menus:
    """What can be chosen on the page of priority gaps."""

    services: Sequence[Choice]
    sites: Sequence[Choice]
    areas: Sequence[Choice]
    towns: Sequence[Choice]


def build_gaps(page: GapsPage, menus: Menus) -> Component:
    """The whole page for a state of the address bar."""
    csv = [download(Gaps.CSV, page.csv, "priority-gaps.csv")]
    return html.Div(
        [
            html.H1("Priority gaps", className="visually-hidden"),
            tabs(PATH),
            html.Div(
                [
                    _controls(page.asked, menus),
                    map_card(Gaps, page.headline, page.notes, page.geometry, csv),
                    html.Section(build_panel(page), id=Gaps.PANEL, className="panel", **aria(label="Gaps")),
                    html.Section(build_more(page), id=Gaps.MORE, className="more", **aria(label="Sites to protect")),
                ],
                className="map-and-panel tall-panel",
            ),
            *map_stores(Gaps, page.geometry, page.paint),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_gaps(GapsPage(AskedGaps(), "", (), {}, geometry="-"), Menus((), (), (), ()))


def _controls(asked: AskedGaps, menus: Menus) -> Component:
    return html.Form(
        [
            select(Gaps.SERVICE, "Service", menus.services, asked.service, wide=True),
            select(Gaps.NEED, "Need", NEEDS, asked.need),
            select(Gaps.WITHIN, "Where", menus.areas, asked.within),
            select(Gaps.PLACE, "Place", menus.towns, asked.place),
            more(
                [
                    number_field(Gaps.URBAN, "Minutes, urban towns", asked.urban),
                    number_field(Gaps.RURAL, "Minutes, rural towns", asked.rural),
                    select(Gaps.SITES, "Sites that count", menus.sites, asked.sites),
                    day(Gaps.AS_OF, "As known on", asked.as_of),
                ]
            ),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: GapsPage) -> list[Component]:
    """The chosen town, then every gap by people in need."""
    town = town_facts(page.town) if page.town else []
    none = "Every town is within the threshold." if page.known else NOTHING_KNOWN
    nothing = [] if page.beyond else [html.P(none)]
    return [*town, html.H2("Beyond reach, by people in need"), *nothing, *_gaps(page.beyond)]


def build_more(page: GapsPage) -> list[Component]:
    """Sites on which towns with high need hang."""
    none = "No town with high need depends on one site." if page.known else NOTHING_KNOWN
    nothing = [] if page.fragile else [html.P(none)]
    title = html.H2("Sites to protect, by people in need")
    return [html.Div([title, *nothing, *_gaps(page.fragile)], className="more-part more-wide")]


def _gaps(gaps: Sequence[Gap]) -> list[Component]:
    shown, rest = [[_gap(gap) for gap in part] for part in (gaps[:SHOWN], gaps[SHOWN:])]
    folded = html.Details([html.Summary(f"{len(rest):,} more"), html.Ul(rest, className="gaps")], className="twin")
    return ([html.Ul(shown, className="gaps")] if shown else []) + ([folded] if rest else [])


def _gap(gap: Gap) -> Component:
    words, address = gap.link
    return html.Li(
        [
            html.H3(gap.title),
            html.P(gap.sentence),
            html.P([html.Strong("Next step: "), gap.step, " ", html.A(words, href=address), "."]),
        ],
        className="gap",
    )
