"""Releases in PostgreSQL, as the public server reads them: with a role that may do nothing else.

A release stays the file that it is: the database keeps its bytes, and whoever reads it writes them into a folder of its
own first. So protection, audit and the public server know folders alone (docs/decisions/0062).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.errors import StoreError
from dashboard.releases.shelf import Listed, listed, locked, put, write_index

ROLE = Path(__file__).with_name("database_role.sql")
FEWER = "number, sha256, made_on, withdrawn_on"
"""What the role of the public server may read, besides the bytes."""
TOO_MUCH = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^(pg_|information_schema$)'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  AND CASE WHEN n.nspname = 'public_release' AND c.relname = 'release'
           THEN has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
           ELSE has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') END
ORDER BY 1 LIMIT 1"""
Connection = Any


def fetch(address: str, folder: Path) -> None:
    """Bring a folder up to date with the database, as the public server reads it: only by looking."""
    with connected(address) as connection:
        rows = connection.execute(f"SELECT {FEWER} FROM public_release.release ORDER BY number").fetchall()
        found = [Listed(number, file_name(number), sha, day, withdrawn_on=gone) for number, sha, day, gone in rows]
        with locked(folder):
            if found != listed(folder):
                for each in found:
                    take(connection, folder, each)
                write_index(folder, found)


def check_reader(address: str) -> None:
    """StoreError for a role that can do more than read releases: the public server does not start with it."""
    with connected(address) as connection:
        found = connection.execute(TOO_MUCH).fetchone()
    if found:
        raise StoreError(
            f"The role in COALITION_PUBLIC_DATABASE_URL may do more than read releases: it reaches {found[0]}. Give "
            "the public server a role of its own; `coalition public-role NAME` prints how."
        )


def role_sql(role: str, database: str) -> str:
    """The statements that make the public server's role, its name and the database's quoted."""
    return ROLE.read_text("utf-8").format(role=_quoted(role), database=_quoted(database))


def database_of(address: str) -> str:
    """The name of the database that an address leads to; StoreError for one that is no address."""
    psycopg = _psycopg()
    try:
        return str(psycopg.conninfo.conninfo_to_dict(address).get("dbname") or "")
    except psycopg.Error as error:
        raise _refused(error) from None


def take(connection: Connection, folder: Path, each: Listed) -> None:
    """Write a release of the database into the folder, unless it is there; a damaged one is left out."""
    if (folder / each.file).exists():
        return
    query = "SELECT body FROM public_release.release WHERE number = %s"
    body = bytes(connection.execute(query, (each.number,)).fetchone()[0])
    if sha256(body).hexdigest() == each.sha256:
        put(folder, each.file, body)


def file_name(number: int) -> str:
    """The name of a release's file."""
    return f"release-{number:04d}.db"


@contextmanager
def connected(address: str) -> Iterator[Connection]:
    """One transaction; StoreError where the database refuses, without its address (a password may be in it)."""
    psycopg = _psycopg()
    try:
        with psycopg.connect(address, connect_timeout=10, application_name="coalition") as connection:
            yield connection
    except psycopg.Error as error:
        raise _refused(error) from None


def _psycopg() -> Any:
    """Imported here: a public server on a folder needs it not."""
    try:
        import psycopg
    except ImportError:
        raise StoreError("Releases in PostgreSQL need the extra `postgres` (psycopg).") from None
    return psycopg


def _refused(error: Exception) -> StoreError:
    said = str(error).strip().splitlines()
    return StoreError(
        f"The database of the releases cannot be used: {said[0] if said else type(error).__name__}. "
        "Check COALITION_PUBLIC_DATABASE_URL."
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
