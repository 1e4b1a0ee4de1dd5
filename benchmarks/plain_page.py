"""A page that costs nothing to make: what gunicorn and this machine can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BODY = b"x" * 4000
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The page."""
    start_response("200 OK", HEADERS)
    return [BODY]
