"""The town map: pointer, keys, tooltip and choice."""

import pytest
from playwright.sync_api import Browser, Page
from townmap_page import CLASSES, centre, hover, mount, press, said


def test_the_arrow_to_the_right_reaches_the_town_to_the_east(page: Page) -> None:
    mount(page)
    press(page, "Home", "ArrowRight")
    assert said(page).startswith("A2 Town")


def test_arrows_walk_in_all_four_directions(page: Page) -> None:
    mount(page)
    press(page, "Home", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp")
    assert said(page).startswith("B1 Town")


def test_an_arrow_off_the_map_stays_where_it_is(page: Page) -> None:
    mount(page)
    press(page, "Home", "ArrowUp")
    assert said(page).startswith("A1 Town")


def test_an_island_without_neighbours_is_reached_and_left(page: Page) -> None:
    page.evaluate("""() => {
      const squares = harness.squares;
      harness.squares = (...all) => {
        const made = squares(...all);
        made.neighbours = made.neighbours.map((each, at) => (at === 1 ? [] : each.filter((other) => other !== 1)));
        return made;
      };
    }""")
    mount(page)
    press(page, "Home", "ArrowRight")
    assert said(page).startswith("A2 Town")
    press(page, "ArrowRight")
    assert said(page).startswith("A3 Town")


def test_the_walk_leaves_out_towns_outside_of_the_chosen_part(page: Page) -> None:
    mount(page, "1 34" + CLASSES[4:])
    press(page, "Home", "ArrowRight")
    assert not said(page).startswith("A2 Town")
    assert page.get_by_role("option").get_attribute("aria-setsize") == "11"


def test_letters_jump_to_the_town_they_begin(page: Page) -> None:
    mount(page)
    press(page, "c", "3")
    assert said(page).startswith("C1 Town")
    page.evaluate("map.search('b3 t')")
    assert said(page).startswith("B3 Town")


def test_letters_no_town_begins_with_are_said_politely(page: Page) -> None:
    mount(page)
    press(page, "x")
    assert page.get_by_role("status").inner_text() == "No place on this map begins with “x”."


def test_enter_chooses_the_current_town_and_calls_back(page: Page) -> None:
    mount(page)
    press(page, "Home", "ArrowRight", "Enter")
    assert page.evaluate("chosen") == ["g1-0"]
    assert page.locator(".townmap-chosen").get_attribute("d") == page.evaluate("shapes.path[1]")
    assert page.get_by_role("option", selected=True).inner_text().startswith("A2 Town")
    assert page.get_by_role("status").inner_text() == "A2 Town is chosen."


def test_space_chooses_too_and_escape_clears(page: Page) -> None:
    mount(page)
    press(page, "Home", " ", "Escape")
    assert page.evaluate("chosen") == ["g0-0", ""]
    assert page.locator(".townmap-chosen").get_attribute("d") == ""


def test_the_map_is_one_tab_stop(page: Page) -> None:
    mount(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "listbox"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Zoom in"


def test_a_click_chooses_a_town(page: Page) -> None:
    mount(page)
    page.mouse.click(*centre(page, 2, 1))
    assert page.evaluate("chosen") == ["g2-1"]


def test_a_tap_chooses_a_town(browser: Browser, harness: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(harness)
    mount(page)
    page.touchscreen.tap(*centre(page, 1, 2))
    assert page.evaluate("chosen") == ["g1-2"]
    assert page.locator(".townmap-tooltip").inner_text() == "C2 Town: not reported"
    context.close()


def test_a_town_outside_of_the_chosen_part_cannot_be_chosen(page: Page) -> None:
    mount(page, " " + CLASSES[1:])
    page.mouse.click(*centre(page, 0, 0))
    assert page.evaluate("chosen") == []


def test_select_chooses_without_calling_back(page: Page) -> None:
    mount(page)
    page.evaluate("map.select('g3-0')")
    assert page.locator(".townmap-chosen").get_attribute("d") == page.evaluate("shapes.path[3]")
    assert page.evaluate("chosen") == []


@pytest.mark.parametrize(
    ("column", "row", "sentence"),
    [
        (0, 0, "A1 Town: 25.0 per 100,000 (12.3 to 46.0); 10 deaths among 20,000 residents"),
        (1, 1, "B2 Town: no deaths among 20,005 residents"),
        (3, 1, "B4 Town: 4 deaths among 20,007 residents, too few for a rate"),
        (0, 2, "C1 Town: hidden to protect people"),
        (1, 2, "C2 Town: not reported"),
    ],
    ids=["value", "zero", "unstable", "suppressed", "not reported"],
)
def test_the_tooltip_says_each_state_in_its_own_words(page: Page, column: int, row: int, sentence: str) -> None:
    mount(page)
    assert hover(page, column, row) == sentence
    press(page, "Home", *["ArrowRight"] * column, *["ArrowDown"] * row)
    assert said(page) == sentence


def test_numbers_are_written_in_the_language_of_the_page(page: Page) -> None:
    page.evaluate("document.documentElement.lang = 'de'")
    mount(page)
    assert hover(page, 0, 0) == "A1 Town: 25,0 per 100,000 (12,3 to 46,0); 10 deaths among 20.000 residents"


def test_the_tooltip_stays_in_the_window_and_beside_its_town(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    mount(page)
    for column, row in [(0, 0), (3, 0), (0, 2), (3, 2)]:
        hover(page, column, row)
        tip = page.locator(".townmap-tooltip").bounding_box()
        assert tip is not None
        assert tip["x"] >= 0
        assert tip["x"] + tip["width"] <= 320
        assert tip["y"] >= 0
        assert tip["y"] + tip["height"] <= 640
        x, y = centre(page, column, row)
        assert not (tip["x"] < x < tip["x"] + tip["width"] and tip["y"] < y < tip["y"] + tip["height"])


def test_a_name_with_markup_is_only_text(page: Page) -> None:
    page.evaluate("""() => {
      const squares = harness.squares;
      const name = Array(12).fill("<img src=x onerror=alert(1)>");
      harness.squares = (...all) => Object.assign(squares(...all), { name });
    }""")
    mount(page)
    assert hover(page, 0, 0).startswith("<img src=x onerror=alert(1)>: 25.0")
    assert page.locator("img").count() == 0
