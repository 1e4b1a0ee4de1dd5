"""A map that claims nothing, for a question that cannot be answered."""

from __future__ import annotations

from typing import Any

from dashboard.figures.palette import FILLS
from dashboard.views.shapes import Shapes


def blank_paint(shapes: Shapes | None) -> dict[str, Any]:
    """Every drawn place without a number, and said so."""
    places = len(shapes.geoids) if shapes else 0
    dots = FILLS["n"]
    return {
        "title": "Nothing to show",
        "classes": "n" * places,
        "states": "n" * places,
        "legend": [{"key": "n", "label": "no answer", "fill": dots.colour, "texture": dots.texture}],
        "columns": {},
        "sentence": {"not_reported": "{place}: no answer"},
        "sites": [],
        "outlines": [],
        "selected": "",
        "table": {"caption": "Nothing to show", "head": ["Town"], "columns": ["place"], "rows": []},
    }
