"""Naloxone: what is chosen becomes a map of kits against need, channels, and a list for the next kits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import Dash, Input, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import day_of, read_as, short_text
from callbacks.town_maps import answered, bind_map, opening, page_changes, page_outputs, with_minutes
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import NO_TOWN
from dashboard.views.asking import left_out, state_of
from dashboard.views.naloxone_kits import KITS
from dashboard.views.naloxone_page import AskedNaloxone, naloxone_page, refused_page
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.components.left_out import with_left_out
from layouts.ids import Naloxone
from layouts.staff.naloxone import Menus, build_more, build_naloxone, build_panel

CONTROLS = {"within": Naloxone.WITHIN, "place": Naloxone.PLACE, "basis": Naloxone.BASIS,
            "kits": Naloxone.KITS, "as_of": Naloxone.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedNaloxone, values)
    reader = workspace.reader(asked.as_of)
    page = opening(
        values, lambda: naloxone_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked)
    )
    return with_left_out(build_naloxone(page, menus(reader, page.asked.within)), left_out(asked, page.asked))


def menus(reader: ViewReader, within: str) -> Menus:
    """The menus that fit an area."""
    state = state_of(reader, within)
    towns = [NO_TOWN, *choices.towns(reader, state)]
    return Menus(choices.areas(reader), towns, choices.bases(reader, reader.registry.indicator(KITS), state))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output=page_outputs(Naloxone),
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedNaloxone, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked)

    @app.callback(
        output={"place": menu_outputs(Naloxone.PLACE), "basis": menu_outputs(Naloxone.BASIS)},
        inputs={"within": Input(Naloxone.WITHIN, "value")},
        state={"place": State(Naloxone.PLACE, "value"), "basis": State(Naloxone.BASIS, "value"),
               "as_of": State(Naloxone.AS_OF, "value")},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _follow(within: str, place: str, basis: str, as_of: str | None) -> dict[str, Any]:
        offered = menus(workspace.reader(short_text("day", as_of)), within)
        kept = place if place in {choice.value for choice in offered.towns} else ""
        now = {"place": menu(offered.towns, kept), "basis": menu(offered.bases, choices.kept(basis, offered.bases))}
        return followed(now, {"place": place, "basis": basis})

    bind_map(app, Naloxone)


def show(reader: ViewReader, asked: AskedNaloxone) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    page = answered(lambda: naloxone_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked))
    return page_changes(page, build_panel(page), build_more(page))
