"""Every route, page, callback and command says what it needs; what does not is found here, and refused there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, Input, Output

from app import create_app
from callbacks.admission import needed_by_callback, needed_by_route
from callbacks.guard import CALLBACK_PATH
from callbacks.pages import PAGES
from callbacks.permissions import declared
from commands.main import COMMANDS
from dashboard.people import Permission
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

HERE = {"Host": "localhost"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    workspace = Workspace(Settings(home=tmp_path_factory.mktemp("declared"), database_url=""))
    yield create_app(workspace)
    workspace.engine.dispose()


def undeclared(app: Dash) -> list[str]:
    """Routes and callbacks of an application that do not say what they need."""
    server: Any = app.server
    routes = {rule.endpoint for rule in server.url_map.iter_rules()} - {CALLBACK_PATH}
    answered = [output for output, callback in app.callback_map.items() if "callback" in callback]
    return sorted(
        [endpoint for endpoint in routes if needed_by_route(server, endpoint) is None]
        + [output for output in answered if needed_by_callback(app.callback_map, output) is None]
    )


def test_every_route_and_every_callback_says_what_it_needs(app: Dash) -> None:
    assert len(app.callback_map) > 50
    assert undeclared(app) == []


def test_every_page_says_what_it_needs() -> None:
    assert [page.path for page in PAGES if declared(page.build) is None] == []


def test_every_command_says_what_it_needs() -> None:
    modules = {path.stem.replace("_", "-") for path in Path(import_module("commands").__path__[0]).glob("*.py")
               if "\ndef command(" in (text := path.read_text("utf-8")) or "\ngroup = " in text}  # fmt: skip
    assert modules == set(COMMANDS)
    assert set(COMMANDS.values()) <= set(Permission)


def test_a_route_or_a_callback_that_does_not_say_is_found_and_refused_even_here(app: Dash) -> None:
    server: Any = app.server
    server._got_first_request = False  # the warming was not the first request of a test that adds a route
    server.add_url_rule("/forgotten", "forgotten", lambda: "told")

    @app.callback(Output("main", "title"), Input("main", "lang"))
    def _forgotten(value: str) -> str:
        return value

    body = {"output": "main.title", "outputs": {"id": "main", "property": "title"}, "changedPropIds": [],
            "inputs": [{"id": "main", "property": "lang", "value": "told"}], "state": []}  # fmt: skip
    assert undeclared(app) == ["forgotten", "main.title"]
    client = server.test_client()
    for answer in (client.get("/forgotten", headers=HERE), client.post(CALLBACK_PATH, json=body, headers=HERE)):
        assert (answer.status_code, "told" in answer.text) == (403, False)
