"""Strategies on the map: the sentence first, the towns by how far a strategy is, one town, and the towns by name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.views.choices import Choice
from dashboard.views.strategy_page import PATH, AskedStrategies, StrategyPage, TownStrategies
from layouts.components.aria import aria
from layouts.components.coalition_tabs import coalition_tabs
from layouts.components.controls import day, more, select
from layouts.components.figure import download
from layouts.components.listing import listing
from layouts.components.map_card import map_card, map_stores
from layouts.ids import Strategies

REGISTER = "/our-coalition/registers"


def build_strategies(page: StrategyPage, coalitions: Mapping[str, str]) -> Component:
    """The whole page for a state of the address bar; `coalitions` are those that may be seen, names by id."""
    below = [download(Strategies.CSV, page.csv, "strategies.csv")]
    return html.Div(
        [
            html.H1("Strategies by town", className="visually-hidden"),
            coalition_tabs(PATH),
            html.Div(
                [
                    _controls(page, coalitions),
                    map_card(Strategies, page.headline, page.notes, page.geometry, below),
                    html.Section(
                        build_panel(page), id=Strategies.PANEL, className="panel", **aria(label="One town's strategies")
                    ),
                    html.Section(
                        build_more(page),
                        id=Strategies.MORE,
                        className="more",
                        **aria(label="The towns by name"),
                    ),
                ],
                className="map-and-panel",
            ),
            *map_stores(Strategies, page.geometry, page.paint),
        ]
    )


def skeleton() -> Component:
    """The page without numbers: every id with the component it names."""
    return build_strategies(StrategyPage(AskedStrategies(), "", (), {}, geometry="-"), {})


def _controls(page: StrategyPage, coalitions: Mapping[str, str]) -> Component:
    whose = [Choice(id_, name) for id_, name in coalitions.items()]
    return html.Form(
        [
            select(Strategies.COALITION, "Coalition", whose, page.asked.coalition),
            select(Strategies.STRATEGY, "Strategy", page.strategies, page.asked.strategy),
            select(Strategies.PLACE, "Town", page.towns, page.asked.place),
            more([day(Strategies.AS_OF, "As known on", page.asked.as_of)]),
        ],
        className="controls",
        **aria(label="What to show"),
    )


def build_panel(page: StrategyPage) -> list[Component]:
    """The chosen town, and where the register is kept."""
    nobody = html.P("Choose a town, here or on the map, to see what is done there.")
    whose = {"register": "strategies", "coalition": page.asked.coalition}
    kept = html.P(["What is told here is kept in the ",
                   html.A("register of strategies", href=f"{REGISTER}?{urlencode(whose)}"), "."])  # fmt: skip
    return [*(_town(page.town) if page.town else [nobody]), kept]


def _town(town: TownStrategies) -> list[Component]:
    told = [html.Li(sentence) for sentence in town.told]
    untold = f"Nobody has said: {', '.join(town.untold)}." if town.untold else ""
    return [
        html.P("Strategies in", className="eyebrow"),
        html.H2(town.name, className="panel-title"),
        *([html.Ul(told, className="changes")] if told else []),
        *(html.P(sentence) for sentence in (untold, town.highest) if sentence),
        html.P(html.A(f"Open {town.name} in Places", href=town.href)),
    ]


def build_more(page: StrategyPage) -> list[Component]:
    """The towns by how far they are, and those with the highest rates."""
    return [html.Div(listing(each), className="more-part more-wide") for each in page.listings]
