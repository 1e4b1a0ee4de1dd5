"""What every answer tells the tab that asked for it: which dashboard answers, and whether its store is away."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import dash
from flask import Flask, Response

from callbacks.permissions import Permission, needs
from callbacks.static_files import StaticFiles
from dashboard.agreements import Audience
from dashboard.store.workspace import Workspace

VERSION, STORE = "Coalition-Version", "Coalition-Store"
AWAY = "away"
STANDING = "/standing"
"""What a tab asks until the store answers again: a proxy keeps /readyz to itself."""


def register_tab_notice(server: Flask, workspace: Workspace, version: Callable[[], str]) -> None:
    """Put both into every answer of `server`; assets/notice.js makes sentences of them (decision 0095).

    Registered before what keeps answers: Flask runs what comes after a request backwards, so nothing is kept with it.
    """

    @server.get(STANDING)
    @needs(Permission.OPEN)
    def _standing() -> Response:
        workspace.reader(audience=Audience.PUBLIC)  # the store is asked again
        return Response(status=204, headers={"Cache-Control": "no-store"})

    @server.after_request
    def _tell(response: Response) -> Response:
        response.headers[VERSION] = version()
        if workspace.is_away:
            response.headers[STORE] = AWAY
        return response


def version_of(app: dash.Dash, files: StaticFiles) -> str:
    """Changes with whatever a tab that stays open through an upgrade would miss: scripts, looks, Dash, callbacks."""
    parts = [dash.__version__, *files.address.values(), *sorted(app.callback_map)]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
