"""Menus that follow a service and an area on the pages about access."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import short_text
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import NO_TOWN, thresholds_of
from dashboard.views.asking import state_of
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from layouts.components.controls import menu


def town_choices(reader: ViewReader, within: str) -> list[Choice]:
    """The towns of the state that an area lies in, none of them first."""
    return [NO_TOWN, *choices.towns(reader, state_of(reader, within))]


def bind_thresholds(app: Dash, ids: Any) -> None:
    """A service brings its own thresholds.

    A callback of its own: one that also followed the area would be dropped, thresholds and all, when the area is
    chosen before it has answered.
    """

    @app.callback(
        Output(ids.URBAN, "value"), Output(ids.RURAL, "value"), Input(ids.SERVICE, "value"), prevent_initial_call=True
    )
    @needs(Permission.SEE)
    def _thresholds(service: str) -> tuple[str, str]:
        return thresholds_of(service)


def bind_access_menus(app: Dash, workspace: Workspace, ids: Any) -> None:
    """A service brings its own thresholds, an area its towns; a town outside the area is let go."""
    bind_thresholds(app, ids)

    @app.callback(
        output={"place": menu_outputs(ids.PLACE)},
        inputs={"within": Input(ids.WITHIN, "value")},
        state={"place": State(ids.PLACE, "value"), "as_of": State(ids.AS_OF, "value")},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(within: str, place: str, as_of: str | None) -> dict[str, Any]:
        towns = town_choices(workspace.reader(short_text("day", as_of)), short_text("area", within))
        kept = place if place in {choice.value for choice in towns} else ""
        return followed({"place": menu(towns, kept)}, {"place": place})
