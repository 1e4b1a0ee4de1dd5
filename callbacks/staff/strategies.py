"""Strategies on the map: what is chosen becomes the towns painted by how far they are, and one town."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dash import Dash, Input, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.own_coalitions import coalition_of, coalitions_seen
from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from callbacks.town_maps import answered, bind_map, opening, page_changes, page_outputs
from dashboard.periods import parse_day
from dashboard.registers import Entry
from dashboard.store.registers import entries
from dashboard.store.workspace import Workspace
from dashboard.views.source import ViewReader
from dashboard.views.strategy_page import AskedStrategies, StrategyPage, refused_page, strategy_page
from layouts.components.controls import menu
from layouts.ids import Strategies
from layouts.staff.strategies import build_more, build_panel, build_strategies

CONTROLS = {"coalition": Strategies.COALITION, "strategy": Strategies.STRATEGY, "place": Strategies.PLACE,
            "as_of": Strategies.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedStrategies, values)
    reader = workspace.reader(asked.as_of)
    shown = opening(values, lambda: page(workspace, reader, asked), partial(refused_page, reader, asked))
    return build_strategies(shown, coalitions_seen(reader))


def page(workspace: Workspace, reader: ViewReader, asked: AskedStrategies) -> StrategyPage:
    """The page for a request, of the coalition at home where it names none; InvalidQuery for what is not there."""
    asked, kept = kept_strategies(workspace, reader, asked)
    return strategy_page(reader, kept, asked)


def kept_strategies(
    workspace: Workspace, reader: ViewReader, asked: AskedStrategies
) -> tuple[AskedStrategies, tuple[Entry, ...]]:
    """A request with its coalition, and what that coalition's register of strategies holds."""
    asked = replace(asked, coalition=coalition_of(reader, asked.coalition))
    known_on = parse_day(asked.as_of) if asked.as_of else None
    return asked, entries(workspace.engine, asked.coalition, "strategies", known_on=known_on)


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output=page_outputs(Strategies),
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        return show(workspace, read_as(AskedStrategies, values))

    @app.callback(
        output={"strategy": menu_outputs(Strategies.STRATEGY), "place": menu_outputs(Strategies.PLACE)},
        inputs={"coalition": Input(Strategies.COALITION, "value")},
        state={"strategy": State(Strategies.STRATEGY, "value"), "place": State(Strategies.PLACE, "value")},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(coalition: str, strategy: str, place: str) -> dict[str, Any]:
        return follow(workspace, read_as(AskedStrategies, {"coalition": coalition}), strategy, place)

    bind_map(app, Strategies)


def show(workspace: Workspace, asked: AskedStrategies) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    reader = workspace.reader(asked.as_of)
    shown = answered(lambda: page(workspace, reader, asked), partial(refused_page, reader, asked))
    return page_changes(shown, build_panel(shown), build_more(shown))


def follow(workspace: Workspace, asked: AskedStrategies, strategy: str, place: str) -> dict[str, Any]:
    """The menus of another coalition; what is not to be chosen there any more is let go."""
    offered = page(workspace, workspace.reader(), asked)
    menus = {"strategy": (offered.strategies, strategy), "place": (offered.towns, place)}
    now = {
        name: menu(choices, value if value in {choice.value for choice in choices} else "")
        for name, (choices, value) in menus.items()
    }
    return followed(now, {"strategy": strategy, "place": place})
