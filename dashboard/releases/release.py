"""A release as plain values: what a release file holds, and what the public side reads out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dashboard.domain import Facility, Indicator, PlaceSet, Target


class TableKey(NamedTuple):
    """One published table: every place of a level, for one period and one population group."""

    indicator: str
    basis: str
    level: str
    period: str
    stratum: str


@dataclass(frozen=True)
class ReleasedPlace:
    """A place of a release. A small town is `shown_as` its planning area: that set's id; else its own geoid.

    `population` are residents at the middle of the newest published year; None where they are unknown.
    """

    geoid: str
    name: str
    level: str
    state: str
    county: str = ""
    population: float | None = None
    planning_area: str = ""
    shown_as: str = ""

    @property
    def merged_into(self) -> str:
        """The planning area whose numbers stand for this town; "" where the town stands for itself."""
        return self.shown_as if self.shown_as != self.geoid else ""


@dataclass(frozen=True)
class ReleasedCell:
    """One cell of a table. `state`: value, suppressed or not_reported; absent numbers are None.

    `low` and `high` of a hidden cell are the range its policy hides, the same for all hidden cells of an indicator.
    They are no limits of this cell: a larger number may be hidden to protect a small one.
    """

    table: TableKey
    geoid: str
    numerator: float | None
    denominator: float | None
    state: str
    low: int | None = None
    high: int | None = None
    provisional: bool = False
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class ReleaseSource:
    """Who published a number, and when."""

    id: str
    title: str
    publisher: str
    licence: str
    url: str
    as_of: str


@dataclass(frozen=True)
class ReleasedShapes:
    """Prepared shapes of a state, as the browser fetches them; `sha` names them."""

    state: str
    level: str
    sha: str
    body: bytes


@dataclass(frozen=True)
class PublicText:
    """Words that go out as they stand: a request of the community with its answer, or the code of conduct.

    `kind` is request or conduct. A request has the role that asked, the months (YYYY-MM) in which it was asked and
    answered, and what became of it. `language` is the code of the words.
    """

    kind: str
    language: str
    text: str
    role: str = ""
    asked: str = ""
    answer: str = ""
    answered: str = ""
    outcome: str = ""


Key = tuple[str, ...]
"""A count of the equations: term, basis, stratum, level, place (and members of a set), period; or a named rest."""


@dataclass(frozen=True)
class Structure:
    """What ties the counts of a release together, without any count: enough to repeat the audit from the file.

    `cells` are (key, policy, shown count or None), where the policy "-five" marks a count that is never printed;
    `sums` are (total, parts), each total minus its parts being zero.
    """

    cells: Sequence[tuple[Key, str, int | None]] = ()
    sums: Sequence[tuple[Key, Sequence[Key]]] = ()


@dataclass(frozen=True)
class Release:
    """Everything that a release file holds."""

    number: int
    made_on: date
    audience: str = "public"
    meta: Mapping[str, str] = field(default_factory=dict)
    indicators: Sequence[Indicator] = ()
    places: Sequence[ReleasedPlace] = ()
    sets: Sequence[PlaceSet] = ()
    cells: Sequence[ReleasedCell] = ()
    structure: Structure = field(default_factory=Structure)
    sources: Sequence[ReleaseSource] = ()
    shapes: Sequence[ReleasedShapes] = ()
    sites: Sequence[Facility] = ()
    targets: Sequence[Target] = ()
    notes: Sequence[tuple[str, str]] = ()
    texts: Sequence[PublicText] = ()
