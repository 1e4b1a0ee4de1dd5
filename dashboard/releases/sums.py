"""Which counts are sums of which: places, sets of towns, periods and groups. Knows keys, no store and no policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.periods import Period
from dashboard.releases.release import Key

TERM, BASIS, STRATUM, LEVEL, PLACE, PERIOD = range(6)
SETS = (Level.PLANNING_AREA.value, Level.REGION.value, Level.CATCHMENT.value)
Sum = tuple[Key, tuple[Key, ...]]


@dataclass(frozen=True)
class Geography:
    """Towns (counties where no town is known) of every place: county, state or set of towns, by its id."""

    towns: Mapping[str, frozenset[str]]


def place_sums(keys: Iterable[Key], geography: Geography) -> list[Sum]:
    """Each place as the sum of the next finer places that fill it; sets as the sums of their towns."""
    found: list[Sum] = []
    for _, of_period in _grouped(keys, (TERM, BASIS, STRATUM, PERIOD)):
        by_level: dict[str, list[Key]] = defaultdict(list)
        for key in of_period:
            by_level[key[LEVEL]].append(key)
        for level, finer in ((Level.COUNTY, (Level.TOWN,)), (Level.STATE, (Level.COUNTY, Level.TOWN))):
            found += _within(by_level[level.value], [by_level[f.value] for f in finer], geography)
        towns, parts = by_level.get(Level.TOWN.value, []), by_level.get("part", [])
        finest = towns or parts
        for level_name in SETS:
            found += _within(by_level[level_name], [finest], geography)
        if parts:
            found += _within(parts if towns else by_level[Level.COUNTY.value], [finest], geography)
    return found


def period_sums(keys: Iterable[Key]) -> list[Sum]:
    """Each period as the sum of the longest published periods inside it."""
    found: list[Sum] = []
    for _, of_place in _grouped(keys, (TERM, BASIS, STRATUM, LEVEL, PLACE)):
        spans = {key: Period.parse(key[PERIOD]) for key in of_place}
        for whole, span in spans.items():
            inside = [k for k, p in spans.items() if k != whole and p.start >= span.start and p.end <= span.end]
            inside.sort(key=lambda k: (-spans[k].days, spans[k].start))
            parts: list[Key] = []
            for key in inside:
                if all(spans[key].end <= spans[p].start or spans[key].start >= spans[p].end for p in parts):
                    parts.append(key)
            if parts:
                found.append((whole, tuple(sorted(parts, key=lambda k: spans[k].start))))
    return found


def group_sums(keys: Iterable[Key]) -> list[Sum]:
    """Everyone as the sum of the groups of each dimension."""
    found: list[Sum] = []
    for _, of_cell in _grouped(keys, (TERM, BASIS, LEVEL, PLACE, PERIOD)):
        by_dimension: dict[str, list[Key]] = defaultdict(list)
        for key in of_cell:
            by_dimension[key[STRATUM].partition("=")[0]].append(key)
        for whole in by_dimension.pop("", ()):
            found += [(whole, tuple(sorted(parts))) for parts in by_dimension.values()]
    return found


def days(key: Key) -> int:
    """Length of a key's period in days."""
    try:
        return Period.parse(key[PERIOD]).days
    except InvalidQuery:
        return 0


def _within(wholes: Sequence[Key], finer: Sequence[Sequence[Key]], geography: Geography) -> list[Sum]:
    found: list[Sum] = []
    for whole in wholes:
        towns = geography.towns.get(whole[PLACE], frozenset())
        for level in finer:
            parts = [key for key in level if geography.towns.get(key[PLACE], frozenset((key[PLACE],))) <= towns]
            if parts:
                found.append((whole, tuple(parts)))
                break
    return found


def _grouped(keys: Iterable[Key], by: Sequence[int]) -> Iterable[tuple[Key, list[Key]]]:
    def of(key: Key) -> Key:
        return tuple(key[at] for at in by)

    ordered = sorted(keys, key=of)
    for shared, group in groupby(ordered, key=of):
        yield shared, list(group)
