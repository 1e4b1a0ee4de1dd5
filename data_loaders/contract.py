"""What every loader is: a Source that names its publisher and its columns, and reads one file into an Intake."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from dashboard.intake import Intake

if TYPE_CHECKING:
    from data_loaders.places import PlaceIndex
    from data_loaders.rawfile import RawFile
    from data_loaders.town_shapes import TownShapes


class Stage(IntEnum):
    """The order in which files of one call are loaded: what names places comes first."""

    PLACES = 0
    CROSSWALK = 1
    POPULATION = 2
    OBSERVATIONS = 3


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file: where it stands, the rule it breaks and what to do."""

    file: str
    rule: str
    fix: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


@dataclass
class Report:
    """Every problem of one file (not only the first), and what is worth telling about a good one."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("q"))
    columns: list[str] = field(default_factory=list)

    def problem(self, rule: str, fix: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        """Record a problem; the file will not be loaded."""
        self.problems.append(Problem(self.file, rule, fix, "", row, column, value[:80]))

    def origin(self, row: int, column: str = "") -> None:
        """Say where the observation just added stands; optional, but for every observation or for none."""
        self.rows.append(row)
        self.columns.append(column)

    def origin_of(self, at: int) -> tuple[int | None, str]:
        """(row, column) of the observation with that number; (None, "") when the reader did not say."""
        return (self.rows[at], self.columns[at]) if at < len(self.rows) else (None, "")

    def note(self, sentence: str) -> None:
        """Record something worth telling that does not stop the load."""
        self.notes.append(sentence)


@dataclass(frozen=True)
class Members:
    """What a sheet may name besides places: names by id, partners by coalition and id, (measure, stratum) reported."""

    coalitions: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    strata: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Context:
    """What a reader may use besides the file: the places known to the store, today's date, and the towns' shapes."""

    places: PlaceIndex
    today: date
    shapes: TownShapes | None = None
    members: Members = Members()


@dataclass(frozen=True)
class Source:
    """A publisher's file format. `columns` are header names that must all be present, as the publisher writes them.

    `recognises` replaces the column check where a header is not enough. `state` is the two-digit code of the only
    state the file speaks of, empty when it names its own.
    """

    id: str
    title: str
    publisher: str
    licence: str
    url: str
    description: str
    measures: tuple[str, ...]
    read: Callable[[RawFile, Context, Report], Intake]
    columns: tuple[str, ...] = ()
    recognises: Callable[[RawFile], bool] | None = None
    stage: Stage = Stage.OBSERVATIONS
    state: str = ""
