"""The whole store as one file, and back: into SQLite or PostgreSQL, whichever it came from."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import Connection, Engine, Integer, MetaData, Table, delete, func, insert, select, text

from dashboard.errors import StoreError
from dashboard.people.chain import Event
from dashboard.store import schema_people
from dashboard.store.audit_log import append, record
from dashboard.store.engine import connect, migrate, open_engine, set_setting

KEPT = "alembic_version"
CHUNK = 20_000
SETTINGS = "setting"


def back_up(engine: Engine, path: Path) -> dict[str, int]:
    """Write the whole store, as it is at one moment, into the new file `path`; rows by table.

    The file is a SQLite store of the same version. It has its name once it is whole; StoreError when the name is taken.
    """
    if path.exists():
        raise StoreError(f"{path.name} is there already; a backup never writes over another. Give a new name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        copied = _copy_out(engine, unfinished)
        record(engine, Event("make a backup", told=f"{sum(copied.values())} rows"))
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return copied


def restore(path: Path, engine: Engine) -> dict[str, int]:
    """Read a backup into an empty store, in one transaction; rows by table.

    A backup of an earlier version is brought up to this one first; the file itself stays as it is. StoreError when the
    file is no backup, is damaged, or the store is not empty.
    """
    _look_at(path)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(path, copy)
        source = connect(f"sqlite:///{copy}")
        try:
            return _copy_in(source, engine)
        finally:
            source.dispose()


def _copy_out(engine: Engine, path: Path) -> dict[str, int]:
    target = open_engine(f"sqlite:///{path}")
    try:
        migrate(target)
        with _still(engine) as reading, target.execution_options(writes=True).begin() as writing:
            copied = _copy(reading, writing)
        with target.connect() as connection:  # one file, readable from anywhere
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        target.dispose()
    return copied


def _copy_in(source: Engine, engine: Engine) -> dict[str, int]:
    with source.connect() as reading, engine.execution_options(writes=True).begin() as writing:
        tables = _tables(writing)
        full = [table.name for table in tables if table.name != SETTINGS and _rows(writing, table)]
        if full:
            raise StoreError(
                f"The store is not empty ({', '.join(full[:3])}): a backup is restored into a new one. "
                "Point COALITION_HOME or COALITION_DATABASE_URL to it."
            )
        copied = _copy(reading, writing)
        for table in tables:
            _count_on(writing, table)
        set_setting(writing, "store_id", uuid4().hex)  # another store: nothing cached of the old one fits it
        for table in (schema_people.one_time_link, schema_people.signed_in):
            writing.execute(delete(table))  # who was signed in when the backup was made signs in again
        append(writing, Event("restore a backup", told=f"{sum(copied.values())} rows"))
    return copied


@contextmanager
def _still(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store however long it reads."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.execution_options(**level).connect() as connection, connection.begin():
        yield connection


def _copy(reading: Connection, writing: Connection) -> dict[str, int]:
    """Every table of the store in the order in which they refer to each other."""
    copied = {}
    for table in _tables(writing):
        writing.execute(delete(table))  # a new store has settings of its own
        rows = reading.execution_options(yield_per=CHUNK).execute(select(table)).mappings()
        for chunk in rows.partitions():
            writing.execute(insert(table), [dict(row) for row in chunk])
        copied[table.name] = _rows(writing, table)
        if copied[table.name] != _rows(reading, table):
            raise StoreError(f"The table {table.name} did not arrive whole; nothing was kept.")
    return copied


def _tables(connection: Connection) -> list[Table]:
    """The tables as the database has them: those of every part of the program, this one knowing none of them."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != KEPT]


def _rows(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after the last one that was copied; SQLite does so by itself."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "postgresql" and len(key) == 1 and isinstance(key[0].type, Integer):
        named = {"table": table.name, "column": key[0].name, "last": connection.scalar(select(func.max(key[0])))}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), named)


def _look_at(path: Path) -> None:
    """StoreError unless the file is a whole SQLite store of this program."""
    if not path.is_file():
        raise StoreError(f"There is no file {path.name}.")
    try:
        file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            sound = file.execute("PRAGMA quick_check").fetchone() == ("ok",)
            known = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            file.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path.name} is no backup, or is damaged: {error}. Take another one.") from error
    if not sound:
        raise StoreError(f"{path.name} is damaged. Take another one.")
    if not {SETTINGS, KEPT, "load"} <= known:
        raise StoreError(f"{path.name} is a database, but no backup of this program.")
