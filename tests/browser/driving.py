"""What a person does on a page and what they then see, for the tests of the pages."""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, Request, expect

AWAITED: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS_ONLY = {"runOnly": RULES, "resultTypes": ["violations"]}
"""All rules run; what they pass is not described, which takes twice as long as looking."""
AXE = Axe().axe_script
LOOK = """async (options) => (await axe.run(options)).violations.flatMap((each) =>
  each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 200)}`))"""
"""The faults alone come out of the browser: taking out all that axe notes takes half as long as looking."""
WHERE_A_TOWN_IS = """async (name) => {
  const fetched = performance.getEntriesByType("resource").map((each) => each.name);
  const shapes = await (await fetch(fetched.filter((each) => each.includes("/geo/")).pop())).json();
  const at = new DOMPoint(...shapes.label[shapes.name.indexOf(name)]);
  const seen = at.matrixTransform(document.querySelector(".townmap-towns").getScreenCTM());
  return [seen.x, seen.y];
}"""
SIDEWAYS = """() => [...document.querySelectorAll("body *")].filter((each) =>
  each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility() &&
  !each.closest(".table-scroll, .tabletwin, .townmap-unseen, .townmap-frame, .skip-link")
).map((each) => each.outerHTML.slice(0, 120))"""


def note_requests(page: Page) -> None:
    """Keep account of what a page has asked for and not been given yet, for `quiet`."""
    awaited = AWAITED[page] = set()
    page.on("request", lambda asked: awaited.add(asked))
    page.on("requestfinished", lambda asked: awaited.discard(asked))
    page.on("requestfailed", lambda asked: awaited.discard(asked))


def quiet(page: Page) -> None:
    """Until the page has awaited nothing for a tenth of a second; "networkidle" is only ever said once a page."""
    still = 0
    while still < 3:
        page.wait_for_timeout(40)
        still = 0 if AWAITED[page] else still + 1


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a menu by its words, as a person does."""
    fold = page.locator(".more-choices:not([open]) > summary")
    if fold.is_visible():
        fold.click()
    page.get_by_label(label, exact=True).select_option(label=option)


def click_town(page: Page, name: str) -> None:
    """Click the shape of a town."""
    page.locator(".townmap-frame").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(WHERE_A_TOWN_IS, name))


def hover_town(page: Page, name: str) -> str:
    """Point at a town; what the tooltip says."""
    page.locator(".townmap-frame").scroll_into_view_if_needed()
    page.mouse.move(*page.evaluate(WHERE_A_TOWN_IS, name))
    tooltip = page.locator(".townmap-tooltip")
    expect(tooltip).to_be_visible()
    return tooltip.inner_text()


def panel(page: Page) -> Locator:
    """The part of the map page that speaks of one place."""
    return page.get_by_role("region", name="One place")


def classes(page: Page) -> list[str]:
    """How every town is painted, in the order of the shapes."""
    return page.locator(".townmap-towns path").evaluate_all("all => all.map((each) => each.getAttribute('class'))")


def said(page: Page) -> str:
    """What a screen reader says of the current town."""
    active = page.get_by_role("listbox").get_attribute("aria-activedescendant")
    return page.locator(f"#{active}").inner_text()


def open_map_table(page: Page) -> Locator:
    """The table twin of the map, opened."""
    page.locator(".card-map summary").click()
    table = page.locator(".card-map table")
    table.wait_for()
    return table


def row_of(table: Locator, name: str) -> list[str]:
    """The cells of a row of a table, its name left out."""
    row = table.locator("tbody tr").filter(has=table.page.get_by_role("rowheader", name=name, exact=True))
    return row.locator("td").all_inner_texts()


def at_address(page: Page, **named: str) -> None:
    """Wait until the address bar holds these values."""
    for name, value in named.items():
        expect(page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"))


def accuse(page: Page) -> list[str]:
    """What axe finds to mend, one line a fault."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return list(page.evaluate(LOOK, FAULTS_ONLY))


def sideways(page: Page) -> list[str]:
    """What sticks out of the window to the right, once charts have taken the width of the window."""
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    return list(page.evaluate(SIDEWAYS))
