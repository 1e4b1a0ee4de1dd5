"""More rows and more places: `python -m benchmarks --scale [--stores FOLDER] [--rows 1 10]`, without a browser.

Each store is measured behind `coalition serve` and, right after, behind the naive page. FOLDER keeps the stores for the
next time: ten million rows take minutes to write. The table stands in a section of its own in results.md.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from statistics import median

from benchmarks import calls, servers, staff
from benchmarks.asking import Asker
from benchmarks.browser import Side
from benchmarks.scale_stores import Built, build, lands
from benchmarks.servers import Server

PERIODS = ("12m", "24m", "36m", "2021", "2022", "2023", "2024", "2025")
FRESH, PAGES, SECONDS, STAFF_SECONDS = 30, 5, 5.0, 20.0
WORKERS = 2


@dataclass(frozen=True)
class Measured:
    """One page on one store: seconds, milliseconds, kilobytes, megabytes; None where it was not measured."""

    land: str
    places: int
    rows: int
    side: str
    start_s: float
    page_ms: float
    page_kb: float
    change_ms: float
    change_kb: float
    a_second: float
    worker_mb: float
    build_s: float | None = None
    staff_ms: float | None = None
    staff_faults: int | None = None
    comers_s: float | None = None
    comers_faults: int | None = None


def measure(folder: Path, millions: Sequence[float]) -> Iterator[Measured]:
    """Every store, ours and naive, the smallest first."""
    for rows, land in itertools.product(millions, lands()):
        store = build(land, round(rows * 1_000_000), folder / f"{land.name} {rows:g}")
        yield _ours(store)
        yield _naive(store)


def _ours(store: Built) -> Measured:
    rmtree(store.ours / "cube", ignore_errors=True)
    first = _started(lambda: servers.ours(store.ours))
    asked = {"places-group": tuple(group or "all" for group in store.groups), "places-period": PERIODS}
    with servers.ours(store.ours) as server:
        page = f"/places?within={store.state}"
        found = _page(store, "ours", server, (page, ("places-paint.data", "places-panel"), asked))
    found = replace(found, build_s=first - found.start_s)
    with servers.ours(store.ours, workers=WORKERS, first="") as server:
        came = staff.comers(server.address, page)
        questions = _questions(Asker(server.address + page), ("places-paint.data", "places-panel"), asked)
        changed = staff.changes(server.address, questions, STAFF_SECONDS)
    return replace(
        found, staff_ms=changed.at(0.95), staff_faults=changed.faults, comers_s=came.at(1) / 1000,
        comers_faults=came.faults,
    )  # fmt: skip


def _naive(store: Built) -> Measured:
    with servers.naive(store.naive) as server:
        asked = {
            "group": tuple(group or "all" for group in store.groups),
            "period": ("12m", "24m", "36m", *PERIODS[3:]),
        }
        return _page(store, "naive", server, ("/", ("map.figure",), asked))


def _started(serve: Callable[[], AbstractContextManager[Server]]) -> float:
    start = time.perf_counter()
    with serve():
        return time.perf_counter() - start


def _page(
    store: Built, side: str, server: Server, page: tuple[str, Sequence[str], dict[str, tuple[str, ...]]]
) -> Measured:
    path, outputs, asked = page
    asker = Asker(server.address + path)
    loads = [asker.get(path) for _ in range(PAGES)]
    questions = _questions(asker, outputs, asked)
    fresh = [[asker.post(body) for body in question] for question in questions[:FRESH]]
    faults = [answer.status for answers in fresh for answer in answers if answer.status != 200]
    if faults:
        raise RuntimeError(f"{side} answered with {faults[0]}.")
    asker.close()
    return Measured(
        store.land, store.places, store.rows, side, server.seconds, median(load.milliseconds for load in loads),
        median(load.bytes for load in loads) / 1000,
        median(sum(answer.milliseconds for answer in answers) for answers in fresh),
        median(sum(answer.bytes for answer in answers) for answers in fresh) / 1000,
        calls.rate(Side(side, server.address), questions, SECONDS), server.worker_mb,
    )  # fmt: skip


def _questions(asker: Asker, outputs: Sequence[str], asked: dict[str, tuple[str, ...]]) -> list[list[bytes]]:
    """What each change sends, for every combination of choices; the one that was opened stands last."""
    every = [dict(zip(asked, values, strict=True)) for values in itertools.product(*asked.values())]
    return [[asker.question(output, chosen) for output in outputs] for chosen in [*every[1:], every[0]]]
