"""The document around the application: scripts that are used, and early calls for what the first picture needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Dash

from callbacks.static_files import StaticFiles

UNUSED = ("/deps/polyfill@", "/dash_table/")
"""Scripts for browsers that our own script does not run in, and of a table that no page has."""
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Crect width='8' height='8' rx='2' fill='%230a5660'/%3E%3C/svg%3E"
)
"""In the document itself: a browser asks for an icon file again whenever the address changes."""
FIRST = ("/_dash-layout", "/_dash-dependencies")


class Dashboard(Dash):
    """Dash with a document of ours; `early` names the addresses that a page will ask for besides its layout."""

    def serve_with(self, files: StaticFiles, early: Callable[[], list[str]]) -> None:
        """Say what the document links to; before the first request."""
        self._files, self._early = files, early

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash calls it by name
        """The document for one request."""
        script = f'<script src="{self._files.address["js"]}"></script>'
        parts["scripts"] = "\n".join([script, *_used(parts["scripts"])])
        parts["css"] = f'<link rel="stylesheet" href="{self._files.address["css"]}">'
        parts["favicon"] = f'<link rel="icon" href="{ICON}">'
        calls = (f'<link rel="preload" as="fetch" crossorigin href="{each}">' for each in (*FIRST, *self._early()))
        parts["metas"] += "\n" + "\n".join(calls)
        return str(super().interpolate_index(**parts))


def _used(scripts: str) -> list[str]:
    return [
        line for line in scripts.replace("><script", ">\n<script").splitlines() if not any(u in line for u in UNUSED)
    ]
