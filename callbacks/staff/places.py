"""The map page: what is chosen becomes a map, one place in depth, and an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import read_asked
from callbacks.staff.memory import bind_memory, with_memory
from callbacks.staff.said import said_on_map, with_flags
from callbacks.town_maps import bind_map, state_of_address
from dashboard.domain import Level, Query
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, find_place, left_out, state_of, write_address
from dashboard.views.choices import Choice
from dashboard.views.place_depth import place_depth
from dashboard.views.place_page import PlacePage, place_page
from dashboard.views.shapes import home_state, shapes_for
from dashboard.views.smoothed import SMOOTHED
from dashboard.views.smoothed_map import smooth_map
from dashboard.views.source import ViewReader
from dashboard.views.town_map import TownMap, few_rates, town_map
from layouts.components.controls import menu
from layouts.components.plain import HTML, as_html
from layouts.ids import Memory, Places
from layouts.staff.places import Menus, Shown, build_more, build_panel, build_places

PATH = "/places"
NO_TOWN = Choice("", "Choose a place")
AS_OF = {"as_of": Places.AS_OF}
CONTROLS = {"indicator": Places.INDICATOR, "period": Places.PERIOD, "within": Places.WITHIN, "place": Places.PLACE,
            "group": Places.GROUP, "partner": Places.PARTNER, "basis": Places.BASIS, "level": Places.LEVEL,
            "as_of": Places.AS_OF, "rates": Places.RATES}  # fmt: skip
FOLLOWING = {"period": Places.PERIOD, "basis": Places.BASIS, "group": Places.GROUP, "partner": Places.PARTNER,
             "place": Places.PLACE, "rates": Places.RATES}  # fmt: skip
"""Menus whose choices depend on the indicator and the area."""


@dataclass(frozen=True)
class Answer:
    """What the page says for a request, and the request with its defaults filled in."""

    asked: Asked
    query: Query
    geometry: str
    drawn: TownMap
    page: PlacePage

    @property
    def place(self) -> str:
        """The place beside the map: the chosen one, else the whole."""
        return self.asked.place or self.asked.within


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_asked(values)
    reader = workspace.reader(asked.as_of)
    answer = respond(reader, asked)
    depth = place_depth(reader, answer.query, answer.place)
    csv = write_address("/csv/places.csv", answer.asked)
    drawn = replace(answer.drawn, notes=(*left_out(asked, answer.asked), *answer.drawn.notes))
    state = asdict(answer.asked)
    shown = Shown(drawn, _flagged(workspace, answer.page, answer.asked), depth, answer.geometry, csv,
                  said_on_map(workspace, state))  # fmt: skip
    page = build_places(answer.asked, menus(reader, answer.asked), shown)
    return with_memory(page, workspace, state, Memory.PLACES)


def respond(reader: ViewReader, asked: Asked) -> Answer:
    """Map and place for a request; InvalidQuery when it names something unknown."""
    asked, query = complete_query(reader, asked)
    geometry, drawn = draw(reader, asked, query)
    return Answer(asked, query, geometry, drawn, place_page(reader, query, asked.place or asked.within))


def complete_query(reader: ViewReader, asked: Asked) -> tuple[Asked, Query]:
    """A request with every default filled in, and the query for its map."""
    asked = complete(reader, asked)
    asked = replace(asked, level=asked.level or opening_level(reader, asked))
    return asked, build_query(reader, replace(asked, place=""))


def draw(reader: ViewReader, asked: Asked, query: Query) -> tuple[str, TownMap]:
    """The address of the shapes, empty where there are none, and the map on them."""
    shapes = shapes_for(reader, asked.within)
    geoids = shapes.geoids if shapes else ()
    drawn = town_map(reader, query, geoids, asked.within, asked.place)
    if asked.rates == SMOOTHED:
        drawn = smooth_map(reader, query, geoids, drawn)
    return f"/geo/{shapes.sha}.json" if shapes else "", drawn


def complete(reader: ViewReader, asked: Asked) -> Asked:
    """A request with every default in words, and what this indicator does not have here left out."""
    within = find_place(reader, asked.within) if asked.within else home_state(reader)
    state = state_of(reader, within)
    indicator = reader.registry.indicator(asked.indicator or choices.first_indicator(reader, state))
    return replace(
        asked,
        indicator=indicator.id,
        within=within,
        period=asked.period or choices.kept(f"{indicator.months}m", choices.periods(reader, indicator, state)),
        basis=choices.kept(asked.basis, choices.bases(reader, indicator, state)),
        group=choices.kept(asked.group, choices.groups(reader, indicator, state)),
        partner=choices.kept(asked.partner, choices.partners(reader, indicator, state)),
        place=find_place(reader, asked.place) if asked.place else "",
        rates=choices.kept(asked.rates, choices.rates(indicator)),
    )


def opening_level(reader: ViewReader, asked: Asked) -> str:
    """The finest level, or planning areas where most of its places have too few events for a rate of their own."""
    query = build_query(reader, replace(asked, place="", level=""))
    areas = any(place_set.level is Level.PLANNING_AREA for place_set in reader.gazetteer.sets)
    areas = areas and asked.rates != SMOOTHED
    few = reader.registry.indicator(query.indicator).kind == "rate" and few_rates(reader.read(query))
    return (Level.PLANNING_AREA if areas and few else query.level).value


def menus(reader: ViewReader, asked: Asked) -> Menus:
    """The menus that fit the indicator and the area of a request; a period that was asked for is always among them."""
    indicator, state = reader.registry.indicator(asked.indicator), state_of(reader, asked.within)
    periods = choices.periods(reader, indicator, state)
    if asked.period and asked.period not in [choice.value for choice in periods]:
        periods = [Choice(asked.period, asked.period), *periods]
    return Menus(
        indicators=choices.indicators(reader, state), periods=periods,
        bases=choices.bases(reader, indicator, state), groups=choices.groups(reader, indicator, state),
        partners=choices.partners(reader, indicator, state), areas=choices.areas(reader),
        levels=choices.colour_by(reader, state), towns=[NO_TOWN, *choices.towns(reader, state)],
        rates=choices.rates(indicator),
    )  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""
    chosen = {name: Input(id_, "value") for name, id_ in CONTROLS.items()}
    kept = {name: State(id_, "value") for name, id_ in CONTROLS.items()}
    place_parts = {"panel": (Places.PANEL, HTML), "state": (Places.STATE, "data")}
    map_parts = {
        "geometry": Output(Places.GEOMETRY, "data"), "paint": Output(Places.PAINT, "data"),
        "headline": Output(Places.HEADLINE, "children"), "notes": Output(Places.NOTES, "children"),
        "csv": Output(Places.CSV, "href"),
    }  # fmt: skip

    @app.callback(
        output=map_parts | {name: Output(*part) for name, part in place_parts.items()},
        inputs={"values": chosen | {"place": kept["place"]}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_asked(values)
        return _written(show_both(workspace.reader(asked.as_of), asked, workspace))

    @app.callback(
        output={name: Output(*part, allow_duplicate=True) for name, part in place_parts.items()},
        inputs={"values": kept | {"place": chosen["place"]}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show_place(values: dict[str, object]) -> dict[str, Any]:
        asked = read_asked(values)
        return _written(show_place(workspace.reader(asked.as_of), asked, workspace))

    @app.callback(Output(Places.MORE, HTML), Input(Places.WRITTEN, "data"), prevent_initial_call=True)
    @needs(Permission.SEE)
    def _show_more(state: dict[str, object]) -> str:
        asked = read_asked(state)
        return as_html(show_more(workspace.reader(asked.as_of), asked))

    @app.callback(
        output={name: menu_outputs(id_) for name, id_ in FOLLOWING.items()},
        inputs={"chosen": {"indicator": chosen["indicator"], "within": chosen["within"]}},
        state={"values": {name: State(id_, "value") for name, id_ in (FOLLOWING | AS_OF).items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object], values: dict[str, object]) -> dict[str, Any]:
        asked = read_asked(values | chosen)
        return followed(follow(workspace.reader(asked.as_of), asked), values)

    bind_map(app, Places)
    _bind_said(app, workspace)


def _bind_said(app: Dash, workspace: Workspace) -> None:
    """What was said below the page, and its marks on the map."""
    bind_memory(app, workspace, Places.WRITTEN, Memory.PLACES, {Output(Places.SAID, "data"): said_on_map})
    app.clientside_callback(ClientsideFunction("townmap", "said"), Input(Places.SAID, "data"), State(Places.MAP, "id"))


def show_both(reader: ViewReader, asked: Asked, remembering: Workspace | None = None) -> dict[str, Any]:
    """The map of what is chosen and the place beside it: one question, so that one picture shows both."""
    asked, query = complete_query(reader, asked)
    geometry, drawn = draw(reader, replace(asked, place=""), query)
    changed = {
        "geometry": geometry, "paint": for_wire(drawn.paint), "headline": drawn.headline,
        "notes": " ".join(drawn.notes), "csv": write_address("/csv/places.csv", replace(asked, place="")),
    }  # fmt: skip
    return changed | _beside(reader, asked, query, remembering)


def show_place(reader: ViewReader, asked: Asked, remembering: Workspace | None = None) -> dict[str, Any]:
    """Another place beside the same map: a click on a town sends no map again."""
    return _beside(reader, *complete_query(reader, asked), remembering)


def _beside(reader: ViewReader, asked: Asked, query: Query, remembering: Workspace | None) -> dict[str, Any]:
    """One place with what is remembered of it, and the whole request with its defaults."""
    page = place_page(reader, query, asked.place or asked.within)
    panel = build_panel(_flagged(remembering, page, asked) if remembering else page)
    return {"panel": panel, "state": state_of_address(asdict(asked))}


def _written(changed: dict[str, Any]) -> dict[str, Any]:
    """The same with the panel as HTML."""
    return changed | {"panel": as_html(changed["panel"])}


def _flagged(workspace: Workspace, page: PlacePage, asked: Asked) -> PlacePage:
    """A place with what was said about it as flags on its trend."""
    return replace(page, trend=with_flags(workspace, page.trend, asdict(asked))) if page.trend else page


def show_more(reader: ViewReader, asked: Asked) -> list[Component]:
    """One place in depth, asked for once map and panel stand: it takes as long as they do."""
    query = build_query(reader, replace(asked, place=""))
    return build_more(place_depth(reader, query, asked.place or asked.within))


def for_wire(paint: dict[str, Any]) -> dict[str, Any]:
    """The same paint with its numbers as arrays, which become JSON without a look at each; texts stay as they are."""
    return paint | {"columns": {name: _as_array(values) for name, values in paint["columns"].items()}}


def _as_array(values: Sequence[Any]) -> Any:
    return values if values and isinstance(values[0], str) else np.array(values, dtype=np.float64)


def follow(reader: ViewReader, asked: Asked) -> dict[str, Any]:
    """Menus that follow indicator and area; a choice that they do not have falls back to its default."""
    state = state_of(reader, find_place(reader, asked.within))
    indicator = reader.registry.indicator(asked.indicator)
    periods = [choice.value for choice in choices.periods(reader, indicator, state)]
    here = asked.place and state_of(reader, find_place(reader, asked.place)) == state
    period = asked.period if asked.period in periods else ""
    kept = complete(reader, replace(asked, period=period, place=asked.place if here else ""))
    offered = menus(reader, kept)
    return {
        "period": menu(offered.periods, kept.period), "basis": menu(offered.bases, kept.basis),
        "group": menu(offered.groups, kept.group), "partner": menu(offered.partners, kept.partner),
        "place": menu(offered.towns, kept.place), "rates": menu(offered.rates, kept.rates),
    }  # fmt: skip
