"""Nonsense in the address: a sentence that says what is wrong, and never a traceback."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("demonstration")
Open = Callable[..., Page]
NOT_HERE = re.compile("not here|no such page")

NONSENSE = {
    "/places?indicator=nope": "nope",
    "/places?period=abc": "abc",
    "/places?place=%00": "no place",
    "/places?place=Atlantis": "There is no place 'Atlantis'",
    "/places?basis=both": "both",
    "/places?level=planet": "planet",
    "/places?partner=nobody": "There is no partner 'nobody'",
    "/places?group=age%3D999": "age=999",
    "/places?as_of=31-31-2020": "31-31-2020",
    "/places?period=2018&period=2019": "twice",
    "/places?within=%3Cscript%3Ealert(1)%3C/script%3E": "<script>",
    "/places/trends?indicator=nope": "nope",
    "/places/trends?compare=stars": "stars",
    "/places/trends?first=Atlantis": "Atlantis",
    "/?within=Atlantis": "Atlantis",
    "/nowhere": "no such page",
}


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_the_address_is_answered_in_a_sentence(opened: Open, demonstration, address: str) -> None:
    page = opened(demonstration.address + address)
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_HERE)
    expect(page.locator("main")).to_contain_text(NONSENSE[address])
    expect(page.locator("body")).not_to_contain_text("Traceback")
    page.get_by_role("link", name="Start from this month").click()
    expect(page.get_by_role("article").first).to_be_visible()


@pytest.mark.parametrize("length", [1_990, 5_000])
def test_an_address_that_is_far_too_long_is_answered_in_a_sentence(opened: Open, demonstration, length: int) -> None:
    page = opened(f"{demonstration.address}/places?indicator={'x' * length}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_HERE)


def test_names_that_the_page_does_not_know_are_left_aside(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places?utm_source=letter")
    expect(page.get_by_role("listbox")).to_be_visible()
