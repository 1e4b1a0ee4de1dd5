"""Everything that is promised to be fast: `python -m benchmarks [--quick]`. Prints a table and writes results.md.

`--only-changes` prints the filter change alone, beside the naive page, and writes nothing. `--scale` measures more rows
and more places instead (benchmarks/scale.py).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks import (
    access_and_siting,
    disclosure,
    larger,
    measured,
    pages,
    report,
    scale,
    scale_report,
    scale_stores,
    spatial_statistics,
)
from benchmarks.browser import chromium
from benchmarks.report import Line
from benchmarks.stores import SHARED, towns_store


def main() -> None:
    """Measure, print each line as soon as it is known, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats, no large maps, 100,000 generic rows")
    parser.add_argument("--only-changes", action="store_true", help="the filter change alone; writes no results")
    parser.add_argument("--scale", action="store_true", help="one to fifty million rows, 351 to 36,100 places")
    parser.add_argument("--stores", type=Path, help="with --scale: a folder that keeps stores and what was measured")
    parser.add_argument("--only", nargs="+", choices=scale_stores.names(), help="with --scale: these stores alone")
    parser.add_argument("--make", action="store_true", help="with --scale: make the stores, measure nothing")
    asked = parser.parse_args()
    quick = asked.quick
    if not SHARED.is_dir():
        raise SystemExit("The real files are not beside the checkout (../shared/data); there is nothing to measure on.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.scale:
            _scale(asked.stores or folder, asked.only or scale_stores.names(), only_make=asked.make)
            return
        (folder / "naive").mkdir()
        rows = towns_store(folder / "ours", folder / "naive")
        lines = _shown(_changes(folder, quick=quick) if asked.only_changes else _lines(folder, quick=quick))
    if asked.only_changes:
        return
    report.write(lines, rows, quick=quick, load=os.getloadavg()[1], more=scale_report.kept())
    print("\n" + report.table(lines))


def _scale(stores: Path, names: list[str], *, only_make: bool) -> None:
    """Make and measure these stores, and write the table of all that were ever measured here."""
    start = time.perf_counter()
    for number, name in enumerate(names, 1):
        print(f"{time.perf_counter() - start:5.0f} s  {number} of {len(names)}: {name}", flush=True)
        scale.made_ready(name, stores)
        for one in [] if only_make else scale.measure(stores, [name]):
            print(f"{time.perf_counter() - start:5.0f} s  {scale_report.line(one)}", flush=True)
    scale_report.write([one for name in scale_stores.names() for one in measured.kept(stores / name)])


def _changes(folder: Path, *, quick: bool) -> Iterable[Line]:
    with chromium() as browser:
        amount = pages.QUICK if quick else pages.FULL
        yield from pages.changes(browser, folder / "ours", folder / "naive", amount)


def _lines(folder: Path, *, quick: bool) -> Iterable[Line]:
    with chromium() as browser:
        yield from pages.compare(browser, folder / "ours", folder / "naive", pages.QUICK if quick else pages.FULL)
        if not quick:
            yield from larger.maps(browser, folder, times=3)
    yield from spatial_statistics.lines(quick=quick)
    yield from access_and_siting.lines(quick=quick)
    if not quick:
        yield from disclosure.lines()
    yield larger.examiner(folder)
    yield from larger.million(folder / "million", 100_000 if quick else 1_000_000)


def _shown(lines: Iterable[Line]) -> list[Line]:
    found = []
    for line in lines:
        print("  ".join(filter(None, line.cells())), flush=True)
        found.append(line)
    return found


if __name__ == "__main__":
    main()
