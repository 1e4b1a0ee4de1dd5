"""The public pages in a browser: with and without script, wide, narrow and on paper, by keyboard and by touch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving import accuse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from public_site import PublicSite, public_site
from state_release import DEATHS, WINDOW, state_release

from dashboard.releases.file import write_release

pytestmark = pytest.mark.long

MAP = f"/r/1/map/{DEATHS}/{WINDOW}/all/"
TREND = f"/r/1/trend/{DEATHS}/25/all/"
PAGES = ["/r/1/", MAP, TREND, "/r/1/town/2501127060/", "/r/1/town/2501102095/", "/r/1/town/25011/", "/r/1/targets/",
         "/r/1/gaps/", "/r/1/said/", "/r/1/help/", "/about/", "/method/", "/accessibility/", f"/embed{MAP}",
         f"/embed{TREND}", f"/es{MAP}", "/es/r/1/", "/es/method/", f"{MAP}?instead=period", "/nowhere"]  # fmt: skip
SIDEWAYS = """() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
  && !each.closest(".scroll, .unseen, .skip, svg") && each.getBoundingClientRect().right > innerWidth + 1
).map((each) => each.outerHTML.slice(0, 120))"""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicSite]:
    home = tmp_path_factory.mktemp("public")
    write_release(state_release(shared), home / "releases")
    with public_site(home) as served:
        yield served


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=request.param, bypass_csp=False)
    yield context
    context.close()


@pytest.fixture
def read(browser: Browser, site: PublicSite) -> Iterator[Open]:
    """Open a page in a browser with script; whatever it complains of, or asks of another host, fails the test."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, width: int = 1366, touch: bool = False, expected: str = "") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=touch)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning")
                and not (expected and expected in said.text) else None)  # fmt: skip
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((site.address, "data:")) else
                faults.append(asked.url))  # fmt: skip
        page.goto(site.address + path)
        return page

    yield open_page
    cookies = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert (faults, cookies) == ([], [])


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_mend_wide_or_narrow(read: Open, path: str) -> None:
    page = read(path, expected="404" if path == "/nowhere" else "")
    assert accuse(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert accuse(page) == []
    assert page.evaluate(SIDEWAYS) == []
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert accuse(page) == []
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_mend_in_the_page_that_no_script_touched(read: Open, site: PublicSite, path: str) -> None:
    """axe is a script itself: here ours are kept from the page, and it reads what is left."""
    page = read("/about/", expected="404" if path == "/nowhere" else "")
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(site.address + path)
    assert page.locator("html.scripted").count() == 0
    assert accuse(page) == []


def test_without_script_everything_can_be_read(browser: Browser, site: PublicSite) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site.address + MAP)
    assert page.locator("svg.townmap path[data-id]").count() == 351
    assert "Boston:" in page.locator('path[data-id="2502507000"] title').text_content()
    page.get_by_text("The same numbers as a table").click()
    expect(page.get_by_role("row").filter(has_text="Worcester").first).to_be_visible()
    page.get_by_text("More people you can call").click()
    expect(page.get_by_role("link", name="877-696-1996")).to_be_visible()
    page.get_by_role("link", name="Worcester", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worcester")
    page.get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    context.close()


def test_the_map_is_walked_with_the_keyboard(read: Open) -> None:
    page = read(MAP)
    frame = page.get_by_role("listbox")
    frame.focus()
    page.keyboard.press("Home")
    expect(page.locator(".tip")).to_contain_text("Abington")
    page.keyboard.press("w")
    expect(page.locator(".tip")).to_contain_text("W")
    before = page.locator(".tip").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tip")).not_to_have_text(before)
    option = page.locator(f"#{frame.get_attribute('aria-activedescendant')}")
    assert option.text_content() == page.locator(".tip").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/town/**")


def test_the_arrow_leads_east(read: Open) -> None:
    page = read(MAP)
    page.get_by_role("listbox").focus()
    page.keyboard.press("Home")
    ids = page.locator("path[data-id]").evaluate_all("all => all.map((each) => each.dataset.id)")
    assert len(ids) == 351
    ring = "document.querySelector('.ring').getBoundingClientRect().x"
    start = page.evaluate(ring)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(ring) > start


def test_a_touch_shows_the_words_first_and_leads_on_the_second_time(read: Open) -> None:
    page = read(MAP, width=390, touch=True)
    town = page.locator('path[data-id="2502782000"]')
    town.tap()
    expect(page.locator(".tip")).to_contain_text("Worcester")
    town.tap()
    page.wait_for_url("**/town/2502782000/")


def test_choosing_switches_at_once_and_going_back_comes_back(read: Open) -> None:
    page = read(MAP)
    page.evaluate("window.stays = true")
    page.get_by_text("When").click()
    page.get_by_role("link", name="2024", exact=True).click()
    page.wait_for_url(f"**/map/{DEATHS}/2024/all/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("deaths, 2024")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2022 to 2024")
    assert page.evaluate("window.stays") is True
    page.get_by_role("listbox").focus()
    page.keyboard.press("Home")
    expect(page.locator(".tip")).to_contain_text("Abington")


def test_on_paper_the_menus_are_gone_and_the_helplines_are_there(read: Open) -> None:
    page = read(MAP)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Over time")).to_be_hidden()
    expect(page.get_by_text("From", exact=False).first).to_be_attached()
    assert page.locator("svg.townmap").bounding_box()["width"] > 300
    assert "911" in page.locator(".help").inner_text()


def test_nothing_is_stored_in_the_browser(read: Open) -> None:
    page = read(MAP)
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
