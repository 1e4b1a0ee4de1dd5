"""Every task by keyboard alone, on real files: reach, change, choose, open, follow."""

from collections.abc import Callable

import pytest
from driving import panel, said
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
BOSTON_2018 = "/places?indicator=opioid_overdose_death_rate&within=25&period=2018&basis=residence&level=town"
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels[0];
  return (label && label.innerText) || at.getAttribute("aria-label") || at.innerText || at.id || at.tagName;
}"""


def tab_to(page: Page, name: str, *, exact: bool = False, most: int = 60) -> None:
    """Press Tab until the element of this name has the focus; a person sees where the focus is on every stop."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(" ".join(str(page.evaluate(FOCUSED)).split()))
        if passed[-1] == name or (not exact and passed[-1].startswith(name)):
            return
        assert page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " || getComputedStyle(document.activeElement).boxShadow !== 'none'"
        ), f"nothing shows that {passed[-1]} has the focus"
    pytest.fail(f"{name} is not reached by Tab: {passed}")


def test_the_first_stop_skips_to_the_page(opened: Open, real) -> None:
    page = opened(real.address + "/places")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    tab_to(page, "Map", most=1)


def test_controls_change_the_map_by_keys(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    tab_to(page, "Period")
    page.keyboard.type("2016")
    expect(page.locator(".card-map .headline")).to_contain_text("2016")
    tab_to(page, "Counted")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#places-notes")).to_contain_text("by where it happened")


@pytest.mark.parametrize("label", ["Indicator", "Period", "Where", "Place", "Counted", "Colour by", "As known on"])
def test_every_control_is_a_stop(opened: Open, real, label: str) -> None:
    tab_to(opened(real.address + BOSTON_2018), label, exact=True)


def test_a_town_is_chosen_on_the_map_by_keys(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    tab_to(page, "Opioid overdose deaths, 2018")
    page.keyboard.type("boston")
    assert said(page).startswith("Boston: 27.3 per 100,000 residents a year (23.4 to 31.5); 181 deaths")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("2018: 181 deaths")
    assert page.get_by_role("listbox").evaluate("(each) => each === document.activeElement")


def test_a_town_is_chosen_in_the_menu_by_keys(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    tab_to(page, "Place", exact=True)
    page.keyboard.type("Boston")
    expect(panel(page)).to_contain_text("2018: 181 deaths")


def test_the_table_opens_and_the_file_is_reached_by_keys(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    tab_to(page, "The same numbers as a table")
    page.keyboard.press("Enter")
    expect(page.locator(".card-map table")).to_be_visible()
    tab_to(page, "Opioid overdose deaths, 2018")
    before = page.locator(".tabletwin").evaluate("(each) => each.scrollTop")
    page.keyboard.press("End")
    page.wait_for_function("(before) => document.querySelector('.tabletwin').scrollTop > before", arg=before)
    tab_to(page, "Download what is shown")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "places.csv"


def test_from_this_month_to_the_evidence_by_keys(opened: Open, real) -> None:
    page = opened(real.address + "/?within=25")
    tab_to(page, "See the map of opioid overdose deaths")
    page.keyboard.press("Enter")
    expect(page.locator(".card-map .headline")).to_contain_text("1,990 deaths")


def test_lines_are_compared_by_keys(opened: Open, real) -> None:
    page = opened(f"{real.address}/places/trends?place=2502507000&step=12")
    tab_to(page, "Compare: first")
    page.keyboard.type("Worcester")
    expect(page.locator(".chart-large")).to_contain_text("Worcester")
    tab_to(page, "The same numbers as a table")
    page.keyboard.press("Enter")
    expect(page.locator(".figure-large table")).to_contain_text("27.3 (23.4 to 31.5)")
