"""Pictures of pages as files: everything the page shows and nothing else, with what has to be said beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard.errors import InvalidQuery
from dashboard.exports import png_child
from dashboard.exports.framed import framed
from dashboard.exports.map_picture import ScreenMap, map_picture
from dashboard.exports.pictures import MISSING
from dashboard.exports.screen_pictures import pictures_of
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.figures.svg_marks import outlines, sites

CHART = IntervalChart("By <channel>", "Most came by post: 7 & more.", "kits", 1, (IntervalRow("Post", 7.0),))
BODY: dict[str, Any] = {
    "geoid": ["a", "b"], "name": ["Ashby", "Birch"], "path": ["M0 0l10 0 0 10 -10 0z", "M10 0l10 0 0 10 -10 0z"],
    "label": [[5, 5], [15, 5]], "outlines": [], "width": 20, "height": 10, "origin": [0, 0], "unit_m": 6378137.0,
}  # fmt: skip
PAINT: dict[str, Any] = {
    "title": "Need and access", "classes": "9s",
    "legend": [{"key": "s", "label": "hidden to protect people", "fill": "#d3dadd", "texture": "hatch"}],
    "bivariate": {"across": "Minutes", "down": "Need", "fills": [["#000001", "#000002", "#000003"]] * 2
                  + [["#000007", "#000008", "#000009"]],
                  "labels": {"across": ["near", "within", "beyond"], "down": ["low", "middle", "high"]}},
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    headline: str = "One town is far."
    geometry: str = "/geo/abc.json"
    paint: dict[str, Any] = field(default_factory=lambda: PAINT)
    charts: tuple[IntervalChart, ...] = (CHART,)
    other: int = 3


def test_a_pages_map_and_charts_are_found_in_the_order_they_are_read() -> None:
    found = pictures_of(Page(), {"abc": BODY}.get)
    assert found == [ScreenMap("Need and access", "One town is far.", PAINT, BODY), CHART]
    assert pictures_of(Page(), {}.get) == [CHART]
    assert pictures_of((CHART, None, "words"), {}.get) == [CHART]


def test_a_map_of_two_things_has_the_colours_and_words_of_the_screen() -> None:
    svg = map_picture(ScreenMap("t", "s", PAINT, BODY))
    town = re.search(r'<g fill="([^"]+)"[^>]*><path d="M0 0l10 0 0 10 -10 0z" data-id="a">', svg)
    assert town is not None
    assert town[1] == "#000009"
    assert 'fill="url(#thatch)"' in svg
    for words in ("high", "3: beyond", "hidden to protect people", "Need, from low to high"):
        assert words in svg
    ElementTree.fromstring(svg)


def test_a_line_goes_round_the_towns_of_a_cluster_and_not_between_them() -> None:
    svg = outlines(BODY, [{"geoids": ["a", "b"], "label": "A", "kind": "sure"}], 1.0)
    segments = set(re.findall(r"M([\d. ]+)L([\d. ]+)", svg))
    assert len(segments) == 6
    assert ("10.0 0.0", "10.0 10.0") not in segments
    assert "A</text>" in svg


def test_a_site_stands_where_the_shapes_were_projected_to() -> None:
    mark = {"lon": 180 / 3.141592653589793, "lat": 0.0, "label": "Main <Street>", "kind": "verified"}
    assert "translate(1 0)" in sites(BODY, [mark], 1.0)  # one radian east on a grid of earth radii
    assert "Main &lt;Street&gt;" in sites(BODY, [mark], 1.0)
    assert sites(BODY, [{**mark, "lon": None, "geoid": "nowhere"}], 1.0) == ""


def test_a_file_carries_its_sentence_and_what_has_to_be_said_with_it() -> None:
    svg = framed(CHART, ("As known on 22 November 2026.", "Sources: A & B."))
    told = " ".join(ElementTree.fromstring(svg).itertext())
    for words in ("By <channel>", "Most came by post: 7 & more.", "As known on 22 November 2026.", "Sources: A & B.",
                  "Demonstration"):  # fmt: skip
        assert (words in told) is (words != "Demonstration")


def test_a_png_is_made_in_a_process_of_its_own_and_says_where_it_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resvg_py")
    assert png_child.png_apart(framed(CHART, ())).startswith(b"\x89PNG")
    with pytest.raises(InvalidQuery, match="Take the SVG"):
        png_child.png_apart("<svg")
    monkeypatch.setattr(png_child.sys, "executable", "/bin/false")
    with pytest.raises(InvalidQuery, match="could not be drawn"):
        png_child.png_apart("<svg/>")
    assert "pip install" in MISSING
