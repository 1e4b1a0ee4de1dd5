"""This month: a handful of numbers, each a way to a page that shows the same number."""

import re
from collections.abc import Callable

import pytest
from driving import at_address, quiet
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def numbers(text: str) -> set[str]:
    """Whole and decimal numbers as they are written."""
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))


def evidence(page: Page, link: str) -> list[tuple[str, str]]:
    """The large number of every card, and where its link of this name leads."""
    cards = page.get_by_role("article").all()
    addresses = [card.get_by_role("link", name=re.compile(link)).get_attribute("href") or "" for card in cards]
    return [
        (card.locator(".card-figure").inner_text().strip("$%"), to) for card, to in zip(cards, addresses, strict=True)
    ]


@pytest.mark.parametrize("link", ["See the map", "See the trend"])
def test_every_link_of_a_card_leads_to_the_same_number(opened: Open, demonstration, link: str) -> None:
    page = opened(demonstration.address + "/")
    leads = evidence(page, link)
    assert 5 <= len(leads) <= 6
    for figure, address in leads:
        page.goto(demonstration.address + address)
        headline = page.locator(".card-map .headline")
        headline.wait_for()
        assert figure in numbers(headline.inner_text()), address


def test_another_area_has_its_own_numbers_and_address(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + "/")
    page.get_by_label("Whose numbers").select_option(label="Boston Harbor")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Boston Harbor")
    at_address(page, within="c-boston")
    quiet(page)
    copy = opened(page.url)
    assert copy.locator("#month-numbers").inner_text() == page.locator("#month-numbers").inner_text()
    expect(copy.get_by_label("Whose numbers")).to_have_value("c-boston")


@pytest.mark.parametrize("path", ["/", "/places", "/places/trends", "/bring-numbers", "/places?indicator=nope"])
def test_demonstration_data_say_so_on_every_page(opened: Open, demonstration, path: str) -> None:
    page = opened(demonstration.address + path)
    expect(page.get_by_text("Demonstration data, not real.")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/places", "/places/trends"])
def test_demonstration_data_say_so_in_every_row_of_a_file(opened: Open, demonstration, path: str) -> None:
    page = opened(demonstration.address + path)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download what is shown").click()
    rows = download.value.path().read_text().splitlines()
    assert len(rows) > 1
    assert all("demonstration data, not real" in row for row in rows[1:])
