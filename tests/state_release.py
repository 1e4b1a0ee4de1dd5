"""A release as large as a real one: the towns of Massachusetts on their own shapes, with drawn numbers."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
from release_maker import DEATHS, TEXTS, cell

from dashboard.domain import Facility, Level, PlaceSet, Target
from dashboard.indicators import registry
from dashboard.releases.release import (
    Release,
    ReleasedCell,
    ReleasedPlace,
    ReleasedShapes,
    ReleaseSource,
    TableKey,
)  # fmt: skip
from geo.boundaries import pack
from geo.reading import read_shapes

GAZETTEER = Path(__file__).parents[1] / "dashboard" / "gazetteer" / "massachusetts.csv"
WINDOW = "2022-2024"
SMALL_TOWN = 2_500


def state_release(shared: Path, number: int = 1) -> Release:
    """351 towns, 14 counties and a state; towns of fewer than 2,500 people are shown by county as one area each."""
    towns = list(csv.DictReader(GAZETTEER.read_text("utf-8").splitlines()))
    rng = np.random.default_rng(number)
    counts = {town["geoid"]: int(rng.poisson(8e-4 * float(town["pop2020"]))) for town in towns}
    areas = _areas(towns)
    file = shared / "ma" / "towns_2020.geojson"
    shapes = pack(read_shapes(file.read_bytes(), file.name).shapes, level="town", vintage="2020")
    return Release(
        number, date(2026, 11, 22), meta={"title": "Bay coalition", "contact": "data@example.org", "threshold": "5"},
        indicators=[registry().indicators[DEATHS]], places=_places(towns, areas), sets=areas,
        cells=list(_cells(towns, counts, areas)), shapes=[ReleasedShapes("25", "town", "0" * 64, shapes)],
        sources=[ReleaseSource("test", "Deaths", "A department", "public record", "", "2026-10-01")],
        sites=_sites(towns), targets=[Target("t", "bay", DEATHS, 30.0, "2020", 20.0, date(2027, 1, 1), "x", "25")],
        notes=[("release", "Drawn numbers.")], texts=TEXTS,
    )  # fmt: skip


def _areas(towns: list[dict[str, str]]) -> list[PlaceSet]:
    small: dict[str, list[str]] = {}
    for town in towns:
        if int(town["pop2020"]) < SMALL_TOWN:
            small.setdefault(town["county_geoid"], []).append(town["geoid"])
    return [PlaceSet(f"small-{county}", f"Small towns {county}", Level.PLANNING_AREA, tuple(members))
            for county, members in small.items()]  # fmt: skip


def _places(towns: list[dict[str, str]], areas: list[PlaceSet]) -> list[ReleasedPlace]:
    area_of = {town: area.id for area in areas for town in area.members}
    counties = {town["county_geoid"]: f"{town['county']} County" for town in towns}
    return [
        ReleasedPlace("25", "Massachusetts", "state", "25", shown_as="25"),
        *(ReleasedPlace(geoid, name, "county", "25", shown_as=geoid) for geoid, name in counties.items()),
        *(ReleasedPlace(t["geoid"], t["name"], "town", "25", t["county_geoid"], float(t["pop2020"]),
                        area_of.get(t["geoid"], ""), area_of.get(t["geoid"], t["geoid"])) for t in towns),
    ]  # fmt: skip


def _cells(towns: list[dict[str, str]], counts: dict[str, int], areas: list[PlaceSet]) -> list[ReleasedCell]:
    people = {town["geoid"]: 3.0 * int(town["pop2020"]) for town in towns}
    alone = TableKey(DEATHS, "residence", "town", WINDOW, "")
    merged = {town for area in areas for town in area.members}
    groups = {"town": {t: (t,) for t in people if t not in merged}, "planning_area": {a.id: a.members for a in areas},
              "county": {}, "state": {"25": tuple(people)}}  # fmt: skip
    for town in towns:
        county = town["county_geoid"]
        groups["county"][county] = (*groups["county"].get(county, ()), town["geoid"])
    found = [
        _shown(alone._replace(level=level), id_, sum(counts[t] for t in members), sum(people[t] for t in members))
        for level, sets in groups.items()
        for id_, members in sets.items()
    ]
    for year, share in zip(range(2019, 2025), (0.30, 0.34, 0.37, 0.36, 0.34, 0.30), strict=True):
        key = alone._replace(level="state", period=str(year))
        found.append(_shown(key, "25", round(sum(counts.values()) * share), sum(people.values()) / 3))
    return found


def _shown(table: TableKey, geoid: str, count: int, people: float) -> ReleasedCell:
    return cell(table, geoid, None if count < 5 else count, people)


def _sites(towns: list[dict[str, str]]) -> list[Facility]:
    return [
        Facility(str(n), f"Point {town['name']}", ("naloxone",), f"{n} Main Street", town["geoid"],
                 float(town["latitude"]), float(town["longitude"]), date(2026, 9, 1) if n % 2 else None,
                 hours="Mon-Fri 9-17", state="25")
        for n, town in enumerate(towns[::6])
    ]  # fmt: skip


__all__ = ["DEATHS", "WINDOW", "state_release"]
