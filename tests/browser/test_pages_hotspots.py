"""The hotspots page on real deaths of Massachusetts: what was found, one town, the way into a county and back."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from driving import accuse, at_address, choose, click_town, open_map_table, row_of, sideways
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
INDICATOR = "opioid_overdose_death_rate"
DEATHS = f"/places/hotspots?indicator={INDICATOR}&within=25&period=2016-2018&basis=residence"


@pytest.fixture(scope="module")
def analysed(real):
    """The same store after `coalition analyse`."""
    real.coalition("analyse", "--indicator", INDICATOR, "--period", "2016-2018", "--within", "25")
    return real


def found(page: Page) -> Locator:
    """The part of the page that says what was found."""
    return page.get_by_role("region", name="What was found")


def test_clusters_are_said_drawn_and_listed_with_both_tests(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    expect(page.locator(".headline")).to_contain_text("deaths where")
    letters = page.locator(".townmap-letter")
    listed = found(page).locator(".cluster-letter")
    listed.nth(1).wait_for()
    expect(letters).to_have_count(listed.count())
    found(page).get_by_text("The two tests").first.click()
    expect(found(page)).to_contain_text("at most 1 time in 1,000")
    assert len(row_of(page.locator(".more table").first, f"A: {found(page).locator('strong').first.inner_text()}")) == 6
    assert accuse(page) == []
    assert sideways(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert accuse(page) == []
    assert sideways(page) == []


def test_a_click_on_a_town_says_why_it_is_flagged_and_the_link_opens_the_same(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    click_town(page, "Fall River")
    expect(found(page)).to_contain_text("Persistent: flagged in the last year")
    at_address(page, place="2500523000")
    again = opened(page.url)
    assert found(again).inner_text() == found(page).inner_text()
    assert row_of(open_map_table(again), "Fall River")[1] == "persistent"


def test_links_lead_from_the_state_to_a_county_to_a_town_and_back(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    found(page).get_by_text("counties and regions").click()
    found(page).get_by_role("link", name="Bristol County").click()
    at_address(page, within="25005")
    expect(page.get_by_role("region", name="Numbers and classes")).to_contain_text(
        "Bristol County was not analysed by itself"
    )
    page.locator(".townmap-letter").first.wait_for()  # the real page stands
    found(page).get_by_text("The two tests").first.click()
    found(page).get_by_role("link", name="Fall River").click()
    at_address(page, within="25005", place="2500523000")
    page.locator(".townmap-letter").first.wait_for()
    page.get_by_role("link", name="Everything about it").click()
    expect(page).to_have_url(re.compile("/places\\?"))
    expect(page.get_by_role("region", name="More of this place")).to_contain_text("Gaps here")
    page.go_back()
    page.locator(".townmap-letter").first.wait_for()
    found(page).get_by_role("link", name="Massachusetts").click()
    at_address(page, within="25")


def test_another_period_that_nobody_analysed_says_which_command_does(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    choose(page, "Period", "2015")
    expect(found(page)).to_contain_text(f"coalition analyse --indicator {INDICATOR} --period 2015")
    expect(page.locator(".townmap-letter")).to_have_count(0)
    assert accuse(page) == []


def test_keys_alone_open_a_cluster_and_reach_its_town(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    found(page).locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**place=**")
    expect(found(page).get_by_role("navigation")).to_contain_text("Massachusetts")


def test_the_csv_holds_rate_smoothed_rate_cluster_and_class(opened: Open, analysed) -> None:
    page = opened(analysed.address + DEATHS)
    with page.expect_download() as download:
        page.get_by_text("Download what is shown").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_bytes().decode())))
    assert len(rows) == 351
    (fall_river,) = [row for row in rows if row["place"] == "Fall River"]
    assert (fall_river["numerator"], fall_river["cluster"], fall_river["class"]) == ("174", "A", "persistent")
    assert float(fall_river["lower"]) < float(fall_river["smoothed"]) < float(fall_river["rate"])


def test_the_map_of_places_switches_to_smoothed_rates_and_shows_both(opened: Open, analysed) -> None:
    page = opened(f"{analysed.address}/places?indicator={INDICATOR}&within=25&level=town&period=2016-2018")
    choose(page, "Town rates", "Smoothed")
    at_address(page, rates="smoothed")
    expect(page.locator(".card-map")).to_contain_text("Smoothed: each town's rate is drawn towards")
    heads = open_map_table(page).locator("thead th").all_inner_texts()
    assert heads[-3:] == ["From", "To (95%)", "Smoothed"]
