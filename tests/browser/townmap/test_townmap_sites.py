"""The town map: sites, with a shape for every kind, of one size, met by pointer and keyboard."""

from typing import Any

import orjson
import pytest
import shapely
from driving import accuse
from playwright.sync_api import Page
from townmap_page import CLASSES, centre, hover, mount, paint, press, said

from geo.boundaries import pack
from geo.shapes import Shape

KINDS = ["verified", "listed", "mobile", "candidate", "chosen"]


def site(geoid: str = "g1-1", label: str = "Clinic", kind: str = "verified", **more: object) -> dict[str, Any]:
    return {"lon": None, "lat": None, "geoid": geoid, "label": label, "kind": kind, **more}


def sizes(page: Page) -> list[float]:
    widths = "all => all.map((each) => Math.round(each.getBoundingClientRect().width * 10) / 10)"
    found: list[float] = page.locator(".townmap-sites path").evaluate_all(widths)
    return found


def test_every_kind_has_a_shape_of_its_own_and_the_legend_says_which(page: Page) -> None:
    mount(page, sites=[site(f"g{n % 4}-{n // 4}", kind=kind) for n, kind in enumerate(KINDS)])
    shapes = page.locator(".townmap-sites path").evaluate_all("all => all.map((each) => each.getAttribute('d'))")
    assert len(set(shapes)) == 5
    assert page.locator(".townmap-legend li").all_inner_texts()[-5:] == [
        "filled circle: verified open",
        "hollow circle: listed, not verified",
        "diamond: mobile stop",
        "small plus: possible site",
        "star: chosen site",
    ]


def test_the_legend_says_nothing_of_kinds_that_are_not_there(page: Page) -> None:
    mount(page, sites=[site(kind="listed")])
    texts = page.locator(".townmap-legend li").all_inner_texts()
    assert [text for text in texts if "circle" in text] == ["hollow circle: listed, not verified"]
    paint(page, CLASSES)
    assert page.locator(".townmap-sites path").count() == 0
    assert not any("circle" in text for text in page.locator(".townmap-legend li").all_inner_texts())


def test_a_site_stands_where_its_longitude_and_latitude_are(page: Page) -> None:
    quarters = [
        Shape(f"{x}{y}", f"{x}{y}", shapely.box(-73 + x, 42 + y, -72 + x, 43 + y)) for x in (0, 1) for y in (0, 1)
    ]
    geometry = orjson.loads(pack(quarters, level="town", vintage="2020"))
    corner = "([geometry, lon, lat]) => TownMapParts.onMap(geometry, lon, lat)"
    assert page.evaluate(corner, [geometry, -73, 44]) == pytest.approx([0, 0], abs=1)
    whole = [geometry["width"], geometry["height"]]
    assert page.evaluate(corner, [geometry, -71, 42]) == pytest.approx(whole, abs=1)
    # Mercator stretches by 1 / cos(latitude): 1 / cos 43.5° of the height is above the parallel of 43, that is 0.504
    across, down = page.evaluate(corner, [geometry, -72, 43])
    assert across == pytest.approx(whole[0] / 2, abs=1)
    assert 0.503 < down / whole[1] < 0.506


def test_sites_keep_their_size_when_the_map_zooms(page: Page) -> None:
    mount(page, sites=[site(kind=kind) for kind in KINDS])
    before = sizes(page)
    assert min(before) > 6
    page.get_by_role("button", name="Zoom in").click()
    assert sizes(page) == pytest.approx(before, abs=0.3)


def test_a_towns_sentence_says_its_sites(page: Page) -> None:
    many = [site("g2-0", f"Site {n}") for n in "ABCDE"]
    mount(page, sites=[site("g0-0", "Clinic", "listed"), site("g1-0", "Van", "candidate"), *many])
    press(page, "Home")
    assert said(page).endswith(". 1 site here: Clinic (listed, not verified)")
    press(page, "ArrowRight")
    assert said(page).endswith(". Possible site: Van")
    press(page, "ArrowRight")
    assert said(page).endswith(". 5 sites here: Site A, Site B, Site C and 2 more")
    press(page, "ArrowRight")
    assert "site" not in said(page).lower()


def test_a_label_that_says_its_kind_is_not_told_twice(page: Page) -> None:
    mount(page, sites=[site("g0-0", "Clinic, listed, not verified", "listed")])
    press(page, "Home")
    assert said(page).endswith(". 1 site here: Clinic, listed, not verified")


def test_a_site_under_the_pointer_says_itself_and_the_land_beside_it_its_town(page: Page) -> None:
    mount(page, sites=[site("g1-1", "Clinic"), site("g1-1", "Van", "mobile")])
    assert hover(page, 1, 1) == "Clinic and 1 more"
    x, y = centre(page, 1, 1)
    page.mouse.move(x + 40, y + 40)
    assert page.locator(".townmap-tooltip").inner_text().startswith("B2 Town: ")


def test_sites_of_one_point_lie_beside_one_another(page: Page) -> None:
    mount(page, sites=[site(label=str(n)) for n in range(3)])
    places = page.locator(".townmap-sites path").evaluate_all(
        "all => all.map((each) => { const at = each.getBoundingClientRect(); return [at.left, at.top]; })"
    )
    assert all(
        abs(a[0] - b[0]) + abs(a[1] - b[1]) > 5 for n, a in enumerate(places) for b in places[:n]
    )  # fmt: skip


def test_a_site_without_any_place_on_this_map_is_left_out(page: Page) -> None:
    mount(page, sites=[site("elsewhere"), site()])
    assert page.locator(".townmap-sites path").count() == 1


def test_the_same_sites_are_not_drawn_again(page: Page) -> None:
    mount(page, sites=[site()])
    page.evaluate("window.first = document.querySelector('.townmap-sites path')")
    paint(page, "2" * 12, sites=[site()])
    assert page.evaluate("first === document.querySelector('.townmap-sites path')")
    paint(page, "2" * 12, sites=[site(label="Another")])
    assert not page.evaluate("first === document.querySelector('.townmap-sites path')")


def test_the_canvas_has_sites_and_clusters_too(page: Page) -> None:
    outlines = [{"geoids": ["g6-2", "g7-2"], "label": "A", "kind": "sure"}]
    mount(page, "1" * 5600, columns=80, rows=70, sites=[site("g6-2")], outlines=outlines)
    assert page.locator(".townmap-canvas").count() == 1
    assert page.locator(".townmap-sites path").count() == 1
    assert page.evaluate("document.querySelector('.townmap-cluster').getTotalLength()") == pytest.approx(6 * 40)
    page.mouse.click(*centre(page, 6, 2))
    assert said(page).endswith(". In cluster A. 1 site here: Clinic")


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_to_mend_with_sites_clusters_and_two_things_at_once(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    fills = [["#e8e8e8", "#ace4e4", "#5ac8c8"], ["#dfb0d6", "#a5add3", "#5698b9"], ["#be64ac", "#8c62aa", "#3b4994"]]
    labels = {"across": ["near", "fair", "far"], "down": ["low", "middle", "high"]}
    outlines = [{"geoids": ["g0-0"], "label": kind[0].upper(), "kind": kind} for kind in ("sure", "unsure", "emerging")]
    mount(page, "123456789sn0", sites=[site(kind=kind) for kind in KINDS], outlines=outlines,
          bivariate={"across": "Access", "down": "Need", "fills": fills, "labels": labels})  # fmt: skip
    press(page, "Home", "Enter")
    assert accuse(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
