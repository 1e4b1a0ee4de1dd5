"""Ours alone: more shapes than a state has towns, real files, and a million rows through the loader."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks import load_generic, servers
from benchmarks.browser import Side, change, choose, first_load, opened, settle
from benchmarks.report import Line
from benchmarks.servers import memory_mb
from benchmarks.stores import SHARED, counties_store, grid_store
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect

PERIODS = ("12m", "24m", "2021", "2022", "2023", "2024", "2025")


def maps(browser: Browser, folder: Path, times: int) -> Iterator[Line]:
    """Draw and change 3,109 counties and 36,100 squares."""
    for name, build in (("counties", counties_store), ("subdivisions", grid_store)):
        shapes = build(folder / name)
        with servers.ours(folder / name) as server:
            side = Side("ours", server.address + "/places")
            first_load(browser, side)
            loaded = median(first_load(browser, side).painted_ms for _ in range(times))
            yield Line(f"{shapes:,} {name}: first load", "ms", loaded)
            yield Line(f"{shapes:,} {name}: change", "ms", _change(browser, side))


def _change(browser: Browser, side: Side) -> float:
    with opened(browser, side) as (page, wire):
        settle(page, wire)
        took = []
        for period in PERIODS:
            choose(page, wire, "places-period", period)
            for basis in ("occurrence", "residence"):
                took.append(change(page, "places-basis", basis))
                settle(page, wire)
        return median(took)


def examiner(folder: Path) -> Line:
    """The whole Connecticut examiner file by the command a person types, in a fresh store, program start included."""
    started = time.perf_counter()
    command = [sys.executable, "-c", "from commands.main import run; run()", "load"]
    files = [SHARED / "ct" / name for name in ("village_to_town.csv", "ocme_2012_2022.csv")]
    environment = os.environ | {"COALITION_HOME": str(folder / "examiner"), "COALITION_DATABASE_URL": ""}
    subprocess.run([*command, *map(str, files)], env=environment, check=True, stdout=subprocess.DEVNULL)
    return Line("the Connecticut examiner file, 10,654 deaths, loaded", "s", time.perf_counter() - started, most=10)


def million(folder: Path, rows: int) -> Iterator[Line]:
    """Generic rows from the file to the read model, and the peak memory of each part."""
    folder.mkdir()
    path = folder / "million.csv"
    load_generic.make(path, rows)
    loaded, load_mb = _apart(_load, path)
    built, build_mb = _apart(_build, path)
    yield Line(f"{rows:,} generic rows, read, checked, written and ready to ask", "s", loaded + built, most=60)
    yield Line(f"{rows:,} generic rows, peak memory", "MB", max(load_mb, build_mb), most=1000)


def _load(path: Path) -> None:
    load_generic.whole(path)


def _build(path: Path) -> None:
    open_cube(connect(f"sqlite:///{path.with_name('million.db')}"), path.parent)


def _apart(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Seconds and peak MB of a piece of work in a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    queue = fresh.Queue()
    process = fresh.Process(target=_weighed, args=(work, path, queue))
    process.start()
    found: tuple[float, float] = queue.get(timeout=600)
    process.join()
    return found


def _weighed(work: Callable[[Path], None], path: Path, queue: multiprocessing.Queue[tuple[float, float]]) -> None:
    started = time.perf_counter()
    work(path)
    queue.put((time.perf_counter() - started, memory_mb(os.getpid(), "VmHWM")))
