"""What changed: two days become sentences, and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from dashboard.periods import parse_day
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.what_changed import (
    AskedChanges,
    WhatChanged,
    complete,
    groups,
    known_before,
    partners,
    what_changed,
)
from layouts.ids import WhatChanged as Ids
from layouts.staff.what_changed import Menus, build_shown, build_what_changed

CONTROLS = {"since": Ids.SINCE, "place": Ids.PLACE, "months": Ids.MONTHS, "group": Ids.GROUP, "partner": Ids.PARTNER,
            "as_of": Ids.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of other pages is understood as the place."""
    answer = respond(workspace, read_as(AskedChanges, {"place": values.get("within", "")} | dict(values)))
    return build_what_changed(answer, menus(workspace.reader(answer.asked.as_of), answer.asked))


def respond(workspace: Workspace, asked: AskedChanges) -> WhatChanged:
    """What changed; the store as it was then is opened only where anything was known then."""
    reader, today = workspace.reader(asked.as_of), datetime.now(UTC).date()
    asked = complete(reader, asked, today)
    then = workspace.reader(asked.since) if known_before(reader, parse_day(asked.since)) else None
    return what_changed(reader, then, asked, today)


def menus(reader: ViewReader, asked: AskedChanges) -> Menus:
    """The menus that fit a completed request."""
    towns = [Choice("-towns", "Towns", heading=True), *choices.towns(reader)]
    return Menus([*choices.areas(reader), *towns], groups(reader, asked), partners(reader, asked))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={"shown": Output(Ids.SHOWN, "children"), "state": Output(Ids.STATE, "data")},
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        answer = respond(workspace, read_as(AskedChanges, values))
        state = {name: value for name, value in asdict(answer.asked).items() if value}
        return {"shown": build_shown(answer), "state": state}

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Ids.WRITTEN, "data"), Input(Ids.STATE, "data"))
