"""Protects one family of counts: what must be hidden now, what earlier releases hid or showed, and the equations."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure import Audit, Protection, Tables, protect
from dashboard.disclosure.protect import NotProtectable
from dashboard.domain import Level, State
from dashboard.errors import CoalitionError
from dashboard.periods import Period
from dashboard.releases.counted import Counting, TrueCell, denominator_key, numerator_key
from dashboard.releases.families import OPEN, Family
from dashboard.releases.known import NOBODYS, Known, System
from dashboard.releases.reading import ReleaseReader
from dashboard.releases.release import Key, Structure
from dashboard.releases.sums import PERIOD, PLACE, STRATUM, Geography
from dashboard.releases.tables_of import OTHER, REST, Counted, tables_of

FEW = 10.0
Weights = Callable[[Tables], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""What one may expect of every count of tables, and what it is worth that it is shown."""
REFUSED = (
    "No release of {name}: {count} has to be hidden, and release {releases} tells it already, withdrawn or not: copies "
    "exist. Leave the towns of that place as they were then, or take its table out of the declaration."
)
WORTH = {Level.STATE: 100.0, Level.CATCHMENT: 30.0, Level.COUNTY: 10.0, Level.PLANNING_AREA: 2.0}
"""A coalition asks first how it stands as a whole: its own area is hidden only where nothing else would do."""


class ReleaseRefused(CoalitionError):
    """No release: a hidden number could be worked out, or what is known contradicts itself."""


@dataclass(frozen=True)
class Protected:
    """A family, which of its counts are hidden and why, and its equations without any hidden count.

    `keys` names the numerator of each cell by its table and place.
    """

    family: Family
    hidden: frozenset[Key]
    keys: Mapping[tuple[str, ...], Key]
    unknown: frozenset[Key] = frozenset()
    small: frozenset[Key] = frozenset()
    before: frozenset[Key] = frozenset()
    structure: Structure = field(default_factory=Structure)
    verdict: Audit | None = None


def protect_family(
    counting: Counting, family: Family, geography: Geography, earlier: Sequence[ReleaseReader]
) -> Protected:
    """Hide what must be hidden of a family; ReleaseRefused with the number that gives itself away."""
    counts, printed = _counts(counting, family.cells)
    keys: dict[tuple[str, ...], Key] = {
        (*c.table, c.geoid): numerator_key(counting.indicator(c.table.indicator), c) for c in family.cells
    }
    unknown = frozenset(key for key, value in counts.items() if value is None)
    if family.policy_name == OPEN:
        return Protected(family, unknown, keys, unknown, structure=_open(counting, family, counts, printed))
    now, sums = tables_of(Counted(counts, family.among), geography)
    known = Known(now, sums, unknown, [(release.number, release.structure()) for release in earlier])
    tables, done = _hide(
        known, family, lambda tables: (_expected(counting, tables, geography), _worth(counting, tables))
    )
    hidden, small = _keys(tables, done.hidden), _keys(tables, tables.small(family.policy))
    return Protected(
        family, hidden, keys, unknown, small, known.hidden_before & frozenset(counts),
        _structure(now, sums, hidden, (printed, family)), done.verdict,
    )  # fmt: skip


def _hide(known: Known, family: Family, weights: Weights) -> tuple[Tables, Protection]:
    """What to hide beside the earlier releases: first as they were before revisions, as far as that can be, then as
    far as their numbers still hold, without exception."""
    system, was = known.as_it_is(), known.as_it_was()
    try:
        if was.tables.guessed:
            before = _hidden_in(was, family, weights).hidden[: len(system.tables)]
            system = replace(system, hidden=system.hidden | before)
        return system.tables, _hidden_in(system, family, weights)
    except NotProtectable as error:
        releases = known.told_by(error.key, family.policy)
        if not releases:
            raise ReleaseRefused(f"No release of {family.name}: {error}") from error
        told = " and ".join(map(str, releases))
        raise ReleaseRefused(REFUSED.format(name=family.name, count=_in_words(error.key), releases=told)) from error


def _in_words(key: Hashable) -> str:
    """A count by its place, period and group: `area-1, 2016-2018`."""
    if not isinstance(key, tuple):
        return str(key)
    key = key[1:] if key[0] == REST else key
    return ", ".join(filter(None, (str(key[PLACE]).partition("#")[0], str(key[PERIOD]), str(key[STRATUM]))))


def _hidden_in(system: System, family: Family, weights: Weights) -> Protection:
    expected, worth = weights(system.tables)
    try:
        return protect(
            system.tables, family.policy, expected=expected, worth=worth, hidden=system.hidden, known=system.known
        )
    except NotProtectable:
        raise
    except ValueError as error:
        raise ReleaseRefused(f"No release of {family.name}: {error}") from error


def _open(counting: Counting, family: Family, counts: Mapping[Key, int | None], printed: set[Key]) -> Structure:
    """What a public record shows, so that a later release under another policy knows what is out already."""
    if any(counting.indicator(id_).kind in ("money", "days") for id_ in family.indicators):
        return Structure()
    return Structure([(key, OPEN, count) for key, count in counts.items() if key in printed])


def _keys(tables: Tables, chosen: NDArray[np.bool_]) -> frozenset[Key]:
    return frozenset(key for n in np.flatnonzero(chosen) if isinstance(key := tables.keys[n], tuple))


def _counts(counting: Counting, cells: Sequence[TrueCell]) -> tuple[dict[Key, int | None], set[Key]]:
    """Every count of a family by key (None: hidden at its source), and which of them tables print."""
    counts: dict[Key, int | None] = {}
    printed: set[Key] = set()
    for cell in cells:
        if cell.state == State.NOT_REPORTED:
            continue
        indicator = counting.indicator(cell.table.indicator)
        for key, number in ((numerator_key(indicator, cell), cell.numerator),
                            (denominator_key(indicator, cell), cell.denominator)):  # fmt: skip
            if key is None or (number is None and cell.state != State.SUPPRESSED):
                continue
            counts[key] = None if number is None else round(number)
            if cell.printed:
                printed.add(key)
    return counts, printed


def _expected(counting: Counting, tables: Tables, geography: Geography) -> NDArray[np.float64]:
    """What residents alone let one expect of each count: nothing here follows a count that is hidden."""
    places = [place.geoid for place in counting.reader.gazetteer.places]
    year = Period.of_months(counting.on.year - 1, 1, 12)
    lived = dict(zip(places, np.nan_to_num(counting.reader.residents(places, year)).tolist(), strict=True))
    towns: Mapping[str, frozenset[str]] = geography.towns
    found = np.full(len(tables), FEW)
    for n, key in enumerate(tables.keys):
        if isinstance(key, tuple) and key[0] != REST and not str(key[0]).startswith(OTHER):
            people = sum(lived.get(town, 0.0) for town in towns.get(key[PLACE], frozenset((key[PLACE],))))
            share = 5.0 if key[2] else 1.0
            found[n] = people * Period.parse(key[PERIOD]).days / 365.25 / 2_000 / share
    return found


def _worth(counting: Counting, tables: Tables) -> NDArray[np.float64]:
    """How much rather a town's number is hidden than that of a larger area, which more people read."""
    gazetteer = counting.reader.gazetteer
    found = np.ones(len(tables))
    for n, key in enumerate(tables.keys):
        if isinstance(key, tuple) and (key[PLACE] in gazetteer.number or key[PLACE] in gazetteer.set_by_id):
            found[n] = WORTH.get(gazetteer.level_of(key[PLACE]), 1.0)
    return found


def _structure(
    tables: Tables, sums: Sequence[tuple[Key, tuple[Key, ...]]], hidden: frozenset[Key], of: tuple[set[Key], Family]
) -> Structure:
    printed, family = of
    cells: list[tuple[Key, str, int | None]] = []
    for key, value in zip(tables.keys, tables.values.tolist(), strict=True):
        told = tuple(str(part) for part in key) if isinstance(key, tuple) else (str(key),)
        seen = key in printed
        policy = family.policy_name if seen else NOBODYS + family.policy_name
        cells.append((told, policy, value if seen and key not in hidden else None))
    return Structure(cells, list(sums))
