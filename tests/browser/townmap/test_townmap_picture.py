"""The town map: what is drawn, in which class, with which words beside it."""

import pytest
from playwright.sync_api import Page
from townmap_page import CLASSES, centre, hover, mount, paint, seen


def test_a_repaint_touches_only_the_shapes_that_changed(page: Page) -> None:
    mount(page)
    page.evaluate(
        """() => {
          window.touched = [];
          const note = (all) => touched.push(...all.map((each) => each.target.getAttribute("d").split("l")[0]));
          const towns = document.querySelector(".townmap-towns");
          new MutationObserver(note).observe(towns, { attributes: true, subtree: true });
        }"""
    )
    changed = paint(page, "22341" + CLASSES[5:-1] + "3")
    assert changed == 2
    assert page.evaluate("new Promise((done) => setTimeout(() => done(touched)))") == ["M0 0", "M120 80"]


def test_the_same_picture_again_changes_nothing(page: Page) -> None:
    mount(page)
    assert paint(page, CLASSES) == 0


def test_every_town_has_the_colour_of_its_class(page: Page) -> None:
    mount(page)
    fill = "(at) => getComputedStyle(document.querySelectorAll('.townmap-towns path')[at]).fill"
    assert page.evaluate(fill, 0) == "rgb(201, 221, 217)"
    assert page.evaluate(fill, 3) == "rgb(15, 90, 94)"


def test_hidden_and_unreported_towns_carry_a_texture(page: Page) -> None:
    mount(page)
    fill = "(at) => getComputedStyle(document.querySelectorAll('.townmap-towns path')[at]).fill"
    for at in (8, 9):
        pattern = page.evaluate(fill, at).split("#")[1].rstrip('")')
        assert page.locator(f"pattern#{pattern}").count() == 1


def test_an_unstable_town_is_outlined(page: Page) -> None:
    mount(page)
    assert page.locator(".townmap-hollow").get_attribute("d") == page.evaluate("shapes.path[7]")


def test_the_legend_says_the_classes_and_only_the_states_that_are_there(page: Page) -> None:
    mount(page, "0123012s0123")
    assert page.locator(".townmap-legend li").all_inner_texts() == [
        "no deaths",
        "under 10 per 100,000",
        "10 to under 20",
        "20 to under 35",
        "35 and more",
        "hatched: hidden to protect people",
    ]


def test_the_map_fits_the_chosen_part_and_comes_back(page: Page) -> None:
    mount(page)
    whole = seen(page)
    paint(page, "12" + " " * 10)
    x, y, width, height = (float(each) for each in seen(page).split())
    assert x < 0
    assert y < 0
    assert 80 < x + width < 120
    assert 40 < y + height < 80
    paint(page, CLASSES)
    assert seen(page) == whole


def test_zoom_buttons_go_closer_and_back(page: Page) -> None:
    mount(page)
    whole = seen(page)
    assert page.get_by_role("button", name="Show the whole map").get_attribute("aria-disabled") == "true"
    page.get_by_role("button", name="Zoom in").click()
    assert seen(page) != whole
    page.get_by_role("button", name="Show the whole map").click()
    assert seen(page) == whole


def test_a_drag_moves_a_zoomed_map_and_chooses_nothing(page: Page) -> None:
    mount(page)
    page.get_by_role("button", name="Zoom in").click()
    before = seen(page)
    x, y = centre(page, 1, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=3)
    page.mouse.up()
    assert seen(page) != before
    assert page.evaluate("chosen") == []


def test_a_marked_town_is_circled_and_the_legend_says_why(page: Page) -> None:
    mount(page, mark=[{"geoid": "g1-1", "label": "Part of a hotspot."}], mark_label="hotspot")
    assert page.locator(".townmap-marks circle").count() == 1
    assert page.locator(".townmap-legend li").last.inner_text() == "circled: hotspot"
    assert hover(page, 1, 1) == "B2 Town: no deaths among 20,005 residents. Part of a hotspot."


@pytest.mark.parametrize("columns", [4, 80])
def test_a_map_that_was_out_of_sight_is_there_when_shown(page: Page, columns: int) -> None:
    page.evaluate("document.querySelector('main').hidden = true")
    mount(page, "1234" * columns * 20, columns=columns, rows=80)
    page.evaluate("document.querySelector('main').hidden = false")
    page.wait_for_function("map.view.size().width > 0")
    assert hover(page, 2, 1).startswith("B3 Town: ")


def test_the_tooltip_leaves_when_the_map_moves_under_the_pointer(page: Page) -> None:
    mount(page)
    hover(page, 1, 1)
    page.evaluate("map.view.zoom(2)")
    assert page.locator(".townmap-tooltip").is_hidden()


def test_schematic_shapes_say_so(page: Page) -> None:
    mount(page)
    assert page.locator(".townmap-note").inner_text() == "Schematic shapes: not official boundaries"


def test_a_payload_of_another_geometry_is_refused_with_the_reason(page: Page) -> None:
    mount(page)
    with pytest.raises(Exception, match="3 classes for 12 shapes"):
        paint(page, "123")
