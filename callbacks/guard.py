"""What no request gets past: a foreign host, another site's form, a body too large, a callback made of nonsense."""

from __future__ import annotations

import logging

from dash.exceptions import DashException
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from dashboard.errors import CoalitionError

CALLBACK_PATH = "/_dash-update-component"
LAYOUT_PATH = "/_dash-layout"
"""What a page is made of: the answer follows the address that asks."""
MAX_BODY = 256 * 1024
LONGEST_ADDRESS = 3500
"""Characters; a browser leaves out the address it comes from beyond 4,096, and the layout follows that address."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "[::1]"})
OWN_SITES = frozenset({"same-origin", "none"})
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MISFITS = (LookupError, TypeError, ValueError, AttributeError, DashException)
"""What Dash raises on a body whose parts are not those of the callback it names."""
log = logging.getLogger(__name__)


def register_guard(server: Flask, hosts: frozenset[str]) -> None:
    """Check every request of `server`; `hosts` are the names a request may carry."""

    @server.before_request
    def _check() -> None:
        _check_address(hosts)
        if request.method not in SAFE_METHODS:
            _check_unsafe()

    @server.after_request
    def _headers(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path == LAYOUT_PATH:
            response.vary.add("Referer")  # or the browser's Back shows the page it came from
        return response

    @server.errorhandler(CoalitionError)
    def _refused(error: CoalitionError) -> tuple[str, int, dict[str, str]]:
        return str(error), 400, {"Content-Type": "text/plain; charset=utf-8"}

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int, dict[str, str]]:
        return f"{error.description}", error.code or 500, {"Content-Type": "text/plain; charset=utf-8"}

    @server.errorhandler(Exception)
    def _failed(error: Exception) -> tuple[str, int, dict[str, str]]:
        log.exception("request failed: %s", request.path)
        if request.path == CALLBACK_PATH and isinstance(error, MISFITS):
            return "This request does not fit the dashboard; reload the page.", 400, {"Content-Type": "text/plain"}
        return "Something went wrong here. Nothing was changed; reload the page.", 500, {"Content-Type": "text/plain"}


def is_loopback() -> bool:
    """Whether a request comes from this computer itself and by no way round: until people can sign in only it writes.

    A proxy on this computer names the host it was asked for, or says that it forwards.
    """
    host = request.host.rpartition(":")[0].lower() or request.host.lower()
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    return request.remote_addr in LOOPBACK and host in LOOPBACK and not forwarded


def _check_address(hosts: frozenset[str]) -> None:
    if request.host.rpartition(":")[0].lower() not in hosts and request.host.lower() not in hosts:
        abort(400, "This address is not one the dashboard answers to. Add it to COALITION_HOSTS.")
    if len(request.full_path) > LONGEST_ADDRESS:
        abort(414, "This address is too long to be one of ours. Start from the first page of the dashboard.")


def _check_unsafe() -> None:
    if request.path != CALLBACK_PATH:
        abort(405, "Only the dashboard's own callbacks may be posted to.")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in OWN_SITES:
        abort(403, "Requests from other sites are refused.")
    if request.content_length is None:
        abort(411, "The request does not say its length.")
    if request.content_length > MAX_BODY:
        abort(413, "The request is too large.")
    if not _is_callback(request.get_json(silent=True)):
        abort(400, "This request does not fit the dashboard; reload the page.")


def _is_callback(body: object) -> bool:
    """Whether a body has the shape that Dash's own renderer sends."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    parts = [*_list(body.get("inputs")), *_list(body.get("state", []))]
    changed = body.get("changedPropIds", [])
    return (
        isinstance(changed, list)
        and all(isinstance(name, str) for name in changed)
        and isinstance(body.get("inputs"), list)
        and all(isinstance(part, dict) and isinstance(part.get("id"), str) and "property" in part for part in parts)
        and isinstance(body.get("outputs"), (dict, list))
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [None]
