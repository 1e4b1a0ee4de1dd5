"""Lets a request in: finds out who asks, and refuses what they may not do before anything else is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Protocol
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request

from callbacks.guard import CALLBACK_PATH, LAYOUT_PATH
from callbacks.permissions import Permission, declared, may, refusal, who
from dashboard.people import NOBODY, Person, act_as

SIGN_IN = "/sign-in"
DOCUMENTS = frozenset({"/", "/<path:path>", "meeting", "meeting-code"})
DASH_ROUTES: Mapping[str, Permission] = {
    "/": Permission.SEE,
    "/<path:path>": Permission.SEE,
    LAYOUT_PATH: Permission.SEE,
    "/_dash-dependencies": Permission.SEE,
    "/_reload-hash": Permission.SEE,
    "/_favicon.ico": Permission.OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Permission.OPEN,
    "_dash_assets.static": Permission.OPEN,
    "static": Permission.OPEN,
}
"""What Dash's and Flask's own routes need, by endpoint; the callbacks' one route asks the callback instead."""
CHANGING = frozenset(Permission) - {Permission.OPEN, Permission.SEE}
Callbacks = Mapping[str, Mapping[str, Any]]


class Notes(Protocol):
    """Takes down who was refused what and why, and learns of every request that may have changed something."""

    def refused(self, account: str, subject: str, told: str) -> None: ...

    def changed(self) -> None: ...


def register_admission(
    server: Flask, identify: Callable[[], Person], callbacks: Callable[[], Callbacks], notes: Notes
) -> None:
    """Check every request of `server`; `identify` says who sends it, `callbacks` are Dash's, by what they put out.

    `notes` are taken of what is refused and changed. Registered after the guard and before anything that answers.
    """

    @server.before_request
    def _enter() -> Response | None:
        g.admitted = ExitStack()
        g.admitted.enter_context(act_as(identify()))
        g.needed = _needed(callbacks())
        return _refused(g.needed)

    @server.after_request
    def _note(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "private")
        if response.status_code in (401, 403) or "refused" in g:
            notes.refused(
                who().account, g.get("asked", request.endpoint or "nowhere"), g.get("refused", response.status)
            )
        elif g.get("needed") in CHANGING:
            notes.changed()
        return response

    @server.teardown_request
    def _leave(_error: BaseException | None) -> None:
        if "admitted" in g:
            g.pop("admitted").close()


def needed_by_route(server: Flask, endpoint: str) -> Permission | None:
    """What a route declares; None for one that declares nothing."""
    return declared(server.view_functions.get(endpoint)) or DASH_ROUTES.get(endpoint)


def needed_by_callback(callbacks: Callbacks, output: str) -> Permission | None:
    """What a callback declares; None for one that declares nothing, or is none of the server's."""
    return declared(callbacks.get(output, {}).get("callback"))


def _needed(callbacks: Callbacks) -> Permission | None:
    """What this request needs. One that leads nowhere does nothing: it is open, and gets its 404 or 405."""
    if request.endpoint is None or request.method == "OPTIONS":
        return Permission.OPEN
    if request.endpoint != CALLBACK_PATH:
        return needed_by_route(current_app, request.endpoint)
    output = request.get_json()["output"]
    if output not in callbacks:
        abort(400, "This request does not fit the dashboard; reload the page.")
    g.asked = output.strip(".").split("..")[0]
    return needed_by_callback(callbacks, output)


def _refused(needed: Permission | None) -> Response | None:
    """None for what is let in; else where to sign in, or why not."""
    if needed and may(needed):
        return None
    if needed is None:
        abort(403, refusal(needed))
    if who() == NOBODY and request.endpoint in DOCUMENTS:
        return make_response(redirect(f"{SIGN_IN}?next={quote(request.full_path.rstrip('?'))}", 303))
    return abort(401 if who() == NOBODY else 403, refusal(needed))
