"""The words of the program as frozen values. Knows no SQL, Dash, Plotly or clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.periods import Period, add_months

__all__ = ["Basis", "Cells", "Direction", "Facility", "FloatArray", "Indicator", "Jurisdiction", "Level", "Measure",
           "Partner", "Period", "PlaceSet", "Query", "Reader", "Scenario", "SourceCard", "State", "Target",
           "TargetVersion", "Term", "add_months", "plain"]  # fmt: skip

FloatArray = NDArray[np.float64]
EVENT_DIMENSIONS = frozenset({"substance", "channel", "medicine", "reason", "setting", "kind", "sold_as"})
"""Dimensions of the event, not of the person: all residents stand below such a count, not the residents of a group."""


class State(StrEnum):
    """What a cell is. Zero is a value; the other three are never shown as a number they are not."""

    VALUE = "value"
    UNSTABLE = "unstable"
    SUPPRESSED = "suppressed"
    NOT_REPORTED = "not_reported"


class Basis(StrEnum):
    """Whose place: where people live, where the event happened, or neither (money, sites)."""

    RESIDENCE = "residence"
    OCCURRENCE = "occurrence"
    NONE = "none"


class Level(StrEnum):
    """Sizes of jurisdiction. Regions and planning areas are sets of towns."""

    STATE = "state"
    REGION = "region"
    COUNTY = "county"
    PLANNING_AREA = "planning_area"
    CATCHMENT = "catchment"
    TOWN = "town"


class Direction(StrEnum):
    """Which way is better; `context` means neither."""

    UP = "up"
    DOWN = "down"
    CONTEXT = "context"


@dataclass(frozen=True)
class Jurisdiction:
    """A place: `geoid` is text and stable; `county` is the geoid of its county (towns only)."""

    geoid: str
    name: str
    level: Level
    state: str
    county: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class PlaceSet:
    """A named set of towns: a region, a planning area or a coalition's catchment."""

    id: str
    name: str
    level: Level
    members: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A thing a source counts, and over what it may be added (place, time, partner, stratum).

    `kind` is count, stock, money, days or status. `people` is true when a count can never exceed the residents.
    """

    id: str
    label: str
    kind: str
    adds_over: frozenset[str]
    people: bool = False


@dataclass(frozen=True)
class Term:
    """Numerator or denominator of an indicator: measures in order of preference, and the words for them."""

    measures: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Indicator:
    """What the dashboard shows: numerator / denominator x per, declared in one file.

    `kind` is rate (events over person-years), proportion (part of a whole), ratio (anything over anything), count,
    stock, money or days. `months` is the window a map of towns opens on.
    """

    id: str
    name: str
    theme: str
    kind: str
    direction: Direction
    numerator: Term
    denominator: Term | None
    per: int
    unit: str
    definition: str
    source_of_definition: str
    reviewed_on: date
    months: int = 36
    bases: tuple[Basis, ...] = (Basis.NONE,)
    strata: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    disclosure: str = "default"
    anchor: str = ""


@dataclass(frozen=True)
class Query:
    """One question to a reader: an indicator, for these periods, for all areas of `level`.

    `geoids` limits the areas (empty: all); `within` limits towns to a state, county or place set. `periods` must be
    in order and must not overlap unless the measure is a rolling window. `stratum` is "dimension=value" or "".
    """

    indicator: str
    periods: tuple[Period, ...]
    level: Level = Level.TOWN
    geoids: tuple[str, ...] = ()
    within: str = ""
    basis: Basis | None = None
    stratum: str = ""
    partner: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Cells:
    """The answer: one row per period and area, in that order, as columns of equal length.

    Rates are per `per`; an absent number is NaN and `state` says why. `notes` are sentences about the whole answer.
    """

    indicator: str
    per: int
    geoid: list[str]
    place: list[str]
    period: list[str]
    numerator: FloatArray
    denominator: FloatArray
    rate: FloatArray
    lower: FloatArray
    upper: FloatArray
    state: list[str]
    provisional: NDArray[np.bool_]
    source: list[str]
    as_of: list[str]
    basis: str = ""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.geoid)

    def rows(self) -> list[dict[str, object]]:
        """The rows that `coalition show` prints and the screen offers as CSV; an absent number is None."""
        columns: Mapping[str, list[object]] = {
            "geoid": list(self.geoid), "place": list(self.place), "period": list(self.period),
            "numerator": plain(self.numerator, 2), "denominator": plain(self.denominator, 2),
            "rate": plain(self.rate), "lower": plain(self.lower), "upper": plain(self.upper),
            "per": [self.per] * len(self), "state": list(self.state), "provisional": self.provisional.tolist(),
            "source": list(self.source), "as_of": list(self.as_of),
        }  # fmt: skip
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def plain(values: FloatArray, digits: int = 4) -> list[object]:
    """Floats for people and JSON: NaN becomes None, whole numbers become int, the rest is rounded."""
    return [
        None if np.isnan(value) else int(value) if value == int(value) else round(float(value), digits)
        for value in values
    ]


@dataclass(frozen=True)
class Facility:
    """A site that offers services; `verified_on` is None when it is only listed, other unknowns are None or "".

    `state` is a two-digit code. `hours_a_week` are hours open to the public; `mobile_days` says when a van stops here.
    """

    id: str
    name: str
    services: tuple[str, ...]
    address: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    verified_on: date | None = None
    hours: str = ""
    capacity: float | None = None
    hours_a_week: float | None = None
    accepting: bool | None = None
    mobile_days: str = ""
    state: str = ""


@dataclass(frozen=True)
class Scenario:
    """A saved scenario. `body` is plain values: service, within, sites placed, thresholds. `id` is "" until saved."""

    title: str
    body: Mapping[str, Any]
    made_at: datetime
    coalition: str = ""
    id: str = ""


@dataclass(frozen=True)
class Partner:
    """A member of a coalition; `catchment` is the id of a place set, empty when unknown."""

    id: str
    name: str
    sector: str
    coalition: str
    catchment: str = ""


@dataclass(frozen=True)
class Target:
    """What a coalition wants of an indicator, and by when; rates in the indicator's `per`.

    `place` is a place or set ("" is the coalition's catchment), `partner` whose numbers count ("" is everybody's),
    `contributors` are partners who help, `process` an indicator shown beside it, `version` 0 before it is saved.
    """

    id: str
    coalition: str
    indicator: str
    baseline: float
    baseline_period: str
    target: float
    due: date
    owner: str
    place: str = ""
    stratum: str = ""
    partner: str = ""
    strategy: str = ""
    contributors: tuple[str, ...] = ()
    process: str = ""
    version: int = 0


@dataclass(frozen=True)
class TargetVersion:
    """A target as it was saved: by whom, when (UTC, naive) and why."""

    target: Target
    who: str
    why: str
    saved_at: datetime


@dataclass(frozen=True)
class SourceCard:
    """Where numbers come from: what every screen must be able to cite."""

    id: str
    title: str
    publisher: str
    licence: str
    url: str = ""
    description: str = ""
    loads: tuple[object, ...] = field(default=())


class Reader(Protocol):
    """What views may ask: the staff's cube reader and the public's release reader both answer it."""

    def read(self, query: Query) -> Cells:
        """Cells for a query; InvalidQuery for an unknown indicator, place, group or partner."""
        ...
