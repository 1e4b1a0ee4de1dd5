"""Trends: what is chosen becomes lines, a table and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from callbacks.staff.memory import bind_memory, with_memory
from callbacks.staff.said import with_flags, with_panel_flags
from dashboard.figures.chart import SmallMultiples, TrendChart
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import left_out, state_of
from dashboard.views.source import ViewReader
from dashboard.views.trends import AskedTrend, Compared, compared, complete, offered_steps
from layouts.components.controls import menu
from layouts.components.left_out import with_left_out
from layouts.ids import Memory, Trends
from layouts.staff.trends import SLOTS, Menus, build_trends, figure, flags_of, slot_choices, twin

PATH = "/places/trends"
CSV = "/csv/trends.csv"
SLOT_NAMES = ("first", "second", "third", "fourth")
CONTROLS = {"indicator": Trends.INDICATOR, "place": Trends.PLACE, "step": Trends.STEP, "basis": Trends.BASIS,
            "compare": Trends.COMPARE, "shape": Trends.SHAPE, "as_of": Trends.AS_OF,
            **dict(zip(SLOT_NAMES, SLOTS, strict=True))}  # fmt: skip


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of the map is understood as the place."""
    asked = read_trend({"place": values.get("within", "")} | dict(values))
    reader = workspace.reader(asked.as_of)
    answer = _compared(workspace, asked)
    page = build_trends(answer, menus(reader, answer.asked), answer.asked.address(CSV))
    page = with_left_out(page, left_out(asked, answer.asked))
    return with_memory(page, workspace, asdict(answer.asked), Memory.TRENDS)


def _compared(workspace: Workspace, asked: AskedTrend) -> Compared:
    """Trends, with what was said about them as flags."""
    reader = workspace.reader(asked.as_of)
    answer = compared(reader, asked)
    state = asdict(answer.asked)
    if isinstance(answer.chart, SmallMultiples):
        chosen = answer.asked.chosen if answer.asked.compare == "place" else ()
        places = {reader.gazetteer.name(place): place for place in chosen}
        return replace(answer, chart=with_panel_flags(workspace, answer.chart, state, places))
    if isinstance(answer.chart, TrendChart):
        return replace(answer, chart=with_flags(workspace, answer.chart, state))
    return answer


def read_trend(values: Mapping[str, object]) -> AskedTrend:
    """A request for trends from named values."""
    return read_as(AskedTrend, values)


def menus(reader: ViewReader, asked: AskedTrend) -> Menus:
    """The menus that fit a completed request."""
    indicator, state = reader.registry.indicator(asked.indicator), state_of(reader, asked.place)
    places = choices.places(reader, asked.place, *(asked.chosen if asked.compare == "place" else ()))
    return Menus(
        choices.indicators(reader, state), places, choices.bases(reader, indicator, state),
        offered_steps(reader, indicator, state), _slots(reader, asked, places),
    )  # fmt: skip


def _slots(reader: ViewReader, asked: AskedTrend, places: list[choices.Choice]) -> list[choices.Choice]:
    if asked.compare == "place":
        return places
    listed = choices.groups if asked.compare == "group" else choices.partners
    offered = listed(reader, reader.registry.indicator(asked.indicator), state_of(reader, asked.place))
    return [choice for choice in offered if choice.value]


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={
            "headline": Output(Trends.HEADLINE, "children"), "reading": Output(Trends.READING, "children"),
            "flags": Output(Trends.FLAGS, "children"),
            "figure": Output(Trends.CHART, "figure"), "table": Output(Trends.TABLE, "children"),
            "csv": Output(Trends.CSV, "href"), "state": Output(Trends.STATE, "data"),
        },
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_trend(values)
        return show(_compared(workspace, asked))

    following = dict(zip(SLOT_NAMES, SLOTS, strict=True)) | {"step": Trends.STEP, "basis": Trends.BASIS}

    @app.callback(
        output={name: menu_outputs(id_) for name, id_ in following.items()},
        inputs={"chosen": {name: Input(CONTROLS[name], "value") for name in ("indicator", "place", "compare")}},
        state={"values": {name: State(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object], values: dict[str, object]) -> dict[str, Any]:
        asked = read_trend(values | chosen)
        return followed(follow(workspace.reader(asked.as_of), asked), values)

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Trends.WRITTEN, "data"), Input(Trends.STATE, "data"))
    bind_memory(app, workspace, Trends.STATE, Memory.TRENDS)


def show(answer: Compared) -> dict[str, Any]:
    """What changes on the page."""
    state = {name: value for name, value in asdict(answer.asked).items() if value}
    return {
        "headline": answer.headline, "reading": answer.reading, "figure": figure(answer.chart),
        "flags": flags_of(answer.chart), "table": twin(answer), "csv": answer.asked.address(CSV), "state": state,
    }  # fmt: skip


def follow(reader: ViewReader, asked: AskedTrend) -> dict[str, Any]:
    """Menus that follow indicator, place and comparison; what no longer fits is cleared."""
    asked = complete(reader, asked)
    offered = menus(reader, asked)
    known = {choice.value for choice in offered.slots}
    chosen = {name: getattr(asked, name) if getattr(asked, name) in known else "" for name in SLOT_NAMES}
    slots = {
        name: menu(slot_choices(offered.slots, id_, asked.compare), chosen[name])
        for name, id_ in zip(SLOT_NAMES, SLOTS, strict=True)
    }
    return slots | {"step": menu(offered.steps, asked.step), "basis": menu(offered.bases, asked.basis)}
