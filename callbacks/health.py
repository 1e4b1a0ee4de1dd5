"""Whether the server answers, and whether it can read its store: for a balancer or a supervisor to ask."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, make_response, request

from callbacks.permissions import Permission, needs

HEALTH, READY = "/healthz", "/readyz"


def register_health(server: Flask, why_not: Callable[[], str]) -> None:
    """Answer both addresses, before anything else looks at the request: who asks comes by the machine's address, not by
    a name of ours, and has no account. `why_not` says in words why the store cannot be read, "" where it can.

    Registered before the guard. Nothing is told but that sentence.
    """

    @server.get(HEALTH, endpoint=HEALTH)
    @needs(Permission.OPEN)
    def _health() -> Response:
        return _told("This process answers.", 200)

    @server.get(READY, endpoint=READY)
    @needs(Permission.OPEN)
    def _ready() -> Response:
        reason = why_not()
        return _told(reason, 503) if reason else _told("Ready.", 200)

    @server.before_request
    def _early() -> Response | None:
        return make_response(server.view_functions[request.endpoint]()) if request.endpoint in (HEALTH, READY) else None


def _told(sentence: str, status: int) -> Response:
    response = Response(f"{sentence}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
