"""What every answer carries: the strict policy, and who may show the page in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.errors import StoreError
from public.library import Packed

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


def protection(frame_ancestors: str, *, embed: bool) -> Iterator[tuple[str, str]]:
    """The headers of any answer. Only frames' pages may be shown by others; X-Frame-Options, which knows no list, only
    says so where nobody else may: beside a list it would contradict it."""
    allowed = frame_ancestors if embed else NOBODY
    yield "Content-Security-Policy", policy(allowed)
    if allowed == NOBODY:
        yield "X-Frame-Options", "DENY"
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "no-referrer"
    yield "Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()"
    yield "Cross-Origin-Opener-Policy", "same-origin"


def page_headers(page: Packed, keep: str, *, tagged: bool) -> Iterator[tuple[str, str]]:
    """What a body says of itself: its kind, length and encoding, for how long to keep it, and its tag."""
    charset = "" if page.mimetype == "application/json" else "; charset=utf-8"
    yield "Content-Type", f"{page.mimetype}{charset}"
    yield "Content-Length", str(len(page.body))
    yield "Cache-Control", keep
    yield "Vary", "Accept-Encoding"
    if page.encoding:
        yield "Content-Encoding", page.encoding
    if tagged:
        yield "ETag", f'"{page.tag}{page.encoding}"'
