"""Priority gaps: what is chosen becomes a map of need and access, and a list of gaps."""

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
from dashboard.views.gaps_page import AskedGaps, gaps_page, refused_page
from dashboard.views.source import ViewReader
from layouts.ids import Gaps
from layouts.staff.priority_gaps import Menus, build_gaps, build_more, build_panel

CONTROLS = {"service": Gaps.SERVICE, "within": Gaps.WITHIN, "place": Gaps.PLACE, "urban": Gaps.URBAN,
            "rural": Gaps.RURAL, "sites": Gaps.SITES, "need": Gaps.NEED, "as_of": Gaps.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_as(AskedGaps, values)
    reader = workspace.reader(asked.as_of)
    page = opening(values, lambda: gaps_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked))
    return build_gaps(page, menus(reader, page.asked.within))


def menus(reader: ViewReader, within: str) -> Menus:
    """The menus that fit an area."""
    return Menus(offered_services(reader), offered_sites(), choices.areas(reader), town_choices(reader, within))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output=page_outputs(Gaps),
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedGaps, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked)

    bind_access_menus(app, workspace, Gaps)
    bind_map(app, Gaps)


def show(reader: ViewReader, asked: AskedGaps) -> dict[str, Any]:
    """What changes on the page; a request that cannot be answered says why."""
    page = answered(lambda: gaps_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked))
    return page_changes(page, build_panel(page), build_more(page))
