"""Trends: what is chosen becomes lines, a table and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.query import short_text
from commands.workspace import Workspace
from dashboard.views import choices
from dashboard.views.source import ViewReader
from dashboard.views.trends import AskedTrend, Compared, compared, complete, offered_steps
from layouts.components.controls import options
from layouts.ids import Trends
from layouts.staff.trends import SLOTS, Menus, build_trends, figure, twin

PATH = "/places/trends"
CSV = "/csv/trends.csv"
NAMES = tuple(field.name for field in fields(AskedTrend))
SLOT_NAMES = ("first", "second", "third", "fourth")
CONTROLS = {"indicator": Trends.INDICATOR, "place": Trends.PLACE, "step": Trends.STEP, "basis": Trends.BASIS,
            "compare": Trends.COMPARE, "shape": Trends.SHAPE, "as_of": Trends.AS_OF,
            **dict(zip(SLOT_NAMES, SLOTS, strict=True))}  # fmt: skip


def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of the map is understood as the place."""
    asked = read_trend({"place": values.get("within", "")} | dict(values))
    reader = workspace.reader(asked.as_of)
    answer = compared(reader, asked)
    return build_trends(answer, menus(reader, answer.asked), answer.asked.address(CSV))


def read_trend(values: Mapping[str, object]) -> AskedTrend:
    """A request from named values; unknown names are left aside, anything but short text is refused."""
    return AskedTrend(**{name: short_text(name, values.get(name)) for name in NAMES})


def menus(reader: ViewReader, asked: AskedTrend) -> Menus:
    """The menus that fit a completed request."""
    indicator = reader.registry.indicator(asked.indicator)
    places = [*choices.areas(reader), choices.Choice("-towns", "Towns", heading=True), *choices.towns(reader)]
    return Menus(
        choices.indicators(reader), places, choices.bases(reader, indicator), offered_steps(reader, indicator),
        _slots(reader, asked, places),
    )  # fmt: skip


def _slots(reader: ViewReader, asked: AskedTrend, places: list[choices.Choice]) -> list[choices.Choice]:
    indicator = reader.registry.indicator(asked.indicator)
    if asked.compare == "place":
        return places
    offered = choices.groups(reader, indicator) if asked.compare == "group" else choices.partners(reader, indicator)
    return [choice for choice in offered if choice.value]


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={
            "headline": Output(Trends.HEADLINE, "children"), "reading": Output(Trends.READING, "children"),
            "figure": Output(Trends.CHART, "figure"), "table": Output(Trends.TABLE, "children"),
            "csv": Output(Trends.CSV, "href"), "state": Output(Trends.STATE, "data"),
        },
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_trend(values)
        return show(compared(workspace.reader(asked.as_of), asked))

    @app.callback(
        output={
            "slots": [Output(id_, "options") for id_ in SLOTS], "values": [Output(id_, "value") for id_ in SLOTS],
            "off": [Output(id_, "disabled") for id_ in SLOTS], "steps": Output(Trends.STEP, "options"),
            "bases": Output(Trends.BASIS, "options"),
        },
        inputs={"indicator": Input(Trends.INDICATOR, "value"), "compare": Input(Trends.COMPARE, "value")},
        state={"values": {name: State(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    def _follow(indicator: str, compare: str, values: dict[str, object]) -> dict[str, Any]:
        asked = read_trend(values | {"indicator": indicator, "compare": compare})
        return follow(workspace.reader(asked.as_of), asked)

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Trends.WRITTEN, "data"), Input(Trends.STATE, "data"))


def show(answer: Compared) -> dict[str, Any]:
    """What changes on the page."""
    state = {name: value for name, value in asdict(answer.asked).items() if value}
    return {
        "headline": answer.headline, "reading": answer.reading, "figure": figure(answer.chart),
        "table": twin(answer), "csv": answer.asked.address(CSV), "state": state,
    }  # fmt: skip


def follow(reader: ViewReader, asked: AskedTrend) -> dict[str, Any]:
    """Menus that follow indicator and comparison; what no longer fits is cleared."""
    asked = complete(reader, asked)
    offered = menus(reader, asked)
    slots = [choices.Choice("", "–"), *offered.slots]
    known = {choice.value for choice in slots}
    values = [getattr(asked, name) if getattr(asked, name) in known else "" for name in SLOT_NAMES]
    return {
        "slots": [options(slots)] * len(SLOTS), "values": values, "off": [len(slots) < 2] * len(SLOTS),
        "steps": options(offered.steps), "bases": options(offered.bases),
    }  # fmt: skip
