"""What the pages of meetings say: what became of what was decided, and what was said about a place or indicator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fake_reader import ASH, BIRCH, CEDAR, STATE, FakeReader

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.figures.svg_map import Drawn
from dashboard.meetings import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Decision,
    Meeting,
    Memory,
    Note,
    ScreenKind,
    Story,
)
from dashboard.registers import Entry
from dashboard.views.meeting_page import meetings_page, one_meeting
from dashboard.views.meeting_record import meeting_record
from dashboard.views.meeting_remembered import remembered
from dashboard.views.meeting_screens import Room, Screen, Shown, kind_of, meeting_screens
from dashboard.views.meeting_shows import SHOWS
from dashboard.views.memory import places_around, said_about

TODAY, OCTOBER, SEPTEMBER = date(2026, 11, 22), date(2026, 10, 15), date(2026, 9, 17)
FIRST = Meeting(coalition="c", id="m1", title="September", held_on=SEPTEMBER)
SECOND = Meeting(coalition="c", id="m2", title="October", held_on=OCTOBER)
ACTION = Action(coalition="c", id="a1", text="Call **them**", owner="Lead", due=date(2026, 10, 30), on=OCTOBER,
                meeting="m2")  # fmt: skip
DONE = replace(ACTION, id="a2", status=ActionStatus.DONE, outcome="They agreed")
OLD = replace(ACTION, id="a0", on=SEPTEMBER, meeting="m1", due=date(2026, 12, 1))
DECISION = Decision(coalition="c", id="d1", text="Two vans", on=OCTOBER, meeting="m2")
STORY = Story(coalition="c", id="s1", text="Somebody came", role="person in recovery", on=OCTOBER,
              consent_on=OCTOBER, consent_by="Lead", about=About(place="area-1", period="2026Q3"))  # fmt: skip
MEMORY = Memory("c", (FIRST, SECOND), (DECISION,), (OLD, ACTION, DONE), stories=(STORY,))


def test_a_meeting_opens_with_what_became_of_what_was_decided() -> None:
    found = remembered(MEMORY, SECOND, TODAY)
    assert found.sentence == (
        "On 15 October 2026 we decided one thing. Of 3 actions 1 is done, 1 is open and 1 is overdue."
    )
    assert [(row.id, row.status) for row in found.actions] == [("a1", "Overdue"), ("a0", "Open"), ("a2", "Done")]


def test_the_first_meeting_has_nothing_before_it() -> None:
    assert remembered(MEMORY, None, TODAY).sentence == "This is the first meeting: nothing was decided before it."


def test_a_record_has_texts_without_markup_and_no_story_that_may_not_go_out() -> None:
    record = meeting_record(MEMORY, "m2", today=TODAY)
    assert (record.decisions, record.sentence) == (("Two vans",), "1 decision and 2 actions.")
    assert [(one.text, one.status, one.outcome) for one in record.actions] == [
        ("Call them", "Overdue", ""), ("Call them", "Done", "They agreed")]  # fmt: skip
    assert record.stories == ()
    told = replace(MEMORY, stories=(replace(STORY, exported=True),))
    assert [one.text for one in meeting_record(told, "m2", today=TODAY).stories] == ["Somebody came"]
    gone = replace(MEMORY, stories=(replace(STORY, exported=True, text="", withdrawn_on=TODAY),))
    assert meeting_record(gone, "m2", today=TODAY).stories == ()


def test_the_list_says_what_is_next_and_what_is_overdue() -> None:
    following = replace(SECOND, id="m3", held_on=date(2026, 12, 3))
    page = meetings_page(replace(MEMORY, meetings=(FIRST, SECOND, following)), "Ours", TODAY, stories=True)
    assert page.headline == "The next meeting is on 3 December 2026. 2 actions are open, 1 of them overdue."
    assert [row.title for row in page.past] == ["October", "September"]
    assert meetings_page(Memory(""), "", TODAY, stories=True).headline == "No meeting has been called yet."


def test_stories_are_kept_from_those_whom_they_are_not_told() -> None:
    assert meetings_page(MEMORY, "Ours", TODAY, stories=False).stories == ()
    assert [one.id for one in meetings_page(MEMORY, "Ours", TODAY, stories=True).stories] == ["s1"]


def test_an_unknown_meeting_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="no meeting 'm9'"):
        one_meeting(MEMORY, "m9", TODAY)


def said(about: About, *, stories: bool = True) -> list[str]:
    """What was said about something, by id."""
    entries = (
        replace(DECISION, id="rate", about=About(indicator="death_rate")),
        replace(DECISION, id="rate-ash", about=About(indicator="death_rate", place=ASH)),
        replace(DECISION, id="ash", about=About(place=ASH)),
        replace(DECISION, id="target", about=About(target="c/t1")),
        replace(DECISION, id="nothing", about=About()),
    )
    memory = replace(MEMORY, decisions=entries, actions=(), notes=())
    around = places_around(FakeReader().gazetteer, about.place)
    return [one.id for one in said_about(memory, about, around, today=TODAY, stories=stories)]


@pytest.mark.parametrize(
    ("about", "found"),
    [
        (About(indicator="death_rate", place=ASH), {"rate", "rate-ash", "ash", "s1"}),
        (About(indicator="death_rate", place=CEDAR), {"rate"}),
        (About(indicator="kit_count", place=BIRCH), {"s1"}),
        (About(indicator="kit_count", place="area-1"), {"s1"}),
        (About(target="c/t1"), {"target"}),
        (About(), set()),
    ],
)
def test_what_was_said_is_shown_where_it_belongs(about: About, found: set[str]) -> None:
    assert set(said(about)) == found
    assert set(said(about, stories=False)) == found - {"s1"}


def room(memory: Memory = MEMORY) -> Room:
    reader = FakeReader()
    return Room(reader, None, memory, memory, TODAY, "", "", lambda _: None)  # type: ignore[arg-type]


def screens(*agenda: AgendaItem) -> tuple[Screen, ...]:
    return meeting_screens(room(), replace(SECOND, agenda=agenda), SHOWS)


def test_a_screen_of_a_withdrawn_view_says_so_and_the_rest_stands() -> None:
    gone = AgendaItem(ScreenKind.MAP, "Where?", "/old-map?indicator=death_rate")
    first, second = screens(gone, AgendaItem(ScreenKind.REMEMBERED, "What became of it?"))
    assert first.shown.missing
    assert first.shown.sentence.startswith("This screen pointed to a view that is not there any more (/old-map).")
    assert second.shown.sentence == "On 17 September 2026 nothing was decided. The one action is open."


def test_a_screen_of_an_unknown_indicator_says_why() -> None:
    (only,) = screens(AgendaItem(ScreenKind.TREND, "How?", "/places/trends?indicator=nonsense"))
    assert only.shown.missing
    assert only.shown.sentence.startswith("This screen cannot be shown: ")
    assert "nonsense" in only.shown.sentence


def test_a_partners_slot_without_a_partner_says_so() -> None:
    (only,) = screens(AgendaItem(ScreenKind.PARTNER, "What do you see?"))
    assert "It does not say which partner's slot it is." in only.shown.sentence


SHAPES = {"geoid": [ASH, BIRCH, CEDAR], "name": ["Ash", "Birch", "Cedar"], "path": ["M0 0l10 0 0 10z"] * 3,
          "label": [[3, 3]] * 3, "outlines": [], "width": 10, "height": 10}  # fmt: skip


def with_shapes(*strategies: Entry) -> Room:
    made = room()
    made.reader.boundaries = [{"state": STATE, "level": Level.TOWN, "sha": "s", "schematic": False, "vintage": "2024",
                               "loaded_at": "", "geoids": SHAPES["geoid"]}]  # type: ignore[misc]  # fmt: skip
    made.reader.coalitions = [{"id": "c", "name": "Ours", "catchment": "ours"}]  # type: ignore[misc]
    return replace(made, shapes=lambda _: SHAPES, strategies=lambda: strategies)


def strategy(town: str, status: str) -> Entry:
    return Entry("strategies", town, "c", {"strategy": "Kits", "town": town, "status": status})


def test_a_map_of_strategies_shows_the_register_of_the_day() -> None:
    agenda = (AgendaItem(ScreenKind.STRATEGIES, "Where do we work?"),)
    (only,) = meeting_screens(with_shapes(strategy(BIRCH, "running")), replace(SECOND, agenda=agenda), SHOWS)
    assert only.shown.sentence == "Kits runs in 1 of 2 towns."
    assert only.shown.legend == (("3", "running"), ("n", "nobody has said"))
    assert isinstance(only.shown.picture, Drawn)
    assert {geoid: town.said for geoid, town in only.shown.picture.towns.items()} == {
        BIRCH: "Birch: running", CEDAR: "Cedar: nobody has said",
    }  # fmt: skip


def test_the_address_of_a_map_says_which_map_it_is() -> None:
    for kind in (ScreenKind.MAP, ScreenKind.TWO_WAY):
        item = AgendaItem(kind, "Where?", "/our-coalition/strategies?strategy=kits")
        assert kind_of(item) is ScreenKind.STRATEGIES
    agenda = (AgendaItem(ScreenKind.MAP, "Where?", "/our-coalition/strategies?strategy=other"),)
    (only,) = meeting_screens(with_shapes(strategy(BIRCH, "planned")), replace(SECOND, agenda=agenda), SHOWS)
    assert only.shown.sentence.startswith("This screen cannot be shown: There is no strategy 'other' in the register.")


def test_the_screen_of_decisions_shows_this_meetings_own() -> None:
    (only,) = screens(AgendaItem(ScreenKind.DECISIONS, "What do we decide?"))
    assert isinstance(only.shown, Shown)
    assert (only.shown.decisions, [row.id for row in only.shown.actions]) == (("Two vans",), ["a1", "a2"])


def test_a_note_is_told_by_role() -> None:
    note = Note(coalition="c", id="n1", text="Late", role="outreach worker", on=OCTOBER, about=About(place=ASH))
    (one,) = said_about(Memory("c", notes=(note,)), About(place=ASH), (), today=TODAY, stories=True)
    assert (one.kind, one.detail) == ("Note", "outreach worker, 15 October 2026")
