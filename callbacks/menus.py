"""Menus whose choices follow another choice."""

from dash import Output


def menu_outputs(id_: str) -> list[Output]:
    """What `layouts.components.controls.menu` fills: options, value, and whether there is nothing to choose."""
    return [Output(id_, part) for part in ("options", "value", "disabled")]
