"""One register of the coalition. Its address says which; writing goes by forms (callbacks/register_posts.py)."""

from __future__ import annotations

from collections.abc import Mapping

from dash import Dash
from dash.development.base_component import Component

from callbacks.own_coalitions import coalition_of
from callbacks.permissions import Permission, may, needs
from dashboard.registers import register as register_named
from dashboard.registers import registers
from dashboard.store.registers import entries, history
from dashboard.store.workspace import Workspace
from dashboard.views.registers_page import register_page
from layouts.staff.registers import build_registers


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page of a register, the first where the address names none."""
    reader = workspace.reader()
    coalition = coalition_of(reader, values.get("coalition", ""))
    kept = register_named(values.get("register") or next(iter(registers())))
    before = history(workspace.engine, coalition, kept.id)
    page = register_page(reader, kept, entries(workspace.engine, coalition), before, coalition=coalition)
    return build_registers(page, may_keep=may(Permission.KEEP, coalition=coalition))


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
