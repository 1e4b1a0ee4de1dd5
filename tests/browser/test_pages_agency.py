"""My agency and People as somebody at this computer meets them; flags that lead from a chart to what was said."""

from collections.abc import Callable

import pytest
from driving import accuse, sideways
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
AGENCY = "/bring-numbers/agency?partner=c-franklin-harm-reduction"
PEOPLE = "/our-coalition/people"


@pytest.mark.parametrize(("path", "title"), [(AGENCY, "My agency"), (PEOPLE, "People")])
def test_the_page_opens_and_axe_finds_nothing_to_mend(opened: Open, demonstration, path: str, title: str) -> None:
    page = opened(demonstration.address + path)
    assert title in page.title()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert accuse(page) == []
    assert sideways(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) == []


def test_a_flag_on_a_trend_leads_to_what_was_said(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + "/places/trends?indicator=naloxone_kits_per_100k&step=3")
    flags = page.get_by_role("list", name="Flags on the chart")
    link = flags.get_by_role("link", name="Decision")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".remembered li:target")).to_contain_text("North Quabbin")
    assert accuse(page) == []
