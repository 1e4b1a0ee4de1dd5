"""The page of meetings: the next one, what is open, the past ones; and one meeting with all that it left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboard.meetings import Action, ActionStatus, AgendaItem, Conduct, Meeting, Memory, Note, Request, Story
from dashboard.meetings.memory import numbers_of
from dashboard.meetings.rules import is_overdue
from dashboard.views.entry_history import history_of
from dashboard.views.meeting_agenda import SCREEN_WORDS
from dashboard.views.meeting_record import counted
from dashboard.views.meeting_remembered import ActionRow, Remembered, action_row, meeting_href, remembered
from dashboard.views.meeting_screens import VIEWS, WITHDRAWN, kind_of, read_view
from dashboard.views.words import day_words

NEWEST = "Its numbers are the newest until it begins: from its day on they are those known the evening before."
NOBODY_MET = "No meeting has been called yet."


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list: its title and day, what it left behind, its page, and where it is shown or replayed."""

    title: str
    day: str
    sentence: str
    href: str
    open_href: str


@dataclass(frozen=True)
class MeetingsPage:
    """Everything the page says; `stories` are left out for whom they are not told, `memory` has the histories."""

    coalition: str
    name: str
    headline: str
    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    open_actions: tuple[ActionRow, ...]
    requests: tuple[Request, ...]
    stories: tuple[Story, ...]
    conduct: Conduct | None
    memory: Memory


@dataclass(frozen=True)
class AgendaRow:
    """One screen of an agenda: its question, what it shows, how long, and what is wrong with it ("" for nothing)."""

    question: str
    shows: str
    minutes: int
    fault: str


@dataclass(frozen=True)
class OneMeeting:
    """One meeting: when, its agenda, what it opens with and what it left behind; `own` has its decisions and actions.

    `held` says that its day has passed, so that opening it is a replay.
    """

    row: MeetingRow
    meeting: Meeting
    known: str
    held: bool
    agenda: tuple[AgendaRow, ...]
    before: Remembered
    own: Remembered
    decisions: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    memory: Memory


def meetings_page(memory: Memory, name: str, today: date, *, stories: bool) -> MeetingsPage:
    """The page of a coalition's meetings on a day."""
    coming = tuple(meeting_row(memory, one) for one in memory.meetings if one.held_on >= today)
    past = tuple(meeting_row(memory, one) for one in reversed(memory.meetings) if one.held_on < today)
    still = sorted((one for one in memory.actions if one.status is ActionStatus.OPEN), key=lambda one: one.due)
    open_actions = tuple(action_row(one, today, history_of(memory, Action, one.id)) for one in still)
    told = tuple(one for one in reversed(memory.stories) if not one.withdrawn_on) if stories else ()
    return MeetingsPage(
        memory.coalition, name, _headline(memory, today), coming, past, open_actions,
        tuple(reversed(memory.requests)), told, memory.conduct, memory,
    )  # fmt: skip


def meeting_row(memory: Memory, meeting: Meeting) -> MeetingRow:
    """A meeting as a row."""
    decisions = sum(one.meeting == meeting.id for one in memory.decisions)
    actions = sum(one.meeting == meeting.id for one in memory.actions)
    address = urlencode({"meeting": meeting.id, "coalition": meeting.coalition})
    return MeetingRow(meeting.title, day_words(meeting.held_on), counted(decisions, actions),
                      meeting_href(meeting.coalition, meeting.id), f"/meeting?{address}")  # fmt: skip


def one_meeting(memory: Memory, id_: str, today: date) -> OneMeeting:
    """One meeting; InvalidQuery when there is no such meeting."""
    meeting = memory.meeting(id_)
    as_of = numbers_of(meeting, today)
    return OneMeeting(
        row=meeting_row(memory, meeting), meeting=meeting, held=meeting.held_on < today,
        known=f"Its numbers are those known on {day_words(as_of)}." if as_of else NEWEST,
        agenda=tuple(map(_agenda_row, meeting.agenda)), before=remembered(memory, memory.before(meeting), today),
        own=remembered(memory, meeting, today, older=False),
        decisions=tuple((one.id, one.text) for one in memory.decisions if one.meeting == id_),
        notes=tuple(one for one in memory.notes if one.meeting == id_), memory=memory,
    )  # fmt: skip


def _agenda_row(item: AgendaItem) -> AgendaRow:
    path, _ = read_view(item.address)
    gone = bool(path) and path != VIEWS.get(kind_of(item), path)
    return AgendaRow(item.question, SCREEN_WORDS[item.kind], item.minutes,
                     WITHDRAWN.format(path=path[:60]) if gone else "")  # fmt: skip


def _headline(memory: Memory, today: date) -> str:
    """`The next meeting is on 3 December 2026. 4 actions are open, 1 of them overdue.`"""
    following = memory.next_from(today)
    if not memory.meetings:
        return NOBODY_MET
    said = f"The next meeting is on {day_words(following.held_on)}." if following else "No meeting is called."
    still = [one for one in memory.actions if one.status is ActionStatus.OPEN]
    late = sum(is_overdue(one, today) for one in still)
    if not still:
        return f"{said} No action is open."
    verb = "action is" if len(still) == 1 else "actions are"
    return f"{said} {len(still)} {verb} open, {late or 'none'} of them overdue."
