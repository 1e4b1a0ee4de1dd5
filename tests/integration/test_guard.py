"""What no request gets past, and what every answer carries."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from nonsense import nonsense
from sqlalchemy import select
from steward_at_work import Inline
from werkzeug.test import TestResponse

from app import create_app
from callbacks.guard import MAX_BODY
from dashboard.domain import SourceCard
from dashboard.intake import Intake
from dashboard.settings import Settings
from dashboard.store.schema import metadata
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write
from data_loaders.register import built_in

UPDATE = "/_dash-update-component"
CARD = SourceCard("deaths", "Deaths", "the state", "public domain")
PAGES = ("/", "/places", "/places/trends", "/bring-numbers")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The server on a small store: the towns of Massachusetts and the deaths of two of them."""
    patch = pytest.MonkeyPatch()
    patch.setattr("dashboard.store.workspace.get_context", lambda _how: SimpleNamespace(Process=Inline))
    workspace = Workspace(Settings(home=tmp_path_factory.mktemp("guard"), database_url="", hosts="board.example"))
    deaths = Intake("deaths", "deaths.csv", "1" * 64, date(2021, 1, 1))
    for geoid, count in (("2502507000", 181), ("2502782000", 0)):
        deaths.observations.add("opioid_deaths", geoid, (date(2018, 1, 1), date(2019, 1, 1)), count, basis="residence")
    for intake in (built_in("25"), deaths):
        write(workspace.engine, intake, CARD, datetime(2026, 1, 1))
    before = written(workspace)
    yield create_app(workspace).server.test_client()
    assert written(workspace) == before  # whatever was asked or called: none of it was asked to write
    workspace.engine.dispose()
    patch.undo()


def written(workspace: Workspace) -> dict[str, list[str]]:
    """Every row of every table but the log, which takes down what was refused."""
    with workspace.engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table))))
                for table in metadata.sorted_tables if table.name != "audit_record"}  # fmt: skip


def get(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    return client.get(path, headers={"Host": "localhost"} | headers)


def post(client: FlaskClient, body: object, **headers: str) -> TestResponse:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(UPDATE, data=text, headers={"Host": "localhost", "Content-Type": "application/json"} | headers)


def page(client: FlaskClient, address: str) -> TestResponse:
    """The layout of a page, as the browser asks for it: the page's address is the referrer."""
    return get(client, "/_dash-layout", Referer=f"http://localhost{address}")


def month_changed(value: object) -> dict[str, Any]:
    """What the browser sends when another area is chosen on This month."""
    found = next(d for d in DEPENDENCIES if any("month" in part["id"] for part in d["inputs"]))
    return body_for(found, [value])


def body_for(dependency: dict[str, Any], values: list[object]) -> dict[str, Any]:
    """The body of a callback with these values in its inputs and states."""
    parts = iter([*values, *[None] * 40])
    filled = {
        kind: [dict(part, value=next(parts)) for part in dependency[source]]
        for kind, source in (("inputs", "inputs"), ("state", "state"))
    }
    names = [name.rsplit(".", 1) for name in dependency["output"].strip(".").split("...")]
    outputs = [{"id": id_, "property": part} for id_, part in names]
    first = filled["inputs"][0]
    return {"output": dependency["output"], "outputs": outputs if dependency["output"].startswith("..") else outputs[0],
            "changedPropIds": [f"{first['id']}.{first['property']}"], **filled}  # fmt: skip


DEPENDENCIES: list[dict[str, Any]] = []


@pytest.fixture(scope="module", autouse=True)
def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """The callbacks that the server tells every browser."""
    told = get(client, "/_dash-dependencies").get_json()
    DEPENDENCIES[:] = [one for one in told if not one.get("clientside_function")]
    return DEPENDENCIES


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "localhost@evil", "[::2]"]
)
def test_a_foreign_host_is_refused(client: FlaskClient, host: str) -> None:
    assert get(client, "/", Host=host).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8050", "127.0.0.1:8050", "[::1]:8050", "[::1]"])
def test_a_host_that_is_ours_is_answered(client: FlaskClient, host: str) -> None:
    assert get(client, "/", Host=host).status_code == 200


def test_a_host_that_is_allowed_but_is_not_this_computer_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = get(client, "/places?within=25", Host="board.example")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/places%3Fwithin%3D25")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_another_site_cannot_post(client: FlaskClient, site: str) -> None:
    assert post(client, month_changed("25"), **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_can_post(client: FlaskClient, site: str) -> None:
    assert post(client, month_changed("25"), **{"Sec-Fetch-Site": site}).status_code == 200


def test_a_body_over_256_kilobytes_is_refused(client: FlaskClient) -> None:
    assert MAX_BODY == 256 * 1024
    assert post(client, " " * (MAX_BODY + 1)).status_code == 413
    assert post(client, " " * MAX_BODY).status_code == 400


def test_a_body_of_unknown_length_is_refused(client: FlaskClient) -> None:
    answer = client.post(UPDATE, headers={"Host": "localhost", "Transfer-Encoding": "chunked"})
    assert answer.status_code == 411


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/places", "/csv/places.csv", "/_dash-layout"])
def test_nothing_but_a_callback_takes_anything_in(client: FlaskClient, method: str, path: str) -> None:
    assert getattr(client, method)(path, headers={"Host": "localhost"}).status_code == 405


@pytest.mark.parametrize(
    "query",
    ["indicator=nonsense", "period=last+year", "place=Atlantis", "basis=nowhere", "level=galaxy", "partner=%00",
     "group=age%3Dold", "as_of=yesterday", "within=%F0%9F%8C%8D", "place=a&place=b", "indicator=" + "x" * 3000,
     "period=9999", "period=0000-9999", "as_of=0001-01-01", "place=%27%3B+DROP+TABLE+load%3B--", "=&=&&&", "%zz=%"],
)  # fmt: skip
@pytest.mark.parametrize("path", PAGES)
def test_a_page_asked_for_nonsense_says_so_in_a_sentence(client: FlaskClient, path: str, query: str) -> None:
    answer = page(client, f"{path}?{query}")
    assert answer.status_code == 200
    assert_tells_nothing(answer)
    assert '"H1"' in answer.text


def test_a_page_that_names_an_unknown_indicator_offers_the_nearest(client: FlaskClient) -> None:
    text = page(client, "/places?indicator=opioid_overdose_death_rat").text
    assert "There is no indicator" in text
    assert "opioid_overdose_death_rate" in text


@pytest.mark.parametrize("path", ["/nowhere", "/places/nowhere", "/..%2f..%2fetc/passwd", "/%00"])
def test_an_unknown_page_says_so(client: FlaskClient, path: str) -> None:
    assert "There is no such page" in page(client, path).text


@pytest.mark.parametrize("path", ["/geo/0.json", "/geo/..%2f..%2fapp.json", "/geo/%27or%271.json", "/geo/.json"])
def test_shapes_that_are_not_there_are_not_found(client: FlaskClient, path: str) -> None:
    answer = get(client, path)
    assert answer.status_code in (200, 404)  # what is no address of shapes falls to the page for every address
    if answer.status_code == 200:
        assert answer.mimetype == "text/html"
    assert_tells_nothing(answer)


def test_half_of_a_sign_that_is_quoted_in_a_refusal_is_no_fault(client: FlaskClient) -> None:
    answer = post(client, month_changed("\ud800"))
    assert answer.status_code == 400
    assert "?" in answer.text


def test_an_unknown_name_of_shapes_is_404(client: FlaskClient) -> None:
    answer = get(client, f"/geo/{'0' * 64}.json")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


@pytest.mark.parametrize("query", ["indicator=nonsense", "period=x", "place=a&place=b", "as_of=1"])
def test_a_table_asked_for_nonsense_is_refused_in_a_sentence(client: FlaskClient, query: str) -> None:
    answer = get(client, f"/csv/places.csv?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert_tells_nothing(answer)


@pytest.mark.parametrize(
    "path", ["/", "/_dash-layout", "/csv/places.csv?indicator=nonsense", "/nowhere", "/geo/0.json"]
)
def test_every_answer_carries_the_headers_that_keep_it_in_its_place(client: FlaskClient, path: str) -> None:
    headers = get(client, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_chart_can_be_sent_to_a_cloud(client: FlaskClient) -> None:
    graphs = list(found(page(client, "/places/trends?indicator=opioid_overdose_death_rate").get_json(), "Graph"))
    assert graphs
    for graph in graphs:
        config = graph["props"]["config"]
        assert (config["displayModeBar"], config["showSendToCloud"]) == (False, False)
        assert not config.get("plotlyServerURL")


def test_no_page_loads_anything_from_another_site(client: FlaskClient) -> None:
    text = get(client, "/").text
    assert [part for part in ('src="http', 'src="//', 'href="http', "cdn.") if part in text] == []


def found(node: object, kind: str) -> Iterator[dict[str, Any]]:
    """Every component of a kind in a layout."""
    if isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for child in node.values():
            yield from found(child, kind)
    elif isinstance(node, list):
        for child in node:
            yield from found(child, kind)


def assert_tells_nothing(answer: TestResponse) -> None:
    for secret in ("Traceback", str(Path(__file__).parents[2]), "site-packages", "sqlalchemy", 'File "'):
        assert secret not in answer.text


def test_a_callback_made_of_nonsense_is_answered_or_refused_and_never_breaks(client: FlaskClient) -> None:
    for seed in range(300):
        call_with_nonsense(client, seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 11_000, 1000))
def test_ten_thousand_callbacks_made_of_nonsense_never_break(first: int, client: FlaskClient) -> None:
    for seed in range(first, first + 1000):
        call_with_nonsense(client, seed)


def call_with_nonsense(client: FlaskClient, seed: int) -> None:
    """A callback whose values, and sometimes whose shape, are anything at all."""
    chance = random.Random(seed)
    body = body_for(chance.choice(DEPENDENCIES), [nonsense(chance) for _ in range(12)])
    if chance.random() < 0.5:
        body[chance.choice(sorted(body))] = nonsense(chance)
    answer = post(client, body)
    assert answer.status_code in (200, 204, 400), (seed, answer.text)
    assert_tells_nothing(answer)


@pytest.mark.parametrize("seed", range(3))
def test_a_body_that_is_no_callback_is_refused(client: FlaskClient, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        text = json.dumps(nonsense(chance)).encode()
        for body in (chance.randbytes(chance.randrange(200)), text, text[: chance.randrange(len(text))]):
            assert post(client, body).status_code in (400, 411), body
