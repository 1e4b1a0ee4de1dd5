"""Service deserts: what is chosen becomes a map, lists and an address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import Dash, Input
from dash.development.base_component import Component

from callbacks.access_menus import bind_access_menus, town_choices
from callbacks.permissions import Permission, needs
from callbacks.query import day_of, read_as
from callbacks.town_maps import answered, bind_map, opening, page_changes, page_outputs, with_minutes
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import offered_services, offered_sites
from dashboard.views.desert_page import AskedDeserts, desert_page, refused_page
from dashboard.views.source import ViewReader
from layouts.ids import Deserts
from layouts.staff.deserts import Menus, build_deserts, build_more, build_panel

CONTROLS = {"service": Deserts.SERVICE, "within": Deserts.WITHIN, "place": Deserts.PLACE, "urban": Deserts.URBAN,
            "rural": Deserts.RURAL, "sites": Deserts.SITES, "as_of": Deserts.AS_OF}  # fmt: skip


@needs(Permission.SEE)
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
    return Menus(offered_services(reader), offered_sites(), choices.areas(reader), town_choices(reader, asked.within))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output=page_outputs(Deserts),
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedDeserts, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked)

    bind_access_menus(app, workspace, Deserts)
    bind_map(app, Deserts)


def show(reader: ViewReader, asked: AskedDeserts) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    page = answered(lambda: desert_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked))
    return page_changes(page, build_panel(page), build_more(page))
