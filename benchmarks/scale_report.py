"""What was measured at scale, as tables in a section of results.md that nothing else writes."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.report import RESULTS, machine
from benchmarks.scale import Measured

BEGIN, END = "<!-- scale: written by python -m benchmarks --scale -->", "<!-- end of scale -->"
MOST_MB, MOST_STAFF_MS, MOST_TIMES = 700, 800, 2.0
Table = Sequence[Sequence[str]]
GROWING: dict[str, Callable[[Measured], float]] = {
    "first page": lambda one: one.page_ms,
    "change": lambda one: one.change_ms,
    "bytes a change": lambda one: one.change_kb,
    "memory": lambda one: one.worker_mb,
}


def section(found: Sequence[Measured], *, load: float) -> str:
    """The section: every store, how things grow, and what was wanted."""
    wanted = "\n".join(f"- {sentence}" for sentence in _wanted(found))
    return f"""{BEGIN}
## More rows, more places

Written by `python -m benchmarks --scale`; do not edit. {machine()} While it ran {load:.1f} programs wanted a core \
on average. No browser: milliseconds until the last byte. All places are in one state, drawn at once. A change is what \
the browser sends for it, the map and the panel one after the other, every one a new question; answers a second are to \
the same questions in turn by four threads. The naive page is measured on the same rows right after. Memory is that of \
the one worker, mapped files included. A first start makes the read model ("made in").

{_table(_rows(found))}

{_table(_staff_rows(found))}

Growth as an exponent (0: not at all, 1: in proportion), between the smallest and the largest of each row:

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
    keep(section(found, load=os.getloadavg()[1]))


def _rows(found: Sequence[Measured]) -> Iterator[Sequence[str]]:
    yield ("places", "rows", "page", "made in", "start", "first page", "bytes", "change", "bytes a change",
           "answers a second", "memory")  # fmt: skip
    for one in found:
        made = "" if one.build_s is None else f"{one.build_s:,.1f} s"
        yield (one.land, f"{one.rows:,}", one.side, made, f"{one.start_s:,.1f} s", _ms(one.page_ms),
               f"{one.page_kb:,.0f} kB", _ms(one.change_ms), f"{one.change_kb:,.1f} kB", f"{one.a_second:,.1f}",
               f"{one.worker_mb:,.0f} MB")  # fmt: skip


def _staff_rows(found: Sequence[Measured]) -> Iterator[Sequence[str]]:
    yield ("places", "rows", "50 people, a change every two seconds, p95", "faults",
           "500 first requests to a server that starts, the last after", "not 200")  # fmt: skip
    for one in found:
        if one.staff_ms is not None and one.comers_s is not None:
            yield (one.land, f"{one.rows:,}", _ms(one.staff_ms), str(one.staff_faults), f"{one.comers_s:,.1f} s",
                   str(one.comers_faults))  # fmt: skip


def _growth(found: Sequence[Measured]) -> Iterator[Sequence[str]]:
    yield "growth", *(f"{name}, {side}" for side in ("ours", "naive") for name in GROWING)
    for land in dict.fromkeys(one.land for one in found):
        yield f"of rows, {land}", *_exponents([one for one in found if one.land == land], lambda one: one.rows)
    for size in dict.fromkeys(round(math.log10(one.rows)) for one in found):
        same = [one for one in found if round(math.log10(one.rows)) == size]
        yield f"of places, some {10**size:,} rows", *_exponents(same, lambda one: one.places)


def _exponents(found: Sequence[Measured], size: Callable[[Measured], int]) -> Iterator[str]:
    for side in ("ours", "naive"):
        mine = sorted((one for one in found if one.side == side), key=size)
        for worth in GROWING.values():
            grown = len(mine) > 1 and size(mine[-1]) > size(mine[0])
            yield f"{exponent(worth(mine[0]), worth(mine[-1]), size(mine[-1]) / size(mine[0])):.2f}" if grown else ""


def exponent(before: float, after: float, times: float) -> float:
    """x where `after` is `before` times (`times` to the power of x)."""
    return math.log(after / before) / math.log(times)


def _wanted(found: Sequence[Measured]) -> Iterator[str]:
    ours = [one for one in found if one.side == "ours"]
    for one in ours:
        where = f"{one.land}, {one.rows:,} rows"
        if one.rows > 2_000_000:
            yield f"a worker under {MOST_MB} MB ({where}): {_yes(one.worker_mb < MOST_MB)}, {one.worker_mb:,.0f} MB"
            small = next((each for each in ours if each.land == one.land and each.rows < one.rows / 2), None)
            if small:
                times = one.change_ms / small.change_ms
                yield f"a change within twice that at a tenth of the rows ({where}): {_yes(times <= MOST_TIMES)}, \
{times:.2f} times"
        if one.staff_ms is not None:
            yield f"50 people, p95 under 0.8 s, no fault ({where}): \
{_yes(one.staff_ms < MOST_STAFF_MS and not one.staff_faults)}, {_ms(one.staff_ms)}"
            yield f"500 first requests, no 5xx ({where}): {_yes(not one.comers_faults)}"


def _yes(reached: bool) -> str:
    return "reached" if reached else "NOT reached"


def _ms(value: float) -> str:
    return f"{value:,.1f} ms" if value < 100 else f"{value:,.0f} ms"


def _table(rows: Iterator[Sequence[str]]) -> str:
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *body])
