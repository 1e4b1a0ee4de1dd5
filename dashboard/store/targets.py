"""Targets in the store: the newest version of each, and every version that ever was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from dashboard.domain import Target, TargetVersion
from dashboard.errors import SavedMeanwhile
from dashboard.people.chain import Event
from dashboard.store import schema
from dashboard.store.audit_log import append
from dashboard.store.engine import get_setting, set_setting

VERSION = "targets_version"
TARGET, SAVED, STRATEGY = schema.target, schema.target_version, schema.strategy
FIELDS = ("indicator", "baseline", "baseline_period", "target", "due", "owner", "place", "stratum", "partner",
          "strategy", "process")  # fmt: skip


def save_target(engine: Engine, target: Target, *, who: str, why: str, now: datetime) -> Target:
    """Save a target that was opened at `target.version` (0: a new one) and return it with its new version.

    SavedMeanwhile when somebody else saved it since. What is as it was is not saved again.
    """
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        known = _newest(connection, target)
        if (known.version if known else 0) != target.version:
            raise SavedMeanwhile(
                "Somebody else saved this target since you opened it. Nothing of yours was written: "
                "open it again beside this page, compare, and save once more."
            )
        saved = _save(connection, target, known, (who, why, now))
        if saved.version != target.version:
            append(connection, Event("save a target", f"{saved.coalition}/{saved.id}", told=f"version {saved.version}"))
        return saved


def write_targets(connection: Connection, targets: Iterable[Target], *, who: str, why: str, now: datetime) -> None:
    """Take over targets of a file: a new one is made, a changed one gets a new version."""
    for target in targets:
        _save(connection, target, _newest(connection, target), (who, why, now))


def name_strategy(engine: Engine, coalition: str, id_: str, name: str) -> None:
    """Make a strategy known; one that is known keeps its name."""
    with engine.execution_options(writes=True).begin() as connection:
        _take_turn(connection)
        write_strategies(connection, [(coalition, id_, name)])


def write_strategies(connection: Connection, strategies: Iterable[tuple[str, str, str]]) -> None:
    """Strategies that are not known yet: coalition, id, name."""
    known = {(row.coalition_id, row.id) for row in connection.execute(select(STRATEGY))}
    for coalition, id_, name in strategies:
        if (coalition, id_) not in known:
            connection.execute(insert(STRATEGY).values(coalition_id=coalition, id=id_, name=name))
            known.add((coalition, id_))


def targets_version(engine: Engine) -> str:
    """A text that changes whenever a target is saved."""
    with engine.connect() as connection:
        return get_setting(connection, VERSION) or "0"


class TargetBoard:
    """Targets as they were at the end of `as_of` (None: as they are), each read once."""

    def __init__(self, engine: Engine, as_of: date | None = None) -> None:
        self.version = targets_version(engine) + (f"@{as_of}" if as_of else "")
        self._engine, self._as_of = engine, as_of

    @cached_property
    def history(self) -> Mapping[tuple[str, str], tuple[TargetVersion, ...]]:
        """Every version of every target by coalition and id, oldest first."""
        query = select(SAVED).order_by(SAVED.c.coalition_id, SAVED.c.id, SAVED.c.version)
        if self._as_of:
            query = query.where(SAVED.c.saved_at <= datetime.combine(self._as_of, time.max))
        found: dict[tuple[str, str], tuple[TargetVersion, ...]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                key = row["coalition_id"], row["id"]
                version = TargetVersion(_target(row), row["who"], row["why"], row["saved_at"])
                found[key] = (*found.get(key, ()), version)
        return found

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The newest version of every target."""
        return tuple(versions[-1].target for versions in self.history.values())

    @cached_property
    def strategies(self) -> Mapping[tuple[str, str], str]:
        """Names of strategies by coalition and id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(STRATEGY)).mappings()
            return {(row["coalition_id"], row["id"]): row["name"] for row in rows}


def _take_turn(connection: Connection) -> None:
    """Wait until no other transaction writes (PostgreSQL locks this row; SQLite has begun with a lock)."""
    table = schema.setting
    connection.execute(select(table.c.value).where(table.c.key == "data_version").with_for_update())


def _newest(connection: Connection, target: Target) -> Target | None:
    query = select(TARGET).where(TARGET.c.coalition_id == target.coalition, TARGET.c.id == target.id)
    row = connection.execute(query).mappings().first()
    return _target(row) if row else None


def _save(connection: Connection, target: Target, known: Target | None, told: tuple[str, str, datetime]) -> Target:
    if known and replace(target, version=known.version) == known:
        return known
    saved = replace(target, version=known.version + 1 if known else 1)
    row = {name: getattr(saved, name) for name in FIELDS}
    row |= {"contributors": list(saved.contributors), "version": saved.version}
    key = {"coalition_id": saved.coalition, "id": saved.id}
    if known:
        mine = (TARGET.c.coalition_id == saved.coalition, TARGET.c.id == saved.id)
        connection.execute(update(TARGET).where(*mine).values(**row))
    else:
        connection.execute(insert(TARGET).values(**key, **row))
    who, why, now = told
    connection.execute(insert(SAVED).values(**key, **row, who=who, why=why, saved_at=now))
    set_setting(connection, VERSION, str(int(get_setting(connection, VERSION) or 0) + 1))
    return saved


def _target(row: Mapping[Any, Any]) -> Target:
    named = {name: row[name] for name in FIELDS}
    return Target(
        id=row["id"], coalition=row["coalition_id"], contributors=tuple(row["contributors"]), version=row["version"],
        **named,
    )  # fmt: skip
