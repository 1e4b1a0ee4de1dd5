"""The town map: a speech bubble where something was said, in the legend, in words, and in the table."""

import pytest
from driving import accuse
from playwright.sync_api import Page
from townmap_page import CLASSES, hover, mount, paint, press, said

TOWN = {"geoids": ["g1-0"], "name": "A2 Town", "words": "1 decision, 2 notes"}
AREA = {"geoids": ["g0-1", "g1-1", "g2-1"], "name": "The middle", "words": "1 story"}


def tell(page: Page, *marks: dict[str, object]) -> None:
    page.evaluate("(marks) => map.tell(marks)", list(marks))


def legend(page: Page) -> list[str]:
    return page.locator(".townmap-legend li").all_inner_texts()


def test_a_town_of_which_something_was_said_has_a_bubble_a_legend_and_words(page: Page) -> None:
    mount(page)
    before = legend(page)
    tell(page, TOWN)
    assert page.locator(".townmap-said .townmap-bubble").count() == 1
    assert legend(page) == [*before, "speech bubble: something was said about this place"]
    press(page, "Home", "ArrowRight")
    assert said(page).endswith(". What we said about A2 Town: 1 decision, 2 notes")
    assert hover(page, 1, 0).endswith("What we said about A2 Town: 1 decision, 2 notes")
    assert "said" not in hover(page, 2, 0)


def test_marks_stay_over_other_numbers_and_go_when_nothing_was_said(page: Page) -> None:
    mount(page)
    before = legend(page)
    tell(page, TOWN)
    paint(page, CLASSES[::-1])
    assert page.locator(".townmap-bubble").count() == 2  # on the map and in the legend
    tell(page)
    assert page.locator(".townmap-bubble").count() == 0
    assert legend(page) == before


def test_an_area_has_one_bubble_at_its_middle_and_each_of_its_towns_says_it(page: Page) -> None:
    mount(page)
    tell(page, AREA, {**TOWN, "geoids": ["g1-1"]})
    at = page.locator(".townmap-said .townmap-bubble").evaluate_all(
        "all => all.map((each) => each.getAttribute('transform'))"
    )
    assert [each.split(")")[0] for each in at] == ["translate(60 60", "translate(20 60"]  # beside the town's own
    assert "What we said about The middle: 1 story" in hover(page, 2, 1)


def test_bubbles_keep_their_size_when_the_map_zooms(page: Page) -> None:
    mount(page)
    tell(page, TOWN)
    wide = "document.querySelector('.townmap-said .townmap-bubble').getBoundingClientRect().width"
    before = page.evaluate(wide)
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(wide) == pytest.approx(before, abs=0.5)


def test_what_is_told_before_the_first_picture_stands_on_it_and_on_the_canvas_too(page: Page) -> None:
    page.evaluate("window.early = new TownMap(document.getElementById('map'))")
    page.evaluate(
        """([mark]) => { early.tell([mark]); early.geometry(harness.squares(80, 70));
                         early.paint(harness.picture("1".repeat(5600))); }""",
        [TOWN],
    )
    assert page.locator(".townmap-canvas").count() == 1
    assert page.locator(".townmap-said .townmap-bubble").count() == 1


def test_the_table_has_a_column_of_what_was_said_where_anything_was(page: Page) -> None:
    page.route("**/geo/*.json", lambda route: route.fulfill(json=page.evaluate("harness.squares(4, 3)")))
    page.evaluate("(classes) => dash_clientside.townmap.paint('/geo/a.json', harness.picture(classes), 'map')", CLASSES)
    page.wait_for_function("performance.getEntriesByName('map-painted').length > 0")
    page.get_by_text("The same numbers as a table").click()
    assert page.locator("thead th").last.inner_text() == "to"
    page.evaluate("(marks) => dash_clientside.townmap.said(marks, 'map')", [TOWN])
    page.wait_for_function("document.querySelector('thead th:last-child').textContent === 'What we said'")
    assert page.locator("tbody tr").nth(1).locator("td").last.inner_text() == "1 decision, 2 notes"
    assert page.locator("tbody tr").nth(0).locator("td").last.inner_text() == "–"
    assert accuse(page) == []
