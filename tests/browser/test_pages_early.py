"""What is there before Dash has loaded: the page itself, its map, its numbers."""

from playwright.sync_api import Browser, Page, expect

DASH = "**/dash_renderer.*"


def without_dash(browser: Browser, address: str) -> Page:
    """The page of a browser to which Dash never comes."""
    page = browser.new_context().new_page()
    page.route(DASH, lambda route: route.abort())
    page.goto(address)
    return page


def test_the_map_is_seen_before_dash_has_loaded(browser: Browser, real) -> None:
    page = without_dash(browser, f"{real.address}/places?indicator=opioid_overdose_death_rate&within=25&period=2018")
    expect(page.get_by_role("heading", name="Massachusetts, 2018: 1,990 deaths")).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.townmap-picture path').length >= 351")
    assert page.locator("#places-indicator").is_disabled()
    page.context.close()


def test_a_page_can_be_read_without_javascript(browser: Browser, real) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real.address}/places?indicator=opioid_overdose_death_rate&within=25&period=2018&place=Boston")
    expect(page.get_by_text("181 deaths").first).to_be_visible()
    expect(page.get_by_text("Loading")).to_be_hidden()
    context.close()


def test_the_real_page_takes_over_the_painted_map(browser: Browser, real) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{real.address}/places?within=25")
    page.wait_for_selector("#early", state="detached")
    expect(page.locator(".townmap-picture")).to_have_count(1)
    expect(page.locator("#places-indicator")).to_be_enabled()
    page.context.close()
