"""The document around the application: scripts that are used, and early calls for what the first picture needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from dash import Dash
from dash.development.base_component import Component

from callbacks.early import early_page
from callbacks.static_files import StaticFiles
from layouts.components.plain import as_html

UNUSED = ("/deps/polyfill@", "/dash_table/")
"""Scripts for browsers that our own script does not run in, and of a table that no page has."""
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Crect width='8' height='8' rx='2' fill='%230a5660'/%3E%3C/svg%3E"
)
"""In the document itself: a browser asks for an icon file again whenever the address changes."""
SOURCE = re.compile(r'src="([^"]+)"')
SHAPES = re.compile(r"/geo/[0-9a-f]+\.json")
FIRST = ("/_dash-layout", "/_dash-dependencies")


class Dashboard(Dash):
    """Dash with a document of ours, which holds the page as plain HTML until Dash has loaded."""

    def serve_with(self, files: StaticFiles, page: Callable[[], Component], notice: Callable[[], Component],
                   title: Callable[[], str]) -> None:  # fmt: skip
        """Say what the document holds, the line above it, and its title; before the first request."""
        self._files, self._page, self._notice, self._page_title = files, page, notice, title

    def _config(self) -> dict[str, Any]:
        """As Dash has it, without a token that only callbacks in the background need: there are none."""
        told: dict[str, Any] = super()._config()
        return {name: value for name, value in told.items() if name != "end_id"}

    def _generate_config_html(self) -> str:
        """Written once: every id of every page stands in it, which takes as long to write as the page itself."""
        if not hasattr(self, "_written_config"):
            self._written_config: str = super()._generate_config_html()
        return self._written_config

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash calls it by name
        """The document for one request."""
        script = f'<script src="{self._files.address["js"]}"></script>'
        later = _used(parts["scripts"])
        parts["scripts"] = "\n".join([script, *map(_later, later)])
        parts["renderer"] = _later(parts["renderer"])
        parts["css"] = f'<link rel="stylesheet" href="{self._files.address["css"]}">'
        parts["title"] = escape(self._page_title())
        parts["favicon"] = f'<link rel="icon" href="{ICON}">'
        plain = early_page(self._page())
        asked = (*FIRST, *SHAPES.findall(plain))
        calls = (f'<link rel="preload" as="fetch" crossorigin href="{each}">' for each in asked)
        parts["app_entry"] = as_html(self._notice()) + plain + parts["app_entry"]
        fetched = (f'<link rel="preload" as="script" href="{each}">' for each in SOURCE.findall("".join(later)))
        parts["metas"] += "\n" + "\n".join([*calls, *fetched])
        return str(super().interpolate_index(**parts))


def _used(scripts: str) -> list[str]:
    return [
        line for line in scripts.replace("><script", ">\n<script").splitlines() if not any(u in line for u in UNUSED)
    ]


def _later(script: str) -> str:
    """A script that assets/early.js runs once the first picture is on the screen: Dash takes a second to start."""
    return script.replace(' type="application/javascript"', "").replace("<script", '<script type="later"')
