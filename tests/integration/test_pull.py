"""Public sources by network: what is newer and whole is loaded, everything else leaves the last good data as they are.

A real server on this machine plays the publisher, with the publishers' own files.
"""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import stamina
from sqlalchemy import Engine, func, select

from dashboard.store import schema
from dashboard.store.engine import connect
from dashboard.store.pulls import Ended, last_good, newest
from data_loaders.pull import answers
from data_loaders.pull.feeds import Feed, Kind
from data_loaders.pull.fetch import Visitor
from data_loaders.pull.pulling import Puller, due

MONDAY, TUESDAY = datetime(2026, 7, 6, 9), datetime(2026, 7, 7, 9)
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Publisher:
    """A host that answers as a test says, and remembers what it was asked."""

    address: str = ""
    respond: Callable[[str, dict[str, str], dict[str, str]], Answer] = lambda *_: (404, {}, b"")
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    host = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            params = {name: values[0] for name, values in parse_qs(parts.query).items()}
            host.asked.append((parts.path, params))
            code, headers, body = host.respond(parts.path, params, dict(self.headers))
            self.send_response(code)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'coalition.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def puller(store: Engine) -> Iterator[Puller]:
    """Pulls without waiting between requests or attempts."""
    with httpx.Client(timeout=5) as client, stamina.set_testing(True, attempts=3):
        yield Puller(store, Visitor(client, least_seconds=0), ["25"])


def feed(publisher: Publisher, kind: Kind = Kind.FILE, source: str = "ct_medical_examiner", **more: Any) -> Feed:
    return Feed("examiner", source, kind, f"{publisher.address}/rows", every_days=7, **more)


def loads(store: Engine) -> int:
    with store.connect() as connection:
        return (
            connection.scalar(select(func.count()).select_from(schema.load).where(schema.load.c.source != "towns")) or 0
        )


@pytest.fixture
def examiner(shared: Path) -> bytes:
    """The first 60 deaths of the publisher's file."""
    records = list(csv.reader(io.StringIO((shared / "ct" / "ocme_2012_2022.csv").read_text("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text).writerows(records[:61])
    return text.getvalue().encode()


def test_a_file_is_fetched_loaded_and_not_loaded_again(publisher: Publisher, puller: Puller, examiner: bytes) -> None:
    def respond(_path: str, _params: dict[str, str], headers: dict[str, str]) -> Answer:
        return (304, {}, b"") if headers.get("If-None-Match") == '"7"' else (200, {"ETag": '"7"'}, examiner)

    publisher.respond = respond
    first = puller.pull(feed(publisher), MONDAY)
    before = loads(puller.engine)
    second = puller.pull(feed(publisher), TUESDAY)
    assert (first.outcome, second.outcome) == (Ended.LOADED, Ended.SAME)
    assert loads(puller.engine) == before >= 1
    assert newest(puller.engine) == last_good(puller.engine) == {"examiner": second}


def test_a_host_that_fails_twice_is_asked_a_third_time(publisher: Publisher, puller: Puller, examiner: bytes) -> None:
    codes = iter([503, 429, 200])
    publisher.respond = lambda *_: (next(codes), {}, examiner)
    assert puller.pull(feed(publisher), MONDAY).outcome is Ended.LOADED
    assert len(publisher.asked) == 3


def test_what_is_not_there_is_asked_for_once_and_said(publisher: Publisher, puller: Puller) -> None:
    attempt = puller.pull(feed(publisher), MONDAY)
    assert attempt.outcome is Ended.REFUSED
    assert "404" in attempt.words
    assert "COALITION_FEEDS" in attempt.words
    assert len(publisher.asked) == 1


def test_a_pause_that_a_host_asks_for_is_kept(publisher: Publisher, store: Engine, examiner: bytes) -> None:
    replies = iter([(429, {"Retry-After": "1"}, b""), (200, {}, examiner)])
    publisher.respond = lambda *_: next(replies)
    with httpx.Client() as client:
        began = datetime.now()
        attempt = Puller(store, Visitor(client, least_seconds=0), ["09"]).pull(feed(publisher), MONDAY)
    assert attempt.outcome is Ended.LOADED
    assert (datetime.now() - began).total_seconds() >= 1


def test_a_host_that_sends_ever_so_slowly_is_left(publisher: Publisher, puller: Puller, examiner: bytes) -> None:
    publisher.respond = lambda *_: (200, {}, examiner)
    hours = count(step=3600)
    puller.visitor.clock = lambda: float(next(hours))
    attempt = puller.pull(feed(publisher), MONDAY)
    assert (attempt.outcome, loads(puller.engine)) == (Ended.REFUSED, 0)
    assert "too slowly" in attempt.words


def test_no_network_is_fine_and_said(puller: Puller, publisher: Publisher, examiner: bytes) -> None:
    publisher.respond = lambda *_: (200, {}, examiner)
    puller.pull(feed(publisher), MONDAY)
    before = loads(puller.engine)
    gone = Feed("examiner", "ct_medical_examiner", Kind.FILE, "http://127.0.0.1:9/rows", every_days=7)
    attempt = puller.pull(gone, TUESDAY)
    assert attempt.outcome is Ended.UNREACHABLE
    assert "is there a network?" in attempt.words
    assert attempt.words.endswith("What was fetched on 06 July 2026 is kept.")
    assert loads(puller.engine) == before


def test_changed_columns_are_caught_and_the_last_good_data_kept(
    publisher: Publisher, puller: Puller, examiner: bytes
) -> None:
    publisher.respond = lambda *_: (200, {}, examiner)
    puller.pull(feed(publisher), MONDAY)
    before = loads(puller.engine)
    publisher.respond = lambda *_: (200, {}, examiner.replace(b"Injury City,", b"Town of injury,", 1))
    attempt = puller.pull(feed(publisher), TUESDAY)
    assert attempt.outcome is Ended.REFUSED
    assert "Injury City" in attempt.words
    assert loads(puller.engine) == before


def test_an_answer_that_was_cut_off_is_not_loaded_unless_forced(
    publisher: Publisher, puller: Puller, examiner: bytes
) -> None:
    publisher.respond = lambda *_: (200, {}, examiner)
    puller.pull(feed(publisher), MONDAY)
    few = b"\n".join(examiner.split(b"\r\n")[:12]) + b"\n"
    publisher.respond = lambda *_: (200, {}, few)
    assert puller.pull(feed(publisher), TUESDAY).outcome is Ended.REFUSED
    assert puller.pull(feed(publisher), datetime(2026, 7, 8), force=True).outcome is Ended.LOADED


def test_a_page_instead_of_a_table_is_refused(publisher: Publisher, puller: Puller) -> None:
    publisher.respond = lambda *_: (200, {}, b"<!doctype html><title>Sign in</title>")
    attempt = puller.pull(feed(publisher), MONDAY)
    assert attempt.outcome is Ended.REFUSED
    assert loads(puller.engine) == 0


def test_more_than_can_be_kept_is_not_taken(publisher: Publisher, puller: Puller) -> None:
    publisher.respond = lambda *_: (200, {}, b"x" * 5000)
    puller.visitor.most_bytes = 4000
    attempt = puller.pull(feed(publisher), MONDAY)
    assert (attempt.outcome, loads(puller.engine)) == (Ended.REFUSED, 0)


def test_a_portal_is_asked_page_by_page_for_the_states_of_the_store(
    publisher: Publisher, puller: Puller, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = json.loads((shared / "us" / "cdc_vsrr_county_sample.json").read_text())
    monkeypatch.setattr(answers, "PAGE_ROWS", 50)

    def respond(_path: str, params: dict[str, str], _headers: dict[str, str]) -> Answer:
        start = int(params["$offset"])
        return 200, {}, json.dumps(records[start : start + int(params["$limit"])]).encode()

    publisher.respond = respond
    asked = feed(publisher, Kind.SOCRATA, "cdc_vsrr_county", states_in="st_abbrev")
    attempt = puller.pull(asked, MONDAY)
    assert attempt.outcome is Ended.LOADED, attempt.words
    assert attempt.words == f"{len(records)} rows were taken."
    assert [params["$offset"] for _, params in publisher.asked] == ["0", "50"]
    assert {params["$where"] for _, params in publisher.asked} == {"st_abbrev in ('MA')"}
    assert {params["$order"] for _, params in publisher.asked} == {":id"}


def facility(name: str, state: str, *treatment: str, **more: Any) -> dict[str, Any]:
    kept = {"name1": name, "name2": None, "street1": "1 Main Street", "street2": None, "city": "Boston", "state": state,
            "zip": "02118", "county": "Suffolk", "latitude": "42.3431", "longitude": "-71.0723"}  # fmt: skip
    services = [{"f1": "Type of Opioid Treatment", "f2": "OT", "f3": "; ".join(treatment)}]
    return kept | {"typeFacility": "SA", "services": services} | more


def test_the_treatment_locator_gives_the_services_of_the_stores_states(publisher: Publisher, puller: Puller) -> None:
    pages = {
        "1": [facility("Riverside", "MA", "Prescribes buprenorphine", "Accepts clients using MAT from elsewhere")],
        "2": [
            facility("Harbor", "MA", "Federally-certified Opioid Treatment Program", "Methadone maintenance"),
            facility("Elsewhere", "TX", "Prescribes naltrexone"),
        ],
    }
    publisher.respond = lambda _path, params, _headers: (
        200, {}, json.dumps({"page": params["page"], "totalPages": 2, "rows": pages[params["page"]]}).encode()
    )  # fmt: skip
    attempt = puller.pull(feed(publisher, Kind.LOCATOR, "samhsa_facilities"), MONDAY)
    assert attempt.outcome is Ended.LOADED, attempt.words
    with puller.engine.connect() as connection:
        rows = connection.execute(select(schema.facility.c.name, schema.facility.c.services)).all()
    assert {name: set(services) for name, services in rows} == {
        "Riverside": {"substance_use_treatment", "buprenorphine"},
        "Harbor": {"substance_use_treatment", "opioid_treatment_program", "methadone"},
    }


def test_a_locator_without_its_fields_is_not_loaded(publisher: Publisher, puller: Puller) -> None:
    body = json.dumps({"totalPages": 1, "rows": [{"title": "Riverside"}]}).encode()
    publisher.respond = lambda *_: (200, {}, body)
    attempt = puller.pull(feed(publisher, Kind.LOCATOR, "samhsa_facilities"), MONDAY)
    assert attempt.outcome is Ended.REFUSED
    assert "name1" in attempt.words


@pytest.mark.parametrize(
    "body",
    [
        {"totalPages": "many", "rows": []},
        {"totalPages": 1, "rows": ["Riverside"]},
        {"totalPages": 1, "rows": [facility("Riverside", "MA", services=["OT"])]},
        {"totalPages": 1, "rows": [facility("Riverside", "MA", services={"OT": 1})]},
        ["Riverside"],
    ],
)
def test_an_answer_of_another_shape_is_refused(publisher: Publisher, puller: Puller, body: object) -> None:
    publisher.respond = lambda *_: (200, {}, json.dumps(body).encode())
    attempt = puller.pull(feed(publisher, Kind.LOCATOR, "samhsa_facilities"), MONDAY)
    assert attempt.outcome is Ended.REFUSED
    assert "its form has changed" in attempt.words


def test_a_host_that_says_nothing_is_newer_before_it_sent_anything_is_refused(
    publisher: Publisher, puller: Puller
) -> None:
    publisher.respond = lambda *_: (304, {}, b"")
    assert puller.pull(feed(publisher), MONDAY).outcome is Ended.REFUSED


def test_what_was_answered_this_week_is_not_due_and_what_was_unreachable_is(
    publisher: Publisher, puller: Puller, examiner: bytes
) -> None:
    known = {"examiner": feed(publisher)}
    assert due(known, puller.engine, MONDAY) == [known["examiner"]]
    puller.pull(Feed("examiner", "ct_medical_examiner", Kind.FILE, "http://127.0.0.1:9/rows", every_days=7), MONDAY)
    assert due(known, puller.engine, TUESDAY) == [known["examiner"]]
    publisher.respond = lambda *_: (200, {}, examiner)
    puller.pull(feed(publisher), TUESDAY)
    assert due(known, puller.engine, datetime(2026, 7, 14, 8)) == []
    assert due(known, puller.engine, datetime(2026, 7, 14, 9)) == [known["examiner"]]
