"""Partners' loads in the store: saved in one transaction, undone with a trace, and what each sheet's columns mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, and_, func, insert, select, update

from dashboard.domain import SourceCard
from dashboard.errors import InvalidQuery
from dashboard.intake import Intake
from dashboard.people.chain import Event
from dashboard.store import schema
from dashboard.store.audit_log import append
from dashboard.store.engine import set_setting
from dashboard.store.schema_partner_files import partner_load, sheet_mapping, undone_load
from dashboard.store.writer import take_turn, write_within

LONGEST_WORD = 600


class LaterLoads(InvalidQuery):
    """Later loads speak of the same numbers, so that an undo would change little."""


@dataclass(frozen=True)
class Brought:
    """What a partner brings: `how` is file, form or none; `fingerprint` and `mapping` say how a sheet was read.

    `word` is why the numbers surprise, `changes` what is told of the load afterwards, as plain values.
    """

    intake: Intake
    coalition: str
    partner: str
    how: str
    who: str
    fingerprint: str = ""
    mapping: Mapping[str, Any] | None = None
    word: str = ""
    changes: Mapping[str, Any] | None = None

    @property
    def digest(self) -> str:
        """What makes it the same again: whose it is, the file, and what its columns were taken for."""
        read_as = orjson.dumps(self.mapping, option=orjson.OPT_SORT_KEYS) if self.mapping is not None else b""
        told = f"{self.coalition}\n{self.partner}\n{self.intake.sha256}\n".encode() + read_as
        return hashlib.sha256(told).hexdigest()


@dataclass(frozen=True)
class Saved:
    """The load that holds what was brought; `new` is false when the very same had been brought before."""

    load_id: int
    new: bool


@dataclass(frozen=True)
class PartnerLoad:
    """One load of a partner as its history tells it; `undone_at` is None while it counts."""

    load_id: int
    coalition: str
    partner: str
    how: str
    file_name: str
    loaded_at: datetime
    rows: int
    who: str
    word: str
    changes: Mapping[str, Any]
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_why: str = ""


def save(engine: Engine, brought: Brought, card: SourceCard, now: datetime) -> Saved:
    """Write what was brought, how it was read and by whom in one transaction; `now` is UTC without a zone.

    The very same file read the same way changes nothing while its load counts; after an undo it is a new load.
    """
    with engine.execution_options(writes=True).begin() as connection:
        take_turn(connection)
        standing = _standing(connection, brought.digest)
        if standing is not None:
            return Saved(standing, new=False)
        attempt = hashlib.sha256(f"{brought.digest} {_times(connection, brought.digest)}".encode()).hexdigest()
        load_id = write_within(connection, replace(brought.intake, sha256=attempt), card, now)
        connection.execute(
            update(schema.load).where(schema.load.c.id == load_id).values(coalition_id=brought.coalition)
        )
        connection.execute(insert(partner_load).values(
            load_id=load_id, coalition_id=brought.coalition, partner=brought.partner, how=brought.how,
            digest=brought.digest, fingerprint=brought.fingerprint, who=brought.who, word=brought.word[:LONGEST_WORD],
            changes=dict(brought.changes or {}),
        ))  # fmt: skip
        _remember(connection, brought, now)
    return Saved(load_id, new=True)


def undo(engine: Engine, load_id: int, *, who: str, why: str, now: datetime, anyway: bool = False) -> PartnerLoad:
    """Take a partner's load back: from now on it does not count, and earlier days' screens keep it.

    InvalidQuery when there is no such load or it is undone already; LaterLoads when later loads of the same partner
    stand on it (they keep what they say; `anyway` undoes it all the same).
    """
    with engine.execution_options(writes=True).begin() as connection:
        version = take_turn(connection)
        found = _load(connection, load_id)
        if found.undone_at is not None:
            raise InvalidQuery(f"Load {load_id} was undone on {found.undone_at:%-d %B %Y} already.")
        later = _later(connection, load_id)
        if later and not anyway:
            named = ", ".join(str(number) for number in later)
            raise LaterLoads(
                f"Load {named} came after load {load_id} and speaks of the same numbers, so it keeps what it says: "
                "undo the newest first, or say that this one goes anyway."
            )
        connection.execute(insert(undone_load).values(load_id=load_id, undone_at=now, who=who, why=why[:LONGEST_WORD]))
        set_setting(connection, "data_version", str(version + 1))
        append(connection, Event("undo load", str(load_id)))
        return _load(connection, load_id)


def history(engine: Engine, partner: str, *, coalition: str | None = None) -> list[PartnerLoad]:
    """Every load that a partner brought, the newest first, undone ones too."""
    wanted = [partner_load.c.partner == partner]
    if coalition is not None:
        wanted.append(partner_load.c.coalition_id == coalition)
    with engine.connect() as connection:
        rows = connection.execute(
            _loads().where(*wanted).order_by(schema.load.c.loaded_at.desc(), schema.load.c.id.desc())
        )
        return [PartnerLoad(*row) for row in rows]


def one_load(engine: Engine, load_id: int) -> PartnerLoad:
    """One load that a partner brought; InvalidQuery when there is none of that number."""
    with engine.connect() as connection:
        return _load(connection, load_id)


def remembered(engine: Engine, coalition: str, partner: str) -> dict[str, Mapping[str, Any]]:
    """What the columns of each known layout of a partner's sheets were last taken for, by the layout's fingerprint."""
    table = sheet_mapping
    query = (
        select(table.c.fingerprint, table.c.body)
        .where(table.c.coalition_id == coalition, table.c.partner == partner)
        .order_by(table.c.version)
    )
    with engine.connect() as connection:
        return {row.fingerprint: row.body for row in connection.execute(query)}


def _standing(connection: Connection, digest: str) -> int | None:
    query = (
        select(partner_load.c.load_id)
        .outerjoin(undone_load, undone_load.c.load_id == partner_load.c.load_id)
        .where(partner_load.c.digest == digest, undone_load.c.load_id.is_(None))
    )
    return connection.scalar(query)


def _times(connection: Connection, digest: str) -> int:
    """How often the very same was brought before: a load that comes again after its undo is a load of its own."""
    table = partner_load
    return connection.scalar(select(func.count()).select_from(table).where(table.c.digest == digest)) or 0


def _remember(connection: Connection, brought: Brought, now: datetime) -> None:
    if brought.mapping is None or not brought.fingerprint:
        return
    table = sheet_mapping
    same = and_(table.c.coalition_id == brought.coalition, table.c.partner == brought.partner,
                table.c.fingerprint == brought.fingerprint)  # fmt: skip
    newest = connection.execute(select(table).where(same).order_by(table.c.version.desc())).first()
    if newest is not None and newest.body == dict(brought.mapping):
        return
    connection.execute(insert(table).values(
        coalition_id=brought.coalition, partner=brought.partner, fingerprint=brought.fingerprint,
        version=(newest.version if newest else 0) + 1, body=dict(brought.mapping), who=brought.who, saved_at=now,
    ))  # fmt: skip


def _loads() -> Any:
    load, how, gone = schema.load, partner_load, undone_load
    return (
        select(how.c.load_id, how.c.coalition_id, how.c.partner, how.c.how, load.c.file_name, load.c.loaded_at,
               load.c.rows_accepted, how.c.who, how.c.word, how.c.changes, gone.c.undone_at,
               func.coalesce(gone.c.who, ""), func.coalesce(gone.c.why, ""))
        .join(load, load.c.id == how.c.load_id)
        .outerjoin(gone, gone.c.load_id == how.c.load_id)
    )  # fmt: skip


def _load(connection: Connection, load_id: int) -> PartnerLoad:
    row = connection.execute(_loads().where(partner_load.c.load_id == load_id)).first()
    if row is None:
        raise InvalidQuery(f"There is no load {load_id} that a partner brought.")
    return PartnerLoad(*row)


def _later(connection: Connection, load_id: int) -> list[int]:
    """Loads of the same source that came later, still count, and speak of some of the same numbers."""
    mine, other, load = schema.coverage.alias("mine"), schema.coverage.alias("other"), schema.load
    same = and_(*(mine.c[name] == other.c[name] for name in ("measure", "basis", "partner", "level")))
    meet = and_(mine.c.start_day < other.c.end_day, other.c.start_day < mine.c.end_day)
    source = select(load.c.source).where(load.c.id == load_id).scalar_subquery()
    query = (
        select(other.c.load_id)
        .distinct()
        .join(mine, and_(same, meet))
        .join(load, load.c.id == other.c.load_id)
        .outerjoin(undone_load, undone_load.c.load_id == other.c.load_id)
        .where(mine.c.load_id == load_id, other.c.load_id > load_id, load.c.source == source,
               undone_load.c.load_id.is_(None))
        .order_by(other.c.load_id)
    )  # fmt: skip
    return [int(number) for number in connection.scalars(query)]
