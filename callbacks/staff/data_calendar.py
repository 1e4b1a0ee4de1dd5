"""The calendar of data. Its address names a coalition; no callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dash import Dash
from dash.development.base_component import Component

from callbacks.own_coalitions import coalition_of
from callbacks.permissions import Permission, needs
from callbacks.staff.our_coalition import kept
from dashboard.store.workspace import Workspace
from dashboard.views.data_calendar import data_calendar
from dashboard.views.reporting import reporting, sources
from layouts.staff.data_calendar import build_data_calendar


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The calendar of a coalition, the one at home where the address names none."""
    reader, today = workspace.reader(), date.today()
    coalition = coalition_of(reader, values.get("coalition", ""))
    told = kept(workspace, coalition, today)
    partners = reporting(reader, today, coalition=coalition, promises=told.of("reporting"), hidden=told.hidden)
    name = next((str(row["name"]) for row in reader.coalitions if row["id"] == coalition), "Our coalition")
    return build_data_calendar(data_calendar(partners, sources(reader, today), today, name))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
