"""The line above the page: what it says when answers do not come, and what was chosen then is shown in the end."""

import re

from driving import accuse, choose
from playwright.sync_api import Browser, Page, Route, expect

UPDATE, STANDING = "**/_dash-update-component*", "**/standing"
IMPATIENT = "const wait = setTimeout; window.setTimeout = (act, ms, ...more) => wait(act, Math.min(ms, 40), ...more);"
"""The page does not wait for seconds before it asks again."""


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context().new_page()
    page.add_init_script(IMPATIENT)
    page.goto(f"{address}/places?indicator=opioid_overdose_death_rate&within=25&period=2018")
    expect(page.locator("#places-period")).to_be_enabled()
    return page


def test_what_is_chosen_while_the_store_is_away_comes_once_it_is_back(browser: Browser, real) -> None:
    page = opened(browser, real.address)
    line = page.locator("#notice")
    expect(line).to_have_text("")
    is_back: list[bool] = []

    def away(route: Route) -> None:
        route.continue_() if is_back else route.fulfill(status=503, content_type="text/plain", body="Away.")

    for asked in (UPDATE, STANDING):
        page.route(asked, away)
    choose(page, "Period", "2017")
    expect(line).to_contain_text("The store does not answer just now.")
    expect(page.get_by_role("heading", name="Massachusetts, 2018")).to_be_visible()
    assert accuse(page) == []
    is_back.append(True)
    expect(page.get_by_role("heading", name="Massachusetts, 2017")).to_be_visible()
    expect(line).to_have_text("")
    page.unroute_all(behavior="ignoreErrors")
    page.context.close()


def test_a_tab_of_an_earlier_version_says_that_it_is_to_be_reloaded(browser: Browser, real) -> None:
    page = opened(browser, real.address)
    page.route(UPDATE, lambda route: route.fulfill(
        status=400, content_type="text/plain", headers={"Coalition-Version": "another"}, body="It does not fit."
    ))  # fmt: skip
    choose(page, "Period", "2017")
    line = page.locator("#notice")
    expect(line).to_have_text(re.compile("The dashboard was renewed after this page was opened. Reload the page"))
    page.unroute_all(behavior="ignoreErrors")
    line.get_by_role("link", name="Reload the page").click()
    expect(page.get_by_role("heading", name="Massachusetts, 2018")).to_be_visible()
    expect(page.locator("#notice")).to_have_text("")
    page.context.close()
