"""Insert very many rows the quickest way each database has."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

CHUNK = 50_000


def insert_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows whose values stand in the order of the table's columns, within the running transaction."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        marks = ", ".join("?" * len(table.columns))
        for chunk in _chunks(rows):
            connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", chunk)


def _copy(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """One COPY a chunk: making rows may ask the database something, which it cannot answer during a COPY."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {table.name} ({names}) FROM STDIN"
    for chunk in _chunks(rows):
        with _told_as_ever(connection, statement), driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in chunk:
                copy.write_row(row)


@contextmanager
def _told_as_ever(connection: Connection, statement: str) -> Iterator[None]:
    """Faults of the driver as SQLAlchemy tells all others: whoever catches a full disk need not know of COPY."""
    errors: Any = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except errors as error:
        raise DBAPIError.instance(statement, None, error, errors, dialect=connection.dialect) from error


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
