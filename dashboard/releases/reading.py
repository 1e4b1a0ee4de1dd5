"""Reads release files: read only, checksum first. Light: neither the store nor a solver is loaded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.domain import Cells, Facility, Indicator, PlaceSet, State, Target
from dashboard.errors import InvalidQuery, StoreError
from dashboard.rates import estimate
from dashboard.releases.release import Key, PublicText, ReleasedPlace, ReleaseSource, Structure, TableKey
from dashboard.releases.rows import read_facility, read_indicator, read_set, read_target
from dashboard.releases.shelf import Listed, checksum, entry, listed

__all__ = ["ReleaseReader", "TableKey", "current", "open_release"]


class ReleaseDamaged(StoreError):
    """A release file is not what was written: it is not served."""


def current(folder: Path, *, audience: str = "public") -> ReleaseReader | None:
    """The newest release that stands and is whole; None when there is none. A damaged one is passed over."""
    for each in reversed(listed(folder)):
        if not each.withdrawn_on and each.audience == audience:
            try:
                return ReleaseReader(folder / each.file, sha256=each.sha256)
            except ReleaseDamaged:
                continue
    return None


def open_release(folder: Path, wanted: str) -> ReleaseReader:
    """A release by number or "latest", withdrawn or not; InvalidQuery or ReleaseDamaged otherwise."""
    each: Listed = entry(folder, wanted)
    return ReleaseReader(folder / each.file, sha256=each.sha256)


class ReleaseReader:
    """One release file, opened read only. Everything is read once and remembered; safe to share between threads."""

    def __init__(self, path: Path, *, sha256: str = "") -> None:
        self.path = path
        if not path.is_file():
            raise ReleaseDamaged(f"The release file {path.name} is missing.")
        if sha256 and checksum(path) != sha256:
            raise ReleaseDamaged(f"The release file {path.name} is damaged: its checksum is not the one written.")
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.meta: Mapping[str, str] = dict(self._rows("SELECT key, value FROM meta"))
            self.number, self.made_on = int(self.meta["number"]), date.fromisoformat(self.meta["made_on"])
        except (sqlite3.DatabaseError, KeyError, ValueError) as error:
            raise ReleaseDamaged(f"{path.name} is not a release file: {error}") from None

    @property
    def audience(self) -> str:
        """For whom the release was made."""
        return self.meta["audience"]

    @cached_property
    def tables(self) -> Sequence[TableKey]:
        """Every published table."""
        return list(self._table_ids)

    @cached_property
    def indicators(self) -> Sequence[Indicator]:
        """Indicators in the order in which they were declared."""
        return [read_indicator(row) for row in self._named("SELECT * FROM indicator ORDER BY number")]

    @cached_property
    def places(self) -> Sequence[ReleasedPlace]:
        """Towns, counties and states."""
        return [ReleasedPlace(**row) for row in self._named("SELECT * FROM place ORDER BY geoid")]

    @cached_property
    def sets(self) -> Sequence[PlaceSet]:
        """Planning areas and other sets of towns, as they were when the release was made."""
        return [read_set(row) for row in self._named("SELECT * FROM place_set ORDER BY id")]

    @cached_property
    def shapes(self) -> Mapping[str, Mapping[str, Any]]:
        """State -> prepared shapes of its towns."""
        rows = self._rows("SELECT state, body FROM shapes ORDER BY state, level")
        return {state: json.loads(body) for state, body in rows}

    @cached_property
    def sites(self) -> Sequence[Facility]:
        """Sites that offer services; `verified_on` is None where one is only listed."""
        return [read_facility(row) for row in self._named("SELECT * FROM site ORDER BY number")]

    @cached_property
    def targets(self) -> Sequence[Target]:
        """Targets that can be told from released cells; baselines are released numbers."""
        return [read_target(row) for row in self._named("SELECT * FROM target ORDER BY number")]

    @cached_property
    def sources(self) -> Sequence[ReleaseSource]:
        """Who published the numbers."""
        return [ReleaseSource(**row) for row in self._named("SELECT * FROM source ORDER BY id")]

    @cached_property
    def notes(self) -> Sequence[tuple[str, str]]:
        """(where, text): "release" or an indicator's id, and a sentence."""
        return [(at, text) for at, text in self._rows("SELECT at, text FROM note ORDER BY number")]

    @cached_property
    def texts(self) -> Sequence[PublicText]:
        """What the community asked for and what we did, newest first, then the code of conduct; none in older files."""
        if not self._rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'public_text'"):
            return []
        rows = self._named(
            "SELECT kind, language, text, role, asked, answer, answered, outcome FROM public_text ORDER BY number"
        )
        return [PublicText(**row) for row in rows]

    def cells(self, table: TableKey) -> Cells:
        """One published table by place; rates and intervals come from its own counts. InvalidQuery if unknown."""
        if table not in self._table_ids:
            raise InvalidQuery(f"Release {self.number} has no table {' · '.join(filter(None, table))}.")
        indicator = next(each for each in self.indicators if each.id == table[0])
        query = "SELECT * FROM cell WHERE published = ? ORDER BY geoid"
        rows = self._named(query, self._table_ids[table])
        return _cells(indicator, table, rows, [self._names.get(row["geoid"], row["geoid"]) for row in rows])

    @cached_property
    def hidden_ranges(self) -> Mapping[str, tuple[int, int]]:
        """Indicator -> the range of counts that its policy hides; of those that hide anything."""
        rows = self._rows(
            "SELECT DISTINCT indicator, low, high FROM cell JOIN published ON published.id = cell.published "
            "WHERE state = 'suppressed' AND low IS NOT NULL AND high IS NOT NULL ORDER BY indicator, low, high"
        )
        return {indicator: (low, high) for indicator, low, high in rows}

    def place_set(self, id_: str) -> PlaceSet:
        """The place set with this id; InvalidQuery when there is none."""
        for each in self.sets:
            if each.id == id_:
                return each
        raise InvalidQuery(f"Release {self.number} has no set of towns '{id_[:60]}'.")

    def structure(self) -> Structure:
        """The equations that tie the counts together, with the counts that are shown."""
        cells: list[tuple[Key, str, int | None]] = []
        for key, policy, count in self._rows("SELECT key, policy, count FROM counted ORDER BY number"):
            cells.append((tuple(json.loads(key)), policy, count))
        sums: dict[int, tuple[list[Key], list[Key]]] = {}
        for row, number, sign in self._rows("SELECT row, counted, sign FROM summed ORDER BY row, counted"):
            sums.setdefault(row, ([], []))[0 if sign > 0 else 1].append(cells[number][0])
        return Structure(cells, [(total[0], parts) for total, parts in sums.values()])

    @cached_property
    def _table_ids(self) -> dict[TableKey, int]:
        return {TableKey(*row[1:]): row[0] for row in self._rows("SELECT * FROM published ORDER BY id")}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {each.geoid: each.name for each in self.places} | {each.id: each.name for each in self.sets}

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _named(self, query: str, *values: object) -> list[dict[str, Any]]:
        found = self._connection.execute(query, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _cells(indicator: Indicator, table: TableKey, rows: list[dict[str, Any]], names: list[str]) -> Cells:
    numerator, denominator = (
        np.array([np.nan if row[name] is None else row[name] for row in rows], dtype=np.float64)
        for name in ("numerator", "denominator")
    )
    stored = [row["state"] if row["state"] != State.UNSTABLE else State.VALUE.value for row in rows]
    found = estimate(indicator.kind, numerator, denominator, indicator.per, stored)
    return Cells(
        indicator=indicator.id, per=indicator.per, geoid=[row["geoid"] for row in rows], place=names,
        period=[table[3]] * len(rows), numerator=numerator, denominator=denominator,
        rate=found.rate, lower=found.lower, upper=found.upper, state=list(found.state),
        provisional=np.array([bool(row["provisional"]) for row in rows], dtype=bool),
        source=[row["source"] for row in rows], as_of=[row["as_of"] for row in rows], basis=table[1],
    )  # fmt: skip
