"""How long a million generic rows take, and how much memory: `python -m benchmarks.load_generic [rows]`.

Prints seconds, processor seconds (the rest went to other programs) and peak megabytes of the process: for reading
alone, for reading, checking and writing to SQLite,
and for the naive way (pandas, then one Python call a row to find place and period) over the same rows.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from dashboard import gazetteer
from dashboard.domain import Level
from dashboard.store.engine import connect
from data_loaders import dates, mapping
from data_loaders.contract import Context, Report
from data_loaders.load import load_files
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import generic

MAPPING = """
[source]
id = "million"
title = "A million rows"
publisher = "benchmark"
licence = "made up"
[place]
column = "Town"
state = "MA"
[period]
column = "Month"
[values]
measure = "opioid_deaths"
column = "Deaths"
[partner]
column = "Partner"
[strata]
age = "Age"
sex = "Sex"
[rules]
basis = "residence"
as_of = 2026-01-31
"""
AGES = ("0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")


def make(path: Path, rows: int) -> None:
    """Write a long table of distinct rows: towns x months x ages x sexes x partners."""
    towns = [place.name for place in gazetteer.towns("MA")[0] if place.level == Level.TOWN]
    months = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
    with path.open("w", encoding="utf-8") as lines:
        lines.write("Town,Month,Deaths,Partner,Age,Sex\n")
        for number in range(rows):
            rest, town = divmod(number, len(towns))
            rest, month = divmod(rest, len(months))
            rest, age = divmod(rest, len(AGES))
            partner, sex = divmod(rest, 2)
            deaths = "<5" if number % 97 == 0 else str(number % 7)
            lines.write(f"{towns[town]},{months[month]},{deaths},partner{partner},{AGES[age]},{'FM'[sex]}\n")
    path.with_name("million.mapping.toml").write_text(MAPPING, encoding="utf-8")


def read_only(path: Path) -> int:
    """Bytes to observations."""
    report = Report(path.name)
    table = mapping.parse(MAPPING, "million.mapping.toml", report)
    assert table is not None
    context = Context(PlaceIndex(*gazetteer.towns("MA")), date(2026, 2, 1))
    return len(generic.source_of(table).read(RawFile.open(path), context, report).observations)


def whole(path: Path) -> int:
    """Bytes to rows of the store."""
    store = connect(f"sqlite:///{path.with_name('million.db')}")
    (outcome,) = load_files(store, [path], now=datetime.now(UTC).replace(tzinfo=None))
    assert not outcome.problems, outcome.problems[:3]
    return outcome.rows_accepted


def naive(path: Path) -> int:
    """pandas, then a look-up a row."""
    places = PlaceIndex(*gazetteer.towns("MA"))
    table = pd.read_csv(io.BytesIO(path.read_bytes()), dtype=str, keep_default_na=False)
    found = [
        (places.find(row["Town"], state="MA"), dates.period(row["Month"]), row["Deaths"]) for _, row in table.iterrows()
    ]
    return len(found)


def _measure(work: Callable[[Path], int], path: Path) -> None:
    started, busy = time.perf_counter(), time.process_time()
    rows = work(path)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{work.__name__:10} {rows:>9,} rows {seconds:6.1f} s ({busy:.1f} s of processor) {peak:6.0f} MB peak",
        flush=True,
    )


def main() -> None:
    """Run each way in a process of its own, so that its peak is its own."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.csv"
        make(path, rows)
        for work in (read_only, whole, naive):
            process = fresh.Process(target=_measure, args=(work, path))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
