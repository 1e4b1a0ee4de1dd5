"""Agreements in the store: every version of each, who saved it, when and why; the newest holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rapidfuzz import process
from sqlalchemy import Connection, Engine, RowMapping, insert, select

from dashboard.agreements import Agreement
from dashboard.agreements.written import from_terms, to_terms
from dashboard.errors import InvalidQuery
from dashboard.people.chain import Event
from dashboard.store import schema
from dashboard.store.audit_log import append
from dashboard.store.engine import get_setting, set_setting
from dashboard.store.schema_agreements import agreement as TABLE  # noqa: N812

VERSION = "agreements_version"


@dataclass(frozen=True)
class Saved:
    """An agreement as it was saved: by whom, when (UTC, naive) and why."""

    agreement: Agreement
    who: str
    why: str
    saved_at: datetime


def save_agreement(engine: Engine, agreement: Agreement, *, who: str, why: str, now: datetime) -> Agreement:
    """Save a new version and return it; what is as it was is not saved again."""
    with engine.execution_options(writes=True).begin() as connection:
        return write_agreement(connection, agreement, who=who, why=why, now=now)


def write_agreement(connection: Connection, agreement: Agreement, *, who: str, why: str, now: datetime) -> Agreement:
    """Save a new version inside a transaction that writes."""
    _take_turn(connection)
    known = _newest(connection).get((agreement.coalition, agreement.id))
    if known and to_terms(known) == to_terms(agreement):
        return known
    saved = replace(agreement, version=known.version + 1 if known else 1)
    key = {"coalition_id": saved.coalition, "id": saved.id, "version": saved.version}
    named = {"partner": saved.partner, "source": saved.source, "terms": to_terms(saved)}
    connection.execute(insert(TABLE).values(**key, **named, who=who, why=why, saved_at=now))
    set_setting(connection, VERSION, str(int(get_setting(connection, VERSION) or 0) + 1))
    told = f"version {saved.version}, {saved.valid_from} to {saved.valid_to}"
    append(connection, Event("save an agreement", f"{saved.coalition}/{saved.id}", told=told))
    return saved


def end_agreement(engine: Engine, agreement: Agreement, *, who: str, why: str, now: datetime) -> Agreement:
    """End an agreement now: yesterday was its last day."""
    last = min(agreement.valid_to or now.date(), now.date() - timedelta(days=1))
    first = agreement.valid_from and min(agreement.valid_from, last)
    return save_agreement(engine, replace(agreement, valid_from=first, valid_to=last), who=who, why=why, now=now)


def find_agreement(among: Sequence[Agreement], id_: str, *, coalition: str = "") -> Agreement:
    """The one of these with an id; InvalidQuery when there is none, or when two coalitions have one."""
    found = [one for one in among if one.id == id_ and coalition in ("", one.coalition)]
    if len(found) != 1:
        near = process.extract(id_[:64], sorted({one.id for one in among}), limit=3)
        told = "Name its coalition." if found else f"Nearest: {', '.join(name for name, *_ in near) or 'none yet'}."
        raise InvalidQuery(f"There is {'more than one' if found else 'no'} agreement '{id_[:64]}'. {told}")
    return found[0]


def agreements(engine: Engine) -> tuple[Agreement, ...]:
    """The newest version of every agreement, by coalition and id."""
    with engine.connect() as connection:
        return tuple(_newest(connection).values())


def history(engine: Engine, agreement: Agreement) -> tuple[Saved, ...]:
    """Every version of an agreement, oldest first."""
    mine = (TABLE.c.coalition_id == agreement.coalition, TABLE.c.id == agreement.id)
    with engine.connect() as connection:
        rows = connection.execute(select(TABLE).where(*mine).order_by(TABLE.c.version)).mappings()
        return tuple(Saved(_read(row), row["who"], row["why"], row["saved_at"]) for row in rows)


def agreements_version(engine: Engine) -> str:
    """A text that changes whenever an agreement is saved."""
    with engine.connect() as connection:
        return get_setting(connection, VERSION) or "0"


def _take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes (PostgreSQL locks this row; SQLite has begun with a lock)."""
    table = schema.setting
    connection.execute(select(table.c.value).where(table.c.key == "data_version").with_for_update())


def _newest(connection: Connection) -> dict[tuple[str, str], Agreement]:
    rows = connection.execute(select(TABLE).order_by(TABLE.c.coalition_id, TABLE.c.id, TABLE.c.version)).mappings()
    return {(row["coalition_id"], row["id"]): _read(row) for row in rows}


def _read(row: RowMapping) -> Agreement:
    return replace(from_terms(row["terms"], f"agreement {row['id']}"), version=row["version"])
