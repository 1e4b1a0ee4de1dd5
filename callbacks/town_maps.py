"""What every page with a town map binds: the paint goes to the script, the page's state to the address bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.errors import InvalidQuery
from layouts.components.map_card import MapIds

Page = TypeVar("Page")


def bind_map(app: Dash, ids: MapIds) -> None:
    """Paint the map when its paint changes, and write the address when the state does."""
    app.clientside_callback(
        ClientsideFunction("townmap", "paint"),
        Output(ids.PAINTED, "data"),
        Input(ids.GEOMETRY, "data"),
        Input(ids.PAINT, "data"),
        State(ids.MAP, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("townmap", "address"), Output(ids.WRITTEN, "data"), Input(ids.STATE, "data")
    )


def opening(values: Mapping[str, str], page: Callable[[], Page], refused: Callable[[InvalidQuery], Page]) -> Page:
    """The page of an address; one that asks for nothing stands even where the store cannot answer, and says why."""
    try:
        return page()
    except InvalidQuery as error:
        if values:
            raise
        return refused(error)


def state_of_address(asked: dict[str, Any]) -> dict[str, Any]:
    """What the address bar holds of a request; what is empty is left out."""
    return {name: value for name, value in asked.items() if value}
