"""The town map: the canvas beyond 2,000 places, the adapter, the table twin, and axe."""

from typing import Any

import pytest
from driving import accuse
from playwright.sync_api import Page, Route
from townmap_page import CLASSES, centre, hover, mount, paint, press


def many(page: Page) -> str:
    """A map of 80 x 30 = 2,400 squares; answers its classes."""
    classes = "01234" * 480
    mount(page, classes, columns=80, rows=30)
    return classes


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


def test_beyond_two_thousand_places_a_canvas_draws_the_same_picture(page: Page) -> None:
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


TWO_QUESTIONS = """() => {
  const body = (key) => JSON.stringify({ output: "..map-geometry.data...map-paint.data..", key });
  const ask = (key) => fetch("/_dash-update-component", { method: "POST", body: body(key) });
  return Promise.all(["1", "2"].map((key) => ask(key).then((answer) => answer.json())));
}"""


def test_of_two_answers_only_the_one_that_was_asked_for_last_is_painted_and_reaches_dash(page: Page) -> None:
    squares = page.evaluate("harness.squares(4, 3)")
    pictures = {key: page.evaluate("(key) => harness.picture(key.repeat(12))", key) for key in "12"}
    asked: list[Route] = []

    def last_first(route: Route) -> None:
        asked.insert(0, route)
        for each in asked if len(asked) == 2 else ():
            picture = {"data": pictures[each.request.post_data_json["key"]]}
            each.fulfill(json={"response": {"map-geometry": {"data": "/geo/a.json"}, "map-paint": picture}})

    page.route("**/geo/*.json", lambda route: route.fulfill(json=squares))
    page.route("**/_dash-update-component", last_first)
    answers = page.evaluate(TWO_QUESTIONS)
    assert answers[0]["response"] == {}
    assert answers[1]["response"]["map-paint"]["data"]["classes"] == "2" * 12
    page.wait_for_function("performance.getEntriesByName('map-painted').length > 0")
    painted = page.locator(".townmap-towns path").evaluate_all("all => all.map((each) => each.getAttribute('class'))")
    assert painted == ["k2"] * 12


@pytest.mark.parametrize(("chosen", "answered"), [("2019", {"options"}), ("2017", {"options", "value"})])
def test_a_menu_that_was_chosen_while_its_answer_was_on_its_way_stays_where_it_still_may(
    page: Page, chosen: str, answered: set[str]
) -> None:
    years = "".join(f"<option>{year}</option>" for year in ("2017", "2018", "2019"))
    page.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', '<select id=when>{years}</select>')")
    page.select_option("#when", "2018")
    offered = [{"value": "2019"}, {"value": "36m"}]

    def late(route: Route) -> None:
        route.fulfill(json={"response": {"when": {"options": offered, "value": "36m"}}})

    page.route("**/_dash-update-component", late)
    answer = page.evaluate(
        """(chosen) => {
          const asked = { output: "a menu", inputs: [], state: [{ id: "when", property: "value", value: "2018" }] };
          const sent = fetch("/_dash-update-component", { method: "POST", body: JSON.stringify(asked) });
          document.getElementById("when").value = chosen;
          return sent.then((answer) => answer.json());
        }""",
        chosen,
    )
    assert set(answer["response"]["when"]) == answered


def test_a_plain_part_changes_in_place_so_that_what_was_unfolded_stays_so(page: Page) -> None:
    folded = "<p>{n} deaths</p><details><summary>Table</summary><b>{n}</b></details>"
    page.evaluate("document.querySelector('main').append(document.createElement('section'))")
    part = page.locator("section")
    write = "(part, html) => part.setAttribute('data-html', html)"
    part.evaluate(write, folded.format(n=181))
    part.locator("summary").click()
    part.evaluate(write, folded.format(n=245))
    assert part.locator("p").inner_text() == "245 deaths"
    assert part.locator("b").inner_text() == "245"
    assert part.locator("details").get_attribute("open") == ""
    part.evaluate(write, "<h2>Nothing here</h2>")
    assert part.evaluate("(part) => part.innerHTML") == "<h2>Nothing here</h2>"


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
    page.wait_for_function("location.search === '?indicator=deaths&period=2018-2020'")


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
    row.nth(11).wait_for()
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
