"""The audit log in the store: appended in the transaction of what it tells of, never changed, chained by hash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.errors import StoreError
from dashboard.people import acting
from dashboard.people.chain import BEGINNING, Event, Head, Record, faults, tied
from dashboard.store.schema_people import audit_record

LOCK = 20_260_102
"""Any number that no other program uses in the same database; MIGRATION_LOCK is another."""
HEAD_FILE = "audit-log.head"
LONGEST = 200


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
