"""The answers of a feed put together as one file, in the form that its loader reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO

import orjson

from dashboard.gazetteer import state_letters
from data_loaders.pull.feeds import Feed, Kind
from data_loaders.pull.fetch import NotFetched, Validators, Visitor

PAGE_ROWS = 50_000
MOST_PAGES = 200
FIELDS = ("name1", "name2", "street1", "street2", "city", "state", "zip", "county", "latitude", "longitude")
CODES = {
    "Federally-certified Opioid Treatment Program": "otp",
    "Methadone maintenance": "mm",
    "Methadone maintenance for predetermined time": "mm",
    "Methadone detoxification": "dm",
    "Buprenorphine maintenance": "bum",
    "Buprenorphine maintenance for predetermined time": "bum",
    "Prescribes buprenorphine": "ub",
    "Prescribes naltrexone": "nu",
    "Relapse prevention with naltrexone": "nu",
}
"""Services under the locator's heading OT (type of opioid treatment) -> column of its full export."""
OPIOID_TREATMENT = "OT"


def gather(feed: Feed, visitor: Visitor, folder: Path, *, states: Collection[str], known: Validators) -> Gathered:
    """Fetch a feed into one file of `folder`; `states` (codes) are those the store knows.

    The file is None when the host has nothing newer than `known`. NotFetched when it cannot be had whole.
    """
    try:
        return GATHERERS[feed.kind](feed, visitor, folder, states, known)
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # JSON of any shape may come
        raise NotFetched(f"{feed.address} sends something else than before: its form has changed.") from error


Gathered = tuple[Path | None, Validators]


def _file(feed: Feed, visitor: Visitor, folder: Path, states: Collection[str], known: Validators) -> Gathered:  # noqa: ARG001
    path = folder / f"{feed.id}.csv"
    with path.open("w+b") as file:
        told = visitor.fetch(feed.address, file, known=known)
    return (None, known) if told is None else (path, told)


def _records(feed: Feed, visitor: Visitor, folder: Path, states: Collection[str], known: Validators) -> Gathered:  # noqa: ARG001
    """A portal's records (SODA 2.x), page by page in the order of their ids, as one JSON list."""
    letters = sorted(state_letters(state) for state in states)
    where = {"$where": f"{feed.states_in} in ({', '.join(map(repr, letters))})"} if feed.states_in and letters else {}
    path = folder / f"{feed.id}.json"
    with path.open("wb") as file:
        first = True
        for page in range(MOST_PAGES):
            asked = {"$order": ":id", "$limit": str(PAGE_ROWS), "$offset": str(page * PAGE_ROWS), **where}
            rows = _json(visitor, feed.address, asked)
            if not isinstance(rows, list):
                raise NotFetched(f"{feed.address} sent no list of records: its form has changed.")
            for row in rows:
                file.write((b"[" if first else b",\n") + orjson.dumps(row))
                first = False
            if len(rows) < PAGE_ROWS:
                file.write(b"[]" if first else b"]")
                return path, Validators()
    raise NotFetched(f"{feed.address} has more than {MOST_PAGES * PAGE_ROWS:,} records.")


def _locator(feed: Feed, visitor: Visitor, folder: Path, states: Collection[str], known: Validators) -> Gathered:  # noqa: ARG001
    """The treatment locator's facilities of the store's states, with the service codes of its full export."""
    letters = {state_letters(state) for state in states}
    path = folder / f"{feed.id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        _write_facilities(file, (row for row in _facilities(feed, visitor) if not letters or row["state"] in letters))
    return path, Validators()


def _write_facilities(file: TextIO, rows: Iterator[Mapping[str, Any]]) -> None:
    codes = sorted(set(CODES.values()))
    writer = csv.writer(file)
    writer.writerow((*FIELDS, "type_facility", *codes))
    for row in rows:
        offered = _codes(row)
        plain = ["" if row.get(name) is None else str(row[name]) for name in FIELDS]
        writer.writerow((*plain, row.get("typeFacility") or "", *("1" if code in offered else "" for code in codes)))


def _facilities(feed: Feed, visitor: Visitor) -> Iterator[dict[str, Any]]:
    """Every facility of the locator; NotFetched when a page or a field that is needed is missing."""
    pages = 1
    for page in range(1, MOST_PAGES + 1):
        answer = _json(visitor, feed.address, {"page": str(page)})
        rows = answer.get("rows") if isinstance(answer, dict) else None
        if not isinstance(rows, list):
            raise NotFetched(f"{feed.address} sent no list of facilities: its form has changed.")
        for row in rows:
            missing = [name for name in ("name1", "street1", "city", "state", "latitude") if name not in row]
            if missing:
                raise NotFetched(f"{feed.address} sends no {', '.join(missing)} any more: its form has changed.")
            yield row
        pages = int(answer.get("totalPages") or 1)
        if page >= pages:
            return
    raise NotFetched(f"{feed.address} says it has {pages:,} pages; {MOST_PAGES} are the most that are taken.")


def _codes(row: Mapping[str, Any]) -> set[str]:
    headings = row.get("services") or []
    told = [str(each.get("f3", "")) for each in headings if each.get("f2") == OPIOID_TREATMENT]
    return {CODES[name.strip()] for text in told for name in text.split(";") if name.strip() in CODES}


def _json(visitor: Visitor, address: str, params: Mapping[str, str]) -> Any:
    with TemporaryFile() as file:
        visitor.fetch(address, file, params=params)
        file.seek(io.SEEK_SET)
        try:
            return orjson.loads(file.read())
        except orjson.JSONDecodeError as error:
            raise NotFetched(f"{address} sent no JSON: it may be down, or have moved.") from error


GATHERERS: Mapping[Kind, Callable[[Feed, Visitor, Path, Collection[str], Validators], Gathered]] = {
    Kind.FILE: _file,
    Kind.SOCRATA: _records,
    Kind.LOCATOR: _locator,
}
