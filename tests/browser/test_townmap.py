"""The town map's script in a browser, on a page without Dash: what a person sees, hears and can press."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# 4 columns, 3 rows: A1 to A4, B1 to B4, C1 to C4; every state is among them
CLASSES = "12341z3usn04".replace("z", "0")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the test's output is for failures."""


@pytest.fixture(scope="module")
def harness() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=ROOT))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/tests/browser/townmap_harness.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, harness: str) -> Iterator[Page]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(harness)
    yield page
    page.close()
    assert faults == []


def mount(page: Page, classes: str = CLASSES, columns: int = 4, rows: int = 3, **more: object) -> None:
    """Put a map of squares into the page as `map`, painted with these classes."""
    page.evaluate(
        """([columns, rows, classes, more]) => {
          window.shapes = harness.squares(columns, rows);
          window.chosen = [];
          window.map = new TownMap(document.getElementById("map"), { onSelect: (geoid) => chosen.push(geoid) });
          map.geometry(shapes);
          map.paint(harness.picture(classes, more));
        }""",
        [columns, rows, classes, more],
    )


def paint(page: Page, classes: str, **more: object) -> int:
    painted = page.evaluate("([classes, more]) => map.paint(harness.picture(classes, more))", [classes, more])
    return int(painted)


def said(page: Page) -> str:
    """What a screen reader says of the current town: the active option's text."""
    active = page.get_by_role("listbox").get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text()


def press(page: Page, *keys: str) -> None:
    page.get_by_role("listbox").focus()
    for key in keys:
        page.keyboard.press(key)


def centre(page: Page, column: int, row: int) -> tuple[float, float]:
    """Where in the window the square of this column and row is."""
    at = page.evaluate("([x, y]) => map.view.onScreen([(x + 0.5) * 40, (y + 0.5) * 40])", [column, row])
    return at[0], at[1]


def hover(page: Page, column: int, row: int) -> str:
    page.mouse.move(*centre(page, column, row))
    return page.locator(".townmap-tooltip").inner_text()


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


def many(page: Page) -> str:
    """A map of 80 x 70 = 5,600 squares; answers its classes."""
    classes = ("01234" * 1120)[:5600]
    mount(page, classes, columns=80, rows=70)
    return classes


def seen(page: Page) -> str:
    """The part of the map that is seen: x, y, width and height in map units."""
    return page.locator(".townmap-picture").get_attribute("viewBox") or ""


def pixel(page: Page, column: int, row: int) -> list[int]:
    colour: list[int] = page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector(".townmap-canvas");
          const at = canvas.getBoundingClientRect();
          const ratio = canvas.width / at.width;
          const [px, py] = [Math.round((x - at.left) * ratio), Math.round((y - at.top) * ratio)];
          return [...canvas.getContext("2d").getImageData(px, py, 1, 1).data].slice(0, 3);
        }""",
        centre(page, column, row),
    )
    return colour


def test_beyond_five_thousand_places_a_canvas_draws_the_same_picture(page: Page) -> None:
    classes = many(page)
    assert page.locator(".townmap-towns path").count() == 0
    assert pixel(page, 4, 0) == [15, 90, 94]
    assert paint(page, classes[:4] + "1" + classes[5:]) == 1
    assert pixel(page, 4, 0) == [201, 221, 217]


def test_the_canvas_answers_pointer_and_keys_like_the_small_map(page: Page) -> None:
    many(page)
    assert hover(page, 6, 2).startswith("C7 Town: ")
    page.mouse.click(*centre(page, 6, 2))
    assert page.evaluate("chosen") == ["g6-2"]
    press(page, "ArrowRight", "Enter")
    assert page.evaluate("chosen") == ["g6-2", "g7-2"]


def test_a_new_legend_colours_the_canvas_anew(page: Page) -> None:
    classes = many(page)
    legend: list[dict[str, Any]] = page.evaluate("harness.LEGEND")
    legend[4]["fill"] = "#ff0000"
    paint(page, classes, legend=legend)
    assert pixel(page, 4, 0) == [255, 0, 0]


def adapt(page: Page, classes: str) -> None:
    """Paint through the adapter, as a clientside callback does."""
    page.route("**/geo/*.json", lambda route: route.fulfill(json=page.evaluate("harness.squares(4, 3)")))
    page.evaluate("(classes) => dash_clientside.townmap.paint('/geo/a.json', harness.picture(classes), 'map')", classes)
    page.wait_for_function("performance.getEntriesByName('map-painted').length > 0")


def test_the_adapter_paints_and_hands_the_choice_to_its_store(page: Page) -> None:
    adapt(page, CLASSES)
    press(page, "Home", "Enter")
    assert page.evaluate("said") == [["chosen", "g0-0"]]


def test_the_adapter_makes_a_new_map_when_the_element_is_a_new_one(page: Page) -> None:
    adapt(page, CLASSES)
    page.evaluate(
        """() => {
          const old = document.getElementById("map");
          const fresh = old.cloneNode(false);
          old.replaceWith(fresh);
          performance.clearMarks();
        }"""
    )
    assert page.locator(".townmap").count() == 0
    page.evaluate("(classes) => dash_clientside.townmap.paint('/geo/a.json', harness.picture(classes), 'map')", CLASSES)
    page.wait_for_function("performance.getEntriesByName('map-painted').length > 0")
    assert page.locator(".townmap-towns path").count() == 12


def test_shapes_are_fetched_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/geo/" in request.url else None)
    adapt(page, CLASSES)
    adapt(page, CLASSES[::-1])
    assert len(asked) == 1


def test_the_address_holds_what_is_chosen_and_leaves_out_what_is_empty(page: Page) -> None:
    page.evaluate("dash_clientside.townmap.address({indicator: 'deaths', group: '', place: null, period: '2018-2020'})")
    assert page.evaluate("location.search") == "?indicator=deaths&period=2018-2020"


def test_the_table_is_written_when_it_is_opened(page: Page) -> None:
    adapt(page, CLASSES)
    assert page.locator("#twin table").count() == 0
    page.locator("summary").click()
    page.locator("#twin table").wait_for()
    assert page.locator("#twin caption").inner_text() == "Overdose deaths by town, 2018 to 2020"
    assert page.locator("#twin tbody th").all_inner_texts()[:5] == [
        "A1 Town",
        "A2 Town",
        "A3 Town",
        "A4 Town",
        "B1 Town",
    ]


def test_the_table_has_a_word_wherever_there_is_no_number(page: Page) -> None:
    adapt(page, CLASSES)
    page.locator("summary").click()
    row = page.locator("#twin tbody tr")
    few, hidden, unknown = "too few for a rate", "hidden to protect people", "not reported"
    assert row.nth(0).locator("td").all_inner_texts() == ["West County", "10", "20,000", "25.0", "12.3", "46.0"]
    assert row.nth(5).locator("td").all_inner_texts() == ["West County", "0", "20,005", "0.0", "0.0", "18.4"]
    assert row.nth(7).locator("td").all_inner_texts() == ["East County", "4", "20,007", few, few, few]
    assert row.nth(8).locator("td").all_inner_texts() == ["West County", hidden, "20,008", hidden, hidden, hidden]
    assert row.nth(9).locator("td").all_inner_texts() == ["West County", unknown, "20,009", unknown, unknown, unknown]


def test_an_open_table_follows_the_picture(page: Page) -> None:
    adapt(page, CLASSES)
    page.locator("summary").click()
    page.locator("#twin tbody tr").nth(11).wait_for()
    adapt(page, "1" * 6 + " " * 6)
    page.wait_for_function("document.querySelectorAll('#twin tbody tr').length === 6")


def accuse(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_to_mend(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    adapt(page, CLASSES)
    assert accuse(page) == []
    page.locator("summary").click()
    page.locator("#twin table").wait_for()
    press(page, "Home", "ArrowRight", "Enter")
    assert accuse(page) == []
    page.get_by_role("button", name="Zoom in").click()
    assert accuse(page) == []


def test_axe_finds_nothing_to_mend_on_the_canvas(page: Page) -> None:
    many(page)
    press(page, "Home", "Enter")
    assert accuse(page) == []
