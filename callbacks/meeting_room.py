"""Which meetings whoever asks may see, and the room of one: its numbers, its memory, the day on which it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import select

from callbacks.own_coalitions import coalition_of, coalitions_seen
from callbacks.permissions import who
from dashboard.errors import InvalidQuery
from dashboard.meetings import Meeting, Memory
from dashboard.meetings.memory import numbers_of
from dashboard.store.meetings import meetings_of_all, read_memory
from dashboard.store.registers import entries
from dashboard.store.schema import boundary
from dashboard.store.workspace import Workspace
from dashboard.views.meeting_screens import Room
from dashboard.views.source import ViewReader
from dashboard.views.what_changed import known_before

LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
"""Letters of a short code: none that is read as another, and no vowels, so that no word comes out."""
CODE_LETTERS = 5


@dataclass(frozen=True)
class Found:
    """A meeting with the memory of its coalition as it is now."""

    meeting: Meeting
    memory: Memory


def today() -> date:
    """The day it is (UTC)."""
    return datetime.now(UTC).date()


def find_meeting(workspace: Workspace, id_: str, coalition: str = "") -> Found | None:
    """The meeting that an address names, else the next one or the last; None where nobody called one yet."""
    whose = coalition_of(workspace.reader(), coalition)
    if id_ and not coalition:
        known = coalitions_seen(workspace.reader())
        whose = next((one.coalition for one in meetings_of_all(workspace.engine)
                      if one.id == id_ and one.coalition in known), whose)  # fmt: skip
    memory = read_memory(workspace.engine, whose)
    meeting = memory.meeting(id_) if id_ else memory.next_from(today()) or memory.last_before(today())
    return Found(meeting, memory) if meeting else None


def room_of(workspace: Workspace, found: Found, *, now: date) -> Room:
    """The room of a meeting: what was known before it, or what is known now where it is still to come."""
    meeting = found.meeting
    held = meeting.held_on < now
    as_of = numbers_of(meeting, now)
    reader = workspace.reader(as_of)
    # A meeting in the evening is written down on the next day of the calendar that the store counts by.
    then = read_memory(workspace.engine, meeting.coalition, known_on=meeting.held_on + timedelta(1)) if held else None
    before = (then or found.memory).before(meeting)
    since = numbers_of(before, now) if before else ""
    return Room(
        reader=reader, then=_reader_then(workspace, reader, since), memory=then or found.memory,
        written=then if then and _wrote(then, meeting) else found.memory, today=meeting.held_on if held else now,
        since=since, as_of=as_of, shapes=lambda sha: shapes(workspace, sha), stories=not who().law_enforcement,
        strategies=lambda: entries(workspace.engine, meeting.coalition, "strategies",
                                   known_on=date.fromisoformat(as_of) if as_of else None),
    )  # fmt: skip


def meeting_code(meeting: Meeting) -> str:
    """The short code of a meeting: always the same one, and no secret."""
    number = int.from_bytes(sha256(f"{meeting.coalition}/{meeting.id}".encode()).digest()[:8])
    return "".join(LETTERS[number // len(LETTERS) ** n % len(LETTERS)] for n in range(CODE_LETTERS))


def meeting_of_code(workspace: Workspace, code: str) -> Meeting:
    """The meeting that a short code leads to, however it is written; InvalidQuery for one that leads nowhere."""
    known = coalitions_seen(workspace.reader())
    for meeting in meetings_of_all(workspace.engine):
        if meeting_code(meeting) == code.strip().upper() and meeting.coalition in known:
            return meeting
    raise InvalidQuery(f"The code {code[:20]} leads to no meeting. Look at the screen again: it has five signs.")


def shapes(workspace: Workspace, sha: str) -> Mapping[str, Any] | None:
    """Prepared shapes by the hash of their content."""
    with workspace.engine.connect() as connection:
        body = connection.scalar(select(boundary.c.body).where(boundary.c.sha == sha))
    return orjson.loads(body) if body else None


def _reader_then(workspace: Workspace, reader: ViewReader, since: str) -> ViewReader | None:
    return workspace.reader(since) if since and known_before(reader, date.fromisoformat(since)) else None


def _wrote(memory: Memory, meeting: Meeting) -> bool:
    return meeting.id in {one.meeting for one in memory.decisions} | {one.meeting for one in memory.actions}
