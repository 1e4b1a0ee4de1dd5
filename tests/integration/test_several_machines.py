"""Staff on a real PostgreSQL, a real Redis and a Celery worker of another machine: the same numbers as one process."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from ambulance_kits import hand_out_kits
from flask.testing import FlaskClient
from queue_worker import end_worker, start_worker, until
from redis_at_work import RedisServer

from app import create_app
from callbacks.export_jobs import AskedExport, exports_of, make_export
from dashboard.people import AT_THIS_COMPUTER, act_as
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

pytestmark = pytest.mark.long
HERE = {"Host": "localhost"}
COALITION = ("-c", "from commands.main import run; run()", "work", "--at-once", "1")


@pytest.fixture
def staff(tmp_path: Path, postgresql_url: str, redis_server: RedisServer) -> Iterator[Workspace]:
    """A store in PostgreSQL in which an ambulance service handed out 120 kits."""
    settings = Settings(home=tmp_path / "web", database_url=postgresql_url, broker_url=redis_server.url)
    made = Workspace(settings)
    hand_out_kits(made)
    yield made
    made.engine.dispose()


@pytest.fixture
def client(staff: Workspace) -> FlaskClient:
    return create_app(staff).server.test_client()


@pytest.fixture
def worker(staff: Workspace, tmp_path: Path, postgresql_url: str, redis_server: RedisServer) -> Iterator[None]:  # noqa: ARG001 -- makes the store
    """`coalition work` with a folder of its own, as on another machine."""
    url = postgresql_url.replace("+psycopg", "")
    process = start_worker(tmp_path / "elsewhere", redis_server.url, program=COALITION, COALITION_DATABASE_URL=url)
    yield
    end_worker(process, signal.SIGTERM)


def asked_for(client: FlaskClient, form: str) -> dict[str, list[str]]:
    """What the page is told after a button was pressed."""
    told = {"form": form, "within": "", "as_of": "", "meeting": ""}
    answer = client.post("/take-home/start", data=told, headers=HERE)
    assert answer.status_code == 303
    return parse_qs(urlsplit(answer.location).query)


def tables(package: bytes) -> dict[str, str]:
    """The tables of a package, by name."""
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")}


def here(staff: Workspace, into: Path) -> bytes:
    """The same export, made in this process."""
    with act_as(AT_THIS_COMPUTER):
        make_export(staff.settings, AskedExport("csv").arguments, lambda *_: None, into)
    return into.read_bytes()


@pytest.mark.usefixtures("worker")
def test_an_export_made_on_another_machine_says_what_one_made_here_says(
    client: FlaskClient, staff: Workspace, tmp_path: Path
):
    token = asked_for(client, "csv")["export"][0]
    job = exports_of(staff).job(token, AT_THIS_COMPUTER.account)
    until(lambda: exports_of(staff).progress(job).ended)
    assert exports_of(staff).progress(job).fault == ""
    answer = client.get(f"/take-home/{token}/file", headers=HERE)
    assert (answer.status_code, answer.content_length) == (200, len(answer.data))
    assert tables(answer.data) == tables(here(staff, tmp_path / "here.zip"))
    assert "120" in tables(answer.data)["this-month.csv"]


def test_while_redis_is_away_pages_go_on_and_an_export_says_so(client: FlaskClient, redis_server: RedisServer):
    token = asked_for(client, "csv")["export"][0]
    redis_server.stop()
    assert [client.get(path, headers=HERE).status_code for path in ("/places", "/", "/readyz")] == [200] * 3
    assert asked_for(client, "csv")["said"] == ["away"]
    answer = client.get(f"/take-home/{token}/file", headers=HERE)
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    came_from = {"Referer": f"http://localhost/our-coalition/take-home?export={token}"}
    page = client.get("/_dash-layout", headers=HERE | came_from)
    assert (page.status_code, "this goes on once it does" in page.text) == (200, True)
    redis_server.start()
    until(lambda: asked_for(client, "csv").get("export") == [token])
