"""What an entry must have before it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.meetings import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Entry,
    Meeting,
    Memory,
    Note,
    Outcome,
    Request,
    ScreenKind,
    Story,
)
from dashboard.meetings.memory import numbers_of
from dashboard.meetings.rules import LONGEST, check, is_overdue

TODAY = date(2026, 11, 22)
LEVELS = {"25011": Level.COUNTY, "pa-1": Level.PLANNING_AREA, "athol": Level.TOWN}
ACTION = Action(coalition="c", id="a", text="Call the hospital", owner="Outreach lead", due=date(2026, 11, 30),
                on=date(2026, 11, 1))  # fmt: skip
STORY = Story(coalition="c", id="s", text="Somebody came the next day.", role="person in recovery", on=TODAY,
              consent_on=date(2026, 11, 2), consent_by="Peer coordinator",
              about=About(place="pa-1", period="2026Q3"))  # fmt: skip
NOTE = Note(coalition="c", id="n", text="The van was late.", role="outreach worker", on=TODAY)


def checked(entry: Entry) -> None:
    check(entry, level_of=LEVELS.get, today=TODAY)


@pytest.mark.parametrize("entry", [ACTION, STORY, NOTE], ids=["action", "story", "note"])
def test_an_entry_that_has_everything_is_kept(entry: Entry) -> None:
    checked(entry)


@pytest.mark.parametrize("owner", ["", "   "])
def test_an_action_needs_an_owner(owner: str) -> None:
    with pytest.raises(InvalidQuery, match="no owner: say who does it"):
        checked(replace(ACTION, owner=owner))


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InvalidQuery, match=r"no words.*no owner"):
        checked(replace(ACTION, text="", owner=""))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"consent_on": None}, "needs consent"),
        ({"consent_on": date(2026, 11, 23)}, "needs consent"),
        ({"consent_by": ""}, "which role keeps the consent"),
        ({"about": About(place="athol", period="2026Q3")}, "never of one town"),
        ({"about": About(place="", period="2026Q3")}, "never of one town"),
        ({"about": About(place="pa-1", period="2026-08")}, "a quarter or something longer"),
        ({"about": About(place="pa-1", period="2026-08-14")}, "a quarter or something longer"),
        ({"role": "Mary"}, "a name is never kept"),
    ],
)
def test_a_story_without_consent_or_too_near_to_somebody_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidQuery, match=said):
        checked(replace(STORY, **changed))  # type: ignore[arg-type]


def test_a_story_may_speak_of_a_county_and_a_year() -> None:
    checked(replace(STORY, about=About(place="25011", period="2025")))


def test_a_withdrawn_story_needs_nothing() -> None:
    checked(replace(STORY, text="", consent_on=None, withdrawn_on=TODAY, about=About()))


def test_nobody_is_named_as_the_one_who_said_it() -> None:
    with pytest.raises(InvalidQuery, match="a name is never kept"):
        checked(replace(NOTE, role="J. Smith"))


def test_a_long_text_is_refused_and_one_that_just_fits_is_kept() -> None:
    checked(replace(NOTE, text="x" * LONGEST))
    with pytest.raises(InvalidQuery, match="2,001 letters: at most 2,000"):
        checked(replace(NOTE, text="x" * (LONGEST + 1)))


def test_what_became_of_a_request_needs_an_answer() -> None:
    asked = Request(coalition="c", id="r", text="Open on Sundays", role="resident", on=TODAY)
    checked(asked)
    with pytest.raises(InvalidQuery, match="has no answer"):
        checked(replace(asked, outcome=Outcome.NOT_POSSIBLE))


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="no place 'nowhere'"):
        checked(replace(NOTE, about=About(place="nowhere")))


def test_a_screen_needs_a_question() -> None:
    agenda = (AgendaItem(ScreenKind.TARGETS, "Are we on track?"), AgendaItem(ScreenKind.MAP, " "))
    with pytest.raises(InvalidQuery, match="Screen 2 has no question"):
        checked(Meeting(coalition="c", id="m", title="November", held_on=TODAY, agenda=agenda))


@pytest.mark.parametrize(
    ("status", "due", "overdue"),
    [(ActionStatus.OPEN, date(2026, 11, 21), True), (ActionStatus.OPEN, TODAY, False),
     (ActionStatus.DONE, date(2026, 1, 1), False), (ActionStatus.DROPPED, date(2026, 1, 1), False)],
)  # fmt: skip
def test_an_action_is_overdue_when_it_is_open_after_its_last_day(
    status: ActionStatus, due: date, overdue: bool
) -> None:
    assert is_overdue(replace(ACTION, status=status, due=due), TODAY) is overdue


def test_a_meeting_shows_what_was_known_the_day_before() -> None:
    meeting = Meeting(coalition="c", id="m", title="November", held_on=TODAY)
    assert numbers_of(meeting, TODAY) == "2026-11-21"
    assert numbers_of(meeting, date(2027, 3, 1)) == "2026-11-21"
    assert numbers_of(replace(meeting, as_of=date(2026, 10, 31)), TODAY) == "2026-10-31"
    assert numbers_of(meeting, date(2026, 11, 20)) == ""


def test_meetings_know_which_came_before() -> None:
    days = (date(2026, 9, 17), date(2026, 10, 15), date(2026, 12, 17))
    first, second, third = (Meeting(coalition="c", id=str(n), title="", held_on=day) for n, day in enumerate(days))
    memory = Memory("c", meetings=(first, second, third))
    assert (memory.before(third), memory.before(first)) == (second, None)
    assert (memory.last_before(TODAY), memory.next_from(TODAY)) == (second, third)
