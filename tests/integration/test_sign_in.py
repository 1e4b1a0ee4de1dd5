"""Signing in as browsers do it: links, cookies, proxies, and who needs none of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app import create_app
from callbacks import identity
from callbacks.identity import Identity
from callbacks.sign_in import own_path
from dashboard.domain import SourceCard
from dashboard.intake import Intake
from dashboard.people import Grant, Person, Role
from dashboard.settings import Settings
from dashboard.store.audit_log import kept_head, records, verify
from dashboard.store.people import add_account, remove_account
from dashboard.store.sign_in import make_link
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write

HERE = {"Host": "localhost"}
BOARD = {"Host": "board.example"}
FORM = "application/x-www-form-urlencoded"
ANN = Person("ann", "Ann", (Grant(Role.MEMBER),))
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


def now() -> datetime:
    """When a test asks, not when it was collected: links and sessions end."""
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def served(home: Path, *people: Person, **settings: Any) -> Iterator[Served]:
    """A server of a store with these accounts, reached from this computer and as board.example."""
    workspace = Workspace(Settings(home=home, database_url="", hosts="board.example", **settings))
    for person in people:
        add_account(workspace.engine, person, now=now())
    try:
        yield Served(workspace, create_app(workspace).server)  # type: ignore[arg-type]
    finally:
        workspace.engine.dispose()


@dataclass(frozen=True)
class Served:
    """A workspace and what serves it."""

    workspace: Workspace
    server: Flask

    def browser(self) -> FlaskClient:
        """Somebody who has not signed in."""
        return self.server.test_client()

    def link(self) -> str:
        """The way in for Ann."""
        return f"/sign-in/{make_link(self.workspace.engine, 'ann', now=now())}"

    def signed_in(self) -> FlaskClient:
        """Ann, who came by a link."""
        client = self.browser()
        assert client.post(self.link(), headers=HERE, content_type=FORM, data="").status_code == 303
        return client


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("board"), ANN) as one:
        yield one


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = {"trusted_proxy": "10.0.0.5, 10.1.0.0/16", "trusted_proxy_header": "X-User"}
    with served(tmp_path_factory.mktemp("proxied"), ANN, **settings) as one:
        yield one


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is asked at every request."""
    monkeypatch.setattr(identity, "KEPT_SECONDS", 0.0)


def test_this_computer_needs_no_sign_in_until_somebody_has_an_account(tmp_path: Path) -> None:
    with served(tmp_path) as one:
        client = one.browser()
        assert client.get("/", headers=HERE).status_code == 200
        assert client.get("/", headers=BOARD).status_code == 303
        add_account(one.workspace.engine, ANN, now=now())
        assert client.get("/", headers=HERE).location == "/sign-in?next=/"
        ann = one.signed_in()
        assert ann.get("/", headers=HERE).status_code == 200
        add_account(one.workspace.engine, Person("ben", "", (Grant(Role.MEMBER),)), now=now())
        remove_account(one.workspace.engine, "ann", now=now())
        assert ann.get("/", headers=HERE).status_code == 303
        remove_account(one.workspace.engine, "ben", now=now())
        assert ann.get("/", headers=HERE).status_code == 200


def test_a_demonstration_needs_no_sign_in_on_this_computer_only(tmp_path: Path) -> None:
    with served(tmp_path, ANN) as one:
        intake = Intake("demonstration", "d", "1" * 64, now().date(), demonstration=True)
        write(one.workspace.engine, intake, SourceCard("demonstration", "D", "us", ""), now())
        one.workspace.refresh()
        client = one.browser()
        assert client.get("/", headers=HERE).status_code == 200
        assert client.get("/", headers=HERE, environ_base=ELSEWHERE).status_code == 303
        assert client.get("/", headers=HERE | {"X-Forwarded-For": "203.0.113.9"}).status_code == 303
        assert client.get("/", headers=BOARD).status_code == 303


def test_a_link_is_looked_at_without_harm_and_signs_in_by_its_button(board: Served) -> None:
    client, link = board.browser(), board.link()
    for _ in range(2):
        look = client.get(link, headers=HERE)
        assert (look.status_code, "Sign in as ann?" in look.text) == (200, True)
        assert look.headers["Cache-Control"] == "no-store"
    answer = client.post(link, headers=HERE, content_type=FORM, data="")
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/", headers=HERE).status_code == 200
    again = board.browser().post(link, headers=HERE, content_type=FORM, data="")
    assert (again.status_code, "Ask for a new link" in again.text) == (403, True)


@pytest.mark.parametrize(("host", "name", "secure"), [(HERE, "coalition=", False), (BOARD, "__Host-coalition=", True)])
def test_the_cookie_is_for_this_site_alone_and_outside_of_this_computer_for_https(
    board: Served, host: dict[str, str], name: str, secure: bool
) -> None:
    answer = board.browser().post(board.link(), headers=host, content_type=FORM, data="")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(name)
    parts = {part.strip() for part in cookie.split(";")}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert ("Secure" in parts) is secure
    assert not any(part.startswith("Domain") for part in parts)


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too(board: Served) -> None:
    client, thief = board.signed_in(), board.browser()
    cookie = client.get_cookie("coalition")
    assert cookie is not None
    thief.set_cookie("coalition", cookie.value)
    assert thief.get("/", headers=HERE).status_code == 200
    assert client.post("/sign-out", headers=HERE, content_type=FORM, data="").location == "/sign-in"
    client.set_cookie("coalition", cookie.value)
    assert client.get("/", headers=HERE).status_code == 303


def test_an_answer_of_the_store_is_believed_for_a_second_and_for_a_minute_while_it_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, asked = [100.0], []
    monkeypatch.setattr(identity.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(identity, "KEPT_SECONDS", 1.0)
    kept: identity.Kept[str] = identity.Kept()

    def ask() -> str:
        asked.append(clock[0])
        if clock[0] > 101.5:
            raise OperationalError("away", {}, Exception())
        return f"told at {clock[0]}"

    said = []
    for clock[0] in (100.0, 100.9, 101.1, 130.0, 161.0):
        said.append(kept.get("ann", ask))
    assert said == ["told at 100.0", "told at 100.0", "told at 101.1", "told at 101.1", "told at 101.1"]
    assert asked == [100.0, 101.1, 130.0, 161.0]
    clock[0] = 162.0
    with pytest.raises(OperationalError):
        kept.get("ann", ask)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "x" * 5000, "'; DROP TABLE account;--", "\u00fc"])
def test_a_made_up_cookie_is_nobody(board: Served, cookie: str) -> None:
    answer = board.browser().get("/", headers=HERE | {"Cookie": f"coalition={cookie}".encode().decode("latin-1")})
    assert answer.status_code == 303


@pytest.mark.parametrize("address", ["10.0.0.5", "10.1.200.7", "::ffff:10.0.0.5"])
def test_a_trusted_proxy_says_who_asks(proxied: Served, address: str) -> None:
    client = proxied.browser()
    asked = {"environ_base": {"REMOTE_ADDR": address}}
    assert client.get("/", headers=BOARD | {"X-User": "Ann"}, **asked).status_code == 200
    assert client.get("/", headers=BOARD | {"X-User": "eve"}, **asked).status_code == 303
    assert client.get("/", headers=BOARD | {"X-User": "ann,ann"}, **asked).status_code == 303
    assert client.get("/", headers=BOARD, **asked).status_code == 303


@pytest.mark.parametrize("address", ["10.0.0.6", "203.0.113.9", "127.0.0.1", "", "nonsense"])
def test_nobody_else_says_who_asks(proxied: Served, address: str) -> None:
    answer = proxied.browser().get("/", headers=BOARD | {"X-User": "ann"}, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == 403


def test_a_proxy_on_this_computer_does_not_make_everybody_an_administrator(
    board: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "has_accounts", lambda _: False)
    for told, is_open in (("", True), ("127.0.0.1", False)):
        nobody_known: Any = SimpleNamespace(settings=Settings(trusted_proxy=told), engine=None)
        asked = Identity(nobody_known)
        with board.server.test_request_context("/", headers=HERE, environ_base={"REMOTE_ADDR": "127.0.0.1"}):
            assert asked.is_open_here() is is_open


def test_without_a_trusted_proxy_no_header_signs_anybody_in(board: Served) -> None:
    assert board.browser().get("/", headers=HERE | {"X-Forwarded-User": "ann"}).status_code == 303


def test_what_is_refused_is_in_the_log_once_a_minute_and_its_end_is_kept(tmp_path: Path) -> None:
    with served(tmp_path, ANN) as one:
        client = one.browser()
        for _ in range(20):
            client.get("/csv/places.csv", headers=HERE)
            client.post("/_dash-update-component", json={}, headers=HERE | {"Sec-Fetch-Site": "cross-site"})
        upload = {"content_type": "application/octet-stream", "data": "x"}
        one.signed_in().post("/upload/clinic", headers=HERE, **upload)
        log = list(records(one.workspace.engine))
        told = [(each.account, each.subject) for each in log if each.outcome == "refused"]
        assert told == [("nobody", "csv-places"), ("nobody", "/_dash-update-component"), ("ann", "upload-file")]
        assert verify(one.workspace.engine) == []
        kept = kept_head(one.workspace.home)
        assert kept is not None
        assert (kept.number, kept.chain) == (log[-1].number, log[-1].chain)


@pytest.mark.parametrize("path", ["/sign-out", f"/sign-in/{'x' * 43}", "/upload/clinic", "/upload/clinic/none",
                                  "/_dash-update-component"])  # fmt: skip
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                {"Origin": "null"}, {"Origin": "http://localhost:1"}, {"Origin": "http://["}],
)  # fmt: skip
def test_a_post_from_another_site_is_refused(board: Served, path: str, headers: dict[str, str]) -> None:
    answer = board.browser().post(path, headers=HERE | headers, content_type=FORM, data="a=b")
    assert (answer.status_code, answer.text) == (403, "Requests from other sites are refused.")


def test_our_own_pages_may_post(board: Served) -> None:
    headers = HERE | {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert board.browser().post("/sign-out", headers=headers, content_type=FORM, data="").status_code == 303


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_a_form_is_written_as_forms_are(board: Served, kind: str) -> None:
    assert board.browser().post("/sign-out", headers=HERE, content_type=kind, data="a").status_code == 415


def test_nonsense_sent_to_the_ways_in_never_breaks(board: Served) -> None:
    draw = random.Random(6)
    client, told = board.browser(), set()
    for _ in range(300):
        text = "".join(
            draw.choice("aZ0/?&=%\\\x00\x7f\u00e9\U0001f600<'\";:-_.~") for _ in range(draw.choice((0, 3, 43, 90)))
        )
        path = draw.choice(
            ("/sign-in", "/sign-out", f"/sign-in/{text}", f"/sign-in?next={text}", f"/sign-in/{'x' * 43}")
        )
        cookie = quote(text, safe="=;")
        answer = client.open(path, method=draw.choice(("GET", "POST", "HEAD", "PUT")), data=text.encode(),
                             headers=HERE | {"Cookie": f"coalition={cookie}; __Host-coalition={cookie}"},
                             content_type=draw.choice((FORM, "", "text/plain")))  # fmt: skip
        told.add(answer.status_code)
        assert answer.status_code < 500, (path, answer.text)
    assert {200, 403, 405} <= told


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "x" * 3000])
def test_the_way_back_leads_nowhere_else(next_: str) -> None:
    assert own_path(next_) == "/"


def test_the_way_back_is_a_page_of_ours() -> None:
    assert own_path("/places?within=25") == "/places?within=25"
