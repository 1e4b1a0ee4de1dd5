"""Writes a release as one SQLite file that never changes again; a half-written one never becomes current."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from dashboard.domain import Facility, Indicator, Target
from dashboard.errors import StoreError
from dashboard.rates import estimate
from dashboard.releases.release import Release, ReleasedCell
from dashboard.releases.shelf import Listed, checksum, keep, listed, locked, write_index

LAYOUT = Path(__file__).with_name("layout.sql")
Row = tuple[object, ...]


def write_release(release: Release, folder: Path, *, made_by: str = "", approved_by: str = "") -> Path:
    """Write `release-0001.db` and name it in index.json; StoreError when the number is taken.

    The same release gives the same bytes. Written under another name, flushed, renamed, and only then listed: whoever
    is killed on the way leaves the shelf as it was.
    """
    with locked(folder):
        if release.number in {each.number for each in listed(folder)}:
            raise StoreError(f"There is a release {release.number} already. Take the next number.")
        path = folder / f"release-{release.number:04d}.db"
        scratch = folder / f".writing-{release.number:04d}"
        scratch.unlink(missing_ok=True)
        _write(release, scratch)
        keep(scratch)
        scratch.rename(path)
        entry = Listed(
            release.number, path.name, checksum(path), release.made_on.isoformat(), release.audience,
            made_by, approved_by,
        )  # fmt: skip
        write_index(folder, [*listed(folder), entry])
    return path


def _write(release: Release, path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.executescript(LAYOUT.read_text("utf-8"))
        with connection:
            for table, rows in _tables(release):
                _insert(connection, table, list(rows))
    finally:
        connection.close()


def _tables(release: Release) -> Iterable[tuple[str, Iterable[Row]]]:
    meta = dict(release.meta) | {
        "number": str(release.number), "made_on": release.made_on.isoformat(), "audience": release.audience,
    }  # fmt: skip
    yield "meta", sorted(meta.items())
    yield "place", [tuple(asdict(place).values()) for place in release.places]
    yield "place_set", [(each.id, each.name, each.level.value, json.dumps(each.members)) for each in release.sets]
    yield "indicator", [_indicator(n, each) for n, each in enumerate(release.indicators)]
    yield from _cells(release)
    yield "source", [tuple(asdict(source).values()) for source in release.sources]
    yield "shapes", [tuple(asdict(shape).values()) for shape in release.shapes]
    yield "site", [_site(n, each) for n, each in enumerate(release.sites)]
    yield "target", [_target(n, each) for n, each in enumerate(release.targets)]
    yield "note", [(n, at, text) for n, (at, text) in enumerate(release.notes)]
    yield "public_text", [(n, *asdict(text).values()) for n, text in enumerate(release.texts)]
    yield from _structure(release)


def _cells(release: Release) -> Iterable[tuple[str, Iterable[Row]]]:
    """Tables in the order in which they are first named, cells in the order of their table and place."""
    number = {table: n for n, table in enumerate(dict.fromkeys(cell.table for cell in release.cells))}
    yield "published", [(n, *table) for table, n in number.items()]
    kinds = {indicator.id: indicator for indicator in release.indicators}
    cells = sorted(release.cells, key=lambda cell: (number[cell.table], cell.geoid))
    told = [_told(cell, kinds[cell.table.indicator]) for cell in cells]
    yield "cell", [
        (number[c.table], c.geoid, c.numerator, c.low, c.high, c.denominator, c.state, int(c.provisional), c.source,
         c.as_of)
        for c in told
    ]  # fmt: skip


def _told(cell: ReleasedCell, indicator: Indicator) -> ReleasedCell:
    """The cell with the state that its own released numbers give it: few events are unstable."""
    if cell.numerator is None:
        return cell
    below = float("nan") if cell.denominator is None else cell.denominator
    found = estimate(indicator.kind, [cell.numerator], [below], indicator.per, [cell.state])
    return replace(cell, state=str(found.state[0]))


def _structure(release: Release) -> Iterable[tuple[str, Iterable[Row]]]:
    number = {key: n for n, (key, _, _) in enumerate(release.structure.cells)}
    yield "counted", [(number[k], json.dumps(k), policy, count) for k, policy, count in release.structure.cells]
    yield (
        "summed",
        [
            (row, number[key], sign)
            for row, (total, parts) in enumerate(release.structure.sums)
            for key, sign in ((total, 1), *((part, -1) for part in parts))
        ],
    )


def _indicator(number: int, each: Indicator) -> Row:
    body = {
        "theme": each.theme, "source_of_definition": each.source_of_definition, "months": each.months,
        "reviewed_on": each.reviewed_on.isoformat(), "bases": [basis.value for basis in each.bases],
        "strata": each.strata, "disclosure": each.disclosure, "anchor": each.anchor,
        "numerator": each.numerator.measures, "denominator": each.denominator.measures if each.denominator else None,
    }  # fmt: skip
    return (
        number, each.id, each.name, each.unit, each.per, each.direction.value, each.kind, each.definition,
        each.numerator.label, each.denominator.label if each.denominator else "", json.dumps(each.caveats),
        json.dumps(body, sort_keys=True),
    )  # fmt: skip


def _site(number: int, each: Facility) -> Row:
    verified = each.verified_on.isoformat() if each.verified_on else None
    body = {"id": each.id, "accepting": each.accepting, "mobile_days": each.mobile_days, "state": each.state}
    return (
        number, each.name, json.dumps(each.services), each.address, each.town, each.latitude, each.longitude,
        each.hours, verified, int(verified is None), json.dumps(body, sort_keys=True),
    )  # fmt: skip


def _target(number: int, each: Target) -> Row:
    return (
        number, each.id, each.indicator, each.place, each.stratum, each.baseline, each.baseline_period, each.target,
        each.due.isoformat(), each.owner,
    )  # fmt: skip


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
