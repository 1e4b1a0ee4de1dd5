"""Targets as people use them: made, watched, changed and read again; by keyboard; without a fault that axe finds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from driving import accuse, at_address, sideways
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SIZES = ((1920, 1080), (1366, 768), (390, 844))
ATHOL = "/targets?target=c-franklin/c-franklin-opioid_overdose_death_rate-athol"
CONTACT = "/targets?target=c-franklin/c-franklin-contact_72h"
NEW = "/targets?target=new&indicator=contact_7d"
LABELS = {
    "baseline": "Baseline: where it stands now", "target": "Target: where it should be", "due": "Due day",
    "owner": "Owner: who answers for it", "who": "Your name", "why": "Why it is set or changed",
}  # fmt: skip


def write(page: Page, **named: str) -> None:
    """Write into fields of the form by their labels, and leave each by the keyboard."""
    for field, text in named.items():
        page.get_by_label(LABELS[field], exact=True).fill(text)
        page.keyboard.press("Tab")


def said(page: Page) -> str:
    """What the form says became of saving."""
    status = page.get_by_role("main").get_by_role("status")
    expect(status).not_to_be_empty()
    return status.inner_text()


def test_all_targets_of_the_command_stand_on_one_screen(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + "/targets?coalition=every")
    told = json.loads(own_demonstration.coalition("targets", "--format", "json"))
    expect(page.get_by_role("article")).to_have_count(len(told))
    seen = page.locator("main").inner_text()
    for row in told:
        assert row["sentence"].split(" likely")[0].rsplit(". ", 1)[0] in seen, row["target"]
    expect(page.locator(".headline")).to_contain_text(f"{len(told)} targets")


def test_a_filter_is_in_the_address_and_a_copied_link_shows_the_same(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + "/targets")
    page.get_by_label("Population group").select_option(label="Housing: Unhoused")
    expect(page.get_by_role("article")).to_have_count(1)
    at_address(page, group="housing%3Dunhoused")
    copy = opened(page.url)
    expect(copy.get_by_role("article")).to_have_count(1)
    assert copy.locator("#targets-list").inner_text() == page.locator("#targets-list").inner_text()


def test_a_target_is_made_watched_changed_and_its_history_read(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + NEW)
    write(page, target="90", owner="Night shift", who="Ann", why="agreed in May")
    expect(page.get_by_role("region", name="Can it be judged")).to_contain_text("would show in one year")
    page.get_by_role("button", name="Save").click()
    assert "Saved as version 1." in said(page)
    page.get_by_role("link", name="See the target").click()
    expect(page.locator("h1")).to_have_text("Contact within 7 days")
    expect(page.locator(".status").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Night shift")
    first = page.locator(".figure p").first.inner_text()
    assert re.match(r"(No data|Too few to tell|On track|Behind|Ahead|Met)", first)

    page.get_by_role("link", name="Change this target").click()
    expect(page.get_by_label(LABELS["target"], exact=True)).to_have_value("90")
    write(page, target="95", who="Ben", why="more staff since June")
    page.get_by_role("button", name="Save").click()
    assert "Saved as version 2." in said(page)
    page.get_by_role("link", name="See the target").click()
    history = page.get_by_role("region", name="Who, why and history").locator(".history li")
    expect(history).to_have_count(2)
    expect(history.first).to_contain_text("Ben")
    expect(history.first).to_contain_text("Target from 90 to 95.")
    expect(history.first).to_contain_text("more staff since June")
    expect(history.last).to_contain_text("agreed in May")
    page.get_by_role("link", name="All targets").click()
    expect(page.locator("main")).to_contain_text("Night shift")


def test_of_two_windows_the_second_is_told_that_the_first_saved(opened: Open, own_demonstration) -> None:
    one, other = (opened(own_demonstration.address + CONTACT + "&edit=1") for _ in range(2))
    for page, owner in ((one, "First group"), (other, "Second group")):
        write(page, owner=owner, who="Ann", why="test")
    one.get_by_role("button", name="Save").click()
    assert "Saved as version" in said(one)
    other.get_by_role("button", name="Save").click()
    assert "Somebody else saved this target" in said(other)
    expect(other.get_by_label(LABELS["owner"], exact=True)).to_have_value("Second group")  # nothing typed is lost


def test_faults_stand_beside_their_fields_and_nothing_is_saved(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + NEW)
    before = len(json.loads(own_demonstration.coalition("targets", "--format", "json")))
    write(page, baseline="", target="lots", due="2020-01-01")
    page.get_by_role("button", name="Save").click()
    assert "6 fields need another look" in said(page)
    for field, fault in (("baseline", "A target needs a baseline"), ("target", "'lots' is not a number"),
                         ("due", "is in the past"), ("who", "Write your name")):  # fmt: skip
        expect(page.locator(f"#aim-fault-{field}")).to_contain_text(fault)
    write(page, baseline="60", target="30")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#aim-fault-target")).to_contain_text("Higher is better")
    assert len(json.loads(own_demonstration.coalition("targets", "--format", "json"))) == before


def test_what_can_hardly_be_judged_is_said_with_something_to_watch_beside_it(opened: Open, own_demonstration) -> None:
    page = opened(
        own_demonstration.address + "/targets?target=new&indicator=opioid_overdose_death_rate&place=2502702480"
    )
    write(page, target="1")
    judged = page.get_by_role("region", name="Can it be judged")
    expect(judged).to_contain_text("would show in one year")
    expect(judged).to_contain_text("watch what is done as well")
    judged.get_by_role("link").first.click()
    expect(page.get_by_label("Indicator", exact=True)).not_to_have_value("opioid_overdose_death_rate")


def test_a_target_is_made_by_keyboard_alone(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + "/targets?target=new&indicator=contact_30d")
    page.get_by_label(LABELS["baseline"], exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("90")
    for label, text in (("owner", "Keys"), ("who", "Kim"), ("why", "by hand")):
        for _ in range(14):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == f"aim-{label}":
                break
        page.keyboard.type(text)
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "aim-save":
            break
    page.keyboard.press("Enter")
    assert "Saved as version 1." in said(page)


@pytest.mark.parametrize("address", ["/targets", CONTACT, ATHOL, NEW])
def test_axe_finds_no_fault(opened: Open, own_demonstration, address: str) -> None:
    page = opened(own_demonstration.address + address)
    for fold in page.locator("summary").all():
        fold.click()
    assert accuse(page) == []


@pytest.mark.parametrize("address", ["/targets", CONTACT, NEW])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_sticks_out(opened: Open, own_demonstration, address: str, width: int, height: int) -> None:
    assert sideways(opened(own_demonstration.address + address, width=width, height=height)) == []


def test_the_first_page_counts_the_targets(opened: Open, own_demonstration) -> None:
    page = opened(own_demonstration.address + "/")
    expect(page.locator(".targets-line")).to_contain_text(re.compile(r"\d+ targets: "))
    page.get_by_role("link", name="See the targets").click()
    expect(page.locator("#targets-list .headline")).to_be_visible()
