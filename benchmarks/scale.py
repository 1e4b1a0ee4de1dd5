"""More rows and more places: `python -m benchmarks --scale --stores FOLDER [--only STORE ...]`, without a browser.

Each store is measured behind `coalition serve` and, right after, behind the naive page. FOLDER keeps the stores, their
read models and what was measured of each, so that a table comes together from turns. It stands in a section of its own
in results.md.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from statistics import median

from benchmarks import calls, measured, servers, staff
from benchmarks.asking import Answered, Asker
from benchmarks.browser import Side
from benchmarks.measured import Asked, Crowd, Measured
from benchmarks.renewing import renewed
from benchmarks.scale_stores import NATION, Built, build
from benchmarks.servers import Server

CHANGES, CHANGE_SECONDS, LOADS, SECONDS, STAFF_SECONDS = 30, 20.0, 5, 5.0, 20.0
WORKERS = 2
OURS = ("places-paint.data",)
DOORS = {"This month": "/", "Places": "/places", "After an overdose": "/after-an-overdose", "Targets": "/targets",
         "Our coalition": "/our-coalition", "Bring numbers": "/bring-numbers"}  # fmt: skip
RENEWED = ("351 towns 1", "351 towns 10", "351 towns 50", "36,100 subdivisions 10", NATION)
"""Stores that get a newer load while they are served: one of each size and kind."""
ALONE = "36,100 subdivisions"
"""No state has so many places: their menu alone is 36,100 lines, which many people at once ask of no server."""


@dataclass(frozen=True)
class Page:
    """A page to be measured: its address, what a change asks for, and what may be chosen."""

    path: str
    outputs: Sequence[str]
    chosen: Mapping[str, tuple[str, ...]]


def measure(folder: Path, names: Sequence[str]) -> Iterator[Measured]:
    """Each of these stores, ours and naive; what was found is kept in its folder."""
    for name in names:
        store, found = made_ready(name, folder), []
        for side in (_ours, _naive):
            if side is _ours or store.naive is not None:
                found.append(side(store))
                yield found[-1]
        measured.keep(found, store.folder)


def _ours(store: Built) -> Measured:
    load, made = os.getloadavg()[0], _read_model(store)
    page = Page(f"/places?within={store.state}", OURS, store.chosen)
    with servers.ours(store.ours) as server:
        found = _page(store, "ours", server, page)
        doors = {name: _opened(server, path) for name, path in DOORS.items()}
        found = replace(found, doors=doors, whole_kb=_whole(server, page), worker_mb=server.worker_mb,
                        own_mb=server.own_mb)  # fmt: skip
    comers, people = _many(store, page) if store.land != ALONE else (None, None)
    newer = renewed(store, WORKERS) if store.name in RENEWED else None
    return replace(found, load=load, made_s=made, comers=comers, staff=people, renewed=newer)


def _many(store: Built, page: Page) -> tuple[Crowd, Crowd]:
    """Those who come while a server starts, then those who work with it."""
    with servers.ours(store.ours, workers=WORKERS, first="") as server:
        comers = _crowd(staff.comers(server.address, page.path))
        asker = Asker(server.address + page.path)
        return comers, _crowd(staff.changes(server.address, _questions(asker, page), STAFF_SECONDS))


def _naive(store: Built) -> Measured:
    assert store.naive is not None
    groups = store.chosen["places-group"]
    page = Page("/", ("map.figure",), {"group": groups, "period": store.chosen["places-period"]})
    with servers.naive(store.naive) as server:
        return _page(store, "naive", server, page)


def made_ready(name: str, folder: Path) -> Built:
    """The store of a name with its read model; what is not there is made, which takes minutes."""
    store = build(name, folder / name)
    _read_model(store)
    return store


def _read_model(store: Built) -> float:
    """Make the read model where it is not kept; the seconds that it took."""
    told = store.folder / "made_seconds"
    if not (told.exists() and any((store.ours / "cube").glob("*/index.json"))):
        rmtree(store.ours / "cube", ignore_errors=True)
        with servers.ours(store.ours) as first:
            made = first.seconds
        with servers.ours(store.ours) as again:
            told.write_text(f"{made - again.seconds:.2f}")
    return float(told.read_text())


def _page(store: Built, side: str, server: Server, page: Page) -> Measured:
    asker = Asker(server.address + page.path)
    opened = _opened(server, page.path)
    questions = _questions(asker, page)
    change = _changed(server, asker, questions)
    asker.close()
    rate = calls.rate(Side(side, server.address), questions, SECONDS)
    return Measured(store.name, store.land, store.places, store.rows, side, server.seconds, opened, change, rate,
                    server.worker_mb)  # fmt: skip


def _opened(server: Server, path: str) -> Asked:
    """A page's document, opened a few times; the first is not counted."""
    asker = Asker(server.address + path)
    _good(asker.get(path))
    before = server.cpu_seconds
    answers = [_good(asker.get(path)) for _ in range(LOADS)]
    cpu = (server.cpu_seconds - before) * 1000 / LOADS
    asker.close()
    return Asked(median(one.milliseconds for one in answers), cpu, answers[0].bytes / 1000)


def _changed(server: Server, asker: Asker, questions: Sequence[Sequence[bytes]]) -> Asked:
    """Changes that nobody asked for before, as many as there is time for."""
    before, until, waits, sizes = server.cpu_seconds, time.perf_counter() + CHANGE_SECONDS, [], []
    for question in questions[:CHANGES]:
        answers = [_good(asker.post(body)) for body in question]
        waits.append(sum(one.milliseconds for one in answers))
        sizes.append(sum(one.bytes for one in answers))
        if time.perf_counter() > until:
            break
    cpu = (server.cpu_seconds - before) * 1000 / len(waits)
    return Asked(median(waits), cpu, median(sizes) / 1000)


def _whole(server: Server, page: Page) -> float:
    """Kilobytes of everything that a browser fetches for the first page."""
    asker = Asker(server.address + page.path)
    asked = [page.path, *asker.linked(), "/_dash-layout", "/_dash-dependencies"]
    sizes = [_good(asker.get(path)).bytes for path in asked]
    asker.close()
    return sum(sizes) / 1000


def _good(answer: Answered) -> Answered:
    if answer.status != 200:
        raise RuntimeError(f"A page or a change was answered with {answer.status}.")
    return answer


def _crowd(waited: staff.Waited) -> Crowd:
    return Crowd(waited.at(0.95), waited.at(1), waited.faults)


def _questions(asker: Asker, page: Page) -> list[list[bytes]]:
    """What each change sends, for every combination of choices; the one that was opened stands last."""
    every = [dict(zip(page.chosen, values, strict=True)) for values in itertools.product(*page.chosen.values())]
    return [[asker.question(output, chosen) for output in page.outputs] for chosen in [*every[1:], every[0]]]
