"""The history of an entry says who saved it when, and how it stood before; what a meeting saw can be compared with."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.meetings import About, Action, ActionStatus, Meeting, Memory, Story
from dashboard.meetings.memory import SavedEntry
from dashboard.views.entry_history import FIRST, WITHDRAWN, Saved, history_of
from dashboard.views.since_meeting import meeting_days

FIRST_TIME, LATER = datetime(2026, 10, 15, 16, 5), datetime(2026, 11, 2, 9, 0)
ACTION = Action(coalition="ours", id="a", text="Ask the **ward**", owner="Lead", due=date(2026, 11, 1),
                on=date(2026, 10, 15), version=1)  # fmt: skip


def remembered(*versions: SavedEntry) -> Memory:
    return Memory("ours", saved={(type(versions[0].entry), "a"): versions})


def test_every_version_is_told_newest_first_with_what_stood_before():
    done = replace(ACTION, status=ActionStatus.DONE, text="Ask the pharmacy", due=date(2026, 11, 9), version=2)
    memory = remembered(SavedEntry(ACTION, "Ann", FIRST_TIME), SavedEntry(done, "Bo", LATER))
    assert history_of(memory, Action, "a") == (
        Saved("2 November 2026, 09:00 UTC", "Bo",
              ("Words before: Ask the ward.", "Last day before: 1 November 2026.", "Status before: open.")),
        Saved("15 October 2026, 16:05 UTC", "Ann", (FIRST,)),
    )  # fmt: skip


def test_what_was_empty_before_and_what_it_spoke_of_are_told():
    moved = replace(ACTION, outcome="They agreed", about=About(place="ash"), version=2)
    memory = remembered(SavedEntry(ACTION, "Ann", FIRST_TIME), SavedEntry(moved, "Ann", LATER))
    told = history_of(memory, Action, "a")[0].before
    assert set(told) == {"It spoke of something else.", "What became of it before: none."}


def test_of_a_withdrawn_story_no_words_are_told():
    story = Story(coalition="ours", id="a", text="", role="resident", on=date(2026, 10, 15), version=1)
    gone = replace(story, withdrawn_on=date(2026, 11, 2), version=2)
    memory = remembered(SavedEntry(story, "Ann", FIRST_TIME), SavedEntry(gone, "Bo", LATER))
    assert history_of(memory, Story, "a")[0].before == (WITHDRAWN,)


def test_an_entry_that_nobody_saved_has_no_history():
    assert history_of(Memory("ours"), Action, "a") == ()


def test_changes_can_be_listed_since_what_the_last_meetings_saw():
    days = (date(2026, 8, 20), date(2026, 9, 17), date(2026, 12, 3))
    held = tuple(Meeting(coalition="ours", id=f"m{day}", title="M", held_on=day) for day in days)
    assert meeting_days(Memory("ours", meetings=held), date(2026, 11, 22)) == (
        ("the last meeting of 17 September 2026", "2026-09-16"),
        ("the meeting of 20 August 2026", "2026-08-19"),
    )
