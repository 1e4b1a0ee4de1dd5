"""A balancer asks whether a server answers, and whether it can read what it shows; it is told in a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from release_maker import release
from sqlalchemy.exc import OperationalError

from app import create_app
from callbacks import identity
from dashboard.errors import NotAllowed, StoreError
from dashboard.releases.file import write_release
from dashboard.releases.shelf import withdraw
from dashboard.settings import Settings
from dashboard.store import readiness
from dashboard.store.workspace import Workspace
from public_app import create_public_app

PROBE = {"Host": "10.0.0.7:8050", "X-Forwarded-For": "10.0.0.1"}
"""As a balancer asks: by the machine's address, and with nobody's account."""


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    workspace = Workspace(Settings(home=tmp_path_factory.mktemp("health"), database_url=""))
    yield create_app(workspace).server.test_client()
    workspace.engine.dispose()


def test_the_staff_server_tells_any_probe_that_it_answers_and_reads_its_store(staff: FlaskClient) -> None:
    for path, sentence in (("/healthz", "This process answers."), ("/readyz", "Ready.")):
        answer = staff.get(path, headers=PROBE)
        assert (answer.status_code, answer.text.strip(), answer.mimetype) == (200, sentence, "text/plain")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert staff.get("/places", headers=PROBE).status_code == 400  # every other address is asked by its name


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_posted_to_a_probe(staff: FlaskClient, path: str) -> None:
    assert staff.post(path, headers={"Host": "localhost"}, data={"x": "1"}).status_code == 405


def test_a_probe_asks_for_nobody(staff: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("who asks does not matter here")

    monkeypatch.setattr(identity.Identity, "__call__", never)
    assert staff.get("/healthz", headers=PROBE).status_code == 200


def test_a_store_that_does_not_answer_is_told_without_its_address(
    staff: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_engine: object) -> str:
        raise OperationalError("SELECT", {}, Exception('connection to "db.example" as "ann" failed'))

    monkeypatch.setattr(readiness, "current_version", away)
    answer = staff.get("/readyz", headers=PROBE)
    assert (answer.status_code, answer.text) == (
        503, "The store does not answer. What was read before is still shown.\n",
    )  # fmt: skip
    assert staff.get("/healthz", headers=PROBE).status_code == 200


@pytest.mark.parametrize("fault", [StoreError("file of BEN"), OSError("file of BEN"), NotAllowed("BEN")])
def test_a_read_model_that_cannot_be_opened_is_told(
    staff: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Workspace, "reader", broken)
    answer = staff.get("/readyz", headers=PROBE)
    assert (answer.status_code, "read model" in answer.text, "BEN" in answer.text) == (503, True, False)


def test_the_public_server_is_ready_while_a_whole_release_stands(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    client = create_public_app(folder).test_client()
    assert client.get("/readyz", headers=PROBE).status_code == 503
    assert "No release stands here" in client.get("/readyz", headers=PROBE).text
    write_release(release(), folder)
    assert client.get("/readyz", headers=PROBE).text == "Ready.\n"
    withdraw(folder, 1, reason="A slip", on="2026-12-01")
    assert client.get("/readyz", headers=PROBE).status_code == 503
    assert client.get("/healthz", headers=PROBE).text == "This process answers.\n"


def test_a_release_whose_file_is_gone_is_told_without_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    write_release(release(), folder)
    from public.server import build_server
    from public.shelf import FolderShelf

    client = build_server(FolderShelf(folder)).test_client()
    assert client.get("/oembed").status_code == 404  # the list is read, no release is opened
    shutil.rmtree(folder)
    answer = client.get("/readyz")
    assert (answer.status_code, str(tmp_path) in answer.text) == (503, False)


def test_a_probe_of_the_public_server_is_read_only_and_carries_the_strict_policy(tmp_path: Path) -> None:
    client = create_public_app(tmp_path).test_client()
    assert client.post("/healthz").status_code == 405
    assert client.get("/healthz").headers["Content-Security-Policy"].startswith("default-src 'none'")
