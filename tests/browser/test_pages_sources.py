"""Bring numbers: the first steps where there is nothing, and every source where there is something."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
SOURCES = {
    "Opioid-related overdose deaths by town": {
        "Publisher": "Massachusetts Department of Public Health, Registry of Vital Records and Statistics",
        "Published": "31 December 2018",
        "Covers": "January 2014 to December 2018",
        "Rows accepted": "702",
    },
    "Accidental drug-related deaths": {
        "Publisher": "Connecticut Office of the Chief Medical Examiner",
        "Published": "31 December 2022",
        "Covers": "January 2012 to December 2022",
        "Rows accepted": "10,654",
    },
    "Treatment admissions by town, fiscal years": {
        "Publisher": "Connecticut Department of Mental Health and Addiction Services",
        "Covers": "July 2009 to June 2020",
    },
    "Opioid settlement money by municipality": {"Rows accepted": "339", "Covers": "July 2022 to June 2023"},
}


def facts(page: Page, title: str) -> dict[str, str]:
    """What the page says of a source, by the word before it."""
    source = page.get_by_role("article").filter(has=page.get_by_role("heading", name=title, exact=True))
    terms, said = source.locator("dt").all_inner_texts(), source.locator("dd").all_inner_texts()
    return dict(zip(terms, said, strict=True))


@pytest.mark.parametrize("path", ["/", "/places", "/places/trends", "/bring-numbers"])
def test_an_empty_store_opens_with_four_steps(opened: Open, empty, path: str) -> None:
    page = opened(empty.address + path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("four steps")
    steps = page.locator("ol.steps > li")
    expect(steps).to_have_count(4)
    assert [step.get_by_role("heading").inner_text().split()[0] for step in steps.all()] == [
        "Towns", "Residents", "First", "Partners",
    ]  # fmt: skip
    assert all("coalition load" in step.inner_text() for step in steps.all())


@pytest.mark.parametrize("title", SOURCES)
def test_a_source_says_whose_it_is_how_old_and_what_was_taken(opened: Open, real, title: str) -> None:
    said = facts(opened(real.address + "/bring-numbers"), title)
    assert {"Publisher", "Licence", "Published", "Covers", "Rows accepted", "Rows not counted", "Loaded"} <= set(said)
    for name, expected in SOURCES[title].items():
        assert said[name].startswith(expected)


def test_what_could_not_be_placed_is_said_with_the_reason(opened: Open, real) -> None:
    page = opened(real.address + "/bring-numbers")
    source = page.get_by_role("article").filter(has_text="Accidental drug-related deaths")
    source.locator("summary").click()
    expect(source).to_contain_text("178 deaths carry the centre of the state as their point of injury")
    expect(source).to_contain_text("10,212 of 10,654 deaths placed; the other 442 are in no town's number")


def test_real_data_are_not_marked_as_demonstration(opened: Open, real) -> None:
    page = opened(real.address + "/bring-numbers")
    expect(page.get_by_text("Demonstration data")).to_have_count(0)
