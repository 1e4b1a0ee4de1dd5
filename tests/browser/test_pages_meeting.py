"""A whole meeting by keyboard on a projector: every screen, no network on the way, decisions that are not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PROJECTOR = {"width": 1920, "height": 1080}
Open = Callable[..., Page]


def number(page: Page) -> str:
    """Where the meeting is, as it says."""
    expect(page.locator(".screen:not([hidden])")).to_have_count(1)
    return page.locator("#where").inner_text()


def fits(page: Page) -> bool:
    """Whether the screen needs no scrolling, sideways or down, and its words can be read from afar."""
    return bool(page.evaluate(
        "() => { const root = document.documentElement, on = document.querySelector('.screen:not([hidden])');"
        "return root.scrollWidth <= innerWidth && root.scrollHeight <= innerHeight"
        " && on.scrollHeight <= on.clientHeight + 1"
        " && parseFloat(getComputedStyle(on.querySelector('h1')).fontSize) >= 48; }"
    ))  # fmt: skip


def faults(page: Page) -> Any:
    """What axe finds."""
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in Axe().run(page).response["violations"]]


def test_a_whole_meeting_by_keyboard_without_a_network(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + "/our-coalition/meetings", expected="ERR_INTERNET_DISCONNECTED")
    page.set_viewport_size(PROJECTOR)
    page.get_by_role("link", name="Open the meeting").first.click()
    assert number(page) == "1 of 7"
    assert faults(page) == []
    page.context.set_offline(True)
    for step, key in enumerate(("ArrowRight", "PageDown", "ArrowRight", "PageDown", "ArrowDown", "ArrowRight"), 2):
        page.keyboard.press(key)
        assert number(page) == f"{step} of 7"
        assert fits(page), f"screen {step} does not fit"
        assert f"screen={step}" in page.url
        assert page.locator("#code").inner_text().endswith(f"/{step}")
        assert faults(page) == []
    page.keyboard.press("ArrowRight")
    assert number(page) == "7 of 7"
    page.get_by_label("What was decided").fill("A second van")
    page.get_by_role("button", name="Save the decision").press("Enter")
    expect(page.get_by_text("Not saved yet: A second van")).to_be_visible()
    expect(page.get_by_text("No network: all screens are here. 1 not saved yet.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Saved: the decision. The network is back.")).to_be_visible()
    expect(page.get_by_text("Not saved yet: A second van")).to_have_count(0)
    page.locator("#room").press("Enter")
    page.locator("#where").click()
    for key, where in (("PageUp", "6 of 7"), ("Home", "1 of 7"), ("End", "7 of 7"), ("ArrowLeft", "6 of 7")):
        page.keyboard.press(key)
        assert number(page) == where
    assert "room=dark" in page.url
    page.reload()
    assert number(page) == "6 of 7"
    assert page.locator("html").get_attribute("data-room") == "dark"
    assert faults(page) == []
    page.keyboard.press("End")
    expect(page.get_by_text("A second van")).to_be_visible()
