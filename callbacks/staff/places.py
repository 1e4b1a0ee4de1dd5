"""The map page: what is chosen becomes a map, one place in depth, and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.query import read_asked
from commands.workspace import Workspace
from dashboard.domain import Level, Query
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, find_place, write_address
from dashboard.views.place_page import PlacePage, place_page
from dashboard.views.shapes import shapes_for, state_of
from dashboard.views.source import ViewReader
from dashboard.views.town_map import TownMap, town_map
from layouts.components.controls import options
from layouts.ids import Places
from layouts.staff.places import Menus, build_panel, build_places

PATH = "/places"


@dataclass(frozen=True)
class Answer:
    """What the page says for a request, and the request with its defaults filled in."""

    asked: Asked
    query: Query
    geometry: str
    drawn: TownMap
    page: PlacePage


def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_asked(values)
    reader = workspace.reader(asked.as_of)
    answer = respond(reader, asked)
    return build_places(
        answer.asked, menus(reader, answer.asked), answer.drawn, answer.page, answer.geometry,
        write_address("/csv/places.csv", answer.asked),
    )  # fmt: skip


def respond(reader: ViewReader, asked: Asked) -> Answer:
    """Map and place for a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    query = build_query(reader, replace(asked, place=""))
    shapes = shapes_for(reader, asked.within)
    geoids = shapes.geoids if shapes else tuple(reader.gazetteer.towns_of(asked.within))
    drawn = town_map(reader, query, geoids, asked.within, asked.place)
    page = place_page(reader, query, asked.place or asked.within)
    return Answer(asked, query, f"/geo/{shapes.sha}.json" if shapes else "", drawn, page)


def complete(reader: ViewReader, asked: Asked) -> Asked:
    """A request with every default in words, and what this indicator does not have left out."""
    indicator = reader.registry.indicator(asked.indicator or choices.first_indicator(reader))
    periods = [choice.value for choice in choices.periods(reader, indicator)]
    bases = [choice.value for choice in choices.bases(reader, indicator)]
    groups = [choice.value for choice in choices.groups(reader, indicator)]
    partners = [choice.value for choice in choices.partners(reader, indicator)]
    return replace(
        asked,
        indicator=indicator.id,
        period=asked.period or _default_period(f"{indicator.months}m", periods),
        basis=asked.basis if asked.basis in bases else next(iter(bases), ""),
        group=asked.group if asked.group in groups else "",
        partner=asked.partner if asked.partner in partners else "",
        within=find_place(reader, asked.within) if asked.within else state_of(reader, ""),
        place=find_place(reader, asked.place, Level.TOWN) if asked.place else "",
        level=asked.level or Level.TOWN.value,
    )


def _default_period(wanted: str, periods: list[str]) -> str:
    return wanted if wanted in periods or not periods else periods[0]


def menus(reader: ViewReader, asked: Asked) -> Menus:
    """The menus that fit a completed request."""
    indicator = reader.registry.indicator(asked.indicator)
    periods = choices.periods(reader, indicator)
    if asked.period not in [choice.value for choice in periods]:
        periods = [choices.Choice(asked.period, asked.period), *periods]
    return Menus(
        indicators=choices.indicators(reader), periods=periods, bases=choices.bases(reader, indicator),
        groups=choices.groups(reader, indicator), partners=choices.partners(reader, indicator),
        areas=choices.areas(reader), levels=choices.colour_by(reader),
        towns=choices.towns(reader, state_of(reader, asked.within)),
    )  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""
    controls = {
        "indicator": Input(Places.INDICATOR, "value"), "period": Input(Places.PERIOD, "value"),
        "within": Input(Places.WITHIN, "value"), "place": Input(Places.PLACE, "value"),
        "group": Input(Places.GROUP, "value"), "partner": Input(Places.PARTNER, "value"),
        "basis": Input(Places.BASIS, "value"), "level": Input(Places.LEVEL, "value"),
        "as_of": Input(Places.AS_OF, "value"),
    }  # fmt: skip
    outputs = {
        "geometry": Output(Places.GEOMETRY, "data"), "paint": Output(Places.PAINT, "data"),
        "headline": Output(Places.HEADLINE, "children"), "notes": Output(Places.NOTES, "children"),
        "panel": Output(Places.PANEL, "children"), "csv": Output(Places.CSV, "href"),
        "state": Output(Places.STATE, "data"),
    }  # fmt: skip

    @app.callback(output=outputs, inputs={"values": controls}, prevent_initial_call=True)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_asked(values)
        return show(workspace.reader(asked.as_of), asked, only_place=ctx.triggered_id == Places.PLACE)

    @app.callback(
        output={
            name: [Output(id_, "options"), Output(id_, "value"), Output(id_, "disabled")] for name, id_ in FOLLOWING
        },
        inputs={"indicator": Input(Places.INDICATOR, "value")},
        state={"values": {name: State(id_, "value") for name, id_ in (*FOLLOWING, ("as_of", Places.AS_OF))}},
        prevent_initial_call=True,
    )
    def _follow(indicator: str, values: dict[str, object]) -> dict[str, list[Any]]:
        asked = read_asked(values | {"indicator": indicator})
        return follow(workspace.reader(asked.as_of), asked)

    paint, written = (ClientsideFunction("townmap", name) for name in ("paint", "address"))
    app.clientside_callback(
        paint,
        Output(Places.PAINTED, "data"),
        Input(Places.GEOMETRY, "data"),
        Input(Places.PAINT, "data"),
        State(Places.MAP, "id"),
    )
    app.clientside_callback(written, Output(Places.WRITTEN, "data"), Input(Places.STATE, "data"))


FOLLOWING = (("period", Places.PERIOD), ("basis", Places.BASIS), ("group", Places.GROUP), ("partner", Places.PARTNER))
MENU_OF = {"period": "periods", "basis": "bases", "group": "groups", "partner": "partners"}


def show(reader: ViewReader, asked: Asked, *, only_place: bool) -> dict[str, Any]:
    """What changes on the page; a click on a town leaves the map as it is."""
    answer = respond(reader, asked)
    state = {name: value for name, value in asdict(answer.asked).items() if value}
    changed = {"panel": build_panel(answer.page), "state": state}
    if only_place:
        return dict.fromkeys(("geometry", "paint", "headline", "notes", "csv"), no_update) | changed
    return changed | {
        "geometry": answer.geometry, "paint": answer.drawn.paint, "headline": answer.drawn.headline,
        "notes": " ".join(answer.drawn.notes), "csv": write_address("/csv/places.csv", answer.asked),
    }  # fmt: skip


def follow(reader: ViewReader, asked: Asked) -> dict[str, list[Any]]:
    """Menus that follow the indicator; a choice that it does not have falls back to its default."""
    indicator = reader.registry.indicator(asked.indicator)
    periods = [choice.value for choice in choices.periods(reader, indicator)]
    kept = complete(reader, asked if asked.period in periods else replace(asked, period=""))
    offered = menus(reader, kept)
    return {
        name: [options(getattr(offered, menu)), getattr(kept, name), len(getattr(offered, menu)) < 2]
        for name, menu in MENU_OF.items()
    }
