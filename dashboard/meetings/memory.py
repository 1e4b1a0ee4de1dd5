"""All that one coalition remembers, as it was known at one time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dashboard.errors import InvalidQuery
from dashboard.meetings.entries import Action, Conduct, Decision, Entry, Meeting, Note, Request, Story


@dataclass(frozen=True)
class SavedEntry:
    """An entry as it was saved: by whom and when (UTC, naive)."""

    entry: Entry
    who: str
    saved_at: datetime


@dataclass(frozen=True)
class Memory:
    """The newest version of every entry of one coalition, each kind in the order of its days.

    `saved` has every version, oldest first, by the kind and id of its entry.
    """

    coalition: str
    meetings: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    notes: tuple[Note, ...] = ()
    stories: tuple[Story, ...] = ()
    requests: tuple[Request, ...] = ()
    conduct: Conduct | None = None
    saved: Mapping[tuple[type[Entry], str], tuple[SavedEntry, ...]] = field(default_factory=dict, compare=False)

    def meeting(self, id_: str) -> Meeting:
        """The meeting with this id; InvalidQuery when there is none."""
        for meeting in self.meetings:
            if meeting.id == id_:
                return meeting
        raise InvalidQuery(f"There is no meeting '{id_[:60]}' here. The page Meetings lists them all.")

    def before(self, meeting: Meeting) -> Meeting | None:
        """The meeting before this one; None for the first."""
        earlier = [one for one in self.meetings if (one.held_on, one.id) < (meeting.held_on, meeting.id)]
        return earlier[-1] if earlier else None

    def held_before(self, today: date) -> tuple[Meeting, ...]:
        """The meetings before today, the newest first."""
        return tuple(one for one in reversed(self.meetings) if one.held_on < today)

    def next_from(self, today: date) -> Meeting | None:
        """The meeting of today or the first one after it."""
        return next((one for one in self.meetings if one.held_on >= today), None)

    def last_before(self, today: date) -> Meeting | None:
        """The newest meeting before today."""
        return next(iter(self.held_before(today)), None)


def numbers_of(meeting: Meeting, today: date) -> str:
    """The ISO day whose knowledge a meeting shows; "" while that day has not passed: then the newest numbers.

    It is the day before the meeting unless another is set, so that nothing that is loaded while people talk changes
    what they see.
    """
    day = meeting.as_of or meeting.held_on - timedelta(days=1)
    return day.isoformat() if day < today else ""
