"""Every picture that a page shows, out of the page's own answer: nothing is drawn anew from numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from dashboard.exports.map_picture import ScreenMap
from dashboard.figures.render_svg import Picture

Shapes = Callable[[str], Mapping[str, Any] | None]
Shown = Picture | ScreenMap
GEOMETRY = "/geo/{}.json"


def pictures_of(answer: object, shapes: Shapes) -> list[Shown]:
    """Map first, then charts in the order in which they are read; `shapes` finds prepared shapes by their hash.

    `answer` is a page's answer, or several: any dataclass with charts among its parts, and a map where it has the
    address of shapes and paint.
    """
    parts = answer if isinstance(answer, tuple) else (answer,)
    maps = [found for part in parts if (found := _map(part, shapes))]
    return [*maps, *(chart for part in parts for chart in _charts(part))]


def _map(part: object, shapes: Shapes) -> ScreenMap | None:
    """The map of a page; None where it has none, or no shapes."""
    drawn = getattr(part, "drawn", part)
    paint, geometry = getattr(drawn, "paint", None), getattr(part, "geometry", "")
    before, after = GEOMETRY.split("{}")
    if not paint or not geometry:
        return None
    body = shapes(geometry.removeprefix(before).removesuffix(after))
    headline = getattr(part, "headline", "") or getattr(drawn, "headline", "")
    return ScreenMap(str(paint.get("title", headline)), headline, paint, body) if body else None


def _charts(part: object) -> Iterator[Picture]:
    if isinstance(part, Picture):
        yield part
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _charts(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _charts(getattr(part, field.name))
