"""Nonsense in the address: a sentence that says what is wrong, and never a traceback."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
NOT_HERE = re.compile("not here|no such page")

NONSENSE = {
    "/places?indicator=nope": "nope",
    "/places?period=abc": "abc",
    "/places?place=%00": "no place",
    "/places?place=Atlantis": "There is no place 'Atlantis'",
    "/places?level=planet": "planet",
    "/places?as_of=31-31-2020": "31-31-2020",
    "/places?period=2018&period=2019": "twice",
    "/places?within=%3Cscript%3Ealert(1)%3C/script%3E": "<script>",
    "/places/trends?indicator=nope": "nope",
    "/places/trends?compare=stars": "stars",
    "/places/trends?first=Atlantis": "Atlantis",
    "/?within=Atlantis": "Atlantis",
    "/nowhere": "no such page",
}
IN_SHORT = ("/places?indicator=nope", "/places?within=%3Cscript%3Ealert(1)%3C/script%3E", "/nowhere")
"""One of each kind; the answers themselves are held to their words without a browser."""
KINDS = [address if address in IN_SHORT else pytest.param(address, marks=pytest.mark.long) for address in NONSENSE]


@pytest.mark.parametrize("address", KINDS)
def test_nonsense_in_the_address_is_answered_in_a_sentence(opened: Open, demonstration, address: str) -> None:
    page = opened(demonstration.address + address)
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_HERE)
    expect(page.locator("main")).to_contain_text(NONSENSE[address])
    expect(page.locator("body")).not_to_contain_text("Traceback")
    page.get_by_role("link", name="Start from this month").click()
    expect(page.get_by_role("article").first).to_be_visible()


def test_an_address_that_is_too_long_is_answered_in_a_sentence(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places?indicator={'x' * 2_990}")
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_HERE)
    expect(page.locator("main")).to_contain_text("too long")


def test_an_address_of_five_thousand_characters_is_refused_in_a_sentence(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places?indicator={'x' * 5_000}", expected="414", plain=True)
    expect(page.locator("body")).to_contain_text("This address is too long to be one of ours.")


@pytest.mark.parametrize("choice", ["basis=both", "group=age%3D999", "partner=nobody"])
def test_a_choice_that_is_not_offered_falls_back_to_what_is(opened: Open, demonstration, choice: str) -> None:
    page = opened(f"{demonstration.address}/places?{choice}")
    plain = opened(f"{demonstration.address}/places")
    assert page.locator(".card-map .headline").inner_text() == plain.locator(".card-map .headline").inner_text()


def test_a_page_without_a_map_asks_for_no_shapes(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places?indicator=nope")
    expect(page.locator("link[rel=preload][href*='/geo/']")).to_have_count(0)


def test_names_that_the_page_does_not_know_are_left_aside(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places?utm_source=letter")
    expect(page.get_by_role("listbox")).to_be_visible()
