"""After an overdose: what is chosen becomes one or two cascades, what stands beside them, and an address."""

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
from callbacks.staff.said import with_steps_said
from dashboard.cascade import cascades
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import left_out, write_address
from dashboard.views.cascade import AfterOverdose, after_overdose
from dashboard.views.cascade_asking import AskedCascade, besides, complete, follows, groups, partners, periods
from dashboard.views.cascade_beside import beside
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.components.left_out import with_left_out
from layouts.ids import AfterOverdose as Ids
from layouts.ids import Memory
from layouts.staff.after_overdose import Menus, build_after_overdose, build_beside, build_shown

CSV = "/csv/after-an-overdose.csv"
CONTROLS = {"path": Ids.PATH, "place": Ids.PLACE, "period": Ids.PERIOD, "group": Ids.GROUP, "partner": Ids.PARTNER,
            "follow": Ids.FOLLOW, "counted": Ids.COUNTED, "beside": Ids.BESIDE, "as_of": Ids.AS_OF}  # fmt: skip
LEADING = ("path", "place", "follow")
FOLLOWING = ("period", "group", "partner", "beside")
"""Menus whose choices depend on the leading ones; how long a path may be followed depends on the path alone."""


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of other pages is understood as the place."""
    asked = read_as(AskedCascade, {"place": values.get("within", "")} | dict(values))
    reader = workspace.reader(asked.as_of)
    answer = with_steps_said(workspace, after_overdose(reader, asked))
    page = build_after_overdose(
        answer, menus(reader, answer.asked), beside(reader, answer.asked), write_address(CSV, answer.asked)
    )
    page = with_left_out(page, left_out(asked, answer.asked))
    return with_memory(page, workspace, asdict(answer.asked), Memory.AFTER)


def menus(reader: ViewReader, asked: AskedCascade) -> Menus:
    """The menus that fit a completed request; a period that was asked for is always among them."""
    path = cascades().paths[asked.path]
    offered = periods(reader, path, asked)
    if asked.period and asked.period not in [choice.value for choice in offered]:
        offered = [Choice(asked.period, asked.period), *offered]
    return Menus(
        paths=[Choice(one.id, one.name) for one in cascades().paths.values()],
        places=choices.places(reader, asked.place), periods=offered, groups=groups(reader, path, asked),
        partners=partners(reader, path, asked), follows=follows(path), besides=besides(reader, path, asked),
    )  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """Bind the page's callbacks to an application."""

    @app.callback(
        output={
            "shown": Output(Ids.SHOWN, "children"), "more": Output(Ids.MORE, "children"),
            "csv": Output(Ids.CSV, "href"), "state": Output(Ids.STATE, "data"),
        },
        inputs={"values": {name: Input(id_, "value") for name, id_ in CONTROLS.items()}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _show(values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedCascade, values)
        reader = workspace.reader(asked.as_of)
        return show(reader, with_steps_said(workspace, after_overdose(reader, asked)))

    @app.callback(
        output={name: menu_outputs(CONTROLS[name]) for name in FOLLOWING},
        inputs={"chosen": {name: Input(CONTROLS[name], "value") for name in LEADING}},
        state={"values": {name: State(CONTROLS[name], "value") for name in (*FOLLOWING, "as_of")}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object], values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedCascade, values | chosen)
        return followed(follow(workspace.reader(asked.as_of), asked), values)

    @app.callback(
        menu_outputs(Ids.FOLLOW),
        Input(Ids.PATH, "value"),
        prevent_initial_call=True,
    )
    @needs(Permission.SEE)
    def _follows(path: str) -> tuple[object, ...]:
        asked = read_as(AskedCascade, {"path": path})
        offered = follows(cascades().paths[complete(workspace.reader(), asked).path])
        return menu(offered, offered[0].value)

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Ids.WRITTEN, "data"), Input(Ids.STATE, "data"))
    bind_memory(app, workspace, Ids.WRITTEN, Memory.AFTER)


def show(reader: ViewReader, answer: AfterOverdose) -> dict[str, Any]:
    """What changes on the page."""
    return {
        "shown": build_shown(answer), "more": build_beside(beside(reader, answer.asked)),
        "csv": write_address(CSV, answer.asked), "state": {n: v for n, v in asdict(answer.asked).items() if v},
    }  # fmt: skip


def follow(reader: ViewReader, asked: AskedCascade) -> dict[str, Any]:
    """Menus that follow path, place and how long; a choice that they do not have falls back to its default."""
    kept = complete(reader, replace(asked, period=""))
    path = cascades().paths[kept.path]
    offered = [choice.value for choice in periods(reader, path, kept)]
    kept = replace(kept, period=asked.period if asked.period in offered else kept.period)
    shown = menus(reader, kept)
    return {
        "period": menu(shown.periods, kept.period), "group": menu(shown.groups, kept.group),
        "partner": menu(shown.partners, kept.partner), "beside": menu(shown.besides, kept.beside),
    }  # fmt: skip
