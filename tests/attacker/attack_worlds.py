"""Small worlds made by a seed: places, residents and events, written to a store, and the truth about every cell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from attack_notebook import Cell, months
from numpy.typing import NDArray

from dashboard.domain import Jurisdiction, Level, PlaceSet, SourceCard
from dashboard.intake import Coverage, Intake
from dashboard.store.cube import open_cube
from dashboard.store.engine import connect, open_engine
from dashboard.store.reader import CubeReader
from dashboard.store.writer import write

STATE, FIRST_YEAR, YEARS = "25", 2015, 4
SEXES = ("sex=female", "sex=male")
BASIS = {"drug_deaths_examiner": "residence", "opioid_deaths": "residence", "ems_overdoses_nonfatal": "occurrence",
         "identified_events": "none", "contacted_7d": "none"}  # fmt: skip
AMONG = {"opioid_deaths": "drug_deaths_examiner", "contacted_7d": "identified_events"}
"""Every event of the first is one of the second."""
SERIES = {"overdose_death_rate_any_drug|residence": "drug_deaths_examiner",
          "opioid_overdose_death_rate|residence": "opioid_deaths",
          "nonfatal_overdose_rate|occurrence": "ems_overdoses_nonfatal",
          "contact_7d|none": "contacted_7d", "contact_7d|none/of": "identified_events"}  # fmt: skip
"""What public pages call these counts."""
CARD = SourceCard("made", "Made by a seed", "nobody", "none needed")
Event = tuple[str, str, int, str]
"""Measure, town, quarter since FIRST_YEAR, stratum."""


@dataclass
class World:
    """Places and what happened in them. `events` counts by measure, town, quarter and group; groups may leave out
    people whose group nobody wrote down."""

    seed: int
    counties: dict[str, list[str]]
    residents: dict[str, int]
    areas: dict[str, tuple[str, ...]]
    catchments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    events: dict[Event, int] = field(default_factory=dict)
    cuts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Towns that nobody publishes together, under a name for calculations."""

    @property
    def towns(self) -> list[str]:
        return [town for inside in self.counties.values() for town in inside]

    @property
    def marks(self) -> set[tuple[str, int]]:
        """Town and quarter of a first and a last event of every measure: a source speaks from its first to its last."""
        largest = max(self.towns, key=lambda town: self.residents[town])
        return {(largest, 0), (largest, YEARS * 4 - 1)}

    def parts(self, place: str) -> tuple[str, ...]:
        """The towns of a place."""
        if place == STATE:
            return tuple(self.towns)
        return tuple(self.counties.get(place, ())) or (self.areas | self.catchments | self.cuts).get(place) or (place,)

    def truth(self, cell: Cell) -> int:
        """What a cell of the public pages really is; of `whole less part` the difference."""
        whole, less, part = cell.series.partition(" less ")
        names = [re.sub("@.*", "", name) for name in (whole, part)]
        place = re.sub("@.*", "", cell.place)
        count = self.count(SERIES[names[0]], cell._replace(place=place))
        return count - self.count(SERIES[names[1]], cell._replace(place=place)) if less else count

    @property
    def open_groups(self) -> set[str]:
        """Series with people whose sex nobody wrote down."""

        def total(measure: str, strata: tuple[str, ...]) -> int:
            return sum(n for (of, _, _, stratum), n in self.events.items() if of == measure and stratum in strata)

        return {series for series, measure in SERIES.items() if total(measure, SEXES) < total(measure, ("",))}

    def count(self, measure: str, cell: Cell) -> int:
        """What really happened."""
        first, end = months(cell.period)
        quarters = range((first - FIRST_YEAR * 12) // 3, (end - FIRST_YEAR * 12) // 3)
        towns = self.parts(cell.place)
        return sum(self.events.get((measure, t, q, cell.stratum), 0) for t in towns for q in quarters)


def world(seed: int) -> World:
    """The world of a seed: one to four counties of one to nine towns (a county of one town is its alias)."""
    rng = np.random.default_rng(seed)
    counties = {}
    for number in range(int(rng.integers(1, 5))):
        county = f"{STATE}{2 * number + 1:03d}"
        counties[county] = [f"{county}{at:05d}" for at in range(1, int(rng.integers(1, 10)) + 1)]
    towns = [town for inside in counties.values() for town in inside]
    residents = {town: int(np.exp(rng.uniform(np.log(300), np.log(80_000)))) for town in towns}
    made = World(seed, counties, residents, _areas(rng, towns, residents), _catchments(rng, towns))
    happen(made, rng)
    return made


def happen(made: World, rng: np.random.Generator) -> None:
    """Draw the events anew: few in most towns, of both sexes; in some worlds the sex of some people is not known."""
    unknown_sex = 0.0 if rng.random() < 0.6 else 0.15
    made.events.clear()
    for measure in [measure for measure in BASIS if measure not in AMONG]:
        parts = {part: rng.uniform(0.5, 0.97) for part, whole in AMONG.items() if whole == measure}
        risk = np.exp(rng.uniform(np.log(10), np.log(90))) / 100_000 / 4
        for town in made.towns:
            mean = made.residents[town] * risk * np.exp(rng.normal(0, 0.5))
            for quarter in range(YEARS * 4):
                split = rng.poisson(mean * np.array([0.35 * (1 - unknown_sex), 0.65 * (1 - unknown_sex), unknown_sex]))
                split[0] += (town, quarter) in made.marks
                _note(made, (measure, town, quarter), split)
                for part, share in parts.items():
                    _note(made, (part, town, quarter), _some(rng, split, share, (town, quarter) in made.marks))


def _some(rng: np.random.Generator, split: NDArray[np.int64], share: float, marked: bool) -> NDArray[np.int64]:
    """Those of the people who are counted again as part of them."""
    part = rng.binomial(split, share)
    part[0] = max(part[0], int(marked))
    return part


def _note(made: World, what: tuple[str, str, int], split: NDArray[np.int64]) -> None:
    told = {"": int(split.sum())} | dict(zip(SEXES, split[:2].tolist(), strict=True))
    made.events |= {(*what, stratum): count for stratum, count in told.items() if count}


def _catchments(rng: np.random.Generator, towns: list[str]) -> dict[str, tuple[str, ...]]:
    """Up to two coalitions' towns: neighbours by number, from any town to any other, so that they cut counties."""
    found = {}
    for number in range(int(rng.integers(0, 3))):
        first, last = sorted(rng.integers(0, len(towns), 2).tolist())
        found[f"ours-{number + 1}"] = tuple(towns[first : last + 1])
    return found


def _areas(rng: np.random.Generator, towns: list[str], residents: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Neighbours by number, some across a county's border, until about 12,000 people live in each."""
    areas: dict[str, tuple[str, ...]] = {}
    inside: list[str] = []
    for town in towns:
        inside.append(town)
        if sum(residents[each] for each in inside) > 12_000 * rng.uniform(0.3, 1.5):
            areas[f"area-{len(areas) + 1}"] = tuple(inside)
            inside = []
    if inside:
        areas[f"area-{len(areas) + 1}"] = tuple(inside)
    return areas


@cache
def _empty_store() -> Path:
    file = Path(mkdtemp(prefix="attack-")) / "empty.db"
    connect(f"sqlite:///{file}").dispose()
    return file


def reader(made: World, home: Path) -> Iterator[CubeReader]:
    """A store with the world in it, read as the staff would."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(_empty_store(), home / "made.db")
    engine = open_engine(f"sqlite:///{home / 'made.db'}")
    for number, intake in enumerate((_places(made), _happened(made))):
        write(engine, intake, CARD, datetime(2019, 1, 1 + number))
    try:
        yield CubeReader(open_cube(engine, home))
    finally:
        engine.dispose()


def _intake(made: World, name: str) -> Intake:
    return Intake("made", f"{name}.csv", f"{name}-{made.seed}-{id(made)}".ljust(64, "0")[:64], date(2019, 1, 1))


def _places(made: World) -> Intake:
    intake = _intake(made, "places")
    intake.places = [Jurisdiction(STATE, "Massachusetts", Level.STATE, STATE)]
    intake.places += [Jurisdiction(county, f"County {county}", Level.COUNTY, STATE) for county in made.counties]
    intake.places += [
        Jurisdiction(t, f"Town {t}", Level.TOWN, STATE, c) for c, inside in made.counties.items() for t in inside
    ]
    intake.place_sets = [PlaceSet(a, f"Area {a}", Level.PLANNING_AREA, towns) for a, towns in made.areas.items()]
    intake.place_sets += [PlaceSet(c, f"Catchment {c}", Level.CATCHMENT, t) for c, t in made.catchments.items()]
    for town, people in made.residents.items():
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS + 1):
            for stratum, share in (("", 1.0), *((sex, 0.5) for sex in SEXES)):
                span = date(year, 1, 1), date(year + 1, 1, 1)
                intake.observations.add(
                    "population", town, span, round(people * share), basis="residence", stratum=stratum
                )
    return intake


def _happened(made: World) -> Intake:
    intake = _intake(made, "events")
    span = date(FIRST_YEAR, 1, 1), date(FIRST_YEAR + YEARS, 1, 1)
    intake.coverage = [
        Coverage(measure, *span, Level.TOWN, basis=basis, scope=STATE, absence="zero")
        for measure, basis in BASIS.items()
    ]
    for (measure, town, quarter, stratum), count in made.events.items():
        intake.observations.add(measure, town, _quarter(quarter), count, basis=BASIS[measure], stratum=stratum)
    return intake


def _quarter(quarter: int) -> tuple[date, date]:
    def start(at: int) -> date:
        return date(FIRST_YEAR + at // 4, 3 * (at % 4) + 1, 1)

    return start(quarter), start(quarter + 1)
