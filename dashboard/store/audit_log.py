"""The audit log in the store: appended in the transaction of what it tells of, never changed, chained by hash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, or_, select

from dashboard.errors import StoreError
from dashboard.people import acting
from dashboard.people.chain import BEGINNING, DONE, Event, Head, Record, faults, tied
from dashboard.store.schema_people import audit_record

LOCK = 20_260_102
"""Any number that no other program uses in the same database; MIGRATION_LOCK is another."""
HEAD_FILE = "audit-log.head"
LONGEST = 200
SIGN_IN = "sign in"


def append(connection: Connection, event: Event, *, account: str = "", now: datetime | None = None) -> Record:
    """Append what happened, in a transaction that writes: it stands if, and only if, what it tells of stands.

    `account` is whoever acts unless it is given; `now` is UTC and naive. Call it last: from here to the end of the
    transaction nobody else appends.
    """
    lock_log(connection)
    before = head(connection)
    at = (now or datetime.now(UTC).replace(tzinfo=None)).isoformat(timespec="microseconds")
    record = Record(before.number + 1, at, account or acting().account, event.action, event.outcome,
                    event.subject[:LONGEST], event.told[:LONGEST])  # fmt: skip
    record = replace(record, chain=tied(record, before.chain))
    connection.execute(insert(audit_record).values(**asdict(record)))
    return record


def record(engine: Engine, event: Event, *, account: str = "", now: datetime | None = None) -> Record:
    """Append in a transaction of its own: refusals, and what is done outside of the store."""
    with engine.execution_options(writes=True).begin() as connection:
        return append(connection, event, account=account, now=now)


def lock_log(connection: Connection) -> None:
    """Until the end of the transaction nobody else appends (SQLite has begun with a lock)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


@contextmanager
def recorded(engine: Engine, event: Event) -> Iterator[None]:
    """Append an event if the block succeeds: for what is done outside of the store, such as writing a release."""
    with engine.execution_options(writes=True).begin() as connection:
        yield
        append(connection, event)


def head(connection: Connection) -> Head:
    """The end of the log; number 0 while it is empty."""
    newest = select(audit_record.c.number, audit_record.c.chain).order_by(audit_record.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head(row.number, row.chain) if row else Head(0, BEGINNING)


def records(engine: Engine, *, newest: int | None = None) -> Iterator[Record]:
    """Records, oldest first; only the newest ones where a count is given."""
    query = select(audit_record).order_by(audit_record.c.number)
    with engine.connect() as connection:
        if newest is not None:
            query = query.where(audit_record.c.number > head(connection).number - newest)
        for row in connection.execution_options(yield_per=1000).execute(query).mappings():
            yield Record(**row)


@dataclass(frozen=True)
class Wanted:
    """Which records to look for; "" is any. `account` is who acted or to whom it was done, days are UTC and ISO."""

    account: str = ""
    action: str = ""
    first_day: str = ""
    last_day: str = ""


def look(engine: Engine, wanted: Wanted, *, most: int, skip: int = 0) -> tuple[list[Record], int]:
    """The newest records that are wanted, newest first, after leaving `skip` out; and how many there are in all."""
    fits = _fits(wanted)
    newest = select(audit_record).where(*fits).order_by(audit_record.c.number.desc()).limit(most).offset(skip)
    with engine.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(audit_record).where(*fits)) or 0
        return [Record(**row) for row in connection.execute(newest).mappings()], count


def actions(engine: Engine) -> list[str]:
    """Every kind of record that there is, by name."""
    with engine.connect() as connection:
        return list(connection.scalars(select(audit_record.c.action).distinct().order_by(audit_record.c.action)))


def signed_in_last(engine: Engine) -> dict[str, str]:
    """When each account last signed in (UTC, as the log says it); accounts that never did are left out."""
    table = audit_record.c
    query = select(table.account, func.max(table.at)).where(table.action == SIGN_IN, table.outcome == DONE)
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(query.group_by(table.account))}


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    table = audit_record.c
    fits = [table.action == wanted.action] if wanted.action else []
    fits += [or_(table.account == wanted.account, table.subject == wanted.account)] if wanted.account else []
    fits += [table.at >= wanted.first_day] if wanted.first_day else []
    return fits + ([table.at < f"{wanted.last_day}U"] if wanted.last_day else [])  # "U" follows the "T" of that day


def verify(engine: Engine, *heads: Head) -> list[str]:
    """Every fault of the log; none for one that nobody touched. `heads` are ends that were kept elsewhere."""
    return faults(records(engine), heads)


def keep_head(engine: Engine, folder: Path) -> Head:
    """Write the end of the log down in a file beside the store, and return it.

    What was written down stays when the log no longer holds it: then somebody cut the log or wrote it anew.
    """
    kept = kept_head(folder)
    with engine.connect() as connection:
        now = head(connection)
        same = kept is None or kept.number == 0 or kept.chain == connection.scalar(
            select(audit_record.c.chain).where(audit_record.c.number == kept.number)
        )  # fmt: skip
    if same and (kept is None or kept.number < now.number):
        folder.mkdir(parents=True, exist_ok=True)
        scratch = folder / f".{HEAD_FILE}.{os.getpid()}"
        scratch.write_text(f"{now}\n", "ascii")
        scratch.rename(folder / HEAD_FILE)
    return now


def kept_head(folder: Path) -> Head | None:
    """The end that was written down in a folder; None where there is none."""
    try:
        return parse_head((folder / HEAD_FILE).read_text("ascii"))
    except FileNotFoundError:
        return None


def parse_head(text: str) -> Head:
    """An end as `coalition audit-log verify` prints it: its number, a colon, 64 letters; StoreError otherwise."""
    number, _, chain = text.strip().partition(":")
    if not number.isdigit() or len(chain) != 64:
        raise StoreError(f"'{text.strip()[:80]}' is no end of an audit log: a number, a colon and 64 letters.")
    return Head(int(number), chain)
