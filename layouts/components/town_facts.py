"""One town's access to a service in sentences."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.views.town_access import TownAccess


def town_facts(town: TownAccess) -> list[Component]:
    """Kind, name and sentences of a town."""
    said = [html.P(sentence, className="panel-sentence") for sentence in town.sentences]
    return [html.P(town.kind, className="eyebrow"), html.H2(town.name, className="panel-title"), *said]
