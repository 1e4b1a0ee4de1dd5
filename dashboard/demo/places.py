"""The ground of the demonstration: the real towns of Massachusetts and how many people of which group live there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.spans import Span, seeded
from dashboard.domain import FloatArray, Jurisdiction, Level, PlaceSet
from dashboard.gazetteer import populations, towns
from dashboard.intake import PlaceCode

STATE = "25"
PLACES_FILE = Path(__file__).with_name("places.toml")
CENSUS_YEARS = (2010, 2020)


@dataclass(frozen=True)
class Ground:
    """Towns in the order of their geoids, and arrays in step with them.

    `residents` is towns by `years`; `groups` maps a dimension to its values and `people` to towns by values (residents
    of 2020); `burden` is each town's overdose burden beside the state's average, before chance.
    """

    places: list[Jurisdiction]
    aliases: list[tuple[str, str]]
    codes: list[PlaceCode]
    towns: list[Jurisdiction]
    years: tuple[int, ...]
    residents: NDArray[np.int64]
    groups: dict[str, tuple[str, ...]]
    people: dict[str, NDArray[np.int64]]
    burden: FloatArray
    regions: list[PlaceSet]

    @cached_property
    def geoids(self) -> tuple[str, ...]:
        """The towns' geoids."""
        return tuple(town.geoid for town in self.towns)

    @property
    def counties(self) -> list[Jurisdiction]:
        """The counties, by geoid."""
        return [place for place in self.places if place.level == Level.COUNTY]

    def positions(self, names: list[str]) -> NDArray[np.int64]:
        """Where the towns of these names (or of counties of these geoids) stand; KeyError for an unknown one."""
        known = {town.name: number for number, town in enumerate(self.towns)}
        found: set[int] = set()
        for name in names:
            members = [number for number, town in enumerate(self.towns) if town.county == name]
            found.update(members or [known[name]])
        return np.array(sorted(found), dtype=np.int64)

    def people_in(self, dimension: str, year: int) -> NDArray[np.int64]:
        """Towns by values in the year at position `year`, in the shares of 2020 and adding up to the residents."""
        counts = self.people[dimension].astype(float)
        return split_whole(self.residents[:, year], counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))

    def residents_in(self, spans: tuple[Span, ...]) -> FloatArray:
        """Residents of each town in each span: towns by spans, linear between the known years."""
        middles = np.array([start.year + (start.month - 1 + (end - start).days / 60) / 12 for start, end in spans])
        known = np.array(self.years, dtype=float) + 0.5
        return np.array([np.interp(middles, known, row) for row in self.residents.astype(float)])


def ground(seed: int, last_year: int) -> Ground:
    """The ground up to `last_year`; the same for the same seed."""
    settings = tomllib.loads(PLACES_FILE.read_text("utf-8"))
    places, aliases, codes = towns(STATE)
    ordered = sorted((place for place in places if place.level == Level.TOWN), key=lambda town: town.geoid)
    years = (*CENSUS_YEARS, *range(CENSUS_YEARS[1] + 1, last_year + 1))
    residents = _residents(ordered, years, settings["growth"])
    groups = {dimension: tuple(entry["values"]) for dimension, entry in settings["groups"].items()}
    people = {
        dimension: split_whole(residents[:, 1], _shares(seed, ordered, dimension, settings)) for dimension in groups
    }
    burden = settings["burden"]
    weights = np.array([burden.get(town.name, burden["elsewhere"]) for town in ordered])
    regions = _regions(ordered, settings)
    return Ground(places, aliases, codes, ordered, years, residents, groups, people, weights, regions)


def split_whole(totals: NDArray[np.int64], shares: FloatArray) -> NDArray[np.int64]:
    """Totals (n) split by shares (n by values, rows adding to 1) into whole numbers that add to the totals exactly."""
    edges = np.rint(np.cumsum(shares, axis=1) * totals[:, None]).astype(np.int64)
    edges[:, -1] = totals
    return np.diff(edges, axis=1, prepend=0)


def _residents(ordered: list[Jurisdiction], years: tuple[int, ...], growth: dict[str, float]) -> NDArray[np.int64]:
    counted = {(geoid, year): count for geoid, year, count in populations(STATE)}
    first, last = (np.array([counted[town.geoid, year] for town in ordered]) for year in CENSUS_YEARS)
    pace = np.clip((last - first) / np.maximum(last, 1) / 10, growth["slowest"], growth["fastest"])
    later = [np.rint(last * (1 + pace * (year - CENSUS_YEARS[1]))) for year in years[2:]]
    return np.column_stack([first, last, *later]).astype(np.int64)


def _shares(seed: int, ordered: list[Jurisdiction], dimension: str, settings: dict[str, Any]) -> FloatArray:
    """Towns by values: the state's shares, or those named for the town or its county, with a little chance."""
    entry, differs = settings["groups"][dimension], settings["differs"].get(dimension, {})
    middle = np.array(
        [differs.get(town.name, differs.get(town.county, entry["share"])) for town in ordered], dtype=float
    )
    chance = seeded(seed, "people", dimension).standard_gamma(np.maximum(middle * entry["concentration"], 0.05))
    shares: FloatArray = chance / chance.sum(axis=1, keepdims=True)
    return shares


def _regions(ordered: list[Jurisdiction], settings: dict[str, Any]) -> list[PlaceSet]:
    region_of = {county: name for name, counties in settings["regions"].items() for county in counties}
    split = settings["split_county"]
    members: dict[str, list[str]] = {name: [] for name in settings["regions"]}
    for town in ordered:
        north = town.county == split["county"] and (town.latitude or 0) > split["latitude"]
        members[split["north"] if north else region_of[town.county]].append(town.geoid)
    return [PlaceSet(f"region-{name.lower()}", name, Level.REGION, tuple(geoids)) for name, geoids in members.items()]
