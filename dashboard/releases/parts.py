"""Counts that nobody prints, but that follow from those printed: what a catchment leaves of a county, and old sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from dashboard.domain import Level, PlaceSet, State
from dashboard.periods import Period
from dashboard.releases.counted import TrueCell, place_id
from dashboard.releases.release import TableKey
from dashboard.releases.sums import SETS

Towns = Callable[[TableKey], Sequence[TrueCell]]
"""The cells of the towns of a table: the same indicator, period and group, a town each."""
PART = "part"


def parts_of(cells: Sequence[TrueCell], towns: Towns, geography: dict[str, frozenset[str]]) -> list[TrueCell]:
    """Towns that lie in the same sets and county, added up, for tables of sets without a table of towns beside them.

    Two overlapping selections tell their difference: a county of 13 and a catchment of 11 inside it tell two people.
    The new parts are added to `geography`.
    """
    by_table: dict[TableKey, list[TrueCell]] = defaultdict(list)
    for cell in cells:
        by_table[cell.table._replace(level="")].append(cell)
    found: list[TrueCell] = []
    for of_table in by_table.values():
        levels = {cell.table.level for cell in of_table}
        if levels & set(SETS) and Level.TOWN.value not in levels:
            found += _parts(of_table, towns, geography)
    return found


def pooled(cells: Sequence[TrueCell], towns: Towns, geography: Mapping[str, frozenset[str]]) -> list[TrueCell]:
    """Sets of towns over the longer periods for which their towns are told, where the sets are told for shorter ones.

    Three years of a catchment, added up, less two of its three towns over those years, is the third town.
    """
    periods: dict[TableKey, set[str]] = defaultdict(set)
    places: dict[TableKey, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for cell in cells:
        kind = cell.table._replace(level="", period="")
        if cell.table.level == Level.TOWN.value:
            periods[kind].add(cell.table.period)
        elif cell.table.level in (*SETS, PART):
            places[kind][cell.table.level, cell.place].add(cell.table.period)
    found: list[TrueCell] = []
    for kind, long_periods in periods.items():
        for period in sorted(long_periods):
            told = {town.geoid: town for town in towns(kind._replace(level=Level.TOWN.value, period=period))}
            for (level, place), known in places[kind].items():
                inside = [told[geoid] for geoid in sorted(geography.get(place, ())) if geoid in told]
                if inside and period not in known and any(_within(each, period) for each in known):
                    found.append(_added(inside, kind._replace(level=level, period=period), place))
    return found


def _within(shorter: str, longer: str) -> bool:
    part, whole = Period.parse(shorter), Period.parse(longer)
    return whole.start <= part.start and part.end <= whole.end


def old_sets(table: TableKey, sets: Iterable[PlaceSet], towns: Towns) -> list[TrueCell]:
    """What an earlier release counted for sets of towns that have changed since, from the towns they had then."""
    here = {cell.geoid: cell for cell in towns(table._replace(level=Level.TOWN.value))}
    found = []
    for each in sets:
        inside = [here[geoid] for geoid in each.members if geoid in here]
        if each.level.value == table.level and inside:
            found.append(_added(inside, table, place_id(each)))
    return found


def _parts(of_table: Sequence[TrueCell], towns: Towns, geography: dict[str, frozenset[str]]) -> list[TrueCell]:
    coarse = [cell for cell in of_table if cell.table.level != Level.STATE.value]
    groups: dict[tuple[str, ...], list[TrueCell]] = defaultdict(list)
    table = of_table[0].table
    for town in towns(table._replace(level=Level.TOWN.value)):
        inside = tuple(sorted(cell.place for cell in coarse if town.geoid in geography.get(cell.place, ())))
        if inside:
            groups[inside].append(town)
    found = []
    for group in groups.values():
        members = frozenset(town.geoid for town in group)
        id_ = f"{PART}#{sha256(','.join(sorted(members)).encode()).hexdigest()[:12]}"
        geography[id_] = members
        found.append(_added(group, table._replace(level=PART), id_))
    return found


def _added(towns: Sequence[TrueCell], table: TableKey, id_: str) -> TrueCell:
    """The sum of towns; unknown where a source hides one of them."""
    known = [town for town in towns if town.state != State.NOT_REPORTED]
    hidden = any(town.state == State.SUPPRESSED for town in known)
    state = State.SUPPRESSED if hidden else State.VALUE if known else State.NOT_REPORTED

    def total(name: str) -> float | None:
        told = [getattr(town, name) for town in known]
        return None if hidden or not told or None in told else float(sum(told))

    return replace(
        towns[0], table=table, geoid=id_, place=id_, numerator=total("numerator"), denominator=total("denominator"),
        state=state.value, printed=False,
    )  # fmt: skip


def geography_of(towns: Mapping[str, Iterable[str]], sets: Iterable[PlaceSet]) -> dict[str, frozenset[str]]:
    """Places and sets (by what they hold now or held then) with their towns."""
    found = {place: frozenset(inside) for place, inside in towns.items()}
    return found | {place_id(each): frozenset(each.members) for each in sets}
