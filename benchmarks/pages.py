"""The two pages side by side: loads, changes, calls and memory, measured in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks import servers
from benchmarks.browser import Side, change, choose, first_load, opened, settle
from benchmarks.calls import bodies, captured, rate, rate_once
from benchmarks.report import Line
from benchmarks.rows import GROUPS

PERIODS = ("12m", "24m", "2021", "2022", "2023", "2024", "2025")
MENUS = {"ours": ("places-group", "places-period"), "naive": ("group", "period")}
REQUESTS_BEFORE_WEIGHING = 200


@dataclass(frozen=True)
class Amount:
    """How often each thing is done."""

    loads: int
    changes: int
    seconds: float


FULL = Amount(loads=7, changes=28, seconds=6.0)
QUICK = Amount(loads=3, changes=8, seconds=2.0)


def compare(browser: Browser, home: Path, naive_folder: Path, amount: Amount) -> Iterator[Line]:
    """Every line that has both pages in it."""
    with servers.ours(home) as own, servers.naive(naive_folder) as other:
        ours, naive = Side("ours", own.address + "/places"), Side("naive", other.address + "/")
        yield from _loads(browser, ours, naive, amount.loads)
        yield from _changes(browser, ours, naive, amount.changes)
        yield from _calls(browser, ours, naive, amount.seconds)
        yield Line("a worker with a million rows, memory", "MB", own.worker_mb, other.worker_mb, most=300)


def changes(browser: Browser, home: Path, naive_folder: Path, amount: Amount) -> Iterator[Line]:
    """The lines of a filter change alone."""
    with servers.ours(home) as own, servers.naive(naive_folder) as other:
        ours, naive = Side("ours", own.address + "/places"), Side("naive", other.address + "/")
        yield from _changes(browser, ours, naive, amount.changes)


def _loads(browser: Browser, ours: Side, naive: Side, times: int) -> Iterator[Line]:
    for side in (ours, naive):
        first_load(browser, side)  # so that neither pays for its server's first answer
    found = [(first_load(browser, ours), first_load(browser, naive)) for _ in range(times)]
    mine, other = zip(*found, strict=True)
    yield Line("first load, empty cache, map painted", "ms", median(one.painted_ms for one in mine),
               median(one.painted_ms for one in other), ratio=2.5)  # fmt: skip
    yield Line("first page over the wire", "kB", median(one.bytes for one in mine) / 1000,
               median(one.bytes for one in other) / 1000, ratio=4)  # fmt: skip


def _changes(browser: Browser, ours: Side, naive: Side, times: int) -> Iterator[Line]:
    took: dict[str, list[float]] = {"ours": [], "naive": []}
    with opened(browser, ours) as (own, own_wire), opened(browser, naive) as (other, other_wire):
        pages = {"ours": (own, own_wire), "naive": (other, other_wire)}
        moved = dict.fromkeys(pages, 0)
        for number in range(times):
            for name, (page, wire) in pages.items():
                page.bring_to_front()
                group_menu, period_menu = MENUS[name]
                if number % len(GROUPS) == 0:
                    choose(page, wire, period_menu, PERIODS[number // len(GROUPS)])
                before = wire.bytes
                took[name].append(change(page, group_menu, GROUPS[number % len(GROUPS)]))
                settle(page, wire)
                moved[name] += wire.bytes - before
    yield Line("filter change to repainted map and chart", "ms", median(took["ours"]), median(took["naive"]), ratio=6)
    yield Line("bytes per change", "kB", moved["ours"] / times / 1000, moved["naive"] / times / 1000, ratio=100)


def _calls(browser: Browser, ours: Side, naive: Side, seconds: float) -> Iterator[Line]:
    asked = {}
    for side in (ours, naive):
        group_menu, period_menu = MENUS[side.name]
        sent = captured(browser, side, group_menu, GROUPS[0])
        asked[side.name] = bodies(sent, {group_menu: ("all", *GROUPS), period_menu: PERIODS})
    fresh = rate_once(ours, asked["ours"][-40:]), rate_once(naive, asked["naive"][-10:])
    rate_once(ours, (asked["ours"] * 3)[:REQUESTS_BEFORE_WEIGHING])
    yield Line("answers to a filter change, every question new", "a second", *fresh, more_is_better=True)
    yield Line("answers to a filter change, 105 questions in turn", "a second", rate(ours, asked["ours"], seconds),
               rate(naive, asked["naive"], seconds), ratio=50, more_is_better=True)  # fmt: skip
