"""What every answer carries: the strict policy, and who may show the page in a frame."""

from __future__ import annotations

import re

from flask import Response

from dashboard.errors import StoreError

SOURCE = re.compile(r"'self'|https?://[A-Za-z0-9.*\[\]:-]+", re.ASCII)
NOBODY = "'none'"


def ancestors(told: str) -> str:
    """The list of a frame-ancestors directive from a setting: origins apart by commas or spaces. Empty: nobody.

    StoreError for a word that is no origin: a slip would shut out a site that was meant.
    """
    words = [word for word in re.split(r"[\s,]+", told.strip()) if word]
    for word in words:
        if not SOURCE.fullmatch(word):
            raise StoreError(
                f"COALITION_FRAME_ANCESTORS: '{word[:60]}' is no site. Write it as https://www.county.example."
            )
    return " ".join(dict.fromkeys(words)) or NOBODY


def policy(frame_ancestors: str) -> str:
    """The Content-Security-Policy: nothing but our own style sheet, script, pictures and pages."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frame_ancestors}"
    )


def protect(response: Response, embed: bool, frame_ancestors: str) -> Response:
    """Add the headers. Only frames' pages may be shown by others; X-Frame-Options, which knows no list, only says so
    where nobody else may: beside a list it would contradict it."""
    allowed = frame_ancestors if embed else NOBODY
    response.headers["Content-Security-Policy"] = policy(allowed)
    if allowed == NOBODY:
        response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(), interest-cohort=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
