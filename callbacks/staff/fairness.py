"""Fairness: what is chosen becomes groups side by side, and an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.menus import followed, menu_outputs
from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from dashboard.store.workspace import Workspace
from dashboard.views import choices
from dashboard.views.asking import left_out, state_of, write_address
from dashboard.views.choices import Choice
from dashboard.views.fairness import Fairness, fairness
from dashboard.views.fairness_asking import AskedFairness, complete, dimensions, indicators, references
from dashboard.views.source import ViewReader
from layouts.components.controls import menu
from layouts.components.left_out import with_left_out
from layouts.ids import Fairness as Ids
from layouts.staff.fairness import Menus, build_fairness, build_more, build_shown

CSV = "/csv/fairness.csv"
CONTROLS = {"indicator": Ids.INDICATOR, "place": Ids.PLACE, "period": Ids.PERIOD, "by": Ids.BY,
            "reference": Ids.REFERENCE, "partner": Ids.PARTNER, "as_of": Ids.AS_OF}  # fmt: skip
LEADING = ("indicator", "place", "by")
FOLLOWING = ("period", "reference", "partner")


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for a state of the address bar; `within` of other pages is understood as the place."""
    asked = read_as(AskedFairness, {"place": values.get("within", "")} | dict(values))
    reader = workspace.reader(asked.as_of)
    answer = fairness(reader, asked)
    page = build_fairness(answer, menus(reader, answer.asked), write_address(CSV, answer.asked))
    return with_left_out(page, left_out(asked, answer.asked))


def menus(reader: ViewReader, asked: AskedFairness) -> Menus:
    """The menus that fit a completed request; a period that was asked for is always among them."""
    state, indicator = state_of(reader, asked.place), reader.registry.indicator(asked.indicator)
    periods = choices.periods(reader, indicator, state)
    if asked.period and asked.period not in [choice.value for choice in periods]:
        periods = [Choice(asked.period, asked.period), *periods]
    return Menus(
        indicators=indicators(reader, state), periods=periods, dimensions=dimensions(reader, indicator, state),
        places=choices.places(reader, asked.place),
        references=references(reader, asked), partners=choices.partners(reader, indicator, state),
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
        asked = read_as(AskedFairness, values)
        return show(fairness(workspace.reader(asked.as_of), asked))

    @app.callback(
        output={name: menu_outputs(CONTROLS[name]) for name in FOLLOWING},
        inputs={"chosen": {name: Input(CONTROLS[name], "value") for name in LEADING}},
        state={"values": {name: State(CONTROLS[name], "value") for name in (*FOLLOWING, "as_of")}},
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _follow(chosen: dict[str, object], values: dict[str, object]) -> dict[str, Any]:
        asked = read_as(AskedFairness, values | chosen)
        return followed(follow(workspace.reader(asked.as_of), asked), values)

    @app.callback(
        menu_outputs(Ids.BY),
        Input(Ids.INDICATOR, "value"), Input(Ids.PLACE, "value"), State(Ids.BY, "value"),
        prevent_initial_call=True,
    )  # fmt: skip
    @needs(Permission.SEE)
    def _dimensions(indicator: str, place: str, by: str) -> tuple[object, ...]:
        reader = workspace.reader()
        asked = complete(reader, read_as(AskedFairness, {"indicator": indicator, "place": place, "by": by}))
        return menu(menus(reader, asked).dimensions, asked.by)

    written = ClientsideFunction("townmap", "address")
    app.clientside_callback(written, Output(Ids.WRITTEN, "data"), Input(Ids.STATE, "data"))


def show(answer: Fairness) -> dict[str, Any]:
    """What changes on the page."""
    return {
        "shown": build_shown(answer), "more": build_more(answer), "csv": write_address(CSV, answer.asked),
        "state": {name: value for name, value in asdict(answer.asked).items() if value},
    }  # fmt: skip


def follow(reader: ViewReader, asked: AskedFairness) -> dict[str, Any]:
    """Menus that follow indicator, place and dimension; a choice that they do not have falls back to its default."""
    kept = complete(reader, replace(asked, period=""))
    offered = menus(reader, kept)
    known = [choice.value for choice in offered.periods]
    return {
        "period": menu(offered.periods, asked.period if asked.period in known else kept.period),
        "reference": menu(offered.references, kept.reference), "partner": menu(offered.partners, kept.partner),
    }  # fmt: skip
