"""What meetings leave behind, in a store of each kind: versions, withdrawal, and what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine, select

from dashboard.errors import SavedMeanwhile
from dashboard.meetings import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Conduct,
    Decision,
    Entry,
    Meeting,
    Note,
    Outcome,
    Request,
    ScreenKind,
    Story,
)
from dashboard.people import AT_THE_COMMAND_LINE, act_as
from dashboard.store.audit_log import records
from dashboard.store.meetings import (
    entry_history,
    meetings_of_all,
    memory_version,
    read_memory,
    save_entry,
    withdraw_story,
)
from dashboard.store.schema_meetings import story

DAY = date(2026, 10, 15)
EVENING, LATER = datetime(2026, 10, 15, 20), datetime(2026, 11, 3, 9)
ACTION = Action(coalition="ours", id="a1", text="Call", owner="Outreach lead", due=date(2026, 10, 30), on=DAY,
                meeting="m1", about=About(indicator="naloxone_saturation"))  # fmt: skip
STORY = Story(coalition="ours", id="s1", text="Somebody came.", role="person in recovery", on=DAY, consent_on=DAY,
              consent_by="Peer coordinator", about=About(place="pa-1", period="2026Q3"))  # fmt: skip
EVERY = [
    Meeting(coalition="ours", id="m1", title="October", held_on=DAY,
            agenda=(AgendaItem(ScreenKind.MAP, "Where?", "/places?period=36m", minutes=5),)),
    Decision(coalition="ours", id="d1", text="Two vans", on=DAY, meeting="m1"),
    ACTION, STORY,
    Note(coalition="ours", id="n1", text="Late", role="outreach worker", on=DAY),
    Request(coalition="ours", id="r1", text="Sundays", role="resident", on=DAY, answer="Yes", answered_on=DAY,
            outcome=Outcome.DONE),
    Conduct(coalition="ours", id="conduct", text="Be kind"),
]  # fmt: skip


def save(engine: Engine, entry: Entry, now: datetime = EVENING) -> Entry:
    return save_entry(engine, entry, who="Ann", now=now)


def test_every_kind_of_entry_is_read_back_as_it_was_saved(store: Engine) -> None:
    saved = [save(store, entry) for entry in EVERY]
    memory = read_memory(store, "ours")
    read = [*memory.meetings, *memory.decisions, *memory.actions, *memory.stories, *memory.notes, *memory.requests,
            memory.conduct]  # fmt: skip
    assert read == saved == [replace(entry, version=1) for entry in EVERY]
    assert meetings_of_all(store) == memory.meetings


def test_another_coalition_remembers_nothing_of_it(store: Engine) -> None:
    save(store, ACTION)
    assert read_memory(store, "theirs").actions == ()


def test_the_same_entry_again_changes_nothing(store: Engine) -> None:
    save(store, ACTION)
    assert save(store, ACTION).version == 1
    assert len(entry_history(store, Action, "ours", "a1")) == 1


def test_what_was_known_on_a_day_stays_so(store: Engine) -> None:
    first = save(store, ACTION)
    assert isinstance(first, Action)
    save_entry(store, replace(first, status=ActionStatus.DONE, outcome="They agreed"), who="Ben", now=LATER)
    assert read_memory(store, "ours").actions[0].status is ActionStatus.DONE
    assert read_memory(store, "ours", known_on=DAY).actions == (first,)
    assert read_memory(store, "ours", known_on=date(2026, 10, 14)).actions == ()
    told = [(one.who, one.saved_at, one.entry.version) for one in entry_history(store, Action, "ours", "a1")]
    assert told == [("Ann", EVENING, 1), ("Ben", LATER, 2)]


def test_two_who_change_the_same_entry_do_not_overwrite_each_other(store: Engine) -> None:
    first = save(store, ACTION)
    save(store, replace(first, about=About(place="25011")))
    with pytest.raises(SavedMeanwhile, match="Somebody else saved this action meanwhile"):
        save(store, replace(first, about=About(place="25013")))


def test_a_withdrawn_story_is_gone_from_every_version(store: Engine) -> None:
    first = save(store, STORY)
    save(store, replace(first, consent_by="Director"))
    withdraw_story(store, "ours", "s1", who="Ann", now=LATER)
    with store.connect() as connection:
        assert connection.scalars(select(story.c.text)).all() == ["", "", ""]
    kept = read_memory(store, "ours").stories[0]
    assert (kept.text, kept.withdrawn_on, kept.exported) == ("", LATER.date(), False)
    assert read_memory(store, "ours", known_on=DAY).stories[0].text == ""
    withdraw_story(store, "ours", "s1", who="Ann", now=LATER)
    assert read_memory(store, "ours").stories[0].version == 3


def test_the_audit_log_tells_what_was_saved_but_none_of_its_words(store: Engine) -> None:
    with act_as(AT_THE_COMMAND_LINE):
        save(store, STORY)
        withdraw_story(store, "ours", "s1", who="Ann", now=LATER)
    told = [(each.account, each.action, each.subject, each.told) for each in records(store)]
    assert told == [("command-line", "save a story", "ours/s1", "version 1"),
                    ("command-line", "withdraw a story", "ours/s1", "")]  # fmt: skip


def test_a_memory_holds_every_version_and_says_that_it_changed(store: Engine) -> None:
    before = memory_version(store)
    first = save(store, ACTION)
    save_entry(store, replace(first, outcome="They agreed"), who="Bo", now=LATER)
    saved = read_memory(store, "ours").saved[Action, "a1"]
    assert [(one.who, one.entry.version) for one in saved] == [("Ann", 1), ("Bo", 2)]
    assert read_memory(store, "ours", known_on=DAY).saved[Action, "a1"] == saved[:1]
    assert memory_version(store) == str(int(before) + 2)
