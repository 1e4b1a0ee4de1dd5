"""Marks on the map: whose towns and areas something was said of, by which day, and how much."""

from dataclasses import replace
from datetime import date

import pytest
from fake_reader import ASH, BIRCH, CEDAR, RATE, SOUTH, STATE, FakeReader

from dashboard.meetings import About, Decision, Memory, Note, Request, Story
from dashboard.views.said_places import MapAsked, SaidMark, said_marks

ASKED = MapAsked(RATE.id, STATE, areas=False, until="", stories=True)
GAZETTEER = FakeReader().gazetteer


def note(place: str, indicator: str = "", on: date = date(2026, 5, 1)) -> Note:
    return Note(coalition="ours", id=f"{place}{indicator}{on}", text="Look.", role="resident", on=on,
                about=About(place=place, indicator=indicator))  # fmt: skip


def marked(asked: MapAsked, *notes: Note) -> list[str]:
    return [mark.name for mark in said_marks(GAZETTEER, Memory("ours", notes=notes), asked)]


def test_a_mark_says_how_much_was_said_of_a_town() -> None:
    about = About(place=BIRCH)
    memory = Memory(
        "ours",
        decisions=(Decision(coalition="ours", id="d", text="Go.", on=date(2026, 1, 1), about=about),),
        notes=(note(BIRCH), note(BIRCH, RATE.id)),
        requests=(Request(coalition="ours", id="r", text="Come.", role="resident", on=date(2026, 1, 1), about=about),),
    )
    assert said_marks(GAZETTEER, memory, ASKED) == [SaidMark((BIRCH,), "Birch", "1 decision, 2 notes, 1 request")]


def test_what_speaks_of_another_indicator_or_of_no_place_marks_nothing() -> None:
    assert marked(ASKED, note(BIRCH, "spent"), note("", RATE.id), note(STATE), note("gone")) == []


@pytest.mark.parametrize(("within", "names"), [(STATE, ["Ash", "Cedar"]), (SOUTH, ["Cedar"]), ("ours", ["Cedar"])])
def test_only_towns_of_what_is_shown_are_marked(within: str, names: list[str]) -> None:
    assert marked(replace(ASKED, within=within), note(CEDAR), note(ASH)) == names


def test_an_earlier_day_shows_what_had_been_said_by_then() -> None:
    assert marked(replace(ASKED, until="2026-05-01"), note(ASH), note(BIRCH, on=date(2026, 5, 2))) == ["Ash"]


def test_areas_are_marked_on_a_map_of_areas_alone_and_larger_ones_never() -> None:
    assert marked(ASKED, note("area-1"), note("ours")) == []
    (mark,) = said_marks(GAZETTEER, Memory("ours", notes=(note("area-1"), note("ours"))), replace(ASKED, areas=True))
    assert (mark.geoids, mark.name) == ((ASH, BIRCH), "Ash and Birch")


@pytest.mark.parametrize(("stories", "withdrawn", "names"), [(True, None, ["Ash and Birch"]), (False, None, []),
                                                             (True, date(2026, 6, 1), [])])  # fmt: skip
def test_a_story_is_marked_where_it_may_be_told(stories: bool, withdrawn: date | None, names: list[str]) -> None:
    story = Story(coalition="ours", id="s", text="She came.", role="resident", on=date(2026, 5, 1),
                  about=About(place="area-1", period="2026Q1"), withdrawn_on=withdrawn)  # fmt: skip
    found = said_marks(GAZETTEER, Memory("ours", stories=(story,)), replace(ASKED, areas=True, stories=stories))
    assert [(mark.name, mark.words) for mark in found] == [(name, "1 story") for name in names]
