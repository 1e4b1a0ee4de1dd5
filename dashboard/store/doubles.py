"""One site that several sources list: recognised by where it is and what it is called, and counted once."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

OWN_LIST = "coalition_sites"
BEST_FIRST = (OWN_LIST, "opioid_treatment_programs")
"""Whose words win: the coalition knows its sites best; then the certified programmes; then every other listing."""
NEAR_M = 200.0
SAME_NAME = 85.0
SAME_ADDRESS = 90.0
SAME_ADDRESS_NAME = 50.0
"""Percent of letters: names alike, or addresses alike and names not strange to each other: a house has many tenants."""
CELL_DEGREES = 0.005
METRES_A_DEGREE = 111_195.0

Row = dict[str, Any]


def united(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """(sites, merged): the rows with doubles of other sources put into the one that wins, and what was put where.

    The winner keeps its own words, takes every service, and takes from the others what it does not know. Two rows of
    one source stay two sites. `merged` has kept, kept_name, source, id and name of every row that went into another.
    """
    ordered = sorted(rows, key=lambda row: (_rank(row["source"]), row["id"]))
    kept: list[Row] = []
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    merged: list[Row] = []
    for row in ordered:
        winner = next((site for site in _around(cells, row) if _same(site, row)), None)
        if winner is None:
            site = dict(row) | {"sources": [row["source"]]}
            kept.append(site)
            if row["latitude"] is not None:
                cells[_cell(row)].append(site)
            continue
        _take(winner, row)
        merged.append({"kept": winner["id"], "kept_name": winner["name"], "source": row["source"], "id": row["id"],
                       "name": row["name"]})  # fmt: skip
    return sorted(kept, key=lambda row: (row["source"], row["id"])), merged


def _rank(source: str) -> int:
    return BEST_FIRST.index(source) if source in BEST_FIRST else len(BEST_FIRST)


def _cell(row: Mapping[str, Any]) -> tuple[int, int]:
    return math.floor(row["latitude"] / CELL_DEGREES), math.floor(row["longitude"] / CELL_DEGREES)


def _around(cells: Mapping[tuple[int, int], list[Row]], row: Mapping[str, Any]) -> Iterator[Row]:
    if row["latitude"] is None:
        return
    south, west = _cell(row)
    for north_by in (-1, 0, 1):
        for east_by in (-1, 0, 1):
            yield from cells.get((south + north_by, west + east_by), ())


def _same(site: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    if row["source"] in site["sources"] or _metres(site, row) > NEAR_M:
        return False
    name = fuzz.token_set_ratio(_plain(site["name"]), _plain(row["name"]))
    if name >= SAME_NAME:
        return True
    here, there = (_street(one["address"]) for one in (site, row))
    return bool(here and there) and fuzz.ratio(here, there) >= SAME_ADDRESS and name >= SAME_ADDRESS_NAME


def _metres(site: Mapping[str, Any], row: Mapping[str, Any]) -> float:
    north = (site["latitude"] - row["latitude"]) * METRES_A_DEGREE
    east = (site["longitude"] - row["longitude"]) * METRES_A_DEGREE * math.cos(math.radians(row["latitude"]))
    return math.hypot(north, east)


def _plain(text: str) -> str:
    words = re.sub(r"[^\w]+", " ", text.casefold()).split()
    return " ".join(word for word in words if word not in ("inc", "llc", "the", "of", "and"))


def _street(address: str) -> str:
    """The first part of an address, with the usual words shortened."""
    short = {"street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "suite": "ste"}
    return " ".join(short.get(word, word) for word in _plain(address.split(",")[0]).split())


def _take(winner: Row, row: Row) -> None:
    winner["services"] = list(dict.fromkeys([*winner["services"], *row["services"]]))
    winner["sources"].append(row["source"])
    for name in ("address", "town", "state", "hours", "hours_a_week", "capacity", "accepting", "mobile_days",
                 "verified_on"):  # fmt: skip
        if winner[name] in (None, ""):
            winner[name] = row[name]


def sentence(merged: Iterable[Mapping[str, Any]]) -> str:
    """What is said about merged sites; "" where there are none."""
    rows = list(merged)
    if not rows:
        return ""
    few = "; ".join(f"'{row['name']}' ({row['source']}) is '{row['kept_name']}'" for row in rows[:3])
    return (
        f"Sites that more than one source lists, counted once: {len(rows):,} ({few}{'; ...' if len(rows) > 3 else ''})."
    )
