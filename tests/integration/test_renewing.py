"""A load is seen by every worker, whole: no answer is half of before and half of after."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import Engine
from test_several_servers import MOST_SECONDS, Served, served

from dashboard.agreements import Audience
from dashboard.domain import Cells, Jurisdiction, Level, Period, Query, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.settings import Settings
from dashboard.store import reader as reader_module
from dashboard.store.workspace import Workspace
from dashboard.store.writer import write

CARD = SourceCard("deaths", "Deaths", "the state", "public domain")
DEATHS, INDICATOR, YEAR = "opioid_deaths", "opioid_overdose_death_rate", Period.parse("2018")
TOWNS = [f"25001{number:05d}" for number in range(1, 301)]
EDITIONS = (1013, 2027, 3041, 4057)
"""What every town has in one load after the other; no rate of theirs, year or sum looks like one."""
PAUSE_SECONDS = 0.005
CSV = f"/csv/places.csv?indicator={INDICATOR}&within=25&period=2018"
PAGE = f"/places?indicator={INDICATOR}&within=25&period=2018"
QUERY = Query(INDICATOR, (YEAR,), Level.TOWN, within="25")


def load(engine: Engine, count: int) -> None:
    """All towns have the same count: two counts in one answer are of two loads."""
    made = Intake("deaths", f"{count}.csv", f"{count}".zfill(64), date(2026, 1, 1), rows_accepted=len(TOWNS))
    towns = [Jurisdiction(geoid, f"Town {geoid[5:]}", Level.TOWN, "25", "25001") for geoid in TOWNS]
    made.places = [Jurisdiction("25", "Massachusetts", Level.STATE, "25"), *towns]
    for geoid in TOWNS:
        made.observations.add(DEATHS, geoid, (YEAR.start, YEAR.end), count, basis="residence")
        made.observations.add("population", geoid, (YEAR.start, YEAR.end), 50_000, basis="residence")
    made.coverage = [Coverage(DEATHS, YEAR.start, YEAR.end, Level.TOWN, "residence", scope="25")]
    write(engine, made, CARD, datetime(2026, 1, 1, 0, 0, EDITIONS.index(count)))


class Watch:
    """Asks one of those who answer, over and over, which load an answer is of."""

    def __init__(self, ask: Callable[[], set[int]], over: threading.Event) -> None:
        self.ask, self.over = ask, over
        self.seen: list[int] = []
        self.torn: list[set[int]] = []

    def run(self) -> None:
        """Until it is over."""
        until = time.monotonic() + MOST_SECONDS
        while not self.over.is_set() and time.monotonic() < until:
            told = self.ask()
            if len(told) == 1:
                self.seen += told
            else:
                self.torn.append(told)
            time.sleep(PAUSE_SECONDS)

    def has(self, count: int) -> bool:
        """Whether the newest answer is of this load."""
        return self.seen[-1:] == [count]


def watched(engine: Engine, asks: list[Callable[[], set[int]]]) -> list[Watch]:
    """Load one edition after the other, each once everybody gives the one before."""
    over = threading.Event()
    watches = [Watch(ask, over) for ask in asks]
    with ThreadPoolExecutor(len(watches)) as pool:
        running = [pool.submit(watch.run) for watch in watches]
        try:
            for count in EDITIONS[1:]:
                load(engine, count)
                until = time.monotonic() + MOST_SECONDS
                while not all(watch.has(count) for watch in watches) and time.monotonic() < until:
                    time.sleep(0.01)
        finally:
            over.set()
        for one in running:
            one.result()
    return watches


def assert_whole(watches: list[Watch]) -> None:
    """Everybody came to the last load, never saw half of one, and never went back."""
    assert [watch.torn for watch in watches] == [[]] * len(watches)
    assert [watch.seen[-1:] for watch in watches] == [[EDITIONS[-1]]] * len(watches)
    assert all(watch.seen == sorted(watch.seen) for watch in watches)


@pytest.fixture
def machines(store: Engine, store_url: str, tmp_path: Path) -> Iterator[list[Workspace]]:
    """Two workers of one machine and one of another, on one store."""
    load(store, EDITIONS[0])
    made = [Workspace(Settings(home=tmp_path / name, database_url=store_url)) for name in ("one", "one", "other")]
    yield made
    for workspace in made:
        workspace.engine.dispose()


def test_every_worker_of_every_machine_gives_the_new_number_and_never_half(
    store: Engine, machines: list[Workspace]
) -> None:
    def asks(workspace: Workspace) -> Callable[[], set[int]]:
        return lambda: {int(n) for n in workspace.reader(audience=Audience.PUBLIC).read(QUERY).numerator}

    assert_whole(watched(store, [asks(workspace) for workspace in machines]))


def test_a_reader_that_keeps_few_answers_gives_the_same_ones(
    machines: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = machines[0].reader(audience=Audience.PUBLIC)
    towns = [Query(INDICATOR, (YEAR,), Level.TOWN, geoids=(geoid,)) for geoid in TOWNS[:5]]
    monkeypatch.setattr(reader_module, "KEPT_CELLS", 2)
    answers = [reader.read(query) for query in towns]
    assert [float(cells.numerator[0]) for cells in answers] == [EDITIONS[0]] * 5
    assert [reader.read(query) is cells for query, cells in zip(towns[3:], answers[3:], strict=True)] == [True, True]
    assert reader.read(towns[0]) is not answers[0]


def test_an_answer_that_two_threads_find_at_once_is_kept_and_counted_once(
    machines: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = machines[0].reader(audience=Audience.PUBLIC)
    one, other = (Query(INDICATOR, (YEAR,), Level.TOWN, geoids=(geoid,)) for geoid in TOWNS[5:7])
    find = reader._answer

    def found_by_another_meanwhile(query: Query) -> Cells:
        monkeypatch.setattr(reader, "_answer", find)
        reader.read(query)
        return find(query)

    monkeypatch.setattr(reader_module, "KEPT_CELLS", 2)
    monkeypatch.setattr(reader, "_answer", found_by_another_meanwhile)
    first = reader.read(one)
    reader.read(other)
    assert reader.read(one) is first  # one cell each: both are kept


class Worker:
    """One worker of a server, asked over a connection that it alone answers."""

    def __init__(self, server: Served, connection: HTTPConnection) -> None:
        self.server, self.connection = server, connection

    def counts(self, path: str) -> set[int]:
        """The editions that an answer has numbers of."""
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = re.sub(r"(?<!\d)(\d),(\d{3})(?!\d)", r"\1\2", answer.read().decode())
        assert answer.status == 200
        return {int(found) for found in re.findall(r"(?<![\d.])\d{4}(?![\d])", body)} & {*EDITIONS}


@contextmanager
def one_of_each(server: Served, many: int) -> Iterator[list[Worker]]:
    """A connection to each of so many workers: those that have one stand still while the next is made."""
    found: dict[int, Worker] = {}
    try:
        for _ in range(many):
            made = Worker(server, HTTPConnection(server.address.removeprefix("http://"), timeout=MOST_SECONDS))
            made.counts(CSV)
            pid = answering(server, made.connection.sock.getsockname()[1])
            found[pid] = made
            os.kill(pid, signal.SIGSTOP)
    finally:
        for pid in found:
            os.kill(pid, signal.SIGCONT)
    try:
        yield list(found.values())
    finally:
        for worker in found.values():
            worker.connection.close()


def answering(server: Served, port: int) -> int:
    """Which worker holds the other end of a connection from a port of this machine."""
    served_at = int(server.address.rpartition(":")[2])
    ends = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inode = next(end[9] for end in ends if end[1].endswith(f":{served_at:04X}") and end[2].endswith(f":{port:04X}"))
    held = {pid for pid in server.workers() for file in Path(f"/proc/{pid}/fd").iterdir()
            if file.is_symlink() and str(file.readlink()) == f"socket:[{inode}]"}  # fmt: skip
    return held.pop()


@pytest.mark.long
def test_each_web_worker_is_asked_until_it_gives_the_new_number_on_a_whole_page(
    store: Engine, store_url: str, tmp_path: Path
) -> None:
    load(store, EDITIONS[0])
    url = store.url.render_as_string(hide_password=False) if store_url.startswith("sqlite") else store_url
    settings = {"COALITION_DATABASE_URL": url.replace("+psycopg", "")}
    with ExitStack() as open_:
        server = open_.enter_context(served(tmp_path / "home", "--workers", "3", **settings))
        workers = open_.enter_context(one_of_each(server, 3))
        for path in (CSV, PAGE):
            assert workers[0].counts(path) == {EDITIONS[0]}
        asks = [lambda worker=worker, path=path: worker.counts(path)  # type: ignore[misc]
                for worker, path in zip(workers, (PAGE, PAGE, CSV), strict=True)]  # fmt: skip
        assert_whole(watched(store, asks))
