"""What a server writes down is about the program: lines that machines can read, and nothing of who asked for what."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from gunicorn.config import Config

from app import create_app
from callbacks.refusals import Refusals
from commands.logs import OneLine, ServerLog, set_up
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

HERE = {"Host": "localhost"}
SECRET = "S" * 43


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the root logger writes, as a server sets it up."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up()
    written = io.StringIO()
    handler: Any = root.handlers[0]
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[FlaskClient]:
    workspace = Workspace(Settings(home=tmp_path, database_url=""))
    yield create_app(workspace).server.test_client()
    workspace.engine.dispose()


def test_a_request_that_fails_is_a_line_without_its_address_and_without_what_went_wrong_with_whom(
    staff: FlaskClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("ann@clinic.example")

    view = staff.application.view_functions
    endpoint = next(rule.endpoint for rule in staff.application.url_map.iter_rules() if "secret" in rule.arguments)
    fail.permission = view[endpoint].permission  # type: ignore[attr-defined]
    monkeypatch.setitem(view, endpoint, fail)
    assert staff.get(f"/sign-in/{SECRET}?who=ann", headers=HERE).status_code == 500
    (line,) = lines.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["from"], told["error"]) == ("error", "callbacks.guard", "RuntimeError")
    assert told["said"] == "request failed: /sign-in/<string(length=43):secret>"
    assert any(place.startswith("tests/integration/test_server_logs.py:") for place in told["through"])
    assert not any(word in line for word in (SECRET, "ann", "clinic"))


def test_a_refusal_that_cannot_be_written_names_no_account(lines: io.StringIO) -> None:
    def away(*_: object) -> None:
        raise OSError("ann")

    Refusals(away, lambda: None).refused("ann", "targets", "set targets")
    assert "targets" in lines.getvalue()
    assert "ann" not in lines.getvalue().replace("cannot", "")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Error handling request /sign-in/SECRET?a=b", "Error handling request …"),
        ("Invalid request from ip=203.0.113.9: Invalid HTTP Version", "Invalid request from … Invalid HTTP Version"),
        ("Connection from ('2001:db8::7', 4711)", "Connection from ('…', 4711)"),
        ("Worker (pid:12) was sent SIGKILL! Perhaps out of memory?", None),
    ],
)
def test_the_words_of_gunicorn_name_no_address(said: str, written: str | None) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, said, (), None)
    assert json.loads(OneLine().format(record))["said"] == (written or said)


def test_gunicorn_writes_the_same_lines() -> None:
    log = ServerLog(Config())
    assert [type(handler.formatter) for handler in log.error_log.handlers] == [OneLine]


def test_words_over_several_lines_stay_one_line() -> None:
    record = logging.LogRecord("public.shelf", logging.ERROR, __file__, 1, "two\nlines: %s", ("é",), None)
    line = OneLine().format(record)
    assert "\n" not in line
    assert json.loads(line)["said"] == "two\nlines: é"
