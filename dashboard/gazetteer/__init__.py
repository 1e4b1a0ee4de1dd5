"""The built-in register of the towns of Massachusetts and Connecticut, so that any one file finds its places.

Names, codes, land areas, positions and the Massachusetts populations (2010 and 2020 censuses) are facts of the
U.S. Census Bureau; the Connecticut populations are the mid-year estimates of the Connecticut Department of Public
Health. `aliases.csv` holds older and shorter spellings and villages. Boundaries loaded from a file replace positions.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from dashboard.domain import Jurisdiction, Level
from dashboard.gazetteer.states import state_code, state_letters, state_name
from dashboard.intake import PlaceCode

FOLDER = Path(__file__).parent
FILES = {"09": "connecticut.csv", "25": "massachusetts.csv"}
POPULATION_YEARS = (2010, 2020)
PLANNING_REGIONS = "connecticut_planning_region_2022"
"""The code system of Connecticut's towns since the Census replaced its counties with planning regions."""

__all__ = ["FILES", "land_areas", "populations", "state_code", "state_letters", "state_name", "towns"]

Names = list[tuple[str, str]]


@cache
def _rows(file_name: str) -> list[dict[str, str]]:
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _towns_of(state: str) -> list[dict[str, str]]:
    code = state_code(state)
    return _rows(FILES[code]) if code in FILES else []


def towns(state: str) -> tuple[list[Jurisdiction], Names, list[PlaceCode]]:
    """The state, its counties and its towns; (geoid, other name) pairs; and the towns' codes in other systems.

    `state` is a two-digit code, postal letters or a name; three empty lists for a state that is not in the register.
    """
    code = state_code(state)
    rows = _towns_of(state)
    if not rows:
        return [], [], []
    counties = {row["county_geoid"]: row["county"] for row in rows}
    places = [Jurisdiction(code, state_name(code), Level.STATE, code)]
    places += [Jurisdiction(geoid, f"{name} County", Level.COUNTY, code) for geoid, name in sorted(counties.items())]
    places += [_town(row, code) for row in rows]
    return places, _aliases(code, rows), [_planning_code(row) for row in rows if row.get("geoid_2022")]


def _town(row: dict[str, str], state: str) -> Jurisdiction:
    return Jurisdiction(
        row["geoid"], row["name"], Level.TOWN, state, row["county_geoid"],
        float(row["latitude"]), float(row["longitude"]),
    )  # fmt: skip


def _aliases(code: str, rows: list[dict[str, str]]) -> Names:
    geoids = {row["name"]: row["geoid"] for row in rows}
    return [(geoids[row["town"]], row["alias"]) for row in _rows("aliases.csv") if state_code(row["state"]) == code]


def _planning_code(row: dict[str, str]) -> PlaceCode:
    return PlaceCode(row["geoid"], PLANNING_REGIONS, row["geoid_2022"], date(2022, 1, 1))


def populations(state: str) -> list[tuple[str, int, int]]:
    """(geoid, year, residents) of every town of the state in 2010 and 2020."""
    return [(row["geoid"], year, int(row[f"pop{year}"])) for row in _towns_of(state) for year in POPULATION_YEARS]


def land_areas(state: str) -> list[tuple[str, float]]:
    """(geoid, land area in square miles) of every town of the state."""
    return [(row["geoid"], float(row["land_sqmi"])) for row in _towns_of(state)]
