"""Deserts, naloxone, priority gaps and what-ifs, as a person uses them; few, because each opens a browser's page."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from driving import accuse, at_address, choose, click_town, quiet, sideways
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
PAGES = ("/places/access", "/places/naloxone", "/places/gaps", "/places/what-if")


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_to_mend_and_nothing_sticks_out(opened: Open, demonstration, path: str) -> None:
    page = opened(demonstration.address + path)
    assert accuse(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_the_csv_holds_the_towns_of_the_table_as_the_controls_have_it(opened: Open, demonstration, path: str) -> None:
    page = opened(demonstration.address + path)
    page.get_by_label("Where", exact=True).select_option(label="Franklin County")
    link = page.get_by_role("link", name="Download what is shown (CSV)")
    expect(link).to_have_attribute("href", re.compile("within=25011"))
    page.get_by_role("region", name="Map").get_by_text("The same numbers as a table").click()
    names = page.locator(".tabletwin tbody th")
    names.first.wait_for()  # rows are written once the fold has opened
    shown = names.all_inner_texts()
    rows = csv.DictReader(io.StringIO(page.request.get(demonstration.address + str(link.get_attribute("href"))).text()))
    assert sorted(row["place"] for row in rows) == sorted(shown)


def test_a_moved_threshold_is_answered_and_stands_in_the_address(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/access?service=naloxone")
    page.get_by_label("Minutes, urban towns").fill("45")
    page.get_by_label("Minutes, rural towns").fill("45")
    expect(page.locator(".headline")).to_contain_text("45 minutes")
    at_address(page, urban="45", rural="45")
    quiet(page)
    copy = opened(page.url)
    assert copy.locator(".headline").inner_text() == page.locator(".headline").inner_text()


def test_a_threshold_of_nonsense_says_so_and_paints_no_answer(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/access")
    page.get_by_label("Minutes, urban towns").fill("-5")
    expect(page.locator(".headline")).to_contain_text("give a number from 1 to 240")
    expect(page.locator(".townmap-legend")).to_have_text("dotted: no answer")
    expect(page.get_by_text("Download what is shown (CSV)")).to_be_hidden()


def test_a_town_says_its_nearest_site_and_what_would_change_that(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/access?service=naloxone")
    click_town(page, "Athol")
    panel = page.get_by_role("region", name="What it hangs on")
    expect(panel).to_contain_text("Athol")
    expect(panel).to_contain_text("Nearest: ")


def test_a_placed_site_changes_the_sentence_and_is_taken_away_again(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/what-if?service=naloxone")
    click_town(page, "Athol")
    expect(page.locator(".headline")).to_contain_text("With a new site in Athol")
    choose(page, "Place or remove a site in", "Athol")
    expect(page.locator(".headline")).to_contain_text("Where would a new site help?")


def test_the_best_sites_come_by_keyboard_with_their_proof_and_are_saved(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/what-if?service=syringe_services&count=2")
    page.get_by_role("button", name="Find them").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Proved by the solver")).to_be_visible()
    at_address(page, best="yes")
    page.get_by_label("Title").fill("Two best")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Two best.")).to_be_visible()
    link = page.get_by_role("link", name="Two best").get_attribute("href")
    copy = opened(demonstration.address + str(link))
    expect(copy.get_by_text("Proved by the solver")).to_be_visible()
    assert copy.locator(".headline").inner_text() == page.locator(".headline").inner_text()


def test_the_next_kits_add_up(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/naloxone?kits=50")
    page.locator(".more details summary").click()
    numbers = page.locator(".more tbody tr td:nth-child(2)")
    numbers.first.wait_for()
    kits = numbers.all_inner_texts()
    assert sum(int(text) for text in kits) == 50


def test_where_no_site_is_known_the_map_claims_nothing(opened: Open, real) -> None:
    page = opened(f"{real.address}/places/gaps?service=syringe_services")
    expect(page.locator(".headline")).to_contain_text("nothing can be said")
    expect(page.locator(".townmap-legend")).to_have_text("dotted: need or access not known")
