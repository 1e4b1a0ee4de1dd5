"""What meetings leave behind in the store: every version of every entry, who saved it and when; the newest holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, RowMapping, Table, insert, select, update

from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.meetings import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Conduct,
    Decision,
    Entry,
    Meeting,
    Memory,
    Note,
    Outcome,
    Request,
    ScreenKind,
    Story,
)
from dashboard.meetings.memory import SavedEntry
from dashboard.people.chain import Event
from dashboard.store import schema, schema_meetings
from dashboard.store.audit_log import append
from dashboard.store.engine import get_setting, set_setting

TABLES: Mapping[type[Entry], Table] = {
    Meeting: schema_meetings.meeting, Decision: schema_meetings.decision, Action: schema_meetings.action,
    Note: schema_meetings.note, Story: schema_meetings.story, Request: schema_meetings.request,
    Conduct: schema_meetings.conduct,
}  # fmt: skip
WORDS: Mapping[type[Entry], str] = {
    Meeting: "meeting", Decision: "decision", Action: "action", Note: "note", Story: "story", Request: "request",
    Conduct: "code of conduct",
}  # fmt: skip
Kind = TypeVar("Kind", bound=Entry)
VERSION = "memory_version"


def save_entry(engine: Engine, entry: Kind, *, who: str, now: datetime) -> Kind:
    """Save a new version and return it; what is as it was is not saved again.

    `entry.version` is the one that was changed (0 for a new entry): SavedMeanwhile when another has been saved since.
    """
    with engine.execution_options(writes=True).begin() as connection:
        return write_entry(connection, entry, who=who, now=now)


def write_entry(connection: Connection, entry: Kind, *, who: str, now: datetime) -> Kind:
    """Save a new version inside a transaction that writes."""
    _take_turn(connection)
    known = _newest(connection, type(entry), entry.coalition, id_=entry.id).get(entry.id)
    version = known.version if known else 0
    if known and replace(known, version=entry.version) == entry:
        return known
    if version != entry.version:
        raise SavedMeanwhile(f"Somebody else saved this {WORDS[type(entry)]} meanwhile. Open it again: nothing of "
                             "yours was saved.")  # fmt: skip
    saved = replace(entry, version=version + 1)
    connection.execute(insert(TABLES[type(entry)]).values(**_to_row(saved), who=who, saved_at=now))
    a = "an" if isinstance(entry, Action) else "a"
    told = f"version {saved.version}{', public' if getattr(saved, 'public', False) else ''}"
    append(connection, Event(f"save {a} {WORDS[type(entry)]}", f"{entry.coalition}/{entry.id}", told=told))
    _changed(connection)
    return saved


def withdraw_story(engine: Engine, coalition: str, id_: str, *, who: str, now: datetime) -> None:
    """Withdraw a story: its text is taken out of every version; that there was one, and who saved it, stays."""
    table = TABLES[Story]
    mine = (table.c.coalition_id == coalition, table.c.id == id_)
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        known = _newest(connection, Story, coalition, id_=id_).get(id_)
        if known is None:
            raise InvalidQuery(f"There is no story '{id_[:60]}' here.")
        if known.withdrawn_on:
            return
        gone = replace(known, text="", withdrawn_on=now.date(), exported=False, version=known.version + 1)
        connection.execute(update(table).where(*mine).values(text=""))
        connection.execute(insert(table).values(**_to_row(gone), who=who, saved_at=now))
        append(connection, Event("withdraw a story", f"{coalition}/{id_}"))
        _changed(connection)


def memory_version(engine: Engine) -> str:
    """A text that changes whenever anything is saved or withdrawn."""
    with engine.connect() as connection:
        return get_setting(connection, VERSION) or "0"


def read_memory(engine: Engine, coalition: str, *, known_on: date | None = None) -> Memory:
    """All that a coalition remembers: now, or as it was known at the end of a day (UTC)."""
    until = datetime.combine(known_on + timedelta(days=1), time()) if known_on else None
    with engine.connect() as connection:
        saved = {kind: _saved(connection, kind, coalition, until=until) for kind in TABLES}
    found = {kind: tuple(versions[-1].entry for versions in each.values()) for kind, each in saved.items()}
    inside: dict[str, Any] = {name: _in_order(found[kind]) for name, kind in _PARTS.items()}
    every = {(kind, id_): versions for kind, each in saved.items() for id_, versions in each.items()}
    return Memory(coalition, **inside, conduct=next(iter(found[Conduct]), None), saved=every)  # type: ignore[arg-type]


def entry_of(engine: Engine, kind: type[Kind], coalition: str, id_: str) -> Kind | None:
    """The newest version of an entry; None when there is none."""
    with engine.connect() as connection:
        return _newest(connection, kind, coalition, id_=id_).get(id_) if id_ else None


def entry_history(engine: Engine, kind: type[Entry], coalition: str, id_: str) -> tuple[SavedEntry, ...]:
    """Every version of an entry, oldest first."""
    with engine.connect() as connection:
        return _saved(connection, kind, coalition, id_=id_).get(id_, ())


def meetings_of_all(engine: Engine) -> tuple[Meeting, ...]:
    """The newest version of every meeting of every coalition: short codes lead to them."""
    table = TABLES[Meeting]
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.coalition_id, table.c.id, table.c.version)).mappings()
        found = {(row["coalition_id"], row["id"]): _from_row(Meeting, row) for row in rows}
    return tuple(found.values())


_PARTS: Mapping[str, type[Entry]] = {
    "meetings": Meeting, "decisions": Decision, "actions": Action, "notes": Note, "stories": Story,
    "requests": Request,
}  # fmt: skip


def _in_order(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: (getattr(one, "held_on", None) or one.on, one.id)))  # type: ignore[attr-defined]


def _changed(connection: Connection) -> None:
    set_setting(connection, VERSION, str(int(get_setting(connection, VERSION) or 0) + 1))


def _take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes (PostgreSQL locks this row; SQLite has begun with a lock)."""
    table = schema.setting
    connection.execute(select(table.c.value).where(table.c.key == "data_version").with_for_update())


def _newest(connection: Connection, kind: type[Kind], coalition: str, *, id_: str = "",
            until: datetime | None = None) -> dict[str, Kind]:  # fmt: skip
    """The newest version of each entry by id, of those saved before `until`."""
    saved = _saved(connection, kind, coalition, id_=id_, until=until)
    return {one: versions[-1].entry for one, versions in saved.items()}  # type: ignore[misc]


def _saved(connection: Connection, kind: type[Entry], coalition: str, *, id_: str = "",
           until: datetime | None = None) -> dict[str, tuple[SavedEntry, ...]]:  # fmt: skip
    """Every version of each entry by id, oldest first, of those saved before `until`."""
    table = TABLES[kind]
    query = select(table).where(table.c.coalition_id == coalition).order_by(table.c.id, table.c.version)
    if id_:
        query = query.where(table.c.id == id_)
    if until:
        query = query.where(table.c.saved_at < until)
    found: dict[str, tuple[SavedEntry, ...]] = {}
    for row in connection.execute(query).mappings():
        one = SavedEntry(_from_row(kind, row), row["who"], row["saved_at"])
        found[row["id"]] = (*found.get(row["id"], ()), one)
    return found


def _to_row(entry: Entry) -> dict[str, Any]:
    told = {name: value.value if isinstance(value, StrEnum) else value for name, value in asdict(entry).items()}
    return {"coalition_id": told.pop("coalition")} | told


def _from_row(kind: type[Kind], row: RowMapping) -> Kind:
    told: dict[str, Any] = {field.name: row[field.name] for field in fields(kind) if field.name != "coalition"}
    told["about"] = About(**told["about"])
    if "agenda" in told:
        told["agenda"] = tuple(AgendaItem(**item | {"kind": ScreenKind(item["kind"])}) for item in told["agenda"])
    if "status" in told:
        told["status"] = ActionStatus(told["status"])
    if "outcome" in told and kind is Request:
        told["outcome"] = Outcome(told["outcome"])
    return kind(coalition=row["coalition_id"], **told)
