"""Meeting mode as one plain HTML document: every screen is in it, so that a lost network changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.figures import render_svg
from dashboard.figures.palette import FILLS, Fill
from dashboard.figures.render_svg import Picture
from dashboard.figures.svg_map import TEXTURES, Drawn, picture, swatch
from dashboard.meetings.plain_text import as_html
from dashboard.meetings.rules import LONGEST
from dashboard.views.meeting_screens import Screen, Shown, TwoWay
from layouts.plain_document import LOADER

TEMPLATES = Path(__file__).parents[1] / "meeting_pages"
FIGURE_OF = {"gaps": "priority-gaps"}
"""Pages whose pictures have another name than their address."""
WIDE, HIGH, NARROW = 760, 330, 350
"""Pixels at which a chart's words have their size; on a projector it is shown at about twice that."""
SIGN = '<svg class="swatch" viewBox="0 0 28 18" width="28" height="18" aria-hidden="true">{}</svg>'
MAP_IDS = ("mapt", "mapd", *(f"t{texture}" for texture in sorted(TEXTURES)))
"""Ids inside a map, which may stand twice in one document."""


@dataclass(frozen=True)
class Around:
    """What stands around the screens, and what the address says: which screen, which room, a timer or none.

    `code` is the address for phones without its screen, `known` says of which day the numbers are.
    """

    title: str
    coalition: str
    meeting: str
    known: str
    home: str
    css: str
    js: str
    code: str = ""
    number: int = 1
    room: str = "light"
    timer: str = ""
    demonstration: bool = False
    may_write: bool = False
    empty: str = ""
    empty_said: str = ""


def build_meeting(around: Around, screens: Sequence[Screen]) -> str:
    """The whole document."""
    last = max(len(screens), 1)
    number = min(max(around.number, 1), last)
    named = {"meeting": around.meeting, "coalition": around.coalition, "room": around.room, "timer": around.timer}

    def to(**changed: str | int) -> str:
        kept = {name: value for name, value in ({"screen": number} | named | changed).items() if value}
        return f"/meeting?{urlencode(kept)}"

    page = vars(around) | {
        "number": number, "longest": LONGEST, "here": to(),
        "back": to(screen=max(number - 1, 1)), "next": to(screen=min(number + 1, last)),
        "other_room": to(room="" if around.room == "dark" else "dark"),
        "other_timer": to(timer="" if around.timer == "on" else "on"),
        "screens": [_drawn(screen) for screen in screens],
    }  # fmt: skip
    return templates().get_template("meeting.html").render(page=page)


@cache
def templates() -> Environment:
    """Templates that escape all they are given, and refuse a name they do not know."""
    files = ChoiceLoader([FileSystemLoader(TEMPLATES), LOADER])
    found = Environment(loader=files, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["written"] = lambda text: Markup(as_html(text))
    found.filters["files"] = picture_files
    return found


def _drawn(screen: Screen) -> dict[str, Any]:
    """A screen with its picture as SVG."""
    fills = screen.shown.picture.fills if isinstance(screen.shown.picture, Drawn) else FILLS
    legend = [(Markup(swatch(code, fills)), words) for code, words in screen.shown.legend]
    legend += [(Markup(SIGN.format(sign)), words) for sign, words in screen.shown.signs]
    return vars(screen) | {"kind": screen.kind.value, "pictures": _pictures(screen.number, screen.shown),
                           "flags": getattr(screen.shown.picture, "flags", ()), "legend": legend,
                           "two_way": screen.shown.two_way, "nine": _nine(screen.shown.two_way, fills)}  # fmt: skip


def _nine(legend: TwoWay | None, fills: Mapping[str, Fill]) -> list[tuple[str, list[Markup]]]:
    """The rows of a legend of two things at once: the words of each and its three signs."""
    rows = legend.rows if legend else ()
    return [(words, [Markup(swatch(str(1 + 3 * row + at), fills)) for at in range(3)])
            for row, words in enumerate(rows)]  # fmt: skip


def picture_files(href: str) -> list[tuple[str, str]]:
    """`SVG` and `PNG` with the addresses of the first picture of a page in the state of its address."""
    page = urlsplit(href)
    name = page.path.rsplit("/", 1)[-1]
    return [(form.upper(), f"/figure/{FIGURE_OF.get(name, name)}.{form}?{page.query}") for form in ("svg", "png")]


def _pictures(number: int, shown: Shown) -> list[dict[str, Any]]:
    """A map once; a chart twice, so that its words are large enough on a projector and on a phone."""
    if shown.picture is None:
        return []
    if isinstance(shown.picture, Drawn):
        return [{"css": "map", "svg": Markup(_own_ids(picture(shown.picture), number))}]
    return [{"css": css, "svg": Markup(_chart(shown.picture, width + number))}
            for css, width in (("wide", WIDE), ("narrow", NARROW))]  # fmt: skip


def _chart(chart: Picture, width: int) -> str:
    """A chart; a width of its own gives it ids of its own."""
    return render_svg.figure(chart, width, HIGH)


def _own_ids(svg: str, number: int) -> str:
    for name in MAP_IDS:
        svg = svg.replace(f'"{name}"', f'"{name}{number}"').replace(f"#{name})", f"#{name}{number})")
    return svg.replace("mapt mapd", f"mapt{number} mapd{number}")
