"""Whether the public server answers, and whether it has a release to show: for a balancer or a supervisor to ask."""

from __future__ import annotations

from flask import Response

from dashboard.errors import StoreError
from public.library import Library

HEALTH, READY = "/healthz", "/readyz"


def probe(path: str, library: Library) -> Response:
    """The answer at one of the two addresses: a sentence, and nothing of the machine."""
    reason = _why_not(library) if path == READY else ""
    sentence = reason or ("Ready." if path == READY else "This process answers.")
    response = Response(f"{sentence}\n", 503 if reason else 200, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def _why_not(library: Library) -> str:
    """Why there is nothing to show, in words; "" where there is."""
    try:
        newest = library.newest()
        if newest is not None and library.snapshot(newest) is not None:
            is_ready = library.changeover.is_ready(newest)
            return "" if is_ready else f"The pages of release {newest} are being made: readers would wait for them."
    except (StoreError, OSError):
        return "The newest release cannot be read."
    return "No release stands here that is whole. Publish one, or look whether the server can read their folder."
