"""Two staff servers and a public one on one PostgreSQL give the numbers of a single process on SQLite."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from surroundings import Coalition, runner

from app import create_app
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace
from public_app import create_public_app

MOST_SECONDS = 120
ROLE = "reads_for_all"
DEATHS = "opioid_overdose_death_rate"
MAP = f"/csv/places.csv?indicator={DEATHS}&within=25&period=2018&basis=residence"
HOTSPOTS = f"/csv/hotspots.csv?indicator={DEATHS}&within=25&period=2016-2018"
FIRST = ("towns_2020.geojson", "towns_census2020.csv")
LATER = "opioid_deaths_by_residence_2014_2018.csv"


@dataclass
class Served:
    """A server of its own with its own folder."""

    address: str
    process: subprocess.Popen[bytes]

    def workers(self) -> set[int]:
        """The processes that answer for it."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid) for pid in listed}

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=MOST_SECONDS) as answer:
            return str(answer.read().decode())


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; a busy machine may take long, a fault takes for ever."""
    given_up = time.monotonic() + MOST_SECONDS
    while time.monotonic() < given_up:
        try:
            if holds():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)
    raise AssertionError("It never came.")


@contextmanager
def served(home: Path, *arguments: str, **settings: str) -> Iterator[Served]:
    """`coalition serve` in processes of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    cleared = {name: text for name, text in os.environ.items() if not name.startswith("COALITION_")}
    command = [sys.executable, "-c", "from commands.main import run; run()", "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(command, env=cleared | {"COALITION_HOME": str(home)} | settings)
    try:
        made = Served(f"http://127.0.0.1:{port}", process)
        until(lambda: process.poll() is not None or "Ready" in made.get("/readyz"))
        assert process.poll() is None
        yield made
    finally:
        process.terminate()
        process.wait(MOST_SECONDS)


@pytest.fixture
def alone(tmp_path: Path, shared: Path) -> tuple[Coalition, Path]:
    """One process on SQLite that holds everything."""
    run = runner(tmp_path / "alone")
    assert run("load", *(shared / "ma" / name for name in (*FIRST, LATER))).code == 0
    return run, tmp_path / "alone"


@pytest.mark.long
def test_two_staff_servers_and_a_public_one_say_what_one_process_says(
    tmp_path: Path, shared: Path, postgresql_url: str, alone: tuple[Coalition, Path]
) -> None:
    single, home = alone
    store = {"COALITION_DATABASE_URL": postgresql_url.replace("+psycopg", "")}
    releases = {"COALITION_PUBLIC_DATABASE_URL": store["COALITION_DATABASE_URL"]}
    one, other = (runner(tmp_path / name, **store, **releases) for name in ("one", "other"))
    assert one("load", *(shared / "ma" / name for name in FIRST)).code == 0
    with ExitStack() as open_:
        servers = [open_.enter_context(served(tmp_path / name, "--workers", "2", **store)) for name in ("one", "other")]
        assert one("load", shared / "ma" / LATER).code == 0
        expected = _staff(home, MAP)
        assert "Boston" in expected
        for server in servers:  # each is told of the load by the store alone
            until(lambda server=server: server.get(MAP) == expected)  # type: ignore[misc]
        asked = ("analyse", "--indicator", DEATHS, "--within", "25", "--period", "2016-2018", "--format", "json")
        found = [json.loads(run(*asked).out)["hotspots"] for run in (other, single)]
        assert found[0] == found[1] != []
        for server in servers:
            until(lambda server=server: server.get(HOTSPOTS) == _staff(home, HOTSPOTS))  # type: ignore[misc]
        published = ("publish", "--as-of", "2026-11-22", "--made-by", "Ann", "--approved-by", "Ben")
        assert other(*published).code == single(*published).code == 0
        public = open_.enter_context(served(tmp_path / "public", "--public", **_reader(other, releases)))
        alike = create_public_app(home / "releases").test_client()
        page = f"/r/1/map/{DEATHS}/2016-2018/all.csv"
        assert "Boston" in public.get(page)
        assert public.get(page) == alike.get(page).text
        _worker_is_replaced(servers[0], expected)


def _staff(home: Path, path: str) -> str:
    """What the one process answers."""
    workspace = Workspace(Settings(home=home, database_url=""))
    try:
        return str(create_app(workspace).server.test_client().get(path, headers={"Host": "localhost"}).text)
    finally:
        workspace.engine.dispose()


def _reader(publisher: Coalition, releases: dict[str, str]) -> dict[str, str]:
    """The settings of a public server whose role may read releases and nothing else."""
    address = releases["COALITION_PUBLIC_DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(publisher("public-role", ROLE).out.encode())
    reader = make_url(address).set(username=ROLE).render_as_string(hide_password=False)
    return {"COALITION_PUBLIC_DATABASE_URL": reader}


def _worker_is_replaced(server: Served, expected: str) -> None:
    """A worker is killed: the other answers meanwhile, and another comes in its place."""
    before = server.workers()
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    until(lambda: server.get(MAP) == expected)
    until(lambda: len(server.workers() - {killed}) == len(before))
    until(lambda: server.get(MAP) == expected)
