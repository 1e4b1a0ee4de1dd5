"""Everything that is promised to be fast: `python -m benchmarks [--quick]`. Prints a table and writes results.md.

`--only-changes` prints the filter change alone, beside the naive page, and writes nothing. `--scale` measures more rows
and more places instead (benchmarks/scale.py).
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks import access_and_siting, disclosure, larger, pages, report, scale, scale_report, spatial_statistics
from benchmarks.browser import chromium
from benchmarks.report import Line
from benchmarks.stores import SHARED, towns_store


def main() -> None:
    """Measure, print each line as soon as it is known, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats, no large maps, 100,000 generic rows")
    parser.add_argument("--only-changes", action="store_true", help="the filter change alone; writes no results")
    parser.add_argument("--scale", action="store_true", help="one and ten million rows, 351 to 36,100 places")
    parser.add_argument("--stores", type=Path, help="with --scale: a folder that keeps the stores for the next time")
    parser.add_argument("--rows", type=float, nargs="+", default=[1, 10], help="with --scale: millions of rows")
    asked = parser.parse_args()
    quick = asked.quick
    if not SHARED.is_dir():
        raise SystemExit("The real files are not beside the checkout (../shared/data); there is nothing to measure on.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.scale:
            _scale(asked.stores or folder, asked.rows)
            return
        (folder / "naive").mkdir()
        rows = towns_store(folder / "ours", folder / "naive")
        lines = _shown(_changes(folder, quick=quick) if asked.only_changes else _lines(folder, quick=quick))
    if asked.only_changes:
        return
    report.write(lines, rows, quick=quick, load=os.getloadavg()[1], more=scale_report.kept())
    print("\n" + report.table(lines))


def _scale(stores: Path, millions: list[float]) -> None:
    found = []
    for one in scale.measure(stores, millions):
        print(one, flush=True)
        found.append(one)
    scale_report.write(found)


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
