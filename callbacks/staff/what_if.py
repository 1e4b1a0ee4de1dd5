"""What if: sites that are placed become a comparison, the best ones are looked for, and scenarios are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.access_menus import bind_thresholds
from callbacks.permissions import Permission, needs
from callbacks.query import day_of, read_as, short_text
from callbacks.staff import scenarios
from callbacks.town_maps import bind_map, opening, page_changes, page_outputs, with_minutes
from dashboard.errors import InvalidQuery
from dashboard.store.scenarios import list_scenarios, load_scenario
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.access_answer import NO_TOWN, offered_services, offered_sites
from dashboard.views.source import ViewReader
from dashboard.views.what_if_asked import AskedWhatIf, complete, toggled
from dashboard.views.what_if_best import best_sites, placed_by
from dashboard.views.what_if_page import asked_of, offered, refused_page, what_if_page
from layouts.components.controls import EVERYTHING, menu
from layouts.ids import WhatIf
from layouts.staff.what_if import Menus, build_more, build_panel, build_what_if

CONTROLS = {"service": WhatIf.SERVICE, "within": WhatIf.WITHIN, "urban": WhatIf.URBAN, "rural": WhatIf.RURAL,
            "sites": WhatIf.SITES, "goal": WhatIf.GOAL, "need": WhatIf.NEED, "count": WhatIf.COUNT,
            "as_of": WhatIf.AS_OF}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `scenario` opens a saved one."""
    asked = read_as(AskedWhatIf, values)
    if "scenario" in values:
        asked = asked_of(load_scenario(workspace.engine, values["scenario"]), asked)
    reader = workspace.reader(asked.as_of)
    page = opening(
        values, lambda: what_if_page(reader, asked, day_of(asked.as_of)), partial(refused_page, reader, asked)
    )
    saved = offered(list_scenarios(workspace.engine))
    towns = [NO_TOWN, *choices.towns(reader, page.asked.within)]
    menus = Menus(offered_services(reader), offered_sites(), choices.areas(reader), towns, saved)
    return build_what_if(page, menus, scenarios.compare(workspace, asked.first, asked.second))


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""
    controls = {name: Input(id_, "value") for name, id_ in CONTROLS.items()}
    compared = {"first": Input(WhatIf.SCENARIO_FIRST, "value"), "second": Input(WhatIf.SCENARIO_SECOND, "value")}

    @app.callback(
        output=page_outputs(WhatIf),
        inputs={"values": controls | compared | {"placed": Input(WhatIf.PLACED, "data")}},
        state={"found": State(WhatIf.FOUND, "data")},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show(values: dict[str, object], found: object) -> dict[str, Any]:
        asked = read_as(AskedWhatIf, with_minutes(values))
        return show(workspace.reader(asked.as_of), asked, found)

    @app.callback(
        output={"placed": Output(WhatIf.PLACED, "data"), "found": Output(WhatIf.FOUND, "data"),
                "place": Output(WhatIf.PLACE, "value"), "said": Output(WhatIf.SAID, "children")},
        inputs={"place": Input(WhatIf.PLACE, "value"), "find": Input(WhatIf.FIND, "n_clicks"),
                "clear": Input(WhatIf.CLEAR, "n_clicks")},
        state={"values": {name: State(id_, "value") for name, id_ in CONTROLS.items()}
               | {"placed": State(WhatIf.PLACED, "data")}},
        running=[(Output(WhatIf.FIND, "disabled"), True, False)],
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _place(place: object, values: dict[str, object], **_: object) -> dict[str, Any]:
        asked = read_as(AskedWhatIf, with_minutes(values))
        return put(workspace.reader(asked.as_of), asked, str(place or ""), ctx.triggered_id)

    @app.callback(
        Output(WhatIf.PLACE, "options"),
        Input(WhatIf.WITHIN, "value"),
        State(WhatIf.AS_OF, "value"),
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(within: str, as_of: str | None) -> list[dict[str, object]]:
        options, *_ = menu([NO_TOWN, *choices.towns(workspace.reader(short_text("day", as_of)), within)], "")
        return options

    bind_thresholds(app, WhatIf)
    bind_map(app, WhatIf)
    scenarios.register(app, workspace, CONTROLS)


def show(reader: ViewReader, asked: AskedWhatIf, found: object) -> dict[str, Any]:
    """What changes on the page; the certificate stands as long as the question is the one that was answered."""
    try:
        asked = complete(reader, asked, day_of(asked.as_of))
        page = what_if_page(reader, replace(asked, best="yes" if found == asked.question else ""), day_of(asked.as_of))
    except InvalidQuery as error:
        page = refused_page(reader, asked, error)
    return page_changes(page, build_panel(page), build_more(page))


def put(reader: ViewReader, asked: AskedWhatIf, place: str, by: object) -> dict[str, Any]:
    """The placed towns after a town was chosen, all were removed, or the best were looked for."""
    blank = {"place": EVERYTHING, "found": no_update, "said": ""}
    try:
        if by == WhatIf.FIND:
            asked = complete(reader, asked, day_of(asked.as_of))
            found = best_sites(reader, asked, day_of(asked.as_of))
            said = "" if found["sites"] else found["certificate"]
            return blank | {"placed": placed_by(found), "found": asked.question, "said": said}
        towns = "" if by == WhatIf.CLEAR else toggled(asked.placed, place) if place != EVERYTHING else asked.placed
        complete(reader, replace(asked, placed=towns), day_of(asked.as_of))
    except InvalidQuery as error:
        return blank | {"placed": no_update, "said": str(error)}
    return blank | {"placed": towns}
