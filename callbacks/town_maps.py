"""What every page with a town map binds: the paint goes to the script, the page's state to the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from dashboard.errors import InvalidQuery
from layouts.components.map_card import MapIds

Page = TypeVar("Page")


def bind_map(app: Dash, ids: MapIds) -> None:
    """Paint the first map (assets/adapter.js paints those of answers), and write the address when the state changes."""
    app.clientside_callback(
        ClientsideFunction("townmap", "start"),
        Output(ids.PAINTED, "data"),
        Input(ids.MAP, "id"),
        State(ids.GEOMETRY, "data"),
        State(ids.PAINT, "data"),
        State(ids.PLACE, "value"),
    )
    app.clientside_callback(
        ClientsideFunction("townmap", "address"), Output(ids.WRITTEN, "data"), Input(ids.STATE, "data")
    )


def page_outputs(ids: Any) -> dict[str, Output]:
    """What an answer changes on a page about gaps: shapes, paint, sentences, panel, lists, address and CSV."""
    parts = {"geometry": "data", "paint": "data", "headline": "children", "notes": "children", "panel": "children",
             "more": "children", "state": "data", "csv": "href"}  # fmt: skip
    return {name: Output(ids[name.upper()], part) for name, part in parts.items()}


def page_changes(page: Any, panel: list[Component], more: list[Component]) -> dict[str, Any]:
    """The same with what a page says."""
    return {
        "geometry": page.geometry, "paint": page.paint, "headline": page.headline, "notes": " ".join(page.notes),
        "panel": panel, "more": more, "state": state_of_address(asdict(page.asked)), "csv": page.csv or None,
    }  # fmt: skip


def answered(page: Callable[[], Page], refused: Callable[[InvalidQuery], Page]) -> Page:
    """A page, or the one that says why a request cannot be answered."""
    try:
        return page()
    except InvalidQuery as error:
        return refused(error)


def opening(values: Mapping[str, str], page: Callable[[], Page], refused: Callable[[InvalidQuery], Page]) -> Page:
    """The page of an address; one that asks for nothing stands even where the store cannot answer, and says why."""
    return page() if values else answered(page, refused)


def with_minutes(values: Mapping[str, object]) -> dict[str, object]:
    """The values with the minutes of number fields as text, as the address has them."""
    return {
        name: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for name, value in values.items()
    }


def state_of_address(asked: dict[str, Any]) -> dict[str, Any]:
    """What the address bar holds of a request; what is empty is left out."""
    return {name: value for name, value in asked.items() if value}
