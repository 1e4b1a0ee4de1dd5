"""Our coalition: the overview. Its address names a coalition; no callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dash import Dash
from dash.development.base_component import Component

from callbacks.own_coalitions import coalition_of, coalitions_seen
from callbacks.permissions import Permission, may, needs
from dashboard.store.registers import entries
from dashboard.store.workspace import Workspace
from dashboard.views.agreements import headline
from dashboard.views.our_coalition import Kept, our_coalition
from layouts.staff.our_coalition import build_our_coalition


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:
    """The page of a coalition, the one at home where the address names none."""
    reader = workspace.reader()
    coalition = coalition_of(reader, values.get("coalition", ""))
    today = date.today()
    page = our_coalition(reader, today, kept(workspace, coalition, today), coalition=coalition)
    return build_our_coalition(page, coalition, people=may(Permission.READ_LOG))


def kept(workspace: Workspace, coalition: str, today: date) -> Kept:
    """What the store keeps besides numbers: the registers, agreements, why partners are not shown, who else is here."""
    reader = workspace.reader()
    told = [(name, reason) for of, name, reason in reader.not_shown() if of in ("", coalition)]
    ours = [one for one in workspace.agreements() if one.coalition == coalition]
    return Kept(entries(workspace.engine, coalition), dict(told), headline(ours, today, len(told)),
                coalitions_seen(reader))  # fmt: skip


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
