"""What no request gets past: a foreign host, another site's form, a body too large, a callback made of nonsense."""

from __future__ import annotations

import logging
import re

from dash.exceptions import DashException
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from callbacks.faults import fault_of
from callbacks.receiving import receive_form
from dashboard.errors import CoalitionError, NotAllowed

CALLBACK_PATH = "/_dash-update-component"
LAYOUT_PATH = "/_dash-layout"
"""What a page is made of: the answer follows the address that asks."""
MAX_BODY = 256 * 1024
MAX_FORM = 4 * 1024
MAX_TYPED = 16 * 1024
MAX_UPLOAD = 20 * 1024 * 1024
ASK_AGAIN_SECONDS = "5"
"""After which a browser opens a page again that could not be made because of the machine."""
LONGEST_ADDRESS = 3500
"""Characters; a browser leaves out the address it comes from beyond 4,096, and the layout follows that address."""
JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
POSTED = (
    (re.compile(re.escape(CALLBACK_PATH)), MAX_BODY, {JSON}),
    (re.compile("/upload/[^/]+"), MAX_UPLOAD, {MULTIPART, "application/octet-stream"}),
    (re.compile("/upload/[^/]+/.+"), MAX_TYPED, {FORM}),
    (re.compile("/memory/[^/]+/[^/]+(/[^/]+)?"), MAX_TYPED, {FORM}),
    (re.compile("/take-home/(start|[A-Za-z0-9_-]{22}/stop)"), MAX_FORM, {FORM}),
    (re.compile("/sign-(in(/[^/]+)?|out)"), MAX_FORM, {FORM}),
    (re.compile("/registers/[^/]+/[^/]+"), MAX_TYPED, {FORM}),
    (re.compile("/people/(add|take|link|remove)"), MAX_FORM, {FORM}),
    (re.compile("/agency/[^/]+/(comment|answer/[^/]+|settle/[^/]+)"), MAX_TYPED, {FORM}),
)
"""What may be posted to: the path, the most bytes, and how a body may be written. All else is answered with 405."""
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

    _answer_errors(server)


def _answer_errors(server: Flask) -> None:
    """A refusal is a sentence; what went wrong here tells nothing of the machine."""

    @server.errorhandler(NotAllowed)
    def _not_allowed(error: NotAllowed) -> tuple[str, int, dict[str, str]]:
        return str(error), 403, {"Content-Type": "text/plain; charset=utf-8"}

    @server.errorhandler(CoalitionError)
    def _refused(error: CoalitionError) -> tuple[bytes, int, dict[str, str]]:
        said = str(error).encode("utf-8", "replace")  # it may quote half of a sign, which is no text to send
        return said, 400, {"Content-Type": "text/plain; charset=utf-8"}

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int, dict[str, str]]:
        return f"{error.description}", error.code or 500, {"Content-Type": "text/plain; charset=utf-8"}

    @server.errorhandler(Exception)
    def _failed(error: Exception) -> tuple[str, int, dict[str, str]]:
        log.exception("request failed: %s", request.url_rule or "no route")  # an address can carry a secret
        if request.path == CALLBACK_PATH and isinstance(error, MISFITS):
            return "This request does not fit the dashboard; reload the page.", 400, {"Content-Type": "text/plain"}
        fault = fault_of(error)
        if fault:
            again = {"Refresh": ASK_AGAIN_SECONDS} if request.method == "GET" else {}
            return *fault, {"Content-Type": "text/plain; charset=utf-8"} | again
        return "Something went wrong here. Nothing was changed; reload the page.", 500, {"Content-Type": "text/plain"}


def is_loopback() -> bool:
    """Whether a request comes from this computer itself and by no way round: until people can sign in only it writes.

    A proxy on this computer names the host it was asked for, or says that it forwards.
    """
    host = re.sub(r":\d*$", "", request.host.lower())
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip"))
    return request.remote_addr in LOOPBACK and host in LOOPBACK and not forwarded


def _check_address(hosts: frozenset[str]) -> None:
    if request.host.rpartition(":")[0].lower() not in hosts and request.host.lower() not in hosts:
        abort(400, "This address is not one the dashboard answers to. Add it to COALITION_HOSTS.")
    if len(request.full_path) > LONGEST_ADDRESS:
        abort(414, "This address is too long to be one of ours. Start from the first page of the dashboard.")


def _check_unsafe() -> None:
    most, kinds = next(((most, kinds) for path, most, kinds in POSTED if path.fullmatch(request.path)), (0, set()))
    if request.method != "POST" or not most:
        abort(405, "Only the dashboard's own callbacks and forms may be posted to.")
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITES or not _is_own(request.headers.get("Origin")):
        abort(403, "Requests from other sites are refused.")
    if request.content_length is None:
        abort(411, "The request does not say its length.")
    if request.content_length > most:
        abort(413, "The request is too large.")
    if most != MAX_UPLOAD:
        receive_form(request)
    if request.path == CALLBACK_PATH and not _is_callback(request.get_json(silent=True)):
        abort(400, "This request does not fit the dashboard; reload the page.")
    if request.mimetype not in kinds:
        abort(415, "The request is not written the way the dashboard's own pages write it; reload the page.")


def _is_own(origin: str | None) -> bool:
    """Whether a request says that a page of this very address sent it, or says nothing (a program, or no page)."""
    return origin is None or origin.partition("://")[2].lower() == request.host.lower()


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
