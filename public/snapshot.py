"""A release, indexed for pages: which tables there are, which cell stands for a place, what lies in what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from dashboard.domain import Cells, Indicator, PlaceSet, State
from dashboard.errors import InvalidQuery
from dashboard.periods import Period
from public.source import Place, Released, TableKey

T = TypeVar("T")
FINEST = ("town", "planning_area", "county", "region", "state", "catchment")
DRAWN = frozenset({"town", "planning_area", "county"})
"""Levels that a map of towns can show."""
EVERYONE = "all"
BREAK = re.compile(r"(\d{4}-\d{2}-\d{2}): (.+)", re.DOTALL)
"""A note that names the day of a break."""


@dataclass(frozen=True)
class Topic:
    """An indicator by one basis, as addresses name it."""

    token: str
    indicator: Indicator
    basis: str


@dataclass(frozen=True)
class CellAt:
    """One cell: the row of a table, and for whom it stands (`shown_as` is the set whose number a small town takes)."""

    cells: Cells
    row: int
    shown_as: str = ""

    @property
    def state(self) -> str:
        """The state of the cell."""
        return self.cells.state[self.row]

    @property
    def count(self) -> float:
        """The numerator; NaN where it is not shown."""
        return float(self.cells.numerator[self.row])


class Snapshot:
    """What pages ask of one release; answers are remembered, since a release never changes."""

    def __init__(self, released: Released) -> None:
        self.released = released
        self.number, self.made_on = released.number, released.made_on
        self.places = {place.geoid: place for place in released.places}
        self.sets = {each.id: each for each in released.sets}
        self.id_of = {address_token(id_): id_ for id_ in (*self.sets, *self.places)}
        self._cells: dict[TableKey, Cells] = {}
        self._row: dict[TableKey, dict[str, int]] = {}
        self._periods: dict[str, list[str]] = {}
        self._groups: dict[tuple[str, str], dict[str, str]] = {}
        self._once: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each key: a release never changes."""
        if key not in self._once:
            self._once[key] = make()
        return cast(T, self._once[key])

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Every indicator and basis that has a table, by token; the first basis of an indicator needs no suffix."""
        bases: dict[str, list[str]] = defaultdict(list)
        for table in self.released.tables:
            if table.basis not in bases[table.indicator]:
                bases[table.indicator].append(table.basis)
        found: dict[str, Topic] = {}
        for indicator in self.released.indicators:
            for place, basis in enumerate(bases.get(indicator.id, ())):
                token = indicator.id if place == 0 else f"{indicator.id}.{basis}"
                found[token] = Topic(token, indicator, basis)
        return found

    def tables(self, topic: Topic) -> list[TableKey]:
        """The tables of a topic."""
        return self._by_topic[(topic.indicator.id, topic.basis)]

    @cached_property
    def _by_topic(self) -> dict[tuple[str, str], list[TableKey]]:
        found: dict[tuple[str, str], list[TableKey]] = defaultdict(list)
        for table in self.released.tables:
            found[(table.indicator, table.basis)].append(table)
        return found

    def periods(self, topic: Topic) -> list[str]:
        """Periods of a topic: those with the finest places first, the newest of them first."""
        if topic.token in self._periods:
            return self._periods[topic.token]
        finest: dict[str, int] = {}
        for table in self.tables(topic):
            rank = FINEST.index(table.level)
            finest[table.period] = min(rank, finest.get(table.period, rank))
        self._periods[topic.token] = sorted(finest, key=lambda period: (finest[period], _backwards(period)))
        return self._periods[topic.token]

    def groups(self, topic: Topic, period: str) -> dict[str, str]:
        """Token -> stratum of every population group of a period, everyone first."""
        key = (topic.token, period)
        if key not in self._groups:
            strata = {table.stratum for table in self.tables(topic) if table.period == period}
            self._groups[key] = {group_token(stratum): stratum for stratum in sorted(strata)}
        return self._groups[key]

    def every_group(self, topic: Topic) -> dict[str, str]:
        """Token -> stratum of every population group of any period."""
        found: dict[str, str] = {}
        for period in self.periods(topic):
            found |= self.groups(topic, period)
        return found

    def table(self, topic: Topic, level: str, period: str, stratum: str) -> TableKey | None:
        """The table with this key; None where the release has none."""
        wanted = TableKey(topic.indicator.id, topic.basis, level, period, stratum)
        return wanted if wanted in self._known else None

    @cached_property
    def _known(self) -> frozenset[TableKey]:
        return frozenset(self.released.tables)

    def finest(self, topic: Topic, period: str, stratum: str) -> str:
        """The finest level of a period and group; "" where there is no table."""
        return next((level for level in FINEST if self.table(topic, level, period, stratum)), "")

    def cells(self, table: TableKey) -> Cells:
        """The cells of a table."""
        if table not in self._cells:
            self._cells[table] = self.released.cells(table)
            self._row[table] = {geoid: row for row, geoid in enumerate(self._cells[table].geoid)}
        return self._cells[table]

    def row(self, table: TableKey | None, geoid: str) -> CellAt | None:
        """A place's cell in a table; None where the table does not name it."""
        if table is None:
            return None
        cells = self.cells(table)
        row = self._row[table].get(geoid)
        return None if row is None else CellAt(cells, row)

    def cell(self, topic: Topic, id_: str, period: str, stratum: str) -> CellAt | None:
        """What the release says of a place or set: a small town takes the cell of its planning area."""
        place = self.places.get(id_)
        if place and place.level == "town" and place.merged_into:
            found = self.row(self.table(topic, "planning_area", period, stratum), place.merged_into)
            return replace(found, shown_as=place.merged_into) if found else None
        level = place.level if place else str(self.sets[id_].level)
        return self.row(self.table(topic, level, period, stratum), id_)

    def name(self, id_: str) -> str:
        """The name of a place or set."""
        return self.places[id_].name if id_ in self.places else self.sets[id_].name

    def towns(self, within: str = "") -> list[Place]:
        """Towns by name; of a county or state where `within` names one."""
        if not within:
            return self._towns
        own = (town for town in self._towns if within in (town.county, town.state))
        return self.once(("towns", within), lambda: list(own))

    @cached_property
    def _towns(self) -> list[Place]:
        return sorted((place for place in self.places.values() if place.level == "town"), key=lambda p: p.name)

    @cached_property
    def states(self) -> list[Place]:
        """States, the one with most towns first."""
        states = [place for place in self.places.values() if place.level == "state"]
        return sorted(states, key=lambda state: -len(self.towns(state.geoid)))

    def breaks(self, topic: Topic) -> list[tuple[date, str]]:
        """Days on which a definition or the reporting of an indicator changed, and why; oldest first."""
        found = (BREAK.fullmatch(text) for at, text in self.released.notes if at == topic.indicator.id)
        return sorted((date.fromisoformat(each[1]), each[2]) for each in found if each)

    def notes(self, topic: Topic) -> list[str]:
        """What the release says of an indicator, besides its breaks."""
        return [text for at, text in self.released.notes if at == topic.indicator.id and not BREAK.fullmatch(text)]

    @cached_property
    def wholes(self) -> list[str]:
        """What a page tells first: the coalition's own area where the release has it, then states."""
        home = self.released.meta.get("home", "")
        return [*([home] if home in self.sets else []), *(state.geoid for state in self.states)]

    def counties(self, state: str = "") -> list[Place]:
        """Counties by name."""
        counties = [p for p in self.places.values() if p.level == "county" and (not state or p.state == state)]
        return sorted(counties, key=lambda place: place.name)

    def at_least(self, topic: Topic, id_: str, period: str, stratum: str) -> tuple[float, int] | None:
        """(sum of the towns shown, how many are withheld) of a county or state whose own number is hidden.

        A small town that is shown as its planning area is in no sum: that area may lie in two counties.
        """
        table = self.table(topic, "town", period, stratum)
        cells = [self.row(table, town.geoid) for town in self.towns(id_)]
        known = [cell for cell in cells if cell]
        withheld = sum(cell.state == State.SUPPRESSED for cell in known)
        shown = [cell.count for cell in known if cell.count == cell.count]
        return (sum(shown), withheld) if shown and withheld else None

    def set_of(self, id_: str) -> PlaceSet | None:
        """The place set with this id."""
        return self.sets.get(id_)


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period:
    """A period of a release, read once: pages of a thousand places name the same few. InvalidQuery for none."""
    return Period.parse(text)


def address_token(id_: str) -> str:
    """An id as a part of an address."""
    return re.sub(r"[^A-Za-z0-9_.+~-]", "-", id_)


def group_token(stratum: str) -> str:
    """A stratum as a part of an address: `all`, `age-25-34`."""
    return address_token(stratum.replace("=", "-").replace(";", "+")) if stratum else EVERYONE


def _backwards(period: str) -> tuple[int, str]:
    try:
        return (-period_of(period).end.toordinal(), period)
    except InvalidQuery:
        return (0, period)
