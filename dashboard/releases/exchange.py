"""Publishing into PostgreSQL: the publisher's folder and the database hold the same releases, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.errors import StoreError
from dashboard.releases.database import Connection, connected, file_name, take
from dashboard.releases.shelf import Listed, listed, locked, write_index

PUBLIC = "public"
TABLES = Path(__file__).with_name("database.sql")
COLUMNS = "number, sha256, made_on, made_by, approved_by, withdrawn_on, withdrawn_because"
Rows = Mapping[int, Listed]


@contextmanager
def shared(folder: Path, address: str) -> Iterator[None]:
    """Hold the database's shelf while a folder of releases is written: both hold the same before and after.

    Without an address the folder is all there is. StoreError where the database does not answer, or where it holds
    another release under a number of the folder.
    """
    if not address:
        yield
        return
    with connected(address) as connection:
        if connection.execute("SELECT to_regclass('public_release.release')").fetchone()[0] is None:
            connection.execute(TABLES.read_text("utf-8"))
        connection.execute("LOCK TABLE public_release.release IN SHARE ROW EXCLUSIVE MODE")
        _bring_together(connection, folder)
        yield
        _bring_together(connection, folder)


def _bring_together(connection: Connection, folder: Path) -> None:
    """What one side lacks comes from the other; withdrawn on either side is withdrawn on both."""
    with locked(folder):
        every = listed(folder)
        here = {each.number: each for each in every if each.audience == PUBLIC}
        there = {row[0]: _listed(row) for row in connection.execute(f"SELECT {COLUMNS} FROM public_release.release")}
        _refuse_others(here, there)
        for number in there.keys() - here.keys():
            take(connection, folder, there[number])
        for number in here.keys() - there.keys():
            _give(connection, folder, here[number])
        both = {number: _withdrawn(here.get(number), there.get(number)) for number in here.keys() | there.keys()}
        for number in there:
            if both[number].withdrawn_on != there[number].withdrawn_on:
                _mark(connection, both[number])
        others = [each for each in every if each.audience != PUBLIC]
        wanted = sorted([*others, *both.values()], key=lambda each: each.number)
        if wanted != every:
            write_index(folder, wanted)


def _refuse_others(here: Rows, there: Rows) -> None:
    for number in here.keys() & there.keys():
        if here[number].sha256 != there[number].sha256:
            raise StoreError(
                f"The database holds another release {number} than this folder. Move the folder away: the next command "
                "brings all releases back from the database."
            )


def _withdrawn(here: Listed | None, there: Listed | None) -> Listed:
    one, other = here or there, there or here
    assert one is not None
    assert other is not None
    if one.withdrawn_on or not other.withdrawn_on:
        return one
    return replace(one, withdrawn_on=other.withdrawn_on, withdrawn_because=other.withdrawn_because)


def _give(connection: Connection, folder: Path, each: Listed) -> None:
    """Put a release of the folder into the database; StoreError for a damaged one."""
    path = folder / each.file
    body = path.read_bytes() if path.is_file() else b""
    if sha256(body).hexdigest() != each.sha256:
        raise StoreError(f"The release file {path.name} is damaged: it does not go into the database.")
    row = (each.number, each.sha256, each.made_on, each.made_by, each.approved_by, each.withdrawn_on,
           each.withdrawn_because, body)  # fmt: skip
    marks = ", ".join(["%s"] * len(row))
    connection.execute(f"INSERT INTO public_release.release ({COLUMNS}, body) VALUES ({marks})", row)


def _mark(connection: Connection, each: Listed) -> None:
    told = (each.withdrawn_on, each.withdrawn_because, each.number)
    query = "UPDATE public_release.release SET withdrawn_on = %s, withdrawn_because = %s WHERE number = %s"
    connection.execute(query, told)


def _listed(row: tuple[Any, ...]) -> Listed:
    number, sha, made_on, made_by, approved_by, withdrawn_on, because = row
    return Listed(number, file_name(number), sha, made_on, PUBLIC, made_by, approved_by, withdrawn_on, because)
