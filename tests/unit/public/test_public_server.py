"""The public server: reading only, a strict policy, tags, encodings, limits, and no fault for any address."""

import json
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.errors import StoreError
from dashboard.releases.shelf import withdraw
from public.headers import ancestors
from public.server import build_server
from public.shelf import FolderShelf

DEATHS = "opioid_overdose_death_rate"
MAP = f"/r/1/map/{DEATHS}/2022-2024/all/"
EMBED = f"/embed{MAP}"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", MAP, EMBED, "/about/", "/oembed", "/nowhere", "/static/embed.js"])
def test_nothing_can_be_sent(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data=b"x=1")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", [MAP, EMBED, f"{MAP[:-1]}.svg", "/about/"])
def test_head_answers_as_get_does_without_the_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]


def test_only_figures_may_be_framed_and_only_by_those_who_are_named(client: FlaskClient) -> None:
    page, framed = client.get(MAP), client.get(EMBED)
    assert page.headers["Content-Security-Policy"] == f"{POLICY}'none'"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert framed.headers["Content-Security-Policy"] == f"{POLICY}https://www.county.example"
    assert "X-Frame-Options" not in framed.headers


def test_without_a_list_nobody_may_frame_anything(shelf: Path) -> None:
    answer = build_server(FolderShelf(shelf)).test_client().get(EMBED)
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_slip_in_the_list_of_sites_is_refused() -> None:
    assert ancestors("https://a.example, https://*.b.example:8443") == "https://a.example https://*.b.example:8443"
    for slip in ("county.example", "https://a.example;script-src *", "https://a.example/page", "'unsafe-inline'"):
        with pytest.raises(StoreError, match="COALITION_FRAME_ANCESTORS"):
            ancestors(slip)


@pytest.mark.parametrize("path", ["/", MAP, EMBED, "/nowhere", "/r/1/town/9/", "/static/embed.js", "/oembed"])
def test_no_cookie_is_set_and_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/r/1/", MAP, EMBED, f"/r/1/trend/{DEATHS}/25/all/", "/r/1/town/2502100001/",
                                  "/r/1/targets/", "/r/1/gaps/", "/r/1/help/", "/method/", "/nowhere"])  # fmt: skip
def test_no_page_holds_what_the_policy_forbids_or_asks_another_host(client: FlaskClient, path: str) -> None:
    body = client.get(path).get_data(as_text=True)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", body)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", body))
    fetched = re.findall(r'<(?:link[^>]*rel="stylesheet"[^>]*|script|img|iframe)[^>]*(?:href|src)="([^"]+)"', body)
    assert fetched
    assert not [each for each in fetched if "//" in each]


def test_a_browser_that_has_the_page_gets_no_body_again(client: FlaskClient) -> None:
    first = client.get(MAP, headers={"Accept-Encoding": "br"})
    again = client.get(MAP, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(MAP, headers={"If-None-Match": '"other"'}).status_code == 200


def test_bodies_come_in_the_encodings_that_are_asked_for(client: FlaskClient) -> None:
    plain = client.get(MAP)
    packed = client.get(MAP, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert client.get(MAP, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert len({plain.headers["ETag"], packed.headers["ETag"]}) == 2


def test_style_sheet_and_script_never_change_under_their_address(client: FlaskClient) -> None:
    body = client.get("/r/1/").get_data(as_text=True)
    for address in re.findall(r'"(?:\.\./)*(static/[0-9a-f]{16}\.(?:css|js))"', body):
        answer = client.get(f"/{address}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/0000000000000000.css").status_code == 404
    assert "immutable" not in client.get("/static/embed.js").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/" + "a" * 401, f"{MAP}?instead={'x' * 401}", "/r/1/map/" + "b/" * 300])
def test_an_address_that_is_too_long_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 414


def test_oembed_says_how_to_show_a_figure(client: FlaskClient) -> None:
    told = json.loads(client.get(f"/oembed?url=https://data.example.org{MAP}&maxwidth=500").data)
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 500)
    assert f'src="https://data.example.org/embed{MAP}"' in told["html"]


@pytest.mark.parametrize("url", ["https://other.example/r/1/gaps/", "https://data.example.org/about/", "", "x" * 50,
                                 "https://data.example.org.evil.example/r/1/gaps/"])  # fmt: skip
def test_oembed_answers_for_our_figures_alone(client: FlaskClient, url: str) -> None:
    assert client.get("/oembed", query_string={"url": url}).status_code == 404


def test_the_lines_to_copy_frame_the_newest_release(client: FlaskClient) -> None:
    body = client.get(MAP).get_data(as_text=True)
    assert f"https://data.example.org/embed/r/latest/map/{DEATHS}/2022-2024/all/" in body
    assert "https://data.example.org/static/embed.js" in body


def test_a_fault_shows_neither_where_it_was_nor_what(shelf: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FolderShelf):
        def open(self, number: int):  # type: ignore[override, no-untyped-def]
            raise RuntimeError(f"secret {shelf} {number}")

    answer = build_server(Broken(shelf)).test_client().get(MAP)
    assert answer.status_code == 500
    said = answer.get_data(as_text=True)
    assert "Something went wrong here" in said
    assert "secret" not in said
    assert str(shelf) not in said
    assert "Traceback" not in said
    assert "secret" in caplog.text  # for whoever runs the server


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0.5, br;q=0"}])
@pytest.mark.parametrize("path", [MAP, EMBED, f"{MAP[:-1]}.csv", f"{MAP[:-1]}.json", f"{MAP[:-1]}.svg", "/about/"])
def test_a_remembered_page_is_sent_as_it_was_the_first_time(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    first, again = client.get(path, headers=headers), client.get(path, headers=headers)
    told = sorted(header for header in first.headers if header[0] != "Date")  # gunicorn sends the date
    assert (again.data, sorted(again.headers)) == (first.data, told)
    head = client.head(path, headers=headers)
    assert (head.status_code, head.data, sorted(head.headers)) == (200, b"", told)


def test_a_browser_that_refuses_an_encoding_gets_another(client: FlaskClient) -> None:
    said = {told: client.get(MAP, headers={"Accept-Encoding": told}).headers.get("Content-Encoding")
            for told in ("br;q=0", "br;q=0, gzip", "identity", "deflate, gzip;q=1.0", "gzip, br", "*", "")}  # fmt: skip
    assert list(said.values()) == [None, "gzip", None, "gzip", "br", "br", None]


def test_what_is_remembered_ends_with_the_release(client: FlaskClient, shelf: Path) -> None:
    assert [client.get(MAP).status_code for _ in range(2)] == [200, 200]
    withdraw(shelf, 1, reason="A slip.", on="2026-11-23")
    assert client.get(MAP).status_code == 503  # the only one: nothing is published any more
