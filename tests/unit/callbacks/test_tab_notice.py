"""Every answer says which dashboard gives it and whether the store is away; no kept answer says it later."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks.remembered import register_remembered
from callbacks.tab_notice import register_tab_notice


class Now:
    """What a test changes."""

    version, is_away = "1", False

    def reader(self, **_: object) -> None:
        """The store is asked again, and answers."""
        self.is_away = False


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def client(now: Now) -> FlaskClient:
    server = Flask(__name__)
    register_tab_notice(server, now, lambda: now.version)  # type: ignore[arg-type]  # as much of a workspace as it needs
    register_remembered(server, lambda: "data")
    server.add_url_rule("/geo/1.json", "shapes", lambda: "{}")
    server.add_url_rule("/fails", "fails", lambda: 1 / 0)  # type: ignore[arg-type]
    return server.test_client()


def told(client: FlaskClient, path: str) -> tuple[str | None, str | None]:
    headers = client.get(path).headers
    return headers.get("Coalition-Version"), headers.get("Coalition-Store")


@pytest.mark.parametrize("path", ["/geo/1.json", "/fails", "/gone"])
def test_an_answer_and_a_failure_tell_alike(client: FlaskClient, now: Now, path: str) -> None:
    assert told(client, path) == ("1", None)
    now.is_away = True
    assert told(client, path) == ("1", "away")


def test_whoever_waits_for_the_store_has_it_asked_again(client: FlaskClient, now: Now) -> None:
    now.is_away = True
    assert told(client, "/geo/1.json") == ("1", "away")
    assert told(client, "/standing") == ("1", None)
    assert client.get("/standing").status_code == 204


def test_a_kept_answer_tells_what_holds_now(client: FlaskClient, now: Now) -> None:
    now.is_away = True
    assert told(client, "/geo/1.json") == ("1", "away")
    now.version, now.is_away = "2", False
    assert told(client, "/geo/1.json") == ("2", None)
