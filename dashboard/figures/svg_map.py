"""The town map as SVG: one class a town in colour and texture, its words in a title: for the public, print, slides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dashboard.figures.flags import Flag
from dashboard.figures.palette import FILLS, INK, MUTED, PAPER, Fill
from dashboard.figures.svg_flags import town_flags
from dashboard.figures.svg_marks import circles, outlines, sites

PATTERN = 70
"""Side of a pattern, in units of the shapes' grid."""
TEXTURES = frozenset({"hatch", "dots", "stripes", "grid"})
"""Those that are a pattern; "outline" is an edge. No two classes of a map share one."""
MARGIN = 60
ACROSS = 860
"""Pixels across which a map is usually shown: marks above the towns have their size there."""


@dataclass(frozen=True)
class Painted:
    """One town of a map: its class character, its words and the address it leads to ("" for none)."""

    code: str
    said: str
    href: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a map is drawn from: prepared shapes by state, towns by geoid, a title and a sentence about the whole.

    `fills` are those of other classes than the usual ones. Above the towns lie `sites` and `outlines` of clusters, as
    the map of the screen takes them, circles on the towns that are `circled`, and the numbers of `flags` on the towns
    that each names instead of a day; they are drawn where there is one state.
    """

    shapes: Sequence[Mapping[str, Any]]
    towns: Mapping[str, Painted]
    title: str
    sentence: str
    fills: Mapping[str, Fill] = field(default_factory=lambda: FILLS)
    sites: Sequence[Mapping[str, Any]] = ()
    outlines: Sequence[Mapping[str, Any]] = ()
    circled: Sequence[str] = ()
    flags: Sequence[Flag] = ()


def picture(drawn: Drawn) -> str:
    """One `<svg role="img">`: towns grouped by class, county lines above them. Works as a file of its own."""
    left, top, right, bottom = _window(drawn)
    fills = {code: drawn.fills[code] for code in dict.fromkeys(town.code for town in drawn.towns.values())}
    parts = [_patterns(fills)]
    parts += [_state(shape, drawn, origin) for shape, origin in zip(drawn.shapes, _offsets(drawn.shapes), strict=True)]
    if len(drawn.shapes) == 1:
        unit = (right - left) / ACROSS
        parts += [outlines(drawn.shapes[0], drawn.outlines, unit), sites(drawn.shapes[0], drawn.sites, unit)]
        parts += [circles(drawn.shapes[0], drawn.circled, unit), town_flags(drawn.shapes[0], drawn.flags, unit)]
    box = f"{left} {top} {right - left} {bottom - top}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="townmap" viewBox="{box}" role="img" '
        f'aria-labelledby="mapt mapd"><title id="mapt">{escape(drawn.title)}</title>'
        f'<desc id="mapd">{escape(drawn.sentence)}</desc>{"".join(parts)}</svg>'
    )


def swatch(code: str, fills: Mapping[str, Fill] = FILLS) -> str:
    """The sign of a class for a legend: the same colour and texture as on the map."""
    fill, box = fills[code], 'x="1" y="1" width="26" height="16"'
    marks = {
        "hatch": '<path d="M1 9L9 1M1 17L17 1M9 17L25 1M17 17L27 7" stroke="' + INK + '" stroke-width="1.5"/>',
        "dots": "".join(f'<circle cx="{x}" cy="{y}" r="1.2"/>' for x in (6, 14, 22) for y in (5, 13)),
        "stripes": f'<path d="M1 5H27M1 13H27" stroke="{INK}" stroke-width="1.1"/>',
        "grid": f'<path d="M1 5H27M1 13H27M6 1V17M14 1V17M22 1V17" stroke="{PAPER}" stroke-opacity="0.55"/>',
    }.get(fill.texture, "")
    edge = fill.mark or MUTED
    width = "2" if fill.texture == "outline" else "1"
    return (
        f'<svg class="swatch" viewBox="0 0 28 18" width="28" height="18" aria-hidden="true" fill="{MUTED}"><rect {box} '
        f'fill="{fill.colour}" stroke="{edge}" stroke-width="{width}"/>{marks}</svg>'
    )


def _state(shape: Mapping[str, Any], drawn: Drawn, offset: tuple[int, int]) -> str:
    by_code: dict[str, list[str]] = defaultdict(list)
    for geoid, path in zip(shape["geoid"], shape["path"], strict=True):
        town = drawn.towns.get(geoid)
        by_code[town.code if town else " "].append(_town(geoid, path, town))
    groups = "".join(_group(code, drawn.fills[code], "".join(paths)) for code, paths in sorted(by_code.items()))
    lines = "".join(f'<path d="{outline["path"]}"/>' for outline in shape["outlines"])
    counties = f'<g fill="none" stroke="{MUTED}" stroke-width="10" class="counties">{lines}</g>'
    return f'<g transform="translate({offset[0]} {offset[1]})">{groups}{counties}</g>'


def _town(geoid: str, path: str, town: Painted | None) -> str:
    if town is None:
        return f'<path d="{path}"/>'
    href = f' data-to="{escape(town.href)}"' if town.href else ""
    return f'<path d="{path}" data-id="{geoid}"{href}><title>{escape(town.said, quote=False)}</title></path>'


def _group(code: str, fill: Fill, paths: str) -> str:
    paint = f"url(#t{fill.texture})" if fill.texture in TEXTURES else fill.colour
    edge = 'stroke="#aab4b8" stroke-width="5"'
    if fill.texture == "outline":
        edge = f'stroke="{fill.mark}" stroke-width="9"'
    return f'<g fill="{paint}" {edge} stroke-linejoin="round" class="k{code.strip() or "x"}">{paths}</g>'


def _patterns(fills: Mapping[str, Fill]) -> str:
    size, half = PATTERN, PATTERN // 2
    marks = {
        "hatch": f'<path stroke="{INK}" stroke-width="11" d="M0 {size}L{size} 0M{-half} {half}L{half} {-half}'
        f'M{half} {size + half}L{size + half} {half}"/>',
        "dots": f'<circle cx="{half}" cy="{half}" r="11" fill="{MUTED}"/>',
        "stripes": f'<path stroke="{INK}" stroke-width="9" d="M0 {half}H{size}"/>',
        "grid": f'<path stroke="{PAPER}" stroke-width="8" stroke-opacity="0.55" d="M0 {half}H{size}M{half} 0V{size}"/>',
    }
    found = "".join(
        f'<pattern id="t{fill.texture}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'<rect width="{size}" height="{size}" fill="{fill.colour}"/>{marks[fill.texture]}</pattern>'
        for fill in {fill.texture: fill for fill in fills.values() if fill.texture in marks}.values()
    )
    return f"<defs>{found}</defs>" if found else ""


def _offsets(shapes: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Where each state lies on one common grid, whose corner is the first state's."""
    if not shapes:
        return []
    x, y = shapes[0]["origin"]
    return [(shape["origin"][0] - x, y - shape["origin"][1]) for shape in shapes]


def _window(drawn: Drawn) -> tuple[int, int, int, int]:
    """What of the grid is shown: whole states, or the part around the towns where most have no number here."""
    corners: list[tuple[int, int]] = []
    for shape, (x, y) in zip(drawn.shapes, _offsets(drawn.shapes), strict=True):
        named = [at for geoid, at in zip(shape["geoid"], shape["label"], strict=True) if geoid in drawn.towns]
        if len(named) * 2 < len(shape["geoid"]):
            corners += [(x + at[0] + dx, y + at[1] + dy) for at in named for dx in (-250, 250) for dy in (-250, 250)]
        else:
            corners += [(x, y), (x + shape["width"], y + shape["height"])]
    if not corners:
        return 0, 0, 100, 60
    xs, ys = zip(*corners, strict=True)
    left, top, right, bottom = _extent(drawn)
    return (
        max(min(xs), left) - MARGIN,
        max(min(ys), top) - MARGIN,
        min(max(xs), right) + MARGIN,
        min(max(ys), bottom) + MARGIN,
    )


def _extent(drawn: Drawn) -> tuple[int, int, int, int]:
    """Where there are shapes at all: beyond them a map would show empty paper."""
    placed = list(zip(drawn.shapes, _offsets(drawn.shapes), strict=True))
    rights, bottoms = [x + each["width"] for each, (x, _) in placed], [y + each["height"] for each, (_, y) in placed]
    return min(x for _, (x, _) in placed), min(y for _, (_, y) in placed), max(rights), max(bottoms)
