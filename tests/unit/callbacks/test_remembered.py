"""Answers from memory: the same bytes for the same question, a new answer when anything it follows from changes."""

from __future__ import annotations

from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks import remembered
from callbacks.guard import register_guard
from callbacks.remembered import Remembered, register_remembered
from dashboard.people import Grant, Person, Role, act_as


class Store:
    """A data version that a test can change."""

    version = "1"


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def client(store: Store) -> FlaskClient:
    server, answers = Flask(__name__), count(1)
    register_guard(server, frozenset({"localhost"}))
    register_remembered(server, lambda: store.version)
    server.add_url_rule("/_dash-update-component", "post", lambda: str(next(answers)), methods=["POST"])
    server.add_url_rule("/places", "page", lambda: str(next(answers)))
    return server.test_client()


def ask(client: FlaskClient, value: str = "2018", *, output: str = "..places-paint.data..", **headers: str) -> str:
    body = {"output": output, "outputs": [], "changedPropIds": [],
            "inputs": [{"id": "places-period", "property": "value", "value": value}]}  # fmt: skip
    return client.post("/_dash-update-component", json=body, headers={"Host": "localhost"} | headers).text


def test_the_same_question_is_answered_once(client: FlaskClient) -> None:
    assert [ask(client), ask(client)] == ["1", "1"]


def test_another_question_has_another_answer(client: FlaskClient) -> None:
    assert [ask(client, "2018"), ask(client, "2019"), ask(client, "2018")] == ["1", "2", "1"]


def test_a_load_makes_every_answer_new(client: FlaskClient, store: Store) -> None:
    ask(client)
    store.version = "2"
    assert ask(client) == "2"


def test_an_answer_is_given_again_to_those_with_the_same_rights_and_to_nobody_else(client: FlaskClient) -> None:
    told = []
    for grants, officer in [((Grant(Role.ADMINISTRATOR),), False), ((Grant(Role.MEMBER),), False),
                            ((Grant(Role.MEMBER),), True), ((Grant(Role.STEWARD, "", "clinic"),), False),
                            ((Grant(Role.STEWARD, "", "hospital"),), False), ((Grant(Role.MEMBER, "north"),), False),
                            ((Grant(Role.MEMBER),), False)]:  # fmt: skip
        with act_as(Person(f"person {len(told)}", "", grants, officer)):
            told.append(ask(client))
    assert told == ["1", "2", "3", "4", "5", "6", "2"]


def test_a_page_that_may_write_is_always_asked(client: FlaskClient) -> None:
    assert [ask(client, output="bring-load.data"), ask(client, output="bring-load.data")] == ["1", "2"]


def test_a_document_is_made_anew_for_every_visit(client: FlaskClient) -> None:
    assert [client.get("/places", headers={"Host": "localhost"}).text for _ in range(2)] == ["1", "2"]


def test_another_site_gets_no_remembered_answer(client: FlaskClient) -> None:
    assert ask(client) == "1"
    assert "refused" in ask(client, **{"Sec-Fetch-Site": "cross-site"})


def test_what_is_not_found_is_not_remembered_as_found(client: FlaskClient) -> None:
    first, again = (client.get("/static/none", headers={"Host": "localhost"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (404, 404)


def test_what_was_not_asked_for_longest_is_dropped_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 2 * remembered.OVERHEAD + 12)
    kept = Remembered()
    for key in "ab":
        kept.put(key, (b"12345", []))
    kept.get("a")
    kept.put("c", (b"12345", []))
    assert [kept.get(key) is not None for key in "abc"] == [True, False, True]


def test_long_questions_with_short_answers_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 1_000_000)
    kept = Remembered()
    asked = [(str(number), b"x" * 200_000) for number in range(20)]
    for key in asked:
        kept.put(key, (b"", []))
        kept.put(key, (b"", []))
    assert [kept.get(key) is not None for key in asked] == [False] * 16 + [True] * 4
