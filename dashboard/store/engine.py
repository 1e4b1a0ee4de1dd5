"""Engines for SQLite and PostgreSQL, and their migrations."""

from functools import cache
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, make_url, select, update
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from dashboard.errors import StoreError
from dashboard.store import schema

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""Seconds until a PostgreSQL that says nothing is away, and milliseconds until one that stopped in a sentence is."""
MIGRATION_LOCK = 20_260_101
"""Any number that no other program uses in the same database."""


def connect(url: str) -> Engine:
    """An engine for `url`, its tables brought up to date; StoreError when it cannot be reached."""
    engine = open_engine(url)
    try:
        migrate(engine)
    except BaseException as error:  # whatever it was: nobody else can close what this opened
        engine.dispose()
        if isinstance(error, OperationalError):
            raise StoreError(
                f"The store {engine.url!r} cannot be opened: {error.orig}. Check COALITION_DATABASE_URL."
            ) from error
        raise
    return engine


def open_engine(url: str) -> Engine:
    """An engine for `url` with its tables as they are."""
    try:
        patience = {name: most for name, most in PATIENCE.items() if name not in make_url(url).query}
        engine = create_engine(
            url, pool_pre_ping=True,  # a database that was started again is found by itself
            connect_args=patience if make_url(url).get_backend_name() == "postgresql" else {},
        )  # fmt: skip
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"COALITION_DATABASE_URL is not an address this program can open ({error}). "
            "Use sqlite:///file.db or postgresql://user@host/name (with the extra 'postgres' installed)."
        ) from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to a revision, or down to "base"; a new store gets its identity here.

    A store that is up to date is only read, so that opening it never waits for a load. StoreError when a newer
    version of the program made it.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    if revision == "head" and _is_up_to_date(engine):
        return
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":  # as BEGIN IMMEDIATE does: one program at a time makes tables
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        try:
            (command.downgrade if revision == "base" else command.upgrade)(config, revision)
        except CommandError as error:
            raise StoreError(
                f"A newer version of this program made the store: update the program ({error})."
            ) from error
        if inspect(connection).has_table("setting") and get_setting(connection, "store_id") is None:
            set_setting(connection, "store_id", uuid4().hex)
            set_setting(connection, "data_version", "0")


def _is_up_to_date(engine: Engine) -> bool:
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now == _newest(str(MIGRATIONS))


@cache
def _newest(folder: str) -> str | None:
    """The last of the migrations in a folder, read once: every opening of a store asks for it."""
    return ScriptDirectory(folder).get_current_head()


def get_setting(connection: Connection, key: str) -> str | None:
    """A setting of the whole store, None when it was never set."""
    table = schema.setting
    row = connection.execute(select(table.c.value).where(table.c.coalition_id == "", table.c.key == key)).first()
    return row.value if row else None


def set_setting(connection: Connection, key: str, value: str) -> None:
    """Set a setting of the whole store."""
    table = schema.setting
    changed = connection.execute(
        update(table).where(table.c.coalition_id == "", table.c.key == key).values(value=value)
    )
    if not changed.rowcount:
        connection.execute(insert(table).values(coalition_id="", key=key, value=value))


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE for writers (readers never wait, writers never deadlock)."""
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def _configure(dbapi_connection, _record):  # type: ignore[no-untyped-def]
        dbapi_connection.isolation_level = None
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
            dbapi_connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection):  # type: ignore[no-untyped-def]
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
