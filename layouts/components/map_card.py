"""A map with its sentence before it and its table behind it, as the pages of places show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.components.aria import aria
from layouts.components.controls import EVERYTHING
from layouts.components.figure import folded
from layouts.ids import Deserts, Gaps, Hotspots, Naloxone, Places, Strategies, WhatIf

MapIds = type[Deserts] | type[Gaps] | type[Hotspots] | type[Naloxone] | type[Places] | type[Strategies] | type[WhatIf]
"""The pages with such a map."""


def map_card(
    ids: MapIds, headline: str, notes: Sequence[str], geometry: str, below: Sequence[Component] = ()
) -> Component:
    """Sentence, notes, map, table twin and what is `below`; choosing a town sets the page's menu of places."""
    named = {"select": ids.PLACE, "select-property": "value", "select-none": EVERYTHING, "table": ids.TABLE}
    attributes: dict[str, Any] = {f"data-{name}": str(value) for name, value in named.items()}
    return html.Section(
        [
            html.H2(headline, id=ids.HEADLINE, className="headline", **aria(live="polite")),
            html.P(" ".join(notes), id=ids.NOTES, className="quiet"),
            html.Div(id=ids.MAP, className="townmap-place", hidden=not geometry, **attributes),
            folded(html.Div(id=ids.TABLE)),
            *below,
        ],
        className="card-map",
        **aria(label="Map"),
    )


def map_stores(ids: MapIds, geometry: str, paint: dict[str, Any]) -> list[Component]:
    """What the map is drawn from, and the page's state for its address."""
    return [
        dcc.Store(id=ids.GEOMETRY, data=geometry),
        dcc.Store(id=ids.PAINT, data=paint),
        dcc.Store(id=ids.STATE),
        dcc.Store(id=ids.PAINTED),
        dcc.Store(id=ids.WRITTEN),
    ]
