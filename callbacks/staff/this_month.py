"""This month: an area becomes its starting numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dash import ClientsideFunction, Dash, Input, Output, html
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from callbacks.query import read_asked
from callbacks.staff.memory import decided_lately
from callbacks.staff.said import with_cards_said
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import find_place
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area, this_month
from layouts.ids import Memory
from layouts.ids import ThisMonth as Ids
from layouts.staff.this_month import build_numbers, build_this_month


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar."""
    asked = read_asked(values)
    reader = workspace.reader(asked.as_of)
    shown = this_month(reader, _area(reader, asked.within), _today())
    page = build_this_month(with_cards_said(workspace, shown, {"as_of": asked.as_of}), choices.areas(reader))
    return html.Div([page, html.Section(decided_lately(workspace), id=Memory.MONTH, className="memory")])


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        Output(Ids.NUMBERS, "children"), Output(Ids.STATE, "data"), Input(Ids.AREA, "value"), prevent_initial_call=True
    )
    @needs(Permission.SEE)
    def _show(within: str) -> tuple[list[Component], dict[str, str]]:
        reader = workspace.reader()
        area = _area(reader, read_asked({"within": within}).within)
        return build_numbers(with_cards_said(workspace, this_month(reader, area, _today()), {})), {"within": area}

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Ids.WRITTEN, "data"), Input(Ids.STATE, "data"))


def _area(reader: ViewReader, within: str) -> str:
    return find_place(reader, within) if within else home_area(reader)


def _today() -> date:
    return datetime.now(UTC).date()
