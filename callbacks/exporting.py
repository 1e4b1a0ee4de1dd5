"""A desk for exports from a workspace: the reader of whoever asks, and what only the store can hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import orjson
from sqlalchemy import select

from callbacks.query import day_of
from callbacks.staff.places import complete_query
from dashboard.domain import Query
from dashboard.exports.desk import AskedPaper, Desk
from dashboard.people import acting
from dashboard.store.gated import GatedReader
from dashboard.store.meetings import read_memory
from dashboard.store.schema import boundary
from dashboard.store.taken_down import so_far, taken_down
from dashboard.store.workspace import Workspace
from dashboard.views.asking import Asked, find_place
from dashboard.views.meeting_record import MeetingRecord, meeting_record
from dashboard.views.source import ViewReader

WHOM = {
    "member": "members of the coalition", "law_enforcement": "members from law enforcement",
    "steward": "stewards of partners' numbers", "publisher": "those who publish for the coalition",
    "administrator": "those who run the dashboard for the coalition", "auditor": "auditors of the coalition",
}  # fmt: skip
"""Who may see an export, by audience. What a wider audience may see is not for a narrower one."""


def open_desk(workspace: Workspace, asked: AskedPaper) -> Desk:
    """The desk of whoever acts, for what was known on a day; InvalidQuery for no day or no such meeting."""
    reader = workspace.reader(asked.as_of)
    withheld = tuple(f"{name}: {reason}" for _, name, reason in reader.not_shown())
    today = day_of(asked.as_of)
    return Desk(
        reader, today, workspace.reader, lambda sha: shapes_body(workspace, sha),
        lambda area: _town_query(workspace, asked, area), f"For {WHOM.get(acting().audience, 'the public')}.",
        withheld, reader.cube.demonstration, _record(workspace, reader, asked, today), lambda: _noted(reader),
    )  # fmt: skip


@contextmanager
def _noted(reader: GatedReader) -> Iterator[Callable[[], tuple[str, ...]]]:
    """What agreements ask to be said with all that is read within the block."""
    with taken_down():
        yield lambda: reader.notices(so_far())


def shapes_body(workspace: Workspace, sha: str) -> Mapping[str, Any] | None:
    """Prepared shapes by their hash; None where there are none."""
    with workspace.engine.connect() as connection:
        body = connection.scalar(select(boundary.c.body).where(boundary.c.sha == sha))
    return orjson.loads(body) if body else None


def _town_query(workspace: Workspace, asked: AskedPaper, area: str) -> Query:
    _, query = complete_query(workspace.reader(asked.as_of), Asked("", within=area, as_of=asked.as_of))
    return query


def _record(workspace: Workspace, reader: ViewReader, asked: AskedPaper, today: date) -> MeetingRecord | None:
    """The record of the meeting that was asked for, of the area's coalition; None where none is."""
    if not asked.meeting:
        return None
    area = find_place(reader, asked.within) if asked.within else reader.home
    coalition = next((str(row["id"]) for row in reader.coalitions if row["catchment"] == area), "")
    return meeting_record(read_memory(workspace.engine, coalition), asked.meeting, today=today)
