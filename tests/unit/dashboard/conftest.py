"""A small store of two counties with two towns each, filled and asked in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.domain import (
    Direction,
    Indicator,
    Jurisdiction,
    Level,
    Measure,
    Partner,
    Period,
    PlaceSet,
    Query,
    SourceCard,
    State,
    Term,
)
from dashboard.indicators import Registry
from dashboard.intake import Coverage, Intake
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect
from dashboard.store.reader import CubeReader
from dashboard.store.writer import write

TOWNS = {"Ash": "2500100001", "Birch": "2500100002", "Cedar": "2500300003", "Dogwood": "2500300004"}
COUNTIES = {"North": "25001", "South": "25003"}
PLACES = [
    Jurisdiction("25", "Massachusetts", Level.STATE, "25"),
    *(Jurisdiction(geoid, name, Level.COUNTY, "25") for name, geoid in COUNTIES.items()),
    *(Jurisdiction(geoid, name, Level.TOWN, "25", geoid[:5]) for name, geoid in TOWNS.items()),
]
GEOIDS = {place.name: place.geoid for place in PLACES}
LEVELS = {place.geoid: place.level for place in PLACES}
EVERYTHING = frozenset({"place", "time", "partner", "stratum"})
MEASURES = {
    "deaths": Measure("deaths", "deaths", "count", EVERYTHING),
    "rolling_deaths": Measure("rolling_deaths", "deaths in 12 months", "count", frozenset({"place", "stratum"})),
    "clients": Measure("clients", "people served", "count", frozenset({"place", "stratum"})),
    "beds": Measure("beds", "beds", "stock", frozenset({"place"})),
    "wait": Measure("wait", "median days", "days", frozenset()),
    "contacts": Measure("contacts", "contacts", "count", EVERYTHING),
    "events": Measure("events", "events", "count", EVERYTHING),
    "better_deaths": Measure("better_deaths", "deaths, checked", "count", EVERYTHING),
    "population": Measure("population", "residents", "stock", frozenset({"place", "stratum"})),
}


def indicator(id_: str, kind: str, per: int, numerator: Sequence[str], denominator: str = "") -> Indicator:
    below = Term((denominator,), denominator) if denominator else None
    return Indicator(id_, id_, "outcomes", kind, Direction.DOWN, Term(tuple(numerator), id_), below, per, "events",
                     "made by hand", "nobody", date(2026, 1, 1))  # fmt: skip


INDICATORS = [
    indicator("death_rate", "rate", 100_000, ["deaths"], "population"),
    indicator("best_deaths", "count", 1, ["better_deaths", "deaths"]),
    indicator("rolling", "count", 1, ["rolling_deaths"]),
    indicator("client_count", "count", 1, ["clients"]),
    indicator("bed_count", "stock", 1, ["beds"]),
    indicator("median_wait", "days", 1, ["wait"]),
    indicator("contacted", "proportion", 100, ["contacts"], "events"),
]
KNOWN = Registry(MEASURES, {one.id: one for one in INDICATORS})
CARD = SourceCard("any", "Made by hand", "nobody", "none")
Row = dict[str, object]


class Ledger:
    """Loads rows written as (measure, place, period, value) and reads cells back by place name."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.engine = connect(f"sqlite:///{home / 'ledger.db'}")
        self.loads = 0
        self.load([], source="places", places=PLACES)

    def load(
        self,
        rows: Sequence[tuple[object, ...]],
        *,
        source: str = "state",
        as_of: date = date(2021, 1, 1),
        loaded: datetime | None = None,
        coverage: Sequence[Coverage] = (),
        **parts: object,
    ) -> Intake:
        """Write one load; a value may be "suppressed" or "not_reported"; a fifth item holds options of `add`."""
        self.loads += 1
        made = Intake(source, f"{self.loads}.csv", sha256(str(self.loads).encode()).hexdigest(), as_of, **parts)
        made.coverage = list(coverage)
        for measure, place, period, value, *options in rows:
            span = Period.parse(str(period))
            hidden = isinstance(value, str)
            made.observations.add(
                str(measure), GEOIDS[str(place)], (span.start, span.end), None if hidden else float(str(value)),
                state=str(value) if hidden else State.VALUE, **(options[0] if options else {}),
            )  # fmt: skip
        write(self.engine, made, CARD, loaded or datetime(2021, 1, 1) + timedelta(days=self.loads))
        return made

    def partner(self, id_: str, catchment: Sequence[str] = ()) -> None:
        """Register a partner, with the towns it serves when they are known."""
        sets = [PlaceSet(f"of-{id_}", id_, Level.CATCHMENT, tuple(GEOIDS[name] for name in catchment))]
        self.load([], source="partners", partners=[Partner(id_, id_, "ems", "", f"of-{id_}" if catchment else "")],
                  place_sets=sets if catchment else [])  # fmt: skip

    def residents(self, year: int = 2018, stratum: str = "", **people: int) -> None:
        """Load the residents of towns for a year."""
        options = {"basis": "residence", "stratum": stratum}
        self.load([("population", place, year, count, options) for place, count in people.items()], source="census")

    def reader(self, as_of: date | None = None) -> CubeReader:
        """A reader of the newest version, or of what was known on a day."""
        return CubeReader(open_cube(self.engine, self.home, as_of=as_of), KNOWN)

    def ask(
        self, what: str, period: str, *, level: Level = Level.TOWN, as_of: date | None = None, **more: object
    ) -> dict[str, Row]:
        """The rows of one period by place name."""
        query = Query(what, (Period.parse(period),), level, **more)
        return {str(row["place"]): row for row in self.reader(as_of).read(query).rows()}

    def told(self, what: str, period: str, **more: object) -> dict[str, object]:
        """The number of each place, or why there is none."""
        shown = ("value", "unstable")
        return {
            place: row["numerator"] if row["state"] in shown else row["state"]
            for place, row in self.ask(what, period, **more).items()
        }


def spoken(period: str, measure: str = "deaths", **more: object) -> Coverage:
    """Coverage of a measure in all towns over a period."""
    span = Period.parse(period)
    return Coverage(measure, span.start, span.end, **({"level": Level.TOWN, "scope": "25"} | more))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture(name="spoken")
def _spoken() -> object:
    return spoken
