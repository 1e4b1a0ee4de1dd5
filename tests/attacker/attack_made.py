"""A release made by hand from a world, without the project's protection: the pages of a careless publisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from attack_notebook import Cell
from attack_surface import Client
from attack_worlds import FIRST_YEAR, SERIES, SEXES, STATE, World

from dashboard.domain import Cells, Facility, Indicator, Level, PlaceSet, State, Target
from dashboard.indicators import registry
from dashboard.rates import estimate
from public.server import build_server
from public.source import Place, ReleaseSource, TableKey

INDICATORS = {"opioid_deaths": "opioid_overdose_death_rate", "ems_overdoses_nonfatal": "nonfatal_overdose_rate"}
MEASURE = {f"{INDICATORS[measure]}|{basis}": measure for measure, basis in SERIES.items()}
WINDOWS = {"town": ("2013-2015", "2016-2018"), "planning_area": ("2013-2015", "2016-2018"),
           "county": tuple(str(FIRST_YEAR + year) for year in range(6)), "state": ("2017", "2018")}  # fmt: skip
Hides = Callable[[TableKey, str, int], bool]


def primary_only(_table: TableKey, _geoid: str, count: int) -> bool:
    """What a careless publisher hides: small counts, and nothing else."""
    return count < 5


def truth(made: World, cell: Cell) -> int:
    """What a cell of the public pages really is."""
    return made.count(MEASURE[cell.series.partition("@")[0]], cell)


@dataclass
class MadeRelease:
    """Answers as the release reader does."""

    made: World
    hides: Hides = primary_only
    number: int = 1
    made_on: date = date(2019, 2, 1)
    meta: Mapping[str, str] = field(default_factory=lambda: {"threshold": "5", "zeros": "hidden"})
    shapes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sites: Sequence[Facility] = ()
    targets: Sequence[Target] = ()
    sources: Sequence[ReleaseSource] = (ReleaseSource("made", "Made by a seed", "nobody", "none", "", "2019-01-01"),)
    notes: Sequence[tuple[str, str]] = ()

    @property
    def indicators(self) -> Sequence[Indicator]:
        return [registry().indicators[id_] for id_ in INDICATORS.values()]

    @property
    def tables(self) -> Sequence[TableKey]:
        return [
            TableKey(INDICATORS[measure], basis, level, period, stratum)
            for measure, basis in SERIES.items()
            for level, periods in WINDOWS.items()
            for period in periods
            for stratum in ("", *(SEXES if level in ("county", "state") else ()))
        ]

    @property
    def places(self) -> Sequence[Place]:
        area = {town: id_ for id_, towns in self.made.areas.items() for town in towns}
        people = self.made.residents
        places = [Place(STATE, "Massachusetts", "state", STATE, population=sum(people.values()))]
        for county, towns in self.made.counties.items():
            places.append(Place(county, f"County {county}", "county", STATE))
            places += [Place(t, f"Town {t}", "town", STATE, county, people[t], area[t], t) for t in towns]
        return places

    @property
    def sets(self) -> Sequence[PlaceSet]:
        return [PlaceSet(id_, f"Area {id_}", Level.PLANNING_AREA, towns) for id_, towns in self.made.areas.items()]

    def cells(self, table: TableKey) -> Cells:
        """One table; whatever `hides` says is hidden, and everything derived of it."""
        ids = [place.geoid for place in self.places if place.level == table.level] or list(self.made.areas)
        measure = next(m for m, indicator in INDICATORS.items() if indicator == table.indicator)
        counts = [self.made.count(measure, Cell("", id_, table.period, table.stratum)) for id_ in ids]
        states = [
            State.SUPPRESSED if self.hides(table, id_, count) else State.VALUE
            for id_, count in zip(ids, counts, strict=True)
        ]
        per = registry().indicators[table.indicator].per
        years = 3.0 if "-" in table.period else 1.0
        below = np.array(
            [sum(self.made.residents[t] for t in self.made.parts(id_)) * years for id_ in ids], dtype=float
        )
        shown = np.array([state == State.VALUE for state in states])
        found = estimate("rate", np.where(shown, counts, np.nan), below, per, np.array(states, dtype="U12"))
        nothing = [""] * len(ids)
        return Cells(
            table.indicator, per, ids, ids, [table.period] * len(ids), np.where(shown, counts, np.nan), below,
            found.rate, found.lower, found.upper, list(found.state), np.zeros(len(ids), dtype=bool), ["made"] * len(ids),
            nothing,
        )  # fmt: skip


class MadeShelf:
    """Releases made by hand, as the public server takes them off a shelf."""

    def __init__(self, *releases: MadeRelease) -> None:
        self._releases = {release.number: release for release in releases}

    def numbers(self) -> Sequence[int]:
        return sorted(self._releases)

    def withdrawn(self) -> Sequence[int]:
        return ()

    def open(self, number: int) -> MadeRelease:
        return self._releases[number]


def made_site(*releases: MadeRelease) -> Client:
    """The public server with releases made by hand."""
    return Client(build_server(MadeShelf(*releases)).test_client())
