"""Prometheus learns how many requests of which kind came and how long they took, of all workers, and of nobody."""

from __future__ import annotations

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from release_maker import DEATHS, release
from sqlalchemy import Engine

from commands.monitoring import StoreCounts, staff_route
from dashboard.domain import SourceCard
from dashboard.errors import StoreError
from dashboard.people.chain import DONE, REFUSED, Event
from dashboard.releases.file import write_release
from dashboard.settings import Settings
from dashboard.store.audit_log import record
from dashboard.store.engine import connect
from dashboard.store.tallies import Tallies, tallies
from dashboard.store.writer import write
from data_loaders.register import built_in
from public.route_names import route_name

SERVE = "from commands.main import run; run()"
MAP = f"/r/1/map/{DEATHS}/2022-2024/all/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@contextmanager
def serving(*arguments: str, **settings: str) -> Iterator[int]:
    """`coalition serve` with two workers, once it answers; its port."""
    port = free_port()
    cleared = {name: told for name, told in os.environ.items() if not name.startswith("COALITION_")}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--workers", "2", *arguments],
        env=cleared | settings, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout
        assert select.select([process.stdout], [], [], 120)[0]  # it says where it serves just before it does
        while process.poll() is None:
            try:
                ask(port, "/healthz")
                break
            except ConnectionRefusedError:
                select.select([], [], [], 0.05)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def counted(told: str, route: str, status: str = "200") -> float:
    pattern = rf'^coalition_requests_total{{method="GET",route="{re.escape(route)}",status="{status}"}} (\S+)$'
    found = re.search(pattern, told, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_the_public_server_counts_in_all_workers_by_pattern_alone(tmp_path: Path) -> None:
    write_release(release(), tmp_path / "releases")
    there = free_port()
    with serving(
        "--public", COALITION_HOME=str(tmp_path), COALITION_MONITORING=f"127.0.0.1:{there}", TMPDIR=str(tmp_path)
    ) as port:
        for _ in range(20):  # connections of their own: both workers answer some
            assert ask(port, MAP)[0] == 200
        assert ask(port, "/r/1/town/2502100005/")[0] == 200
        assert ask(port, "/nowhere/ann")[0] == 404
        status, told = ask(there, "/metrics")
        assert ask(port, "/metrics")[0] == 404  # the public cannot ask
    assert status == 200
    assert counted(told, "/r/<release>/map/") == 20
    assert counted(told, "/r/<release>/town/") == 1
    assert counted(told, "none", "404") == 1
    assert 'coalition_request_seconds_count{route="/r/<release>/map/"} 20.0' in told
    assert not re.search(f"ann|{DEATHS}|2502100005|pid", told)
    assert [each.name for each in tmp_path.iterdir()] == ["releases"]  # and nothing is left of it


@pytest.mark.long
def test_the_staff_server_counts_its_routes_and_its_store(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'coalition.db'}")
    write(engine, built_in("25"), SourceCard("gazetteer", "Towns", "us", "public domain"), datetime(2026, 1, 1))
    record(engine, Event("refuse", "targets", REFUSED, "bring numbers"), account="ann")
    engine.dispose()
    there = free_port()
    with serving(COALITION_HOME=str(tmp_path), COALITION_MONITORING=f"127.0.0.1:{there}") as port:
        assert ask(port, "/places")[0] == 200
        told = ask(there, "/")[1]
    assert counted(told, "/<path:path>") == 1
    for line in ("coalition_store_answers 1.0", "coalition_loads 1.0", "coalition_refusals_total 1.0",
                 "coalition_newest_load_seconds 1.7672256e+09"):  # fmt: skip
        assert f"\n{line}\n" in told, line
    assert "ann" not in re.sub("cannot|channel", "", told)


def test_what_is_counted_of_a_store(store: Engine) -> None:
    assert tallies(store) == Tallies(0, 0.0, 0)
    card = SourceCard("gazetteer", "Towns", "us", "public domain")
    write(store, built_in("25"), card, datetime(1970, 1, 1, 0, 1))
    record(store, Event("refuse", "targets", REFUSED, "bring numbers"), account="ann")
    record(store, Event("add", "targets", DONE, "a target"), account="ann")
    assert tallies(store) == Tallies(1, 60.0, 1)


def test_while_the_store_is_away_only_that_is_told(tmp_path: Path) -> None:
    told = {each.name: each.samples[0].value for each in StoreCounts(f"sqlite:///{tmp_path}/none/none.db").collect()}
    assert told == {"coalition_store_answers": 0}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "/"), ("/es/", "/"), ("/about/", "/about/"), ("/es/about/", "/about/"), ("/healthz", "/healthz"),
        ("/r/1/", "/r/<release>/"), ("/es/r/latest/", "/r/<release>/"), (MAP, "/r/<release>/map/"),
        (f"/embed{MAP}", "/embed/r/<release>/map/"), (f"{MAP[:-1]}.csv", "/r/<release>/map.csv"),
        ("/static/embed.js", "/static/<name>"), ("/r/1/ann/", "none"), ("/ann", "none"), ("", "/"),
    ],
)  # fmt: skip
def test_a_public_address_is_counted_by_its_kind(path: str, name: str) -> None:
    assert route_name(path) == name


def test_a_staff_address_is_counted_by_its_route() -> None:
    server = Flask("counted")
    server.add_url_rule("/town/<name>", "town", lambda name: name)
    name = staff_route(server)
    with server.test_request_context("/town/ann") as context:
        assert name(context.request.environ) == "/town/<name>"
    with server.test_request_context("/ann") as context:
        assert name(context.request.environ) == "none"


@pytest.mark.parametrize("told", ["9108", ":9108", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "here:metrics"])
def test_what_is_no_address_to_ask_at_is_refused(told: str) -> None:
    with pytest.raises(StoreError, match="COALITION_MONITORING"):
        _ = Settings(monitoring=told).monitoring_address


def test_addresses_to_ask_at() -> None:
    assert Settings().monitoring_address is None
    assert Settings(monitoring="127.0.0.1:9108").monitoring_address == ("127.0.0.1", 9108)
