"""What was measured at scale, as tables in a section of results.md that nothing else writes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.measured import Asked, Measured
from benchmarks.report import RESULTS, machine

BEGIN, END = "<!-- scale: written by python -m benchmarks --scale -->", "<!-- end of scale -->"
MOST_MB, MOST_STAFF_MS, MOST_TIMES, MOST_PAGE_KB, MOST_LOAD_S = 700, 800, 2.0, 900, 60
TEN = 2_000_000
"""Stores of more rows are those of ten million and more."""
Table = Iterator[Sequence[str]]
GROWING: dict[str, Callable[[Measured], float]] = {
    "first page": lambda one: one.page.cpu_ms,
    "change": lambda one: one.change.cpu_ms,
    "bytes a change": lambda one: one.change.kb,
    "memory": lambda one: one.worker_mb,
}


def section(found: Sequence[Measured]) -> str:
    """The section: every store, how things grow, and what was wanted."""
    wanted = "\n".join(f"- {sentence}" for sentence in _wanted(found))
    return f"""{BEGIN}
## More rows, more places

Written by `python -m benchmarks --scale`; do not edit. {machine()} Each store was measured in a turn of its own; \
"others" is how many programs wanted a core just before: on a busy machine every time by the clock is too long, those \
of the processor (CPU) hardly. No browser: milliseconds until the last byte. A change is all that the browser sends \
for it, every one a new question; answers a second are to the same questions in \
turn by four threads. The naive page is measured on the same rows right after. Memory is that of the one worker, \
mapped files included, and in brackets without them. A first start makes the read model ("made in"). The 50 states \
have a month of an indicator in a row only where something happened: {_cells()} numbers, nearly all of them zero.

{_table(_rows(found))}

Other pages, until the last byte (CPU of the server), and the document's size:

{_table(_doors(found))}

Many people, two workers:

{_table(_staff_rows(found))}

A load of newer numbers while two workers serve:

{_table(_renewed(found))}

Growth as an exponent (0: not at all, 1: in proportion), between the smallest and the largest of each row, of CPU:

{_table(_growth(found))}

What was wanted:

{wanted}
{END}"""


def keep(text: str, path: Path = RESULTS) -> None:
    """Write the section in the place of the one that stands there, or at the end."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before.rstrip()}\n\n{text}\n{after.lstrip()}", encoding="utf-8")


def kept(path: Path = RESULTS) -> str:
    """The section that stands there, "" where there is none."""
    _, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN) if path.is_file() else ("", "", "")
    return f"\n{begin}{rest.partition(END)[0]}{END}\n" if begin else ""


def write(found: Sequence[Measured]) -> None:
    """Keep the section of these."""
    keep(section(found))


def line(one: Measured) -> str:
    """What was found of a store, in a line."""
    return f"{one.store}, {one.side}: first page {_both(one.page)}, change {_both(one.change)}, {one.worker_mb:,.0f} MB"


def _cells() -> str:
    return f"{40 * 36_100 * 120 / 1e6:.0f} million"


def _rows(found: Sequence[Measured]) -> Table:
    yield ("store", "rows", "page", "made in", "start", "first page (CPU)", "document", "all it fetches",
           "change (CPU)", "bytes a change", "answers a second", "memory (own)", "measured (UTC)",
           "others")  # fmt: skip
    for one in found:
        ours = one.side == "ours"
        yield (
            one.store, f"{one.rows:,}", one.side, _seconds(one.made_s), _seconds(one.start_s), _both(one.page),
            f"{one.page.kb:,.0f} kB", f"{one.whole_kb:,.0f} kB" if ours else "", _both(one.change),
            f"{one.change.kb:,.1f} kB", f"{one.a_second:,.1f}",
            f"{one.worker_mb:,.0f} MB" + (f" ({one.own_mb:,.0f})" if ours else ""), one.at, f"{one.load:.1f}",
        )  # fmt: skip


def _doors(found: Sequence[Measured]) -> Table:
    names = list(dict.fromkeys(name for one in found for name in one.doors))
    yield "store", *names
    for one in found:
        if one.doors:
            yield one.store, *(f"{_both(door)}, {door.kb:,.0f} kB" for door in one.doors.values())


def _staff_rows(found: Sequence[Measured]) -> Table:
    yield ("store", "50 people, a change every two seconds, p95", "not 200",
           "500 first requests to a server that starts, the last after", "not 200")  # fmt: skip
    for one in found:
        if one.staff and one.comers:
            yield (one.store, _ms(one.staff.p95_ms), str(one.staff.faults), _seconds(one.comers.last_ms / 1000),
                   str(one.comers.faults))  # fmt: skip


def _renewed(found: Sequence[Measured]) -> Table:
    yield "store", "rows of the load", "written in", "from then until every worker gave the new number"
    for one in found:
        if one.renewed:
            yield (one.store, f"{one.renewed.rows:,}", _seconds(one.renewed.write_s), _seconds(one.renewed.until_s))


def _growth(found: Sequence[Measured]) -> Table:
    yield "growth", *(f"{name}, {side}" for side in ("ours", "naive") for name in GROWING)
    invented = [one for one in found if one.store != one.land]
    for land in dict.fromkeys(one.land for one in invented):
        yield f"of rows, {land}", *_exponents([one for one in invented if one.land == land], lambda one: one.rows)
    for size in (6, 7):
        same = [one for one in invented if round(math.log10(one.rows)) == size]
        yield f"of places, some {10**size:,} rows", *_exponents(same, lambda one: one.places)


def _exponents(found: Sequence[Measured], size: Callable[[Measured], int]) -> Iterator[str]:
    for side in ("ours", "naive"):
        mine = sorted((one for one in found if one.side == side), key=size)
        for worth in GROWING.values():
            grown = len(mine) > 1 and size(mine[-1]) > size(mine[0]) and min(map(worth, mine)) > 0
            yield f"{exponent(worth(mine[0]), worth(mine[-1]), size(mine[-1]) / size(mine[0])):.2f}" if grown else ""


def exponent(before: float, after: float, times: float) -> float:
    """x where `after` is `before` times (`times` to the power of x)."""
    return math.log(after / before) / math.log(times)


def _wanted(found: Sequence[Measured]) -> Iterator[str]:
    ours = [one for one in found if one.side == "ours"]
    for one in ours:
        yield f"a first page under {MOST_PAGE_KB} kB ({one.store}): \
{_yes(one.whole_kb < MOST_PAGE_KB)}, {one.whole_kb:,.0f} kB"
        if one.rows > TEN:
            yield f"a worker under {MOST_MB} MB ({one.store}): {_yes(one.worker_mb < MOST_MB)}, {one.worker_mb:,.0f} MB"
            yield from _times(one, ours)
        if one.staff:
            reached = one.staff.p95_ms < MOST_STAFF_MS and not one.staff.faults
            yield f"50 people, p95 under 0.8 s, no fault ({one.store}): {_yes(reached)}, {_ms(one.staff.p95_ms)}"
        if one.comers:
            yield f"500 first requests, no 5xx ({one.store}): {_yes(not one.comers.faults)}"
        if one.renewed:
            seconds = one.renewed.write_s + one.renewed.until_s
            yield f"a load of a million rows under a minute ({one.store}): {_yes(seconds < MOST_LOAD_S)}, \
{seconds:,.1f} s"


def _times(one: Measured, ours: Sequence[Measured]) -> Iterator[str]:
    small = next((each for each in ours if each.land == one.land and each.rows < TEN), None)
    if small:
        times = one.change.cpu_ms / max(small.change.cpu_ms, 0.1)
        yield f"a change within twice that at a million rows ({one.store}, CPU): {_yes(times <= MOST_TIMES)}, \
{times:.2f} times"


def _yes(reached: bool) -> str:
    return "reached" if reached else "NOT reached"


def _ms(value: float) -> str:
    return f"{value:,.1f} ms" if value < 100 else f"{value:,.0f} ms"


def _both(asked: Asked) -> str:
    return f"{_ms(asked.ms)} ({_ms(asked.cpu_ms)})"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f} s"


def _table(rows: Table) -> str:
    head, *body = rows
    if not body:
        return "Not measured yet."
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *body])
