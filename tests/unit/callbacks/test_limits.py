"""What is asked for too often is refused, by account or by address; who sits at this computer is not counted."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks.guard import register_guard
from callbacks.limits import A_WHOLE_PROXY, LIMITS, Counts, register_limits
from dashboard.people import AT_THIS_COMPUTER, NOBODY, Grant, Person, Role, act_as

MOST = {limit.name: limit.most for limit in LIMITS}
ANN = Person("ann", grants=(Grant(Role.MEMBER),))
BOB = Person("bob", grants=(Grant(Role.MEMBER),))
SENDER, PROXY = "192.0.2.1", "10.0.0.1"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> FlaskClient:
    server = Flask(__name__)
    register_guard(server, frozenset({"localhost", "dashboard.example.org"}))
    register_limits(server, Counts(None, clock))
    for path in ("/sign-in/<secret>", "/take-home/start", "/places"):
        server.add_url_rule(path, path, lambda **_: "let in", methods=["GET", "POST"])
    return server.test_client()


def ask(client: FlaskClient, path: str, *, method: str = "POST", through: tuple[str, str] = (SENDER, PROXY)) -> int:
    sender, near = through
    return client.open(
        path, method=method, data={"form": "brief"} if method == "POST" else None,
        headers={"Host": "dashboard.example.org", "X-Forwarded-For": sender}, environ_base={"REMOTE_ADDR": near},
    ).status_code  # fmt: skip


def many(client: FlaskClient, path: str, times: int, *, method: str = "POST") -> set[int]:
    return {ask(client, path, method=method) for _ in range(times)}


def test_an_account_may_start_so_many_exports_and_no_more_until_later(client: FlaskClient, clock: Clock):
    with act_as(ANN):
        assert many(client, "/take-home/start", MOST["export"]) == {200}
        assert ask(client, "/take-home/start") == 429
    with act_as(BOB):
        assert ask(client, "/take-home/start") == 200
    clock.now = 600
    with act_as(ANN):
        assert ask(client, "/take-home/start") == 200


def test_an_address_may_try_so_many_links_opened_or_spent(client: FlaskClient):
    with act_as(NOBODY):
        assert many(client, "/sign-in/x", MOST["sign-in"] - 1, method="GET") == {200}
        assert [ask(client, "/sign-in/x"), ask(client, "/sign-in/y", method="GET")] == [200, 429]
        assert ask(client, "/sign-in/x", through=("192.0.2.2", PROXY)) == 200


def test_who_makes_up_addresses_is_stopped_where_they_come_from(client: FlaskClient):
    with act_as(NOBODY):
        most = MOST["sign-in"] * A_WHOLE_PROXY
        told = [
            ask(client, "/sign-in/x", method="GET", through=(f"192.0.2.{number}", PROXY)) for number in range(most + 1)
        ]
        assert told == [200] * most + [429]
        assert ask(client, "/sign-in/x", through=("198.51.100.1", "10.0.0.2")) == 200


def test_reading_is_not_counted_nor_who_sits_at_this_computer(client: FlaskClient):
    with act_as(ANN):
        assert many(client, "/places", MOST["export"] + 1, method="GET") == {200}
    with act_as(AT_THIS_COMPUTER):
        assert many(client, "/take-home/start", MOST["export"] + 1) == {200}
