"""Priority gaps: what is chosen becomes a map of need and access, and a list of gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.query import day_of, read_as, short_text
from callbacks.staff.deserts import with_minutes
from callbacks.town_maps import bind_map, opening, state_of_address
from dashboard.errors import InvalidQuery
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import NO_TOWN, offered_services, offered_sites, thresholds_of
from dashboard.views.asking import state_of
from dashboard.views.gaps_page import AskedGaps, gaps_page, refused_page
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.ids import Gaps
from layouts.staff.priority_gaps import Menus, build_gaps, build_more, build_panel

CONTROLS = {"service": Gaps.SERVICE, "within": Gaps.WITHIN, "place": Gaps.PLACE, "urban": Gaps.URBAN,
            "rural": Gaps.RURAL, "sites": Gaps.SITES, "need": Gaps.NEED, "as_of": Gaps.AS_OF}  # fmt: skip


def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedGaps, values)
    reader = workspace.reader(asked.as_of)
    page = opening(values, lambda: gaps_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked))
    return build_gaps(page, menus(reader, page.asked.within))


def menus(reader: ViewReader, within: str) -> Menus:
    """The menus that fit an area."""
    towns = [NO_TOWN, *choices.towns(reader, state_of(reader, within))]
    return Menus(offered_services(reader), offered_sites(), choices.areas(reader), towns)


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={
            "geometry": Output(Gaps.GEOMETRY, "data"), "paint": Output(Gaps.PAINT, "data"),
            "headline": Output(Gaps.HEADLINE, "children"), "notes": Output(Gaps.NOTES, "children"),
            "panel": Output(Gaps.PANEL, "children"), "more": Output(Gaps.MORE, "children"),
            "state": Output(Gaps.STATE, "data"), "csv": Output(Gaps.CSV, "href"),
        },
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedGaps, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked)

    @app.callback(
        output={
            "urban": Output(Gaps.URBAN, "value"), "rural": Output(Gaps.RURAL, "value"),
            "place": [Output(Gaps.PLACE, part) for part in ("options", "value", "disabled")],
        },
        inputs={"service": Input(Gaps.SERVICE, "value"), "within": Input(Gaps.WITHIN, "value")},
        state={"place": State(Gaps.PLACE, "value"), "as_of": State(Gaps.AS_OF, "value")},
        prevent_initial_call=True,
    )  # fmt: skip
    def _follow(service: str, within: str, place: str, as_of: str | None) -> dict[str, Any]:
        urban, rural = thresholds_of(service) if ctx.triggered_id == Gaps.SERVICE else (no_update, no_update)
        towns = menus(workspace.reader(short_text("day", as_of)), within).towns
        kept = place if place in {choice.value for choice in towns} else ""
        return {"urban": urban, "rural": rural, "place": menu(towns, kept)}

    bind_map(app, Gaps)


def show(reader: ViewReader, asked: AskedGaps) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    try:
        page = gaps_page(reader, asked, day_of(asked.as_of))
    except InvalidQuery as error:
        page = refused_page(reader, asked, error)
    return {
        "geometry": page.geometry, "paint": page.paint, "headline": page.headline, "notes": " ".join(page.notes),
        "panel": build_panel(page), "more": build_more(page), "state": state_of_address(asdict(page.asked)),
        "csv": page.csv or None,
    }  # fmt: skip
