"""What a meeting leaves behind for those who take it home: decisions, actions, notes, and stories that may go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.meetings import ActionStatus, Memory
from dashboard.meetings.entries import Action, Meeting
from dashboard.meetings.memory import numbers_of
from dashboard.meetings.plain_text import in_one_line
from dashboard.meetings.rules import is_overdue
from dashboard.views.words import day_words, many

STATUS_WORDS = {ActionStatus.OPEN: "Open", ActionStatus.DONE: "Done", ActionStatus.DROPPED: "Dropped"}
OVERDUE = "Overdue"
NOTHING = "Nothing was written down at this meeting."


@dataclass(frozen=True)
class RecordedAction:
    """An action in words: what, who, by when, how it stands, and what became of it."""

    text: str
    owner: str
    due: str
    status: str
    outcome: str = ""


@dataclass(frozen=True)
class Told:
    """A note or story in words, by whose role, and when."""

    text: str
    role: str
    on: str


@dataclass(frozen=True)
class MeetingRecord:
    """One meeting in words, each text on one line and without markup; `as_of` is the ISO day of its numbers.

    `as_of` is "" for a meeting that shows the newest. `stories` holds those alone whose tellers agreed to exports.
    """

    title: str
    day: str
    as_of: str
    sentence: str
    questions: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[RecordedAction, ...]
    notes: tuple[Told, ...]
    stories: tuple[Told, ...]


def meeting_record(memory: Memory, meeting: str, *, today: date) -> MeetingRecord:
    """The record of a meeting as it may leave the house; InvalidQuery when there is no such meeting."""
    held = memory.meeting(meeting)
    decisions = tuple(in_one_line(one.text) for one in memory.decisions if one.meeting == meeting)
    actions = tuple(recorded(one, today) for one in memory.actions if one.meeting == meeting)
    notes = tuple(Told(in_one_line(one.text), one.role, day_words(one.on))
                  for one in memory.notes if one.meeting == meeting)  # fmt: skip
    return MeetingRecord(
        title=held.title, day=day_words(held.held_on), as_of=numbers_of(held, today),
        sentence=counted(len(decisions), len(actions)), questions=tuple(item.question for item in held.agenda),
        decisions=decisions, actions=actions, notes=notes, stories=_stories(memory, held),
    )  # fmt: skip


def recorded(action: Action, today: date) -> RecordedAction:
    """An action in words."""
    return RecordedAction(in_one_line(action.text), action.owner, day_words(action.due), status_of(action, today),
                          in_one_line(action.outcome))  # fmt: skip


def status_of(action: Action, today: date) -> str:
    """Open, Overdue, Done or Dropped."""
    return OVERDUE if is_overdue(action, today) else STATUS_WORDS[action.status]


def counted(decisions: int, actions: int) -> str:
    """`3 decisions and 4 actions.`"""
    said = [many(count, word) for count, word in ((decisions, "decision"), (actions, "action")) if count]
    return f"{' and '.join(said)}." if said else NOTHING


def _stories(memory: Memory, held: Meeting) -> tuple[Told, ...]:
    """Stories told since the meeting before this one and up to its day, of those that may go out."""
    before = memory.before(held)
    return tuple(
        Told(in_one_line(one.text), one.role, day_words(one.on))
        for one in memory.stories
        if one.exported and not one.withdrawn_on and one.on <= held.held_on
        and (before is None or one.on > before.held_on)
    )  # fmt: skip
