"""The map page on real files: choose, click a town, read the number that its publisher printed."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from driving import at_address, choose, classes, click_town, hover_town, open_map_table, panel, quiet, row_of, said
from playwright.sync_api import Page, Route, expect

Open = Callable[..., Page]

MASSACHUSETTS = "/places?indicator=opioid_overdose_death_rate&within=25&level=town"
BOSTON_2018 = f"{MASSACHUSETTS}&period=2018&basis=residence&place=2502507000"
EXAMINER = "/places?indicator=overdose_death_rate_any_drug&within=09&period=2018-2020&basis=occurrence&level=town"


@pytest.fixture
def massachusetts(opened: Open, real) -> Page:
    return opened(real.address + MASSACHUSETTS)


def test_boston_2018_is_181_by_residence_and_245_by_place_of_death(massachusetts: Page) -> None:
    choose(massachusetts, "Period", "2018")
    choose(massachusetts, "Counted", "By where people live")
    at_address(massachusetts, period="2018", basis="residence")
    click_town(massachusetts, "Boston")
    expect(panel(massachusetts).get_by_role("heading", level=2)).to_have_text("Boston")
    expect(panel(massachusetts)).to_contain_text("2018: 181 deaths")
    choose(massachusetts, "Counted", "By where it happened")
    expect(panel(massachusetts)).to_contain_text("2018: 245 deaths")


def test_the_table_says_the_same_number_as_the_panel(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    assert row_of(open_map_table(page), "Boston")[0] == "181"
    choose(page, "Counted", "By where it happened")
    expect(panel(page)).to_contain_text("245 deaths")
    assert row_of(page.locator(".card-map table"), "Boston")[0] == "245"


def test_the_csv_is_what_the_command_line_prints(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    with page.expect_download() as download:
        page.locator(".card-map").get_by_text("Download what is shown").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_bytes().decode())))
    asked = ("--level", "town", "--within", "25", "--period", "2018", "--basis", "residence", "--format", "csv")
    printed = list(csv.DictReader(io.StringIO(real.coalition("show", "opioid_overdose_death_rate", *asked))))
    assert rows == printed
    assert len(rows) == 351
    assert next(row["numerator"] for row in rows if row["place"] == "Boston") == "181"


@pytest.mark.parametrize(("town", "deaths"), [("Hartford", 354), ("Waterbury", 284), ("New Haven", 201)])
def test_the_examiner_file_gives_a_town_of_connecticut(opened: Open, real, town: str, deaths: int) -> None:
    page = opened(real.address + EXAMINER)
    click_town(page, town)
    expect(panel(page).get_by_role("heading", level=2)).to_have_text(town)
    expect(panel(page)).to_contain_text(f"{deaths} deaths")


def test_another_state_brings_its_own_towns_shapes_and_indicators(massachusetts: Page) -> None:
    assert len(classes(massachusetts)) == 351
    choose(massachusetts, "Where", "Connecticut")
    expect(massachusetts.locator(".townmap-towns path")).to_have_count(169)
    expect(massachusetts.get_by_role("heading", level=2).first).to_contain_text("Connecticut")
    expect(
        massachusetts.get_by_label("Place", exact=True).locator("option", has_text="Hartford").first
    ).to_be_attached()


def test_a_copied_address_opens_the_same_screen(opened: Open, real) -> None:
    page = opened(f"{real.address}/places?within=09")
    choose(page, "Indicator", "Overdose deaths, any drug")
    choose(page, "Period", "36 months to Dec 2022")
    choose(page, "Counted", "By where it happened")
    choose(page, "Population group", "Sex: Male")
    choose(page, "Colour by", "Towns")
    choose(page, "Place", "Hartford")
    at_address(page, period="36m", basis="occurrence", group="sex%3Dmale", level="town", place="0900337070")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Hartford")
    expect(page.locator(".card-map .headline")).to_contain_text("sex: Male, 2020 to 2022")
    quiet(page)
    copy = opened(page.url)
    assert copy.url == page.url
    for part in (".card-map .headline", "#places-notes", ".panel", ".more", ".townmap-legend"):
        assert copy.locator(part).inner_text() == page.locator(part).inner_text()
    assert classes(copy) == classes(page)


def test_a_map_that_was_opened_by_a_link_can_be_reloaded(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    page.reload()
    expect(panel(page)).to_contain_text("2018: 181 deaths")


def test_pointing_at_a_town_says_its_sentence(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    assert re.fullmatch(r"Worcester: [\d.]+ per 100,000 residents a year \([\d.]+ to [\d.]+\); \d+ deaths",
                        hover_town(page, "Worcester"))  # fmt: skip


def test_a_town_with_few_deaths_says_the_count_and_no_rate(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    assert hover_town(page, "Amherst") == "Amherst: 2 deaths, too few for a rate"


def test_arrows_letters_and_escape_walk_through_the_towns(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    page.get_by_role("listbox").focus()
    assert said(page).startswith("Boston: 27.3 per 100,000")
    page.keyboard.press("ArrowRight")
    assert said(page).partition(":")[0] in ("Winthrop", "Revere", "Chelsea", "Hull", "Quincy")
    page.keyboard.type("west sp")
    assert said(page).startswith("West Springfield: ")
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("West Springfield")
    page.keyboard.press("Escape")
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("Massachusetts")
    expect(page.get_by_label("Place", exact=True)).to_have_value("all")


def test_a_town_clicked_before_the_map_has_come_keeps_its_panel_when_the_map_comes(opened: Open, real) -> None:
    page = opened(f"{real.address}{MASSACHUSETTS}&period=2018&basis=residence")
    headline = page.locator(".card-map .headline")
    before = headline.inner_text()
    held: list[Route] = []
    page.route("**/_dash-update-component", lambda route: route.continue_() if held else held.append(route))
    choose(page, "Counted", "By where it happened")
    click_town(page, "Boston")
    expect(panel(page)).to_contain_text("2018: 245 deaths")
    expect(headline).to_have_text(before)
    held[0].continue_()
    expect(headline).not_to_have_text(before)
    quiet(page)
    expect(panel(page)).to_contain_text("2018: 245 deaths")
    at_address(page, basis="occurrence", place="2502507000")


def test_the_panel_tells_trend_comparison_sources_and_dates(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    for heading in ("Over time", "Beside its county and state"):
        expect(panel(page).get_by_role("heading", name=heading)).to_be_visible()
    more = page.get_by_role("region", name="More of this place")
    expect(more).to_contain_text("Massachusetts Department of Public Health, Registry of Vital Records and Statistics")
    expect(more).to_contain_text("31 December 2018")


def test_groups_of_a_place_are_drawn_with_their_numbers(opened: Open, real) -> None:
    page = opened(f"{real.address}{EXAMINER}&place=0900337070")
    more = page.get_by_role("region", name="More of this place")
    more.get_by_role("heading", name="Hartford by sex").wait_for()
    part = more.locator(".figure", has_text="Hartford by sex")
    part.evaluate("(each) => each.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    counts = [part.get_by_role("row", name=re.compile(f"^{sex}")).inner_text() for sex in ("Female", "Male")]
    assert sum(int(row.split()[-1]) for row in counts) == 354


def test_the_map_prints_without_controls(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    page.emulate_media(media="print")
    expect(page.get_by_label("Indicator")).to_be_hidden()
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()
    expect(page.locator(".townmap-towns path").first).to_be_visible()
    expect(panel(page)).to_contain_text("181 deaths")
    page.emulate_media(media="screen")


ZOOM_IN = """() => {
  const seen = () => document.querySelector('.townmap-picture').getAttribute('viewBox');
  const before = seen();
  document.querySelector('.townmap-zoom button').click();
  return [before, seen()];
}"""
"""What is seen before a click and in the same moment after it: no frame is drawn between."""


def test_who_asks_for_less_motion_sees_the_zoom_at_once(opened: Open, real) -> None:
    page = opened(real.address + BOSTON_2018)
    before, after = page.evaluate(ZOOM_IN)
    assert after != before
    page.emulate_media(reduced_motion="no-preference")
    before, after = page.evaluate(ZOOM_IN)
    assert after == before
    page.emulate_media(reduced_motion="reduce")
