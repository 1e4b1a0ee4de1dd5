"""A steward's whole month by clicks: a file, its choice, saving, undo, a few numbers, and none this month."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from driving import accuse, sideways
from playwright.sync_api import Page, expect

from dashboard.domain import Period, add_months

NEWEST = add_months(datetime.now(UTC).date().replace(day=1), -1)


def month(back: int) -> str:
    return str(Period(add_months(NEWEST, -back), add_months(NEWEST, 1 - back)))


def posts(page: Page, button: str) -> None:
    """Press a button that posts its form, and wait for the page that comes back."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_selector("#early", state="detached")


def fine(page: Page) -> None:
    """No fault that axe knows, and nothing beside the screen on a phone."""
    assert accuse(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_stewards_month_takes_a_few_clicks(newcomer: Any, opened: Callable[..., Page], tmp_path: Path) -> None:
    file = tmp_path / "kits.csv"
    file.write_text(f"Naloxone kits\nTown,{month(1)},{month(0)}\nAthol,12,9\nOrange,7,8\n")
    page = opened(f"{newcomer.address}/bring-numbers", plain=True)
    page.get_by_role("link", name="Stonecrop Outreach").click()
    page.wait_for_selector("#early", state="detached")
    fine(page)

    page.get_by_label("Spreadsheet").set_input_files(file)
    posts(page, "Read the file")
    expect(page.locator("h1")).to_contain_text("kits.csv is understood, but for 1 choice")
    page.get_by_label("Which town does a row mean?").select_option("occurrence")
    posts(page, "Use these answers")
    expect(page.locator("h1")).to_contain_text("ready to save: 4 new numbers")
    posts(page, "Save these numbers")
    expect(page.locator("h1")).to_contain_text("Saved: 4 new numbers")

    page.get_by_label("Town 1").fill("Athol")
    page.get_by_label("Number 1").fill("3")
    page.locator("#bring-partner-measure").select_option("naloxone_kits")
    posts(page, "Look at them")
    expect(page.locator("h1")).to_contain_text("1 changed")
    expect(page.get_by_role("heading", name="This is unusual")).to_be_visible()
    page.get_by_label("What happened?").fill("Counted twice before")
    posts(page, "Save these numbers")
    expect(page.locator(".history")).to_contain_text("Counted twice before")

    page.locator("#bring-partner-none-measure").select_option("naloxone_kits")
    page.locator("#bring-partner-none-period").select_option(month(2))
    posts(page, "None this month")
    expect(page.locator("h1")).to_contain_text("Saved: none (Two-dose naloxone kits handed out): 2 true zeros")
    posts(page, "Undo")
    expect(page.locator("h1")).to_contain_text("is undone")
    expect(page.locator(".history")).to_contain_text("Undone on")
    fine(page)


def test_a_file_is_brought_with_the_keyboard_alone(newcomer: Any, opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(f"{newcomer.address}/bring-numbers/partner?partner=stonecrop", plain=True)
    file = tmp_path / "people.csv"
    file.write_text("First name,DOB,Town\nZebulon,3/4/1960,Athol\nQuintessa,5/6/1970,Orange\nYsolde,7/8/1980,Gill\n")
    with page.expect_file_chooser() as chooser:  # only a page that answers again is known to have heard of it
        page.locator("#bring-partner-file").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#early", state="detached")
    expect(page.locator("h1")).to_contain_text("Nothing can be saved yet")
    expect(page.locator("#main")).to_contain_text("people's names")
    expect(page.locator("#main")).not_to_contain_text("Zebulon")
    fine(page)
