"""Bring numbers: what the store holds and what could be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from dash import Dash
from dash.development.base_component import Component

from callbacks.partner_desks import mine
from callbacks.permissions import Permission, may, needs
from dashboard.store.pulls import newest as newest_pulls
from dashboard.store.workspace import Workspace
from dashboard.views.bring_numbers import first_steps, newest_month, source_statuses
from dashboard.views.words import day_words
from data_loaders.registry import readable
from layouts.staff.bring_numbers import build_bring_numbers


@needs(Permission.SEE)
def build(workspace: Workspace, values: Mapping[str, str]) -> Component:  # noqa: ARG001
    """The page; its address has no state."""
    reader = workspace.reader()
    statuses = source_statuses(reader, datetime.now(UTC).date())
    partners = mine(workspace) if may(Permission.BRING) else []
    fetched = [
        (pull.feed, day_words(pull.tried_at.date()), str(pull.outcome), pull.words)
        for pull in newest_pulls(workspace.engine).values()
    ]
    return build_bring_numbers(
        first_steps(reader), statuses, readable(), newest_month(reader), partners=partners, fetched=fetched
    )


def register(app: Dash, workspace: Workspace) -> None:
    """This page has no callbacks."""
