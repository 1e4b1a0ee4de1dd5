"""Menus whose choices follow another choice."""

from collections.abc import Mapping
from typing import Any

from dash import Output, no_update


def menu_outputs(id_: str) -> list[Output]:
    """What `layouts.components.controls.menu` fills: options, value, and whether there is nothing to choose."""
    return [Output(id_, part) for part in ("options", "value", "disabled")]


def followed(menus: Mapping[str, tuple[Any, str, bool]], sent: Mapping[str, object]) -> dict[str, Any]:
    """What `menu_outputs` take, with the values that were `sent` and still stand left alone.

    Somebody may have chosen anew while the answer was on its way; only a choice that is no longer there is replaced.
    """
    return {
        name: (options, no_update if value == sent.get(name) else value, off)
        for name, (options, value, off) in menus.items()
    }
