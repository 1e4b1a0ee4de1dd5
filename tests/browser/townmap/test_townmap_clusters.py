"""The town map: one line round the towns of a cluster, its letter, and two things at once in nine colours."""

from typing import Any

import numpy as np
import orjson
import pytest
import shapely
from playwright.sync_api import Page
from townmap_page import hover, mount, paint, press, said

from geo.boundaries import pack
from geo.shapes import Shape

FILLS = [["#e8e8e8", "#ace4e4", "#5ac8c8"], ["#dfb0d6", "#a5add3", "#5698b9"], ["#be64ac", "#8c62aa", "#3b4994"]]
LABELS = {"across": ["near", "fair", "far"], "down": ["low", "middle", "high"]}
NINE = {"across": "Access", "down": "Need", "fills": FILLS, "labels": LABELS}


def cluster(*geoids: str, label: str = "A", kind: str = "sure") -> dict[str, Any]:
    return {"geoids": geoids, "label": label, "kind": kind}


def length(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.townmap-cluster').getTotalLength()"))


def test_one_line_goes_round_the_towns_together_and_none_between_them(page: Page) -> None:
    mount(page, outlines=[cluster("g0-0", "g1-0", "g0-1")])  # an L of three squares: eight sides of 40
    assert page.locator(".townmap-clusters .townmap-cluster").count() == 1
    assert length(page) == pytest.approx(320)


def test_a_town_left_out_in_the_middle_is_outlined_as_a_hole(page: Page) -> None:
    around = [f"g{x}-{y}" for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    mount(page, outlines=[cluster(*around)])
    assert length(page) == pytest.approx(12 * 40 + 4 * 40)


def test_the_line_is_the_border_of_the_union_of_packed_shapes(page: Page) -> None:
    rng = np.random.default_rng(7)
    points = shapely.multipoints(np.column_stack([rng.uniform(-73, -71, 60), rng.uniform(41.5, 42.5, 60)]))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=shapely.box(-73, 41.5, -71, 42.5)))
    geometry = orjson.loads(
        pack([Shape(f"{n:02}", str(n), cell) for n, cell in enumerate(cells)], level="town", vintage="v")
    )
    members = [0, *geometry["neighbours"][0], 40, 41, 42]
    drawn = page.evaluate(
        """(paths) => {
          const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
          path.setAttribute("d", TownMapParts.union(paths));
          return path.getTotalLength();
        }""",
        [geometry["path"][n] for n in members],
    )
    union = shapely.union_all([polygon(geometry["path"][n]) for n in members])
    assert drawn == pytest.approx(union.length, rel=1e-4)


def polygon(path: str) -> shapely.Polygon:
    """The polygon of a path of one ring."""
    numbers = [int(n) for n in path[1:-1].replace("l", " ").replace("-", " -").split()]
    return shapely.Polygon(np.cumsum(np.array(numbers).reshape(-1, 2), axis=0))


def test_a_cluster_that_ordinary_differences_may_explain_is_dashed_and_says_so(page: Page) -> None:
    mount(page, outlines=[cluster("g0-0", "g1-0"), cluster("g3-2", label="B", kind="unsure")])
    dashes = "all => all.map((each) => getComputedStyle(each).strokeDasharray)"
    sure, unsure = page.locator(".townmap-clusters .townmap-cluster").evaluate_all(dashes)
    assert sure == "none"
    assert unsure != "none"
    assert page.locator(".townmap-legend li").all_inner_texts()[-2:] == [
        "thick line: cluster with more than expected",
        "dashed line: cluster that ordinary differences between towns may explain",
    ]
    press(page, "Home")
    assert said(page).endswith(". In cluster A")
    press(page, "End")
    assert said(page).endswith(". In cluster B, which ordinary differences between towns may explain")


def test_the_letter_stands_on_a_town_of_the_cluster(page: Page) -> None:
    mount(page, outlines=[cluster("g0-0", "g0-1", "g0-2", "g1-2", "g2-2", label="C")])  # the mean lies outside
    letter = page.locator(".townmap-letter").bounding_box()
    assert letter is not None
    middle = (letter["x"] + letter["width"] / 2, letter["y"] + letter["height"] / 2)
    town = page.evaluate("([x, y]) => map.view.onMap(x, y).map((each) => Math.floor(each / 40))", middle)
    assert f"g{town[0]}-{town[1]}" in {"g0-0", "g0-1", "g0-2", "g1-2", "g2-2"}
    assert page.locator(".townmap-letter").text_content() == "C"


def test_letters_keep_their_size_when_the_map_zooms(page: Page) -> None:
    mount(page, outlines=[cluster("g1-1", "g2-1")])
    before = page.locator(".townmap-letter").bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    after = page.locator(".townmap-letter").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"], abs=0.3)


def test_clusters_leave_with_their_picture(page: Page) -> None:
    mount(page, outlines=[cluster("g0-0"), cluster("unknown", label="B")])
    assert page.locator(".townmap-letter").count() == 1
    paint(page, "1" * 12)
    assert page.locator(".townmap-letter").count() == 0
    assert "cluster" not in hover(page, 0, 0)


def test_two_things_at_once_have_nine_colours_and_a_legend_that_is_a_table(page: Page) -> None:
    mount(page, "123456789771", bivariate=NINE)
    fill = "(at) => getComputedStyle(document.querySelectorAll('.townmap-towns path')[at]).fill"
    assert page.evaluate(fill, 6) == "rgb(190, 100, 172)"  # class 7: high need, near
    table = page.locator(".townmap-bivariate table")
    assert table.locator("caption").inner_text() == "Need: from top to bottom. Access: from left to right."
    assert table.locator("thead th").all_inner_texts() == ["near", "fair", "far"]
    assert table.locator("tbody th").all_inner_texts() == ["low", "middle", "high"]
    counts = table.locator("tbody td").all_text_contents()
    assert [counts[0], counts[1], counts[6]] == ["2 towns", "1 town", "3 towns"]


def test_the_flat_legend_keeps_what_is_none_of_the_nine(page: Page) -> None:
    mount(page, "123456789s11", bivariate=NINE)
    assert page.locator(".townmap-legend > li:not(.townmap-bivariate)").all_inner_texts() == [
        "no deaths",
        "hatched: hidden to protect people",
    ]
