"""Signing in with a provider: its word counts only when it is signed, fresh, to us and about this very try."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openid_provider import ANOTHER, CLIENT, SECRET, SHARED_SECRET, Running, provider
from pydantic import SecretStr
from werkzeug.test import TestResponse

from app import create_app
from dashboard.people import Grant, Person, Role
from dashboard.settings import Settings
from dashboard.store.audit_log import records
from dashboard.store.people import add_account
from dashboard.store.workspace import Workspace

HERE = {"Host": "localhost"}


@pytest.fixture(scope="module")
def other() -> Iterator[Running]:
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def workspace(other: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home: Path = tmp_path_factory.mktemp("openid")
    settings = Settings(home=home, database_url="", oidc_issuer=other.issuer, oidc_client_id=CLIENT,
                        oidc_client_secret=SecretStr(SECRET))  # fmt: skip
    made = Workspace(settings)
    ann = Person("ann@example.org", "Ann", (Grant(Role.MEMBER),))
    add_account(made.engine, ann, now=datetime(2026, 1, 1))
    yield made
    made.engine.dispose()


@pytest.fixture
def client(workspace: Workspace, other: Running) -> FlaskClient:
    other.told.__init__()  # type: ignore[misc]  # it tells the truth again
    return create_app(workspace).server.test_client()


def back(client: FlaskClient, other: Running, **changed: str) -> TestResponse:
    """Leave for the provider, be approved there, and come back."""
    left = client.get("/sign-in/openid?next=/places", headers=HERE)
    assert left.status_code == 303, left.text
    code, state = other.approve(left.location)
    return client.get("/sign-in/back", query_string={"code": code, "state": state} | changed, headers=HERE)


def test_somebody_the_provider_vouches_for_is_signed_in_and_led_where_they_wanted(
    client: FlaskClient, other: Running
) -> None:
    assert client.get("/places", headers=HERE).location == "/sign-in?next=/places"
    answer = back(client, other)
    assert (answer.status_code, answer.location) == (303, "/places")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("coalition="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/places", headers=HERE).status_code == 200


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "another dashboard"},
    "another nonce": {"nonce": "guessed"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 3600},
    "no expiry": {"exp": None},
    "made tomorrow": {"iat": int(time.time()) + 86400},
    "an address that is not verified": {"email_verified": False},
    "an address nobody verified": {"email_verified": None},
    "no address": {"email": None},
    "a stranger": {"email": "eve@example.org"},
    "an address that is no text": {"email": ["ann@example.org"]},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_for_this_try_signs_nobody_in(client: FlaskClient, other: Running, lie: str) -> None:
    other.told.claims = LIES[lie]
    answer = back(client, other)
    assert (answer.status_code, "You are not signed in." in answer.text) == (403, True)
    assert client.get("/places", headers=HERE).status_code == 303


@pytest.mark.parametrize(("key", "algorithm"), [(ANOTHER, "RS256"), (SHARED_SECRET, "HS256")])
def test_a_token_signed_by_anybody_else_signs_nobody_in(
    client: FlaskClient, other: Running, key: Any, algorithm: str
) -> None:
    other.told.key, other.told.algorithm = key, algorithm
    assert back(client, other).status_code == 403


def test_a_provider_that_calls_itself_otherwise_is_not_gone_to(client: FlaskClient, other: Running) -> None:
    other.told.calls_itself = "https://evil.example"
    assert client.get("/sign-in/openid", headers=HERE).status_code == 403


@pytest.mark.parametrize("changed", [{"state": "guessed"}, {"state": ""}, {"code": "guessed"}, {"code": ""}])
def test_a_way_back_that_was_not_begun_here_signs_nobody_in(
    client: FlaskClient, other: Running, changed: dict[str, str]
) -> None:
    assert back(client, other, **changed).status_code == 403


def test_what_another_browser_began_does_not_sign_this_one_in(
    client: FlaskClient, other: Running, workspace: Workspace
) -> None:
    left = client.get("/sign-in/openid", headers=HERE)
    code, state = other.approve(left.location)
    stranger = create_app(workspace).server.test_client()
    answer = stranger.get("/sign-in/back", query_string={"code": code, "state": state}, headers=HERE)
    assert (answer.status_code, "did not begin" in answer.text) == (403, True)


def test_a_way_back_works_once(client: FlaskClient, other: Running) -> None:
    left = client.get("/sign-in/openid", headers=HERE)
    code, state = other.approve(left.location)
    ways = [client.get("/sign-in/back", query_string={"code": code, "state": state}, headers=HERE) for _ in range(2)]
    assert [way.status_code for way in ways] == [303, 403]


@pytest.mark.parametrize("next_", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client: FlaskClient, other: Running, next_: str) -> None:
    left = client.get("/sign-in/openid", query_string={"next": next_}, headers=HERE)
    code, state = other.approve(left.location)
    answer = client.get("/sign-in/back", query_string={"code": code, "state": state}, headers=HERE)
    assert answer.location == "/"


def test_every_way_in_is_in_the_audit_log(client: FlaskClient, other: Running, workspace: Workspace) -> None:
    back(client, other)
    other.told.claims = LIES["a stranger"]
    back(client, other)
    done, *refused = [each for each in list(records(workspace.engine))[-3:] if each.action != "refuse"]
    assert (done.account, done.action, done.told) == ("ann@example.org", "sign in", "provider")
    assert [(each.account, each.outcome) for each in refused] == [("nobody", "refused")]
    assert all("eve" not in f"{each}" for each in records(workspace.engine))
