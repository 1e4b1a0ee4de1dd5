"""What lies above the towns of a map as SVG: sites, a shape for every kind, and lines round clusters with letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import atanh, cos, pi, radians, sin
from typing import Any

from dashboard.figures.palette import INK, PAPER

EARTH_RADIUS_M = 6378137
"""As the shapes were projected (geo.projection, which brings shapely along; figures stay light): Web Mercator."""
STAR = "M" + "L".join(
    f"{(r := 3.8 if turn % 2 else 9) * sin(turn * pi / 5):.2f} {-r * cos(turn * pi / 5):.2f}" for turn in range(10)
) + "z"  # fmt: skip
SHAPES = {
    "verified": ("M-5.2 0a5.2 5.2 0 1 0 10.4 0a5.2 5.2 0 1 0 -10.4 0z", INK, PAPER),
    "listed": ("M-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0 -8.8 0z", PAPER, INK),
    "mobile": ("M0 -7L7 0L0 7L-7 0z", INK, PAPER),
    "candidate": ("M-1.2-4.5h2.4v3.3h3.3v2.4h-3.3v3.3h-2.4v-3.3h-3.3v-2.4h3.3z", INK, PAPER),
    "chosen": (STAR, "#ffd43b", INK),
}
"""Kind of a site -> its path in pixels, its fill and its edge, as the map of the screen has them."""
SITES = {"verified": "site that was verified", "listed": "site that is listed, not verified", "mobile": "mobile site",
         "candidate": "possible site", "chosen": "new site"}  # fmt: skip
LINES = {"sure": "thick: more than expected", "unsure": "dashed: perhaps ordinary differences",
         "emerging": "dotted: emerging cluster"}  # fmt: skip
"""Kind of a cluster -> the words of its line."""
CIRCLE = f'fill="{PAPER}" stroke="{INK}"'
DASHES = {"unsure": "9 6", "emerging": ".1 7"}
Point = tuple[float, float]


def sites(shape: Mapping[str, Any], marks: Sequence[Mapping[str, Any]], unit: float) -> str:
    """Sites on the grid of prepared shapes; `unit` is the length of a pixel on it. One without a place is left out."""
    return "".join(_site(at, mark, unit) for mark in marks if (at := _place(shape, mark)))


def marks_legend(paint: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sign of each kind of cluster and site on a map, and of the circle, 28 by 18 pixels large, with its words."""
    kinds = dict.fromkeys(mark["kind"] for mark in paint.get("sites", ()))
    lines = {each["kind"] for each in paint.get("outlines", ())}
    entries = [(_line_sign(kind), words) for kind, words in LINES.items() if kind in lines]
    entries += [(_sign(kind), SITES.get(kind, kind)) for kind in kinds]
    if paint.get("mark"):
        entries.append((f'<circle cx="14" cy="9" r="5" {CIRCLE} stroke-width="1.8"/>', str(paint["mark_label"])))
    return entries


def _line_sign(kind: str) -> str:
    dash = f' stroke-dasharray="{DASHES[kind]}"' if kind in DASHES else ""
    return f'<path d="M2 9H26" fill="none" stroke="{INK}" stroke-width="3.2" stroke-linecap="round"{dash}/>'


def _sign(kind: str) -> str:
    path, fill, edge = SHAPES.get(kind, SHAPES["listed"])
    return f'<path transform="translate(14 9)" d="{path}" fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'


def circles(shape: Mapping[str, Any], geoids: Sequence[str], unit: float) -> str:
    """A circle on each of these towns."""
    label_of = dict(zip(shape["geoid"], shape["label"], strict=True))
    return "".join(
        f'<circle cx="{label_of[geoid][0]}" cy="{label_of[geoid][1]}" r="{5 * unit:.1f}" {CIRCLE} '
        f'stroke-width="{1.8 * unit:.1f}"/>'
        for geoid in geoids
        if geoid in label_of
    )


def outlines(shape: Mapping[str, Any], clusters: Sequence[Mapping[str, Any]], unit: float) -> str:
    """A line round the towns of each cluster, with its letter."""
    path_of = dict(zip(shape["geoid"], shape["path"], strict=True))
    label_of = dict(zip(shape["geoid"], shape["label"], strict=True))
    return "".join(
        _cluster(each, [path_of[g] for g in own], label_of[own[0]], unit)
        for each in clusters
        if (own := [geoid for geoid in each["geoids"] if geoid in path_of])
    )


def _place(shape: Mapping[str, Any], mark: Mapping[str, Any]) -> Point | None:
    lon, lat = mark.get("lon"), mark.get("lat")
    if lon is None or lat is None:
        named = dict(zip(shape["geoid"], shape["label"], strict=True)).get(mark.get("geoid", ""))
        return (named[0], named[1]) if named else None
    scale = EARTH_RADIUS_M / shape["unit_m"]
    return radians(lon) * scale - shape["origin"][0], shape["origin"][1] - atanh(sin(radians(lat))) * scale


def _site(at: Point, mark: Mapping[str, Any], unit: float) -> str:
    path, fill, edge = SHAPES.get(mark["kind"], SHAPES["listed"])
    return (
        f'<path transform="translate({at[0]:.0f} {at[1]:.0f}) scale({unit:.3f})" d="{path}" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1.5"><title>{escape(str(mark["label"]), quote=False)}</title></path>'
    )


def _cluster(cluster: Mapping[str, Any], paths: Sequence[str], label: Sequence[float], unit: float) -> str:
    dash = DASHES.get(cluster["kind"], "")
    dashed = f' stroke-dasharray="{" ".join(f"{float(part) * unit:.1f}" for part in dash.split())}"' if dash else ""
    d = "".join(f"M{x} {y}L{u} {v}" for (x, y), (u, v) in _border(paths))
    line = f'<path d="{d}" fill="none" stroke-linecap="round"'
    size = 20 * unit
    return (
        f'{line} stroke="{PAPER}" stroke-width="{7 * unit:.1f}"/>{line} stroke="{INK}" stroke-width="{3.2 * unit:.1f}"'
        f'{dashed}/><text x="{label[0]}" y="{label[1] + size / 3:.0f}" font-size="{size:.0f}" font-weight="700" '
        f'text-anchor="middle" fill="{INK}" stroke="{PAPER}" stroke-width="{4 * unit:.1f}" paint-order="stroke" '
        f'font-family="sans-serif">{escape(str(cluster["label"]))}</text>'
    )


def _border(paths: Sequence[str]) -> list[tuple[Point, Point]]:
    """Segments that belong to one of the paths only: neighbours share their borders corner by corner."""
    left: dict[frozenset[Point], tuple[Point, Point]] = {}
    for ring in (ring for path in paths for ring in _rings(path)):
        for segment in pairwise((*ring, ring[0])):
            key = frozenset(segment)
            if left.pop(key, None) is None and len(key) == 2:
                left[key] = segment
    return list(left.values())


def _rings(path: str) -> Iterator[list[Point]]:
    """The corners of every ring of a path `M x y l dx dy ... z` of whole numbers."""
    for ring in path.split("M")[1:]:
        numbers = [float(each) for each in ring.translate(_LETTERS).replace("-", " -").split()]
        x = y = 0.0
        found = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=False):
            x, y = x + dx, y + dy
            found.append((x, y))
        if found:
            yield found


_LETTERS = str.maketrans("lz", "  ")
