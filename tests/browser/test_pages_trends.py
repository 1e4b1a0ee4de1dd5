"""Trends in the demonstration: up to four lines, small multiples, provisional months, changed definitions."""

import csv
import io
import re
from collections.abc import Callable

from driving import at_address, choose, quiet
from playwright.sync_api import Page, expect

Open = Callable[..., Page]

TRENDS = "/places/trends?indicator=opioid_related_ems_incidents&place=c-franklin&step=1"
KITS = "/places/trends?indicator=naloxone_kits_per_100k&place=c-franklin&step=12"


def lines(page: Page) -> list[dict]:
    """The lines of the chart as Plotly holds them: name, dash and how many points."""
    return page.evaluate(
        """() => document.querySelector(".js-plotly-plot").data
          .filter((each) => (each.mode || "").includes("lines") && !(each.line && each.line.width === 0))
          .map((each) => ({ name: each.name || "", dash: (each.line || {}).dash || "solid", points: each.x.length }))"""
    )


def column(page: Page, name: str) -> set[str]:
    """The distinct values of a column of the file behind the page's download."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download what is shown").click()
    rows = csv.DictReader(io.StringIO(download.value.path().read_bytes().decode()))
    return {row[name] for row in rows}


def table(page: Page) -> str:
    """What the table twin of the chart says."""
    summary = page.locator(".figure-large summary")
    if page.locator(".figure-large details[open]").count() == 0:
        summary.click()
    return page.locator(".figure-large table").inner_text()


def test_up_to_four_places_are_compared(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + TRENDS)
    for label, place in (("Compare: first", "Berkshire"), ("Second", "Boston Harbor"), ("Third", "Merrimack Valley")):
        choose(page, label, place)
        expect(page.locator(".card-map .headline")).to_contain_text(place)
    at_address(page, first="c-berkshire", second="c-boston", third="c-merrimack")
    quiet(page)
    wanted = {"Franklin County and North Quabbin", "Berkshire", "Boston Harbor", "Merrimack Valley"}
    assert column(page, "line") == wanted
    assert all(name in table(page) for name in wanted)


def test_population_groups_are_compared(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + KITS)
    choose(page, "Compare by", "Population groups")
    at_address(page, compare="group")
    expect(page.get_by_label("Compare: first").locator("option", has_text="Channel: Pharmacy")).to_be_attached()
    quiet(page)
    assert "Channel: Box" in column(page, "line")


def test_partners_are_compared(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + KITS)
    choose(page, "Compare by", "Partners")
    at_address(page, compare="partner")
    choose(page, "Compare: first", "Fernbrook Harm Reduction Project")
    choose(page, "Second", "Three Maples Apothecary")
    at_address(page, first="c-franklin-harm-reduction", second="c-franklin-pharmacy")
    quiet(page)
    assert column(page, "line") == {"Fernbrook Harm Reduction Project", "Three Maples Apothecary"}


def test_small_multiples_have_one_picture_a_line(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}{TRENDS}&first=c-berkshire&second=c-boston")
    expect(page.locator(".chart-large g.subplot")).to_have_count(1)
    choose(page, "Drawn as", "Small multiples")
    at_address(page, shape="apart")
    for axis in ("xy", "x2y2", "x3y3"):
        expect(page.locator(f".chart-large g.subplot.{axis}")).to_have_count(1)


def test_the_provisional_tail_is_dashed_and_said(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + TRENDS)
    assert {"solid"} < {line["dash"] for line in lines(page)}
    expect(page.get_by_text("provisional, may still change")).to_be_visible()
    assert "provisional" in table(page)


def test_a_change_of_definition_is_drawn_where_it_happened(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + TRENDS)
    drawn = page.evaluate("document.querySelector('.js-plotly-plot').layout.shapes.map((each) => String(each.x0))")
    assert any(day.startswith("2024-07") for day in drawn)
    expect(page.locator(".card-map")).to_contain_text("Withdrawal")


def test_a_copied_address_opens_the_same_trends(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/trends")
    choose(page, "Indicator", "Naloxone kits handed out")
    choose(page, "Where", "Massachusetts")
    choose(page, "In steps of", "Years")
    choose(page, "Compare: first", "Berkshire")
    at_address(page, indicator="naloxone_kits_per_100k", place="25", step="12", first="c-berkshire")
    quiet(page)
    copy = opened(page.url)
    assert copy.url == page.url
    assert copy.locator(".headline").inner_text() == page.locator(".headline").inner_text()
    assert table(copy) == table(page)
    assert copy.get_by_label("Compare: first").input_value() == "c-berkshire"


def test_a_place_compared_by_its_name_is_chosen_in_its_menu(opened: Open, demonstration) -> None:
    page = opened(f"{demonstration.address}/places/trends?place=Greenfield&first=Athol")
    chosen = page.get_by_label("Compare: first").locator("option:checked")
    expect(chosen).to_have_text("Athol")


def test_the_chart_has_no_toolbar_and_nothing_that_sends_it_elsewhere(opened: Open, demonstration) -> None:
    page = opened(demonstration.address + TRENDS)
    page.locator(".chart-large").hover()
    assert page.locator(".modebar-btn, .modebar-container a").count() == 0
    assert page.get_by_text(re.compile("share|plotly cloud|edit in chart studio", re.IGNORECASE)).count() == 0
