"""Registers in the store: every version of each entry, who saved it, when and why; the newest holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, insert, select

from dashboard.errors import InvalidQuery, SavedMeanwhile
from dashboard.people.chain import Event
from dashboard.registers import Entry, EntryVersion
from dashboard.store import schema
from dashboard.store.audit_log import append
from dashboard.store.schema_registers import register_entry as TABLE  # noqa: N812


def entries(engine: Engine, coalition: str, register: str = "", *, known_on: date | None = None) -> tuple[Entry, ...]:
    """What a coalition keeps, in one register or in all (""): now, or as it was known at the end of a day (UTC)."""
    until = datetime.combine(known_on + timedelta(days=1), time()) if known_on else None
    with engine.connect() as connection:
        newest = _newest(connection, coalition, register, until)
        return tuple(version.entry for version in newest.values() if not version.removed)


def history(engine: Engine, coalition: str, register: str, id_: str = "") -> tuple[EntryVersion, ...]:
    """Every version of an entry, or of every entry of a register, oldest first."""
    wanted = _of(coalition, register) + ([TABLE.c.id == id_] if id_ else [])
    with engine.connect() as connection:
        rows = connection.execute(select(TABLE).where(*wanted).order_by(TABLE.c.saved_at, TABLE.c.id, TABLE.c.version))
        return tuple(_read(row) for row in rows.mappings())


def save_entry(engine: Engine, entry: Entry, *, who: str, why: str, now: datetime, instead_of: str = "") -> Entry:
    """Save an entry that was opened at `entry.version` (0: a new one) and return it with its new version.

    `instead_of` is its id before its key was changed: that entry ends. SavedMeanwhile when somebody else saved it
    since; InvalidQuery when a new one is there already. What is as it was is not saved again.
    """
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        opened = instead_of or entry.id
        known = _newest(connection, entry.coalition, entry.register)
        _check_version(known.get(opened), entry.version)
        moved = opened != entry.id and opened in known
        taken = known.get(entry.id)
        if taken and not taken.removed and (moved or not entry.version):
            raise InvalidQuery("There is such an entry already: open it in the list and change it there.")
        if moved:
            _write(connection, known[opened], known[opened].entry, told=(who, why, now), removed=True)
        saved = _write(connection, taken, entry, told=(who, why, now))
        append(connection, Event(f"save in {entry.register}", f"{entry.coalition}/{entry.id}",
                                 told=f"version {saved.version}"), now=now)  # fmt: skip
        return saved


def remove_entry(engine: Engine, entry: Entry, *, who: str, why: str, now: datetime) -> None:
    """Take an entry away that was opened at `entry.version`; its history stays. SavedMeanwhile as in `save_entry`."""
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        known = _newest(connection, entry.coalition, entry.register).get(entry.id)
        if known is None or known.removed:
            raise InvalidQuery("This entry is not in the register any more.")
        _check_version(known, entry.version)
        gone = _write(connection, known, known.entry, told=(who, why, now), removed=True)
        append(connection, Event(f"remove from {entry.register}", f"{entry.coalition}/{entry.id}",
                                 told=f"version {gone.version}"), now=now)  # fmt: skip


def write_entries(connection: Connection, found: Iterable[Entry], *, who: str, why: str, now: datetime) -> int:
    """Take over the entries of a sheet, in a transaction that writes; returns how many were new or changed.

    A new entry is made, a changed one gets a new version, others stay as they are.
    """
    changed = 0
    known: dict[tuple[str, str], dict[str, EntryVersion]] = {}
    for entry in found:
        key = entry.coalition, entry.register
        if key not in known:
            known[key] = _newest(connection, *key)
        there = known[key]
        before = there.get(entry.id)
        saved = _write(connection, before, entry, told=(who, why, now))
        there[entry.id] = EntryVersion(saved, False, who, why, now)
        changed += before is None or saved.version != before.entry.version
    return changed


def _take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes (PostgreSQL locks this row; SQLite has begun with a lock)."""
    table = schema.setting
    connection.execute(select(table.c.value).where(table.c.key == "data_version").with_for_update())


def _check_version(known: EntryVersion | None, opened_at: int) -> None:
    version = known.entry.version if known and not known.removed else 0
    if opened_at and version != opened_at:
        raise SavedMeanwhile(
            "Somebody else changed this entry since you opened it. Nothing of yours was written: "
            "open it again, compare, and save once more."
        )


def _write(
    connection: Connection, known: EntryVersion | None, entry: Entry, *, told: tuple[str, str, datetime],
    removed: bool = False,
) -> Entry:  # fmt: skip
    if known and known.removed == removed and dict(known.entry.values) == dict(entry.values):
        return known.entry
    saved = replace(entry, version=known.entry.version + 1 if known else 1)
    who, why, now = told
    key = {"coalition_id": saved.coalition, "register": saved.register, "id": saved.id, "version": saved.version}
    connection.execute(
        insert(TABLE).values(**key, told=dict(saved.values), removed=removed, who=who, why=why, saved_at=now)
    )
    return saved


def _newest(
    connection: Connection, coalition: str, register: str, until: datetime | None = None
) -> dict[str, EntryVersion]:
    """The newest version of each entry by its id, which no two registers share; of those saved before a moment."""
    wanted = _of(coalition, register) + ([TABLE.c.saved_at < until] if until else [])
    rows = connection.execute(select(TABLE).where(*wanted).order_by(TABLE.c.register, TABLE.c.version))
    return {row["id"]: _read(row) for row in rows.mappings()}


def _of(coalition: str, register: str) -> list[ColumnElement[bool]]:
    return [TABLE.c.coalition_id == coalition, *([TABLE.c.register == register] if register else [])]


def _read(row: RowMapping) -> EntryVersion:
    entry = Entry(row["register"], row["id"], row["coalition_id"], row["told"], row["version"])
    return EntryVersion(entry, bool(row["removed"]), row["who"], row["why"], row["saved_at"])
