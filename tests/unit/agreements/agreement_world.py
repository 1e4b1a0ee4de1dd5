"""A world of two counties, four towns and four partners, small enough to be worked out by hand, and its store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from dashboard.domain import (
    Direction,
    Indicator,
    Jurisdiction,
    Level,
    Measure,
    Partner,
    SourceCard,
    State,
    Term,
    add_months,
)
from dashboard.indicators import Registry
from dashboard.intake import Intake
from dashboard.store.engine import connect
from dashboard.store.writer import write

NORTH, SOUTH = "25001", "25003"
TOWNS = {"2500100001": NORTH, "2500100002": NORTH, "2500300003": SOUTH, "2500300004": SOUTH}
ASH, BIRCH, CEDAR, DOGWOOD = TOWNS
SERVED = {"amber": (ASH, BIRCH), "birch": (BIRCH, CEDAR), "coral": (CEDAR,), "dune": (ASH, DOGWOOD)}
"""Which towns each partner counts in."""
COALITION = {"amber": "north", "birch": "north", "coral": "south", "dune": "south"}
"""Which coalition each partner is of."""
FIRST, MONTHS = date(2024, 1, 1), 24
GROUPS = ("", "age=young", "age=old", "sex=female", "age=old;sex=female")
COUNTS = frozenset({"place", "time", "partner", "stratum"})
MEASURES = {name: Measure(name, name, "count", COUNTS) for name in ("contacts", "events", "deaths", "clinic_visits")}
MEASURES["population"] = Measure("population", "residents", "stock", frozenset({"place", "stratum"}))
OPEN, CLOSED = "state_deaths", "clinic_register"
LICENCES = {OPEN: "public record", CLOSED: "by agreement", "partner_sheets": "by agreement", "places": "public domain"}


def indicator(id_: str, kind: str, numerator: str, denominator: str = "") -> Indicator:
    below = Term((denominator,), denominator) if denominator else None
    return Indicator(id_, id_, "continuity", kind, Direction.UP, Term((numerator,), id_), below, 1, "events",
                     "made by hand", "nobody", date(2026, 1, 1))  # fmt: skip


INDICATORS = {
    one.id: one
    for one in (
        indicator("contact_count", "count", "contacts"),
        indicator("contacted", "proportion", "contacts", "events"),
        indicator("death_count", "count", "deaths"),
        indicator("visit_count", "count", "clinic_visits"),
        indicator("contacts_a_death", "ratio", "contacts", "deaths"),
    )
}
KNOWN = Registry(MEASURES, INDICATORS)


@cache
def counted(measure: str, partner: str, town: str, group: str, month: date) -> int:
    """What was counted in one town and month: any number from 30 to 89, the same for the same words."""
    return 30 + sha256(f"{measure} {partner} {town} {group} {month}".encode()).digest()[0] % 60


def is_hidden(measure: str, partner: str, month: date) -> bool:
    """Whether the partner itself hides a number: Coral's contacts of every May."""
    return (measure, partner, month.month) == ("contacts", "coral", 5)


def months() -> list[date]:
    """The months that are reported."""
    return [add_months(FIRST, number) for number in range(MONTHS)]


def reports() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Who reports what from where: source, partner, measure and towns."""
    for partner, towns in SERVED.items():
        for measure in ("contacts", "events"):
            yield "partner_sheets", partner, measure, towns
    yield OPEN, "", "deaths", tuple(TOWNS)
    yield CLOSED, "", "clinic_visits", tuple(TOWNS)


def fill(home: Path) -> Engine:
    """A store that holds the world."""
    engine = connect(f"sqlite:///{home / 'world.db'}")
    names = {NORTH: "North", SOUTH: "South", ASH: "Ash", BIRCH: "Birch", CEDAR: "Cedar", DOGWOOD: "Dogwood"}
    places = Intake("places", "places", "0", date(2026, 1, 1))
    places.places = [
        Jurisdiction("25", "Massachusetts", Level.STATE, "25"),
        *(Jurisdiction(geoid, names[geoid], Level.COUNTY, "25") for geoid in (NORTH, SOUTH)),
        *(Jurisdiction(geoid, names[geoid], Level.TOWN, "25", county) for geoid, county in TOWNS.items()),
    ]
    places.partners = [Partner(id_, id_.title(), "outreach", COALITION[id_]) for id_ in SERVED]
    _write(engine, places)
    for number, (source, partner, measure, towns) in enumerate(reports()):
        intake = Intake(source, f"{number}.csv", str(number + 1), date(2026, 1, 1))
        for town in towns:
            for group in GROUPS if partner else ("",):
                for month in months():
                    hidden = is_hidden(measure, partner, month)
                    intake.observations.add(
                        measure, town, (month, add_months(month, 1)),
                        None if hidden else float(counted(measure, partner, town, group, month)), partner=partner,
                        stratum=group, state=State.SUPPRESSED if hidden else State.VALUE,
                    )  # fmt: skip
        _write(engine, intake)
    return engine


def _write(engine: Engine, intake: Intake) -> None:
    card = SourceCard(intake.source, intake.source, "nobody", LICENCES[intake.source])
    write(engine, intake, card, datetime(2026, 1, 2))
