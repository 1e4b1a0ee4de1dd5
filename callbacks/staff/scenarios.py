"""Saved scenarios: the one thing that these pages write, so its answers are never taken from memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from dash import Dash, Input, Output, State, no_update

from callbacks.menus import menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import read_as, short_text
from callbacks.town_maps import with_minutes
from dashboard.domain import Scenario
from dashboard.errors import InvalidQuery
from dashboard.store.scenarios import list_scenarios, load_scenario, save_scenario
from dashboard.store.workspace import Workspace
from dashboard.views.listing import Listing
from dashboard.views.what_if_asked import AskedWhatIf, complete
from dashboard.views.what_if_page import address_of, body_of, compared, offered
from layouts.components.controls import menu
from layouts.ids import WhatIf
from layouts.staff.what_if import build_compared, saved_words


def register(app: Dash, workspace: Workspace, controls: Mapping[str, str]) -> None:
    """Bind saving and comparing; `controls` are the page's own, by the names of its request."""

    @app.callback(
        output={"said": Output(WhatIf.SCENARIO_SAID, "children"), "title": Output(WhatIf.SCENARIO_TITLE, "value"),
                "first": menu_outputs(WhatIf.SCENARIO_FIRST), "second": menu_outputs(WhatIf.SCENARIO_SECOND)},
        inputs={"clicked": Input(WhatIf.SCENARIO_SAVE, "n_clicks")},
        state={
            "title": State(WhatIf.SCENARIO_TITLE, "value"),
            "chosen": [State(WhatIf.SCENARIO_FIRST, "value"), State(WhatIf.SCENARIO_SECOND, "value")],
            "values": {name: State(id_, "value") for name, id_ in controls.items()}
            | {"placed": State(WhatIf.PLACED, "data")},
            "found": State(WhatIf.FOUND, "data"),
        },
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.PLAN)
    def _save(title: object, chosen: list[object], values: dict[str, object], found: object, **_: object) -> Any:
        asked = read_as(AskedWhatIf, with_minutes(values))
        return save(workspace, asked, str(title or ""), found, [short_text("scenario", each) for each in chosen])

    @app.callback(
        Output(WhatIf.SCENARIO_COMPARED, "children"),
        Input(WhatIf.SCENARIO_FIRST, "value"),
        Input(WhatIf.SCENARIO_SECOND, "value"),
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _compare(first: object, second: object) -> list[Any]:
        found = compare(workspace, short_text("scenario", first), short_text("scenario", second))
        return list(build_compared(found))


def compare(workspace: Workspace, first: str, second: str) -> Listing:
    """Up to two saved scenarios side by side."""
    chosen = [load_scenario(workspace.engine, id_) for id_ in dict.fromkeys((first, second)) if id_]
    return compared(workspace.reader(), chosen, date.today())


def save(workspace: Workspace, asked: AskedWhatIf, title: str, found: object, chosen: list[str]) -> dict[str, Any]:
    """Keep what is shown; says where it is found, or what is missing."""
    try:
        asked = complete(workspace.reader(), asked, date.today())
        if not asked.placed:
            raise InvalidQuery("Place a site first: a scenario without one says nothing that Deserts does not.")
        best = {"best": "yes"} if found == asked.question else {}
        kept = Scenario(" ".join(title.split()), body_of(asked) | best, datetime.now(UTC))
        id_ = save_scenario(workspace.engine, kept)
    except InvalidQuery as error:
        return {"said": str(error), "title": no_update, "first": [no_update] * 3, "second": [no_update] * 3}
    choices = offered(list_scenarios(workspace.engine))
    first = chosen[0] or id_
    second = chosen[1] or (id_ if id_ != first else "")
    return {"said": saved_words(kept.title, address_of(kept)), "title": "", "first": menu(choices, first),
            "second": menu(choices, second)}  # fmt: skip
