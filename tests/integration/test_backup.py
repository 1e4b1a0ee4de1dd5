"""A backup is the whole store at one moment, in one file, and goes back into either database or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, func, insert, select, text
from surroundings import fresh_database, runner

from dashboard.errors import StoreError
from dashboard.store import schema, schema_people
from dashboard.store.audit_log import records, verify
from dashboard.store.backup import back_up, restore
from dashboard.store.engine import connect, migrate, open_engine


def fill(url: str, home: Path, shared: Path) -> str:
    """Put the Massachusetts deaths of two files into an empty store."""
    coalition = runner(home, COALITION_DATABASE_URL=url)
    files = [shared / "ma" / f"opioid_deaths_by_{kind}_2014_2018.csv" for kind in ("residence", "place_of_death")]
    assert coalition("load", *files).code == 0
    return url


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A SQLite store with those deaths."""
    home = tmp_path_factory.mktemp("full")
    fill(f"sqlite:///{home / 'full.db'}", home, shared)
    return home / "full.db"


@pytest.fixture(scope="module")
def full_database(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str, shared: Path) -> Iterator[str]:
    """The address of a PostgreSQL database with those deaths."""
    with fresh_database(postgresql_server) as url:
        yield fill(url, tmp_path_factory.mktemp("full"), shared)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store of each kind with those deaths."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("full_file"), tmp_path / "coalition.db")
        yield f"sqlite:///{tmp_path / 'coalition.db'}"
    else:
        server, like = (request.getfixturevalue(name) for name in ("postgresql_server", "full_database"))
        with fresh_database(server, like=like) as url:
            yield url


@pytest.fixture
def filled(filled_url: str) -> Iterator[Engine]:
    """A store of each kind with those deaths."""
    engine = connect(filled_url)
    yield engine
    engine.dispose()


@pytest.fixture
def others(tmp_path: Path, postgresql_server: str) -> Iterator[tuple[str, str]]:
    """The addresses of an empty database of each kind, besides the store."""
    with fresh_database(postgresql_server) as url:
        yield f"sqlite:///{tmp_path / 'other.db'}", url


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log's and the store's own name."""
    found = MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(table)) if "store_id" not in row), key=repr
            )
            for table in found.sorted_tables
            if table.name != "audit_record"
        }


def test_every_row_comes_back_in_either_database(filled: Engine, tmp_path: Path, others: tuple[str, str]) -> None:
    before = contents(filled)
    rows = back_up(filled, tmp_path / "b.backup")
    assert rows["observation"] == len(before["observation"]) > 3000
    for url in others:
        target = connect(url)
        restore(tmp_path / "b.backup", target)
        assert contents(target) == before
        target.dispose()


def test_a_restored_store_takes_the_next_file(
    filled: Engine, tmp_path: Path, others: tuple[str, str], shared: Path
) -> None:
    back_up(filled, tmp_path / "b.backup")
    for number, url in enumerate(others):
        connect(url).dispose()
        coalition = runner(tmp_path / f"home{number}", COALITION_DATABASE_URL=url)
        assert coalition("restore", tmp_path / "b.backup").code == 0
        assert coalition("load", shared / "ma" / "settlement_municipal_fy23.csv").code == 0
        shown = coalition(
            "show", "opioid_overdose_death_rate", "--place", "Boston", "--period", "2018", "--format", "csv"
        )
        assert ",181," in shown.out


def test_a_restored_store_has_a_name_of_its_own(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.backup")
    target = connect(f"sqlite:///{tmp_path / 'other.db'}")
    restore(tmp_path / "b.backup", target)
    named = text("SELECT value FROM setting WHERE key = 'store_id'")
    with filled.connect() as old, target.connect() as new:
        assert old.scalar(named) != new.scalar(named)
    target.dispose()


def test_a_store_that_holds_something_is_not_written_over(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.backup")
    before = contents(filled)
    with pytest.raises(StoreError, match="not empty"):
        restore(tmp_path / "b.backup", filled)
    assert contents(filled) == before


def test_a_backup_is_not_written_over(store: Engine, tmp_path: Path) -> None:
    (tmp_path / "b.backup").write_bytes(b"an older one")
    with pytest.raises(StoreError, match="is there already"):
        back_up(store, tmp_path / "b.backup")
    assert (tmp_path / "b.backup").read_bytes() == b"an older one"


def test_what_is_loaded_meanwhile_is_not_half_in_the_backup(filled: Engine, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        """Always as many coalitions as partners."""
        number = 0
        while not stop.is_set():
            number += 1
            with filled.execution_options(writes=True).begin() as connection:
                connection.execute(insert(schema.coalition).values(id=f"c{number}", name="x"))
                connection.execute(insert(schema.partner).values(id=f"c{number}", name="x", sector="x"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        rows = [back_up(filled, tmp_path / f"{number}.backup") for number in range(2)]
    finally:
        stop.set()
        writer.join()
    assert all(each["coalition"] == each["partner"] for each in rows)
    assert rows[-1]["coalition"] > rows[0]["coalition"]


@pytest.mark.parametrize("damage", ["text", "cut", "foreign", "missing"])
def test_what_is_no_backup_is_refused_and_leaves_the_store_empty(store: Engine, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "b.backup"
    if damage == "text":
        file.write_text("geoid,name\n")
    elif damage == "cut":
        back_up(store, file)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "foreign":
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE load (id)")
        other.close()
    before = contents(store)
    with pytest.raises(StoreError):
        restore(file, store)
    assert contents(store) == before


def test_a_backup_of_an_earlier_version_is_brought_up_to_this_one(store: Engine, tmp_path: Path) -> None:
    old = open_engine(f"sqlite:///{tmp_path / 'b.backup'}")
    migrate(old, "0003")
    with old.begin() as connection:
        connection.execute(text("INSERT INTO coalition (id, name, catchment) VALUES ('c', 'Old', '')"))
    old.dispose()
    kept = (tmp_path / "b.backup").read_bytes()
    rows = restore(tmp_path / "b.backup", store)
    assert rows["coalition"] == 1
    assert (tmp_path / "b.backup").read_bytes() == kept
    with store.connect() as connection:
        assert connection.scalar(text("SELECT name FROM coalition")) == "Old"


def test_the_log_goes_on_where_it_ended_and_nobody_stays_signed_in(
    filled: Engine, filled_url: str, tmp_path: Path
) -> None:
    coalition = runner(tmp_path / "home", COALITION_DATABASE_URL=filled_url)
    assert coalition("people", "add", "ana", "--role", "auditor").code == 0
    assert coalition("people", "link", "ana").code == 0
    back_up(filled, tmp_path / "b.backup")
    target = connect(f"sqlite:///{tmp_path / 'other.db'}")
    restore(tmp_path / "b.backup", target)
    assert verify(target) == []
    assert [each.action for each in records(target)][-2:] == ["make a link", "restore a backup"]
    assert [each.action for each in records(filled)][-1] == "make a backup"
    with target.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(schema_people.account)) == 1
        assert connection.scalar(select(func.count()).select_from(schema_people.one_time_link)) == 0
    target.dispose()
