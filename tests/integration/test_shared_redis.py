"""What workers share in a real Redis: answers and counts, nothing that others wrote, and everything without it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from redis_at_work import RedisServer

from callbacks.guard import register_guard
from callbacks.limits import Counts
from callbacks.remembered import register_remembered
from callbacks.shared import Shared, open_redis
from callbacks.shared_answers import SharedAnswers
from dashboard.errors import StoreError
from dashboard.people import Grant, Person, Role, act_as
from dashboard.settings import Settings

ASKED = {"output": "..places-paint.data..", "outputs": [], "changedPropIds": [],
         "inputs": [{"id": "places-period", "property": "value", "value": "2018"}]}  # fmt: skip


@pytest.fixture
def client(redis_server: RedisServer) -> Iterator[Redis]:
    with open_redis(Settings(broker_url=redis_server.url)) as opened:
        yield opened


def worker(name: str, shared: Shared, *, program: str = "one", version: str = "1") -> FlaskClient:
    """A web worker that says its name and how often it has answered."""
    server, answers = Flask(__name__), count(1)
    register_guard(server, frozenset({"localhost"}))
    register_remembered(server, lambda: version, beyond=SharedAnswers(shared, program))
    server.add_url_rule("/_dash-update-component", "post", lambda: f"{name}{next(answers)}", methods=["POST"])
    return server.test_client()


def ask(server: FlaskClient) -> str:
    return server.post("/_dash-update-component", json=ASKED, headers={"Host": "localhost"}).text


def test_what_one_worker_answered_another_gives_again(client: Redis):
    first, second = (worker(name, Shared(client, "ours")) for name in "ab")
    assert [ask(first), ask(second), ask(first)] == ["a1", "a1", "a1"]


def test_an_answer_is_no_one_elses_of_another_store_program_version_or_rights(client: Redis):
    ours = Shared(client, "ours")
    ask(worker("a", ours))
    others = [worker("b", Shared(client, "theirs")), worker("c", ours, program="two"), worker("d", ours, version="2")]
    assert [ask(other) for other in others] == ["b1", "c1", "d1"]
    with act_as(Person("ann", grants=(Grant(Role.MEMBER),))):
        assert ask(worker("e", ours)) == "e1"


def test_an_answer_that_was_tampered_with_is_not_believed(client: Redis):
    ours = Shared(client, "ours")
    ask(worker("a", ours))
    (name,) = client.keys("*:answer:*")
    kept = bytes(client.get(name) or b"")
    client.set(name, kept[:-2] + b"XX")
    assert ask(worker("b", ours)) == "b1"
    client.set(name, b"short")
    assert ask(worker("c", ours)) == "c1"


def test_workers_count_together_and_each_store_for_itself(client: Redis):
    first, second, other = (Counts(Shared(client, store), lambda: 0.0) for store in ("ours", "ours", "theirs"))
    counted = [each.add("sign-in", "ann", seconds=60) for each in (first, second, first, other)]
    assert counted == [1, 2, 3, 1]


def test_without_redis_everything_goes_on_and_it_is_said_once(
    client: Redis, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
):
    class Clock:
        now = 0.0

    shared = Shared(client, "ours", clock=lambda: Clock.now)
    server, counts = worker("a", shared), Counts(shared, lambda: 0.0)
    redis_server.stop()
    assert ask(server) == "a1"
    Clock.now = 10
    assert [counts.add("sign-in", "ann", seconds=60) for _ in range(2)] == [1, 2]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    redis_server.start()
    assert [counts.add("sign-in", "ann", seconds=60)] == [3]  # left alone for a while
    Clock.now = 20
    assert counts.add("sign-in", "ann", seconds=60) == 1
    assert [record.getMessage() for record in caplog.records][1:] == ["Redis answers again"]


@pytest.mark.parametrize("address", ["nonsense", "http://localhost", "redis://localhost:port/0"])
def test_an_address_that_is_none_is_refused_in_a_sentence(address: str):
    with pytest.raises(StoreError, match="COALITION_BROKER_URL"):
        open_redis(Settings(broker_url=address))
