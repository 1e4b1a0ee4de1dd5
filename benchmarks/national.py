"""A country as it would come: fifty states of subdivisions and counties, fifty coalitions, forty indicators by month.

The places are squares and the numbers are invented; names and codes of the states are real. As a state's own list of
events has it, a month in which nothing happened has no row, and the load says that absence is zero.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from shapely import union_all
from shapely.geometry import box
from sqlalchemy import Engine

from benchmarks.rows import AS_OF, BASES, CARD, SEED, Town, add_residents
from benchmarks.stores import agreed
from dashboard.domain import Basis, Jurisdiction, Level, Partner, Period, PlaceSet
from dashboard.gazetteer.states import STATES_FILE, state_name
from dashboard.indicators import registry
from dashboard.intake import Boundary, Coverage, Intake
from dashboard.store.agreements import save_agreement
from dashboard.store.writer import write
from geo.boundaries import pack
from geo.shapes import Shape

STATES, INDICATORS, PARTNERS_EACH, TOWNS_EACH = 50, 40, 4, 20
TALL, WIDE, COUNTY_TALL, COUNTY_WIDE = 38, 19, 4, 3
"""A state is 38 x 19 squares; a county 4 x 3 of them."""
SIDE_DEGREES = 0.1
FIRST, MONTHS = 2016 * 12, 120
RESIDENTS, SPREAD = 2_200, 1.5
"""Of the middle subdivision, and how unequal they are (of a log-normal): few are large, as they are."""
MONTHLY_EVENTS_PER_RESIDENT = 12 / 100_000 / 12
MEASURES_A_LOAD = 5
OF_PARTNERS = "naloxone_kits"


def fill(engine: Engine) -> dict[str, object]:
    """Write a country into an empty store; what it holds."""
    chance = np.random.default_rng(SEED)
    shapes = {code: list(_squares(code, number)) for number, code in enumerate(_states())}
    towns = [Town(one.geoid, round(RESIDENTS * float(chance.lognormal(0, SPREAD))) + 20)
             for of_state in shapes.values() for one in of_state]  # fmt: skip
    _write_places(engine, shapes)
    people = Intake("invented", "residents.csv", "1" * 64, AS_OF)
    add_residents(people, towns, [""])
    write(engine, people, CARD, _now())
    chosen = indicators()
    rows = _write_months(engine, towns, _measures(chosen))
    rows += _write_partners(engine, shapes, chance)
    return {"places": len(towns), "rows": rows, "state": _states()[0], "indicators": chosen}


def indicators() -> list[str]:
    """The first forty whose numbers are counts that add over places and months, deaths before all."""
    known = registry()
    counts = {one.id for one in known.measures.values() if one.kind == "count" and {"place", "time"} <= one.adds_over}
    fitting = [
        one.id for one in known.indicators.values()
        if {term.measures[0] for term in (one.numerator, one.denominator) if term} <= counts | {"population"}
    ]  # fmt: skip
    first = "opioid_overdose_death_rate"
    return [first, *(id_ for id_ in fitting if id_ != first)][:INDICATORS]


def _measures(chosen: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Measure -> its basis and the share that it has of the events: a part has less than its whole."""
    known, found = registry(), dict[str, tuple[str, float]]()
    for indicator in (known.indicators[id_] for id_ in chosen):
        basis = next((one for one in indicator.bases if one is not Basis.NONE), Basis.NONE).value
        for term, share in ((indicator.denominator, 1.0), (indicator.numerator, 0.6)):
            if term and term.measures[0] != "population":
                found.setdefault(term.measures[0], (basis, share))
    return found


def _states() -> list[str]:
    with STATES_FILE.open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines) if row["code"] != "11"][:STATES]


def _squares(code: str, number: int) -> Iterator[Shape]:
    """The subdivisions of a state; states stand in rows of ten."""
    west, south = -125 + (number % 10) * 5.0, 25 + (number // 10) * 5.0
    for row in range(TALL):
        for column in range(WIDE):
            county = f"{code}{1 + (row // COUNTY_TALL) * 10 + column // COUNTY_WIDE:03d}"
            x, y = west + column * SIDE_DEGREES, south + row * SIDE_DEGREES
            square = box(x, y, x + SIDE_DEGREES, y + SIDE_DEGREES)
            yield Shape(f"{county}{row:02d}{column:02d}0", f"Square {row} {column}", square, county)


def _counties(towns: Sequence[Shape]) -> Iterator[Shape]:
    for county in sorted({one.county for one in towns}):
        inside = union_all([one.geometry for one in towns if one.county == county])
        yield Shape(county, f"County {county}", inside)


def _write_places(engine: Engine, shapes: dict[str, list[Shape]]) -> None:
    made = Intake("map", "map.geojson", "0" * 64, AS_OF)
    for code, towns in shapes.items():
        made.places.append(Jurisdiction(code, state_name(code), Level.STATE, code))
        counties = list(_counties(towns))
        made.places += [Jurisdiction(one.geoid, one.name, Level.COUNTY, code) for one in counties]
        made.places += [Jurisdiction(one.geoid, one.name, Level.TOWN, code, one.county) for one in towns]
        for level, of_level in ((Level.TOWN, towns), (Level.COUNTY, counties)):
            body = pack(of_level, level=level, vintage="2020", county_names={one.geoid: one.name for one in counties})
            made.boundaries.append(Boundary(code, level, "2020", False, body))
    write(engine, made, CARD, _now())


def _write_months(engine: Engine, towns: list[Town], measures: dict[str, tuple[str, float]]) -> int:
    """Events of every measure in the months in which there were any; a load holds a few measures of all places."""
    expected = np.array([town.residents for town in towns]) * MONTHLY_EVENTS_PER_RESIDENT
    names, rows = list(measures), 0
    for at in range(0, len(names), MEASURES_A_LOAD):
        made = Intake("invented", f"{at}.csv", f"{at:064d}", AS_OF)
        for measure in names[at : at + MEASURES_A_LOAD]:
            basis, share = measures[measure]
            _add_events(made, measure, basis, towns, np.ceil(share * _events(expected)))
            made.coverage += [_all_of(measure, basis, code) for code in _states()]
        made.rows_accepted = len(made.observations)
        rows += len(made.observations)
        write(engine, made, CARD, _now())
    return rows


def _all_of(measure: str, basis: str, state: str) -> Coverage:
    first, last = _month(0), _month(MONTHS - 1)
    return Coverage(measure, first.start, last.end, Level.TOWN, basis, scope=state, absence="zero")


def _events(expected: NDArray[np.float64]) -> NDArray[np.int64]:
    """Months x places: the same for all measures, so that a part is never larger than its whole."""
    return np.random.default_rng(SEED).poisson(np.tile(expected, (MONTHS, 1)))


def _add_events(made: Intake, measure: str, basis: str, towns: list[Town], events: NDArray[np.float64]) -> None:
    spans = [_month(number) for number in range(MONTHS)]
    months, places = np.nonzero(events)
    held, many = made.observations, len(months)
    held.measure += [measure] * many
    held.geoid += [towns[place].geoid for place in places.tolist()]
    held.start += [spans[month].start for month in months.tolist()]
    held.end += [spans[month].end for month in months.tolist()]
    held.basis += [basis] * many
    held.partner += [""] * many
    held.stratum += [""] * many
    held.value += events[months, places].tolist()
    held.state += ["value"] * many
    held.provisional += [False] * many


def _write_partners(engine: Engine, shapes: dict[str, list[Shape]], chance: np.random.Generator) -> int:
    """A coalition a state, its partners with an agreement each, and the naloxone that they hand out every month."""
    made = Intake("partners", "partners.csv", "2" * 64, AS_OF)
    for code, squares in shapes.items():
        area, members = f"area-{code}", [one.geoid for one in squares[:TOWNS_EACH]]
        made.place_sets.append(PlaceSet(area, f"Area of coalition {code}", Level.CATCHMENT, tuple(members)))
        made.coalitions.append((f"c{code}", f"Coalition {code}", area))
        for number in range(PARTNERS_EACH):
            partner = Partner(f"p{code}-{number}", f"Partner {number} of {code}", "health", f"c{code}", area)
            made.partners.append(partner)
            _add_kits(made, partner.id, members, chance)
    made.rows_accepted = len(made.observations)
    write(engine, made, CARD, _now())
    for partner in made.partners:
        save_agreement(engine, agreed(partner), who="benchmark", why="to measure with agreements", now=_now())
    return made.rows_accepted


def _add_kits(made: Intake, partner: str, members: Sequence[str], chance: np.random.Generator) -> None:
    for number, given in enumerate(chance.poisson(5, (MONTHS, len(members))).tolist()):
        month = _month(number)
        for geoid, kits in zip(members, given, strict=True):
            made.observations.add(OF_PARTNERS, geoid, (month.start, month.end), float(kits), basis=BASES[0],
                                  partner=partner)  # fmt: skip
    made.coverage.append(Coverage(OF_PARTNERS, _month(0).start, _month(MONTHS - 1).end, Level.TOWN, BASES[0], partner))


def _month(number: int) -> Period:
    return Period.of_months((FIRST + number) // 12, (FIRST + number) % 12 + 1, 1)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
