"""Events and people at risk of every town, ready to be scanned; towns that did not report are left out and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Basis, Cells, FloatArray, Indicator, Jurisdiction, Level, Measure, Period, Query
from dashboard.errors import InvalidQuery

FEWEST_EVENTS = 10
"""As everywhere: under 10 events nothing is said about a rate, and nothing about where it is higher."""
FEWEST_TOWNS = 3
POPULATION = "population"


class Places(Protocol):
    """What is asked of a gazetteer here."""

    def towns_of(self, id_: str) -> list[str]: ...
    def place(self, geoid: str) -> Jurisdiction: ...
    def name(self, id_: str) -> str: ...
    def finest(self, state: str) -> Level: ...


class Definitions(Protocol):
    """What is asked of a registry here."""

    @property
    def measures(self) -> Mapping[str, Measure]: ...
    def indicator(self, id_: str) -> Indicator: ...


class EventReader(Protocol):
    """What is asked of a reader here."""

    @property
    def registry(self) -> Definitions: ...
    @property
    def gazetteer(self) -> Places: ...
    def read(self, query: Query) -> Cells: ...
    def span(self, indicator: Indicator, state: str = "") -> Period | None: ...
    def holds(self, indicator: Indicator, period: Period, state: str = "") -> bool: ...


@dataclass(frozen=True)
class Counted:
    """n towns by t periods. `inside` marks towns with every number known; the others are in no cluster."""

    geoid: tuple[str, ...]
    name: tuple[str, ...]
    latitude: FloatArray
    longitude: FloatArray
    cases: FloatArray
    people: FloatArray
    inside: NDArray[np.bool_]
    provisional: bool

    @property
    def left_out(self) -> list[str]:
        """Names of the towns that are left out."""
        return [name for name, known in zip(self.name, self.inside, strict=True) if not known]


def is_of_events(reader: EventReader, indicator: Indicator) -> bool:
    """Whether an indicator counts events among residents that add up over towns and months, so that clusters mean
    something; more of what is wanted (kits, pharmacies) is no hotspot."""
    measures = [reader.registry.measures[name] for name in indicator.numerator.measures]
    return (
        indicator.kind == "rate"
        and indicator.direction != "up"
        and indicator.denominator is not None
        and indicator.denominator.measures == (POPULATION,)
        and all(one.kind == "count" and {"place", "time"} <= one.adds_over for one in measures)
    )


def count_events(
    reader: EventReader, indicator: Indicator, periods: Sequence[Period], *, basis: str, within: str
) -> Counted:
    """Events and person-years of the towns inside a state, county or set; InvalidQuery where a scan says nothing.

    A town without a point, without residents, or whose number is hidden or not reported in any period, is left out:
    it is not a zero.
    """
    towns = reader.gazetteer.towns_of(within)
    places = [reader.gazetteer.place(geoid) for geoid in towns]
    if len(towns) < FEWEST_TOWNS:
        raise InvalidQuery(_too_few_towns(reader, within, len(towns)))
    cells = reader.read(_query(reader, indicator, periods, basis, places))
    shape = len(periods), len(places)
    cases, people = cells.numerator.reshape(shape).T, cells.denominator.reshape(shape).T
    latitude, longitude = (
        np.array([np.nan if getattr(place, axis) is None else getattr(place, axis) for place in places], dtype=float)
        for axis in ("latitude", "longitude")
    )
    known = np.isfinite(cases).all(axis=1) & np.isfinite(people).all(axis=1) & (np.nan_to_num(people) > 0).all(axis=1)
    counted = Counted(
        tuple(towns), tuple(place.name for place in places), latitude, longitude, cases, people,
        known & np.isfinite(latitude) & np.isfinite(longitude), bool(cells.provisional.any()),
    )  # fmt: skip
    _check(counted, indicator, reader.gazetteer.name(within), periods)
    return counted


def _query(
    reader: EventReader, indicator: Indicator, periods: Sequence[Period], basis: str, places: Sequence[Jurisdiction]
) -> Query:
    level = reader.gazetteer.finest(places[0].state)
    geoids = tuple(place.geoid for place in places)
    return Query(indicator.id, tuple(periods), level, geoids, basis=Basis(basis) if basis else None)


def _check(counted: Counted, indicator: Indicator, where: str, periods: Sequence[Period]) -> None:
    when = f"{periods[0]}" if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    if counted.inside.sum() < FEWEST_TOWNS:
        raise InvalidQuery(
            f"Too few towns of {where} report '{indicator.name}' for {when}: {int(counted.inside.sum())} of"
            f" {len(counted.geoid)}. Ask for a period that is reported, or for a larger place."
        )
    total = int(counted.cases[counted.inside].sum())
    if total < FEWEST_EVENTS:
        raise InvalidQuery(
            f"{where} has {total} events of '{indicator.name}' in {when}: with fewer than {FEWEST_EVENTS} nothing can"
            " be said about where there are more. Ask for a longer period or a larger place."
        )


def _too_few_towns(reader: EventReader, within: str, towns: int) -> str:
    held = "one town" if towns == 1 else f"{towns} towns"
    return (
        f"{reader.gazetteer.name(within)} has {held}: a hotspot is a group of towns with more than the others, so at"
        f" least {FEWEST_TOWNS} towns are needed. Name a county, a state or a coalition's region."
    )
