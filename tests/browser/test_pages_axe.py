"""No page and no state of a page gives axe-core anything to mend, and none is wider than the window."""

from collections.abc import Callable

import pytest
from driving import accuse, choose, open_map_table, quiet, sideways
from playwright.sync_api import Page

Open = Callable[..., Page]

NAMED = {
    "this month": "/",
    "map": "/places",
    "trends": "/places/trends",
    "what changed": "/what-changed",
    "fairness": "/after-an-overdose/fairness",
    "after an overdose": "/after-an-overdose",
    "targets": "/targets",
    "naloxone": "/places/naloxone",
    "bring numbers": "/bring-numbers",
    "compare": "/places/compare",
    "our coalition": "/our-coalition",
    "calendar of data": "/our-coalition/calendar",
    "strategies by town": "/our-coalition/strategies",
    "registers": "/our-coalition/registers?register=funding",
    "agreements": "/our-coalition/agreements",
    "nonsense": "/places?indicator=nope",
    "no such page": "/nowhere",
}
STATES = {
    "map, town chosen": "/places?place=2502507000&period=36m&level=town",
    "trends, groups": "/places/trends?compare=group&step=12",
    "trends, small multiples": "/places/trends?shape=apart&first=2502507000&second=25",
    "one agreement": "/our-coalition/agreements?agreement=c-franklin-treatment",
}
CONNECTICUT = {
    "this month, Connecticut": "/?within=09",
    "map, Connecticut": "/places?within=09&period=2018-2020&place=0900337070&level=town&basis=occurrence"
    "&indicator=overdose_death_rate_any_drug",
    "map, hidden towns": "/places?within=09&indicator=treatment_admissions_rate&level=town",
}
EMPTY = {name: NAMED[name] for name in ("this month", "map", "bring numbers")}
LONG = (pytest.mark.long,)
SEEN = [("demonstration", NAMED, ()), ("empty", EMPTY, ()), ("real", NAMED, LONG),
        ("demonstration", STATES, LONG), ("real", STATES | CONNECTICUT, LONG)]  # fmt: skip
"""Stores and pages; what the demonstration shows already is looked at on the real files in the long run."""
OTHER_STATES = [("demonstration", STATES, ()), ("real", CONNECTICUT, ())]
"""Other states of those pages, in the short run where there is least room for them."""


def each_of(seen):
    """A store and a page at a time."""
    return [
        pytest.param(store, path, id=f"{store}: {name}", marks=marks)
        for store, paths, marks in seen
        for name, path in paths.items()
    ]


@pytest.fixture
def dashboard(request: pytest.FixtureRequest, store: str):
    return request.getfixturevalue(store)


@pytest.mark.parametrize(("store", "path"), each_of(SEEN))
def test_axe_finds_nothing_to_mend_wide_or_narrow(opened: Open, dashboard, path: str) -> None:
    page = opened(dashboard.address + path)
    assert accuse(page) == []
    assert sideways(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert accuse(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize(("store", "path"), each_of(OTHER_STATES))
def test_axe_finds_nothing_to_mend_in_other_states(opened: Open, dashboard, path: str) -> None:
    page = opened(dashboard.address + path, width=320, height=700)
    assert accuse(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_to_mend_with_everything_open(opened: Open, demonstration, width: int) -> None:
    page = opened(f"{demonstration.address}/places?within=25011&place=Greenfield&period=36m&level=town", width=width)
    open_map_table(page)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowRight")
    assert accuse(page) == []
    assert sideways(page) == []
    choose(page, "Colour by", "Counties")
    quiet(page)
    assert accuse(page) == []


@pytest.mark.parametrize("path", [NAMED["trends"], STATES["trends, groups"], NAMED["bring numbers"]])
def test_axe_finds_nothing_to_mend_in_opened_tables(opened: Open, demonstration, path: str) -> None:
    page = opened(demonstration.address + path, width=320)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert accuse(page) == []
    assert sideways(page) == []
