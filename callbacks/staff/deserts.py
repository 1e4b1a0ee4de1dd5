"""Service deserts: what is chosen becomes a map, lists and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.query import day_of, read_as
from callbacks.town_maps import bind_map, opening, state_of_address
from dashboard.errors import InvalidQuery
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import NO_TOWN, offered_services, offered_sites, thresholds_of
from dashboard.views.asking import state_of
from dashboard.views.desert_page import AskedDeserts, desert_page, refused_page
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.ids import Deserts
from layouts.staff.deserts import Menus, build_deserts, build_more, build_panel

CONTROLS = {"service": Deserts.SERVICE, "within": Deserts.WITHIN, "place": Deserts.PLACE, "urban": Deserts.URBAN,
            "rural": Deserts.RURAL, "sites": Deserts.SITES, "as_of": Deserts.AS_OF}  # fmt: skip


def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedDeserts, values)
    reader = workspace.reader(asked.as_of)
    page = opening(
        values, lambda: desert_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked)
    )
    return build_deserts(page, menus(reader, page.asked), page.geometry)


def menus(reader: ViewReader, asked: AskedDeserts) -> Menus:
    """The menus that fit a completed request."""
    towns = [NO_TOWN, *choices.towns(reader, state_of(reader, asked.within))]
    return Menus(offered_services(reader), offered_sites(), choices.areas(reader), towns)


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={
            "geometry": Output(Deserts.GEOMETRY, "data"), "paint": Output(Deserts.PAINT, "data"),
            "headline": Output(Deserts.HEADLINE, "children"), "notes": Output(Deserts.NOTES, "children"),
            "panel": Output(Deserts.PANEL, "children"), "more": Output(Deserts.MORE, "children"),
            "state": Output(Deserts.STATE, "data"), "csv": Output(Deserts.CSV, "href"),
        },
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedDeserts, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked)

    @app.callback(
        output={
            "urban": Output(Deserts.URBAN, "value"), "rural": Output(Deserts.RURAL, "value"),
            "place": [Output(Deserts.PLACE, part) for part in ("options", "value", "disabled")],
        },
        inputs={"service": Input(Deserts.SERVICE, "value"), "within": Input(Deserts.WITHIN, "value")},
        state={"place": State(Deserts.PLACE, "value"), "as_of": State(Deserts.AS_OF, "value")},
        prevent_initial_call=True,
    )  # fmt: skip
    def _follow(service: str, within: str, place: str, as_of: str | None) -> dict[str, Any]:
        asked = read_as(AskedDeserts, {"service": service, "within": within, "place": place, "as_of": as_of})
        return follow(workspace.reader(asked.as_of), asked, new_service=ctx.triggered_id == Deserts.SERVICE)

    bind_map(app, Deserts)


def with_minutes(values: Mapping[str, object]) -> dict[str, object]:
    """The values with the minutes of number fields as text, as the address has them."""
    return {
        name: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for name, value in values.items()
    }


def show(reader: ViewReader, asked: AskedDeserts) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    try:
        page = desert_page(reader, asked, day_of(asked.as_of))
    except InvalidQuery as error:
        page = refused_page(reader, asked, error)
    return {
        "geometry": page.geometry, "paint": page.paint, "headline": page.headline, "notes": " ".join(page.notes),
        "panel": build_panel(page), "more": build_more(page), "state": state_of_address(asdict(page.asked)),
        "csv": page.csv or None,
    }  # fmt: skip


def follow(reader: ViewReader, asked: AskedDeserts, *, new_service: bool) -> dict[str, Any]:
    """A service brings its own thresholds, an area its towns; a town outside the area is let go."""
    urban, rural = thresholds_of(asked.service) if new_service else (no_update, no_update)
    offered = menus(reader, asked).towns
    kept = asked.place if asked.place in {choice.value for choice in offered} else ""
    return {"urban": urban, "rural": rural, "place": menu(offered, kept)}
