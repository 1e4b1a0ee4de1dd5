"""Ten thousand addresses of nonsense: never a fault of the server, never a word of its inside, always the policy."""

import random
import re
from typing import Any

import pytest
from attack_publish import publish
from attack_worlds import world

from public_app import create_public_app

SAMPLE, ADDRESSES, SEED = 2_000, 10_000, 5
INSIDE = re.compile(
    rb"Traceback|File \"|\.py\b|sqlite|werkzeug|jinja2|/(?:home|root|work|tmp|usr|Users)/", re.IGNORECASE
)
DIRECTIVES = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
              "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors ")  # fmt: skip
WORDS = """r 1 0 2 latest newest map trend town targets gaps help embed es about method accessibility oembed static all
sex-female 2016-2018 2018Q1 25 25001 2500100001 area-1 opioid_overdose_death_rate nonfatal_overdose_rate.occurrence .. .
%2e%2e %00 %0d%0aSet-Cookie:x=1 ~ é %ff {{7*7}} ${7*7} <script> '" %20 index.html release-0001.db index.json .git etc
passwd 999999 1000000 -1 1e9 ² naloxone null NaN age-25-34 2018-2020.csv all.svg 2500100001.json \U0001f600"""
PARTS = ["a" * 300, "", " ", *WORDS.split()]
ENDS = ["", "/", ".csv", ".json", ".svg", ".html", ".db", "//", "/.csv", "?", "#"]
NAMES = ["url", "format", "maxwidth", "maxheight", "instead", "lang", "page", "_", "", "url[]", "callback"]
WANTED = """json xml 1 -1 99999999999999999999 ² http://site/r/1/map/ http://site //evil %00 javascript:alert(1) period
place <b>"""
VALUES = ["", "é" * 40, "a" * 900, *WANTED.split()]
METHODS = ["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = publish(world(SEED), tmp_path_factory.mktemp("fuzz"))
    return create_public_app(folder, address="http://site", frame_ancestors="https://county.example").test_client()


def address(rng: random.Random) -> str:
    """A path of known and nasty parts, at times right but for one, at times with a query."""
    parts = rng.choices(PARTS, k=rng.randint(0, 7))
    if rng.random() < 0.4:
        parts = ["r", "1", *parts]
    path = "/" + "/".join(parts).lstrip("/") + rng.choice(ENDS).lstrip("/" if not parts else "")
    if rng.random() < 0.3:
        path += "?" + "&".join(f"{rng.choice(NAMES)}={rng.choice(VALUES)}" for _ in range(rng.randint(1, 4)))
    return path


@pytest.mark.parametrize("many", [SAMPLE, pytest.param(ADDRESSES, marks=pytest.mark.long)])
def test_addresses_of_nonsense_give_no_fault_and_nothing_of_the_inside(client: Any, many: int) -> None:
    rng = random.Random(SEED + many)
    seen: dict[int, int] = {}
    for _ in range(many):
        path, method = address(rng), rng.choice(METHODS)
        answer = client.open(path, method=method, base_url="http://site")  # else the client reads //a as a host
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        assert answer.status_code < 500 or (answer.status_code == 501 and "/oembed" in path), (path, answer.status_code)
        assert method in ("GET", "HEAD") or answer.status_code == 405, (method, path)
        told = answer.headers.get("Content-Security-Policy", "")
        assert all(each in told for each in DIRECTIVES), path
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", path
        found = INSIDE.search(answer.data)
        assert found is None, (path, found)
    assert {200, 302, 404, 405, 414} <= seen.keys()  # all of it was really visited


def test_no_page_answers_a_head_with_a_body(client: Any) -> None:
    for path in ("/", "/r/1/", "/r/1/targets/", "/nowhere"):
        assert client.head(path, follow_redirects=True).data == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_whatever_would_change_something_is_refused(client: Any, method: str) -> None:
    answer = client.open("/r/1/", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
