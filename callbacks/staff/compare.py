"""Compare: the address says what stands beside what; no callbacks."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash
from dash.development.base_component import Component

from callbacks.permissions import Permission, needs
from callbacks.query import read_as
from dashboard.store.workspace import Workspace
from dashboard.views.compare import compared, menus
from dashboard.views.compare_asking import AskedCompare
from layouts.staff.compare import build_compare


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page for an address; one side may be left out."""
    asked = read_as(AskedCompare, values)
    reader = workspace.reader(asked.as_of)
    page = compared(reader, asked)
    return build_compare(page, menus(reader, page.asked))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
