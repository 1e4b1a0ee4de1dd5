"""What was decided, and what became of it: how a meeting opens, and what the first page says of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dashboard.meetings import Action, ActionStatus, Meeting, Memory
from dashboard.meetings.memory import numbers_of
from dashboard.meetings.rules import is_overdue
from dashboard.views.entry_history import Saved, history_of
from dashboard.views.meeting_record import status_of
from dashboard.views.words import day_words

PATH = "/our-coalition/meetings"
NO_MEETING_BEFORE = "This is the first meeting: nothing was decided before it."


@dataclass(frozen=True)
class ActionRow:
    """An action as a row: its words as written, who, until when, how it stands, what became of it, id and history."""

    text: str
    owner: str
    due: str
    status: str
    outcome: str
    id: str
    history: tuple[Saved, ...] = ()


@dataclass(frozen=True)
class Remembered:
    """A meeting's decisions (texts as written) and the actions that were agreed there or are still open from before.

    `title` and `day` are "" where there was no meeting yet; `known` is the ISO day whose numbers it saw.
    """

    title: str
    day: str
    sentence: str
    decisions: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    href: str = ""
    known: str = ""


def remembered(memory: Memory, meeting: Meeting | None, today: date, *, older: bool = True) -> Remembered:
    """What was decided at a meeting, and what became of its actions by a day; with `older` of older open ones too."""
    if meeting is None:
        return Remembered("", "", NO_MEETING_BEFORE, (), ())
    decisions = tuple(one.text for one in memory.decisions if one.meeting == meeting.id)
    actions = [one for one in memory.actions if one.meeting == meeting.id
               or (older and one.status is ActionStatus.OPEN and one.on <= meeting.held_on)]  # fmt: skip
    actions.sort(key=lambda one: (not is_overdue(one, today), one.status is not ActionStatus.OPEN, one.due))
    rows = tuple(action_row(one, today, history_of(memory, Action, one.id)) for one in actions)
    return Remembered(meeting.title, day_words(meeting.held_on), _sentence(meeting, len(decisions), actions, today),
                      decisions, rows, meeting_href(memory.coalition, meeting.id),
                      numbers_of(meeting, today))  # fmt: skip


def action_row(action: Action, today: date, history: tuple[Saved, ...] = ()) -> ActionRow:
    """An action as a row."""
    return ActionRow(action.text, action.owner, day_words(action.due), status_of(action, today), action.outcome,
                     action.id, history)  # fmt: skip


def meeting_href(coalition: str, meeting: str) -> str:
    """The address of a meeting's page."""
    return f"{PATH}?{urlencode({'coalition': coalition, 'meeting': meeting})}"


def _sentence(meeting: Meeting, decisions: int, actions: list[Action], today: date) -> str:
    """`On 15 October 2026 we decided 2 things. Of 5 actions 3 are done, 1 is open and 1 is overdue.`"""
    decided = {0: "nothing was decided", 1: "we decided one thing"}.get(decisions, f"we decided {decisions} things")
    said = f"On {day_words(meeting.held_on)} {decided}."
    if not actions:
        return f"{said} No action is open."
    found = [status_of(one, today).lower() for one in actions]
    parts = [f"{found.count(word)} {'is' if found.count(word) == 1 else 'are'} {word}"
             for word in ("done", "open", "overdue", "dropped") if word in found]  # fmt: skip
    told = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    if len(parts) == 1 and len(actions) > 1:
        return f"{said} All {len(actions)} actions are {found[0]}."
    if len(actions) == 1:
        return f"{said} The one action is {found[0]}."
    return f"{said} Of {len(actions)} actions {told}."
