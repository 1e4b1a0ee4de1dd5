"""The line above every page that says when answers do not come, and why; empty while they do."""

from __future__ import annotations

from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from layouts.ids import Document

AWAY = (
    "The store does not answer just now. You see what was read before, and nothing can be saved; this page asks again "
    "by itself."
)
WORDS = {
    "away": AWAY,
    "back": "The store answers again.",
    "lost": "The dashboard does not answer. Look whether this computer is connected; this page asks again by itself.",
    "found": "The dashboard answers again. What you chose meanwhile did not arrive: choose it once more.",
    "newer": "The dashboard was renewed after this page was opened.",
    "failed": "A part of this page did not come.",
    "reload": "Reload the page",
    "sign_in": "Sign in",
}
"""What assets/notice.js says."""


def build_notice(version: str, *, away: bool) -> Component:
    """The line; `version` is that of the page, `away` whether the store was when it was made."""
    told: dict[str, Any] = {"data-words": orjson.dumps(WORDS).decode(), "data-version": version}
    return html.P(AWAY if away else None, id=Document.NOTICE, className="notice", role="status", **told)
