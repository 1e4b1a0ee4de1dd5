"""Every role, every route, every page and every callback, against a table that was written here by hand.

What the server declares is not read: only which routes and callbacks there are. One that the table does not name fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import insert
from werkzeug.test import TestResponse

from app import create_app
from callbacks.pages import PAGES, open_page
from callbacks.permissions import who
from dashboard.domain import SourceCard
from dashboard.people import Grant, Person, Role, act_as
from dashboard.settings import Settings
from dashboard.store.people import add_account, find_person, remove_account
from dashboard.store.schema import partner
from dashboard.store.sign_in import sign_in
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

HERE = {"Host": "localhost"}
UPDATE = "/_dash-update-component"
PEOPLE = {
    "member": Person("member", "", (Grant(Role.MEMBER),)),
    "officer": Person("officer", "", (Grant(Role.MEMBER),), law_enforcement=True),
    "steward": Person("steward", "", (Grant(Role.STEWARD, "", "clinic"),)),
    "publisher": Person("publisher", "", (Grant(Role.PUBLISHER),)),
    "administrator": Person("administrator", "", (Grant(Role.ADMINISTRATOR),)),
    "auditor": Person("auditor", "", (Grant(Role.AUDITOR),)),
}
WHO = ["nobody", "removed", *PEOPLE]
ALL = set(WHO)
SIGNED_IN = set(PEOPLE)
WORKING = SIGNED_IN - {"auditor"}
BRING = {"steward", "administrator"}
PUBLISH = {"publisher", "administrator"}

ROUTES: dict[str, set[str]] = {
    "/": SIGNED_IN,
    "/<path:path>": SIGNED_IN,
    "/_dash-layout": SIGNED_IN,
    "/_dash-dependencies": SIGNED_IN,
    "/_reload-hash": SIGNED_IN,
    "/_favicon.ico": ALL,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": ALL,
    "/_dash-component-suites/plotly/package_data/<name>": ALL,
    "/assets/<path:filename>": ALL,
    "/static/<path:filename>": ALL,
    "/static/<name>": ALL,
    "/healthz": ALL,
    "/readyz": ALL,
    "/standing": ALL,
    "/sign-in": ALL,
    "/sign-in/<string(length=43):secret>": ALL,
    "/sign-out": ALL,
    "/geo/<sha>.json": SIGNED_IN,
    "/csv/": SIGNED_IN,
    "/figure/": SIGNED_IN,
    "/upload/": BRING,
    "/registers/": PUBLISH,
    "/registers/templates/": SIGNED_IN,
    "/meeting": SIGNED_IN,
    "/meeting/<name>": ALL,
    "/m/": SIGNED_IN,
    "/memory/": WORKING,
    "/take-home/": SIGNED_IN,
    "/memory/<coalition>/meeting": PUBLISH,
    "/memory/<coalition>/conduct": PUBLISH,
    "/memory/<coalition>/public/": PUBLISH,
    "/people/": {"administrator"},
    "/agency/": BRING,
    "/agency/<partner>/answer/": PUBLISH,
}
"""By rule, or by the beginning of it."""
CALLBACKS: dict[str, set[str]] = {
    "takehome-": SIGNED_IN,
    "month-": SIGNED_IN, "changed-": SIGNED_IN, "places-": SIGNED_IN, "trends-": SIGNED_IN, "hotspots-": SIGNED_IN,
    "deserts-": SIGNED_IN, "naloxone-": SIGNED_IN, "gaps-": SIGNED_IN, "whatif-": SIGNED_IN, "after-": SIGNED_IN,
    "fairness-": SIGNED_IN, "targets-": SIGNED_IN, "scenario-compared": SIGNED_IN, "aim-group": SIGNED_IN,
    "aim-baseline": SIGNED_IN, "aim-judged": SIGNED_IN,
    "memory-": SIGNED_IN, "strategies-": SIGNED_IN,
    "scenario-said": WORKING, "aim-fault-": PUBLISH, "publish-": PUBLISH,
}  # fmt: skip
"""By the beginning of the first id that a callback writes to."""
PAGES_OF: dict[str, set[str]] = {
    "/": SIGNED_IN, "/what-changed": SIGNED_IN, "/places": SIGNED_IN, "/after-an-overdose": SIGNED_IN,
    "/targets": SIGNED_IN, "/our-coalition": SIGNED_IN, "/our-coalition/publish": SIGNED_IN,
    "/our-coalition/registers": SIGNED_IN, "/our-coalition/strategies": SIGNED_IN,
    "/our-coalition/calendar": SIGNED_IN, "/bring-numbers": SIGNED_IN, "/bring-numbers/partner": BRING,
    "/bring-numbers/check": BRING, "/our-coalition/people": {"administrator", "auditor"},
    "/bring-numbers/agency": SIGNED_IN,
}  # fmt: skip
FILLED = {"path": "places", "fingerprinted_path": "none.js", "package_name": "dash", "partner": "clinic",
          "load_id": "1", "comment": "1",
          "token": "t" * 22, "secret": "x" * 43, "code": "C5PF6", "number": "2", "name": "meeting.css",
          "coalition": "c", "kept": "seats", "story": "s", "kind": "request",
          "page": "places", "form": "svg"}  # fmt: skip
BY_ITSELF = ("/_dash-layout", "/healthz", "/readyz")
"""What is answered without the function that was put in place of the view."""
PART = re.compile(r"<(?:[^:>]*:)?(\w+)>")


def now() -> datetime:
    """When a test asks, not when it was collected: links and sessions end."""
    return datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace(Settings(home=tmp_path_factory.mktemp("who"), database_url=""))
    write(made.engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), now())
    with made.engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(partner).values(coalition_id="", id="clinic", name="Clinic", sector="health"))
    for person in PEOPLE.values():
        add_account(made.engine, person, now=now())
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def clients(workspace: Workspace) -> dict[str, FlaskClient]:
    """A browser of everybody, on a server whose routes do nothing but say that they were reached."""
    server: Any = create_app(workspace).server
    for endpoint in server.view_functions:
        if endpoint != "/_dash-layout":
            server.view_functions[endpoint] = _stub(server.view_functions[endpoint])
    add_account(workspace.engine, Person("removed", "", (Grant(Role.ADMINISTRATOR),)), now=now())
    made = {}
    for name in WHO:
        made[name] = server.test_client()
        if name != "nobody":
            made[name].set_cookie("coalition", sign_in(workspace.engine, name, by="link", now=now()))
    remove_account(workspace.engine, "removed", now=now())
    return made


def _stub(view: Any) -> Any:
    """Reached in place of a view that declared the same."""

    def reached(**_: object) -> str:
        return f"reached by {who().account}"

    if hasattr(view, "permission"):
        reached.permission = view.permission  # type: ignore[attr-defined]
    return reached


@pytest.fixture(scope="module")
def app(workspace: Workspace) -> Dash:
    return create_app(workspace)


def expected(table: dict[str, set[str]], name: str) -> set[str]:
    """Whom the table lets in: by the name itself, else by its longest beginning."""
    fits = [key for key in table if name == key or (key[-1] in "-/" and key != "/" and name.startswith(key))]
    fits += [key for key in table if key[-1] not in "-/" and name.startswith(key) and key.startswith(("scen", "aim"))]
    assert fits, f"{name} is not in the table of this test: write down who may"
    return table[max(fits, key=len)]


def refused(name: str, path: str) -> set[int]:
    """What somebody is told who is not let in."""
    if name in PEOPLE:
        return {403}
    return {303} if path in ("/", "/places", "/meeting") or path.startswith("/m/") else {401}


def test_every_role_reaches_its_routes_and_no_other(clients: dict[str, FlaskClient], app: Dash) -> None:
    server: Any = app.server
    tried = 0
    for rule in server.url_map.iter_rules():
        if rule.rule == UPDATE:
            continue
        path = PART.sub(lambda part: FILLED.get(part[1], "0" * 32), rule.rule)
        method = "POST" if "POST" in rule.methods else "GET"
        form = {"content_type": "application/x-www-form-urlencoded", "data": "a=b"} if method == "POST" else {}
        if path == "/upload/clinic":
            form["content_type"] = "application/octet-stream"
        for name in WHO:
            answer = clients[name].open(path, method=method, headers=HERE, **form)
            if name in expected(ROUTES, rule.rule):
                told = answer.status_code == 200 and (path in BY_ITSELF or "reached" in answer.text)
                assert told, f"{name} does not reach {path}: {answer.status_code} {answer.text[:200]}"
            else:
                assert answer.status_code in refused(name, path), f"{name} reaches {path}: {answer.text[:200]}"
            tried += 1
    assert tried > 30 * len(WHO)


def test_every_role_is_answered_by_its_callbacks_and_by_no_other(clients: dict[str, FlaskClient], app: Dash) -> None:
    answered = [output for output, callback in app.callback_map.items() if "callback" in callback]
    assert len(answered) > 30
    for output in answered:
        allowed = expected(CALLBACKS, output.strip("."))
        for name in WHO:
            answer = call(clients[name], output)
            if name in allowed:
                assert answer.text == f"reached by {name}", f"{name} is not answered by {output}: {answer.text}"
            else:
                assert answer.status_code in refused(name, UPDATE), f"{name} is answered by {output}: {answer.text}"


def test_what_browsers_work_out_themselves_is_answered_to_nobody(clients: dict[str, FlaskClient], app: Dash) -> None:
    alone = [output for output, callback in app.callback_map.items() if "callback" not in callback]
    assert {call(clients[name], output).status_code for name in WHO for output in alone} == {403}


def call(client: FlaskClient, output: str) -> TestResponse:
    """Call a callback."""
    body = {"output": output, "outputs": [], "inputs": [], "state": [], "changedPropIds": []}
    return client.post(UPDATE, data=json.dumps(body), content_type="application/json", headers=HERE)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_role_opens_its_pages_and_no_other(name: str, workspace: Workspace) -> None:
    person = find_person(workspace.engine, name)
    assert person is not None
    with act_as(person):
        for page in PAGES:
            beginning = max((key for key in PAGES_OF if page.path.startswith(key)), key=len)
            opened = "This page is not open to you." not in str(open_page(workspace, page.path, "").to_plotly_json())
            assert opened is (name in PAGES_OF[beginning]), f"{name} {page.path}"


@pytest.mark.parametrize(
    "path", ["/upload/hospital", "/upload/hospital/none", "/upload/nowhere", "/upload/hospital/numbers"]
)
def test_a_steward_brings_nothing_for_another_partner(workspace: Workspace, path: str) -> None:
    with workspace.engine.execution_options(writes=True).begin() as connection:
        if not connection.execute(partner.select().where(partner.c.id == "hospital")).first():
            connection.execute(insert(partner).values(coalition_id="", id="hospital", name="Hospital", sector="health"))
    workspace.refresh()
    server: Any = create_app(workspace).server
    client = server.test_client()
    client.set_cookie("coalition", sign_in(workspace.engine, "steward", by="link", now=now()))
    kind = "application/octet-stream" if path.count("/") == 2 else "application/x-www-form-urlencoded"
    answer = client.post(path, data="measure=x", content_type=kind, headers=HERE)
    assert answer.status_code in (400, 403, 404), answer.text
    own = client.post("/upload/clinic/none", data="measure=x", headers=HERE,
                      content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert own.status_code != 403
