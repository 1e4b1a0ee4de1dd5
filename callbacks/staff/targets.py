"""Targets: what is asked becomes the list, one target's page, or the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from callbacks.staff import target_form
from callbacks.staff.memory import with_memory
from callbacks.staff.said import with_flags
from dashboard.domain import Target
from dashboard.periods import parse_day
from dashboard.store.workspace import Workspace
from dashboard.views.source import ViewReader
from dashboard.views.target_page import target_page
from dashboard.views.target_windows import place_of
from dashboard.views.targets import AskedTargets, find_target, home_coalition, key_of, targets_page
from layouts.ids import Memory, Targets
from layouts.staff.targets import build_list, build_target, build_targets

PATH, NEW = "/targets", "new"


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar: all targets, one, or the form of one."""
    asked = read_as(AskedTargets, values)
    reader = workspace.reader(asked.as_of)
    if asked.target == NEW or asked.edit:
        return target_form.build(workspace, asked, today_of(asked))
    if asked.target:
        target = find_target(reader, asked.target)
        page, speaks = target_page(reader, target, today_of(asked)), _speaks_of(reader, target)
        if page.chart:
            page = replace(page, chart=with_flags(workspace, page.chart, speaks | {"as_of": asked.as_of}))
        return with_memory(build_target(page), workspace, speaks, Memory.TARGET)
    asked = replace(asked, coalition=asked.coalition or home_coalition(reader))
    return build_targets(targets_page(reader, asked, today_of(asked)))


def _speaks_of(reader: ViewReader, target: Target) -> dict[str, str]:
    """What an entry about a target speaks of: the target, and the indicator where it stands."""
    return {"target": key_of(target), "indicator": target.indicator, "place": place_of(reader, target)}


def today_of(asked: AskedTargets) -> date:
    """The day on which targets are judged: that of the request, else today."""
    return parse_day(asked.as_of) if asked.as_of else datetime.now(UTC).date()


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={"list": Output(Targets.LIST, "children"), "csv": Output(Targets.CSV, "href"),
                "state": Output(Targets.STATE, "data")},
        inputs={"values": {"coalition": Input(Targets.COALITION, "value"), "partner": Input(Targets.PARTNER, "value"),
                           "group": Input(Targets.GROUP, "value"), "as_of": Input(Targets.AS_OF, "value")}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedTargets, values)
        page = targets_page(workspace.reader(asked.as_of), asked, today_of(asked))
        state = {name: value for name, value in asdict(asked).items() if value}
        return {"list": build_list(page), "csv": asked.address("/csv/targets.csv"), "state": state}

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Targets.WRITTEN, "data"), Input(Targets.STATE, "data"))
    target_form.register(app, workspace)
