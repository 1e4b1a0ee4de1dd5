"""Every page opens, in its frame, from a store that holds something and from one that holds nothing."""

import re
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from component_tree import attribute, ids, of_type, parts, text
from fake_reader import ASH, STATE, FakeReader
from sqlalchemy import create_engine

from callbacks.pages import PAGES, frame, open_page, title_of, validation_layout
from dashboard.indicators import registry
from dashboard.store import schema
from layouts import ids as all_ids
from layouts.components.plain import HTML
from layouts.shell import build_shell
from layouts.staff.places import TABS

PATHS = [page.path for page in PAGES]
KNOWN = [
    name for kind in vars(all_ids).values() if isinstance(kind, type) and issubclass(kind, StrEnum)
    for name in kind if kind not in (StrEnum, all_ids.Shell, all_ids.Document)
]  # fmt: skip


DOORS = ["This month", "Places", "After an overdose", "Targets", "Our coalition", "Bring numbers"]


def workspace(*, demonstration: bool = False, empty: bool = False) -> Any:
    """Something that hands out a reader of real indicators over the small places."""
    indicators = list(registry().indicators.values())
    reader: Any = FakeReader(indicators, places=()) if empty else FakeReader(indicators)
    reader.cube = SimpleNamespace(demonstration=demonstration, partners=[])
    if not empty:
        deaths = registry().indicators["opioid_overdose_death_rate"]
        reader.reports(deaths.numerator.measures[0], "2016-2018")
        for period in ("2016", "2017", "2018", "2016-2018"):
            reader.tell(STATE, period, 100, 1_000_000, of=deaths)
            reader.tell(ASH, period, 50, 300_000, of=deaths)
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    settings = SimpleNamespace(releases_path=Path("no-releases-here"))
    return SimpleNamespace(reader=lambda *_: reader, engine=engine, settings=settings, agreements=tuple)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_with_one_first_heading(path: str) -> None:
    page = open_page(workspace(), path, "")
    assert len(of_type(page, "H1")) == 1
    assert getattr(page, "className", "") != "apology"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("demonstration", [True, False])
def test_demonstration_data_are_marked_on_every_page(path: str, demonstration: bool) -> None:
    store = workspace(demonstration=demonstration)
    whole = build_shell(frame(store, path), open_page(store, path, ""))
    assert ("Demonstration data, not real." in text(whole)) is demonstration


@pytest.mark.parametrize("path", PATHS)
def test_ids_on_a_page_are_declared_and_stand_once(path: str) -> None:
    found = ids(open_page(workspace(), path, ""))
    assert len(found) == len(set(found))
    assert set(found) <= {name.value for name in KNOWN}


def test_every_id_can_be_checked_when_the_application_starts() -> None:
    assert sorted(ids(validation_layout())) == sorted(name.value for name in KNOWN)


@pytest.mark.parametrize("path", PATHS)
def test_every_picture_on_a_page_has_an_alternative_text(path: str) -> None:
    for part in parts(open_page(workspace(), path, "")):
        assert type(part).__name__ != "Img" or part.alt


@pytest.mark.parametrize(
    ("path", "here"),
    [("/", ["This month"]), ("", ["This month"]), ("/places", ["Places"]), ("/places/", ["Places"]),
     ("/places/trends", ["Places"]), ("/what-changed", ["This month"]), ("/bring-numbers", ["Bring numbers"]),
     ("/nowhere", []), ("/placesx", [])],
)  # fmt: skip
def test_the_door_of_the_page_is_open_and_no_other(path: str, here: list[str]) -> None:
    doors = frame(workspace(), path).doors
    assert [one.label for one in doors] == DOORS
    assert [one.label for one in doors if one.here] == here


@pytest.mark.parametrize("path", ["/", "/places", "/places/trends"])
def test_an_empty_store_opens_the_first_steps(path: str) -> None:
    assert "four steps bring the first map" in text(open_page(workspace(empty=True), path, ""))


@pytest.mark.parametrize(
    ("path", "search", "reason"),
    [
        ("/nowhere", "", "There is no such page."),
        ("/places", "?within=Nowhere", "There is no place 'Nowhere' in this store."),
        ("/places", "?within=25&within=09", "This address names something twice."),
        ("/places/trends", "?indicator=nonsense", "There is no indicator 'nonsense'."),
        ("/", "?within=" + "x" * 200, "The within is not a short text."),
    ],
)
def test_an_address_of_something_unknown_says_what_is_not_here(path: str, search: str, reason: str) -> None:
    page = open_page(workspace(), path, search)
    assert page.className == "apology"
    assert reason in text(page)


@pytest.mark.parametrize("path", ["/places/", "", None])
def test_an_address_may_end_with_a_slash_or_have_no_path(path: str | None) -> None:
    assert getattr(open_page(workspace(), path, None), "className", "") != "apology"


def test_the_map_of_an_area_leads_to_the_trend_of_the_same_area() -> None:
    page = open_page(workspace(), "/places/trends", "?within=ours")
    (place,) = [part for part in parts(page) if getattr(part, "id", "") == all_ids.Trends.PLACE]
    assert place.value == "ours"


def test_every_page_about_places_has_its_tab() -> None:
    assert [path for path, _ in TABS] == [path for path in PATHS if path.startswith("/places")]
    for path, label in TABS:
        page = parts(open_page(workspace(), path, ""))
        (tabs,) = [attribute(part, HTML) for part in page if attribute(part, "className") == "view-tabs"]
        assert re.findall('aria-current="page"[^>]*>([^<]*)<', tabs) == [label]


def test_every_page_has_a_title_of_its_own() -> None:
    assert title_of("/places/trends/") == "Trends"
    assert title_of("/nowhere") == "No such page"
    assert len({title_of(path) for path in PATHS}) == len(PATHS)
