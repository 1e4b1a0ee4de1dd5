"""After an overdose, fairness and what changed, as a person uses them."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from driving import accuse, at_address, choose, row_of, sideways
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
PAGES = {
    "path": "/after-an-overdose?beside=place%3Ac-boston", "fairness": "/after-an-overdose/fairness?place=c-boston",
    "changed": "/what-changed?place=c-boston",
}  # fmt: skip


def open_twin(page: Page) -> Locator:
    page.get_by_text("The same numbers as a table").first.click()
    return page.locator(".card-map table").first


def test_the_path_is_followed_from_its_door_and_its_table_is_its_csv(demonstration: object, opened: Open) -> None:
    page = opened(demonstration.address)  # type: ignore[attr-defined]
    page.get_by_role("link", name="After an overdose", exact=True).click()
    expect(page.locator("h2.headline")).to_contain_text("known nonfatal overdoses in Franklin County")
    table = open_twin(page)
    link = page.get_by_role("link", name="Download what is shown (CSV)").get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(page.request.get(f"{demonstration.address}{link}").text())))  # type: ignore[attr-defined]
    for row in rows:
        if not row["step"].startswith("An end"):
            assert row_of(table, row["step"])[0].replace(",", "") == row["reached"]


def test_a_setting_and_a_second_place_are_in_the_address(demonstration: object, opened: Open) -> None:
    page = opened(f"{demonstration.address}/after-an-overdose?place=c-boston")  # type: ignore[attr-defined]
    choose(page, "Setting or population group", "Setting: Shelter")
    expect(page.locator("h2.headline")).to_contain_text("Setting: Shelter")
    choose(page, "Side by side with", "Merrimack Valley")
    expect(page.get_by_role("heading", level=3, name=re.compile("^Merrimack Valley"))).to_be_visible()
    at_address(page, place="c-boston", beside="place%3Ac-merrimack")
    again = opened(page.url)
    expect(again.locator("h2.headline")).to_have_text(page.locator("h2.headline").inner_text(), use_inner_text=True)


def test_interrupted_medication_has_a_path_of_its_own(demonstration: object, opened: Open) -> None:
    page = opened(f"{demonstration.address}/after-an-overdose")  # type: ignore[attr-defined]
    choose(page, "Path", "After interrupted medication")
    expect(page.locator("h2.headline")).to_contain_text("interruptions of medication")


def test_recording_is_said_before_groups_are_compared(demonstration: object, opened: Open) -> None:
    page = opened(f"{demonstration.address}/after-an-overdose/fairness?place=c-boston")  # type: ignore[attr-defined]
    said = page.locator(".card-map").inner_text()
    assert said.index("Race and ethnicity are known for") < said.index("by race and ethnicity in Boston Harbor")
    choose(page, "By", "Housing")
    expect(page.locator("h2.headline")).to_contain_text("by housing in Boston Harbor")
    choose(page, "Compared with", "Housed")
    expect(page.get_by_role("columnheader", name="Ratio to housed")).to_be_visible()
    at_address(page, by="housing", reference="housed")


def test_what_changed_stands_beside_this_month(demonstration: object, opened: Open) -> None:
    page = opened(demonstration.address)  # type: ignore[attr-defined]
    page.get_by_role("link", name="What changed", exact=True).click()
    expect(page.locator("h2.headline")).to_contain_text("Since")
    expect(page.get_by_role("heading", level=3, name="Changes beyond chance")).to_be_visible()
    expect(page.get_by_role("link", name="This month", exact=True).first).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_to_mend_and_nothing_sticks_out_on_a_phone(name: str, demonstration: object, opened: Open) -> None:
    page = opened(f"{demonstration.address}{PAGES[name]}", width=390, height=844)  # type: ignore[attr-defined]
    assert sideways(page) == []
    assert accuse(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_by_tab(name: str, demonstration: object, opened: Open) -> None:
    page = opened(f"{demonstration.address}{PAGES[name]}")  # type: ignore[attr-defined]
    wanted = set(page.locator(".controls :is(select:enabled, input)").evaluate_all("all => all.map(e => e.id)"))
    seen: set[str] = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id"))
    assert wanted - seen == set()
