"""The hotspots page: what is chosen becomes a map with its clusters, lists and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from callbacks.staff.places import NO_TOWN, for_wire
from callbacks.town_maps import bind_map, state_of_address
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import find_place, left_out, state_of, write_address
from dashboard.views.choices import Choice
from dashboard.views.hotspots import hotspots
from dashboard.views.hotspots_asked import AskedHotspots, complete, events
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.components.left_out import with_left_out
from layouts.ids import Hotspots
from layouts.staff.hotspots import Menus, build_hotspots, build_more, build_panel

CSV = "/csv/hotspots.csv"
CONTROLS = {"indicator": Hotspots.INDICATOR, "period": Hotspots.PERIOD, "within": Hotspots.WITHIN,
            "kind": Hotspots.KIND, "place": Hotspots.PLACE, "basis": Hotspots.BASIS,
            "as_of": Hotspots.AS_OF}  # fmt: skip
FOLLOWING = ("period", "basis", "place")


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedHotspots, values)
    reader = workspace.reader(asked.as_of)
    page = hotspots(reader, asked)
    built = build_hotspots(page, menus(reader, page.asked), write_address(CSV, page.asked))
    return with_left_out(built, left_out(asked, page.asked))


def menus(reader: ViewReader, asked: AskedHotspots) -> Menus:
    """The menus that fit a completed request; a period that was asked for is always among them."""
    indicator, state = reader.registry.indicator(asked.indicator), state_of(reader, asked.within)
    periods = choices.periods(reader, indicator, state)
    if asked.period and asked.period not in [choice.value for choice in periods]:
        periods = [Choice(asked.period, asked.period), *periods]
    towns = [NO_TOWN, *choices.towns(reader, asked.within)]
    return Menus(events(reader, state), periods, choices.bases(reader, indicator, state), choices.areas(reader), towns)


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""
    controls = {name: Input(id_, "value") for name, id_ in CONTROLS.items()}

    @app.callback(
        output={
            "geometry": Output(Hotspots.GEOMETRY, "data"), "paint": Output(Hotspots.PAINT, "data"),
            "headline": Output(Hotspots.HEADLINE, "children"), "notes": Output(Hotspots.NOTES, "children"),
            "more": Output(Hotspots.MORE, "children"), "csv": Output(Hotspots.CSV, "href"),
        },
        inputs={"values": {name: control for name, control in controls.items() if name != "place"}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show_map(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedHotspots, values)
        return show_map(workspace.reader(asked.as_of), asked)

    @app.callback(
        output={"panel": Output(Hotspots.PANEL, "children"), "state": Output(Hotspots.STATE, "data")},
        inputs={"values": controls},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show_place(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedHotspots, values)
        return show_place(workspace.reader(asked.as_of), asked)

    @app.callback(
        output={name: menu_outputs(CONTROLS[name]) for name in FOLLOWING},
        inputs={"chosen": {name: Input(CONTROLS[name], "value") for name in ("indicator", "within")}},
        state={"values": {name: State(CONTROLS[name], "value") for name in (*FOLLOWING, "as_of")}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object], values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedHotspots, values | chosen)
        return followed(follow(workspace.reader(asked.as_of), asked), values)

    bind_map(app, Hotspots)


def show_map(reader: ViewReader, asked: AskedHotspots) -> dict[str, Any]:
    """Map, clusters and classes of what is chosen; none follows the place: a click on a town sends no map again."""
    page = hotspots(reader, replace(asked, place=""))
    return {
        "geometry": page.geometry, "paint": for_wire(page.drawn.paint), "headline": page.headline,
        "notes": " ".join(page.drawn.notes), "more": build_more(page), "csv": write_address(CSV, page.asked),
    }  # fmt: skip


def show_place(reader: ViewReader, asked: AskedHotspots) -> dict[str, Any]:
    """What is said beside the map of the chosen place, and the whole request for the address bar."""
    page = hotspots(reader, asked)
    return {"panel": build_panel(page), "state": state_of_address(asdict(page.asked))}


def follow(reader: ViewReader, asked: AskedHotspots) -> dict[str, Any]:
    """Menus that follow indicator and area; a choice that they do not have falls back to its default."""
    within = find_place(reader, asked.within)
    indicator = reader.registry.indicator(asked.indicator)
    offered = [choice.value for choice in choices.periods(reader, indicator, state_of(reader, within))]
    here = asked.place if asked.place in reader.gazetteer.towns_of(within) else ""
    kept = complete(reader, replace(asked, period=asked.period if asked.period in offered else "", place=here))
    known = menus(reader, kept)
    return {
        "period": menu(known.periods, kept.period), "basis": menu(known.bases, kept.basis),
        "place": menu(known.towns, kept.place),
    }  # fmt: skip
