"""What changed: two days become sentences, and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from callbacks.staff.memory import coalition_of_place, kept_memory
from dashboard.periods import parse_day
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import left_out
from dashboard.views.since_meeting import meeting_days
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
from layouts.components.left_out import with_left_out
from layouts.ids import WhatChanged as Ids
from layouts.staff.what_changed import Menus, build_shown, build_what_changed

CONTROLS = {"since": Ids.SINCE, "place": Ids.PLACE, "months": Ids.MONTHS, "group": Ids.GROUP, "partner": Ids.PARTNER,
            "as_of": Ids.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of other pages is understood as the place."""
    asked = read_as(AskedChanges, {"place": values.get("within", "")} | dict(values))
    answer = respond(workspace, asked)
    page = build_what_changed(answer, menus(workspace.reader(answer.asked.as_of), answer.asked))
    return with_left_out(page, left_out(asked, answer.asked))


def respond(workspace: Workspace, asked: AskedChanges) -> WhatChanged:
    """What changed; the store as it was then is opened only where anything was known then."""
    reader, today = workspace.reader(asked.as_of), datetime.now(UTC).date()
    asked = complete(reader, asked, today)
    then = workspace.reader(asked.since) if known_before(reader, parse_day(asked.since)) else None
    answer = what_changed(reader, then, asked, today)
    return replace(answer, meetings=_meetings(workspace, answer.asked.place, today))


def _meetings(workspace: Workspace, place: str, today: date) -> tuple[tuple[str, str], ...]:
    """The last meetings of the coalition whose place it is."""
    coalition = coalition_of_place(workspace.reader(), place)
    memory = kept_memory(workspace, coalition) if coalition else None
    return meeting_days(memory, today) if memory else ()


def menus(reader: ViewReader, asked: AskedChanges) -> Menus:
    """The menus that fit a completed request."""
    return Menus(choices.places(reader, asked.place), groups(reader, asked), partners(reader, asked))


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
