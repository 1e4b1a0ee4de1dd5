"""A small release for tests: four towns, a county and a state in two windows; one number hidden with its cover."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from dashboard.domain import Facility, Level, PlaceSet
from dashboard.indicators import registry
from dashboard.releases.release import (
    PublicText,
    Release,
    ReleasedCell,
    ReleasedPlace,
    ReleasedShapes,
    ReleaseSource,
    TableKey,
)

DEATHS = "opioid_overdose_death_rate"
TOWNS = {"2502100001": ("Ashby", 31), "2502100002": ("Birch", 12), "2502100003": ("Cedar", None),
         "2502100004": ("Dover", None), "2502100005": ("Elm", None)}  # fmt: skip
PLACES = (
    ReleasedPlace("25", "Massachusetts", "state", "25", population=55_000.0, shown_as="25"),
    ReleasedPlace("25021", "Norfolk County", "county", "25", population=55_000.0, shown_as="25021"),
    *(
        ReleasedPlace(geoid, name, "town", "25", "25021", 1_000.0 if name == "Elm" else 13_500.0,
                      "MA-pa-001", "MA-pa-001" if name == "Elm" else geoid)
        for geoid, (name, _) in TOWNS.items()
    ),
)  # fmt: skip
SHAPES = {
    "geoid": list(TOWNS), "path": ["M0 0h10v10h-10z"] * len(TOWNS), "label": [[5, 5]] * len(TOWNS),
    "outlines": [], "width": 100, "height": 100, "origin": [0, 0], "unit_m": 100.0,
}  # fmt: skip

TEXTS = (
    PublicText("request", "es", "Abran **los domingos** <b>ya</b>.", "family member", "2026-09", "- Abrimos.",
               "2026-10", "done"),
    PublicText("conduct", "en", "We talk about people first."),
)  # fmt: skip


def release(number: int = 1, made_on: date = date(2026, 11, 22)) -> Release:
    """A release of one indicator; Elm has too few people and is shown as its planning area."""
    known = registry().indicators[DEATHS]
    towns = TableKey(DEATHS, "residence", "town", "2022-2024", "")
    cells = [cell(towns, geoid, count, 40_500) for geoid, (_, count) in TOWNS.items() if geoid != "2502100005"]
    cells += [
        cell(towns._replace(level="planning_area"), "MA-pa-001", 24, 43_500),
        cell(towns._replace(level="county"), "25021", 60, 165_000),
        cell(towns._replace(level="county", period="2024"), "25021", None, 55_000),
        cell(towns._replace(level="state"), "25", 60, 165_000),
        cell(towns._replace(level="state", period="2024"), "25", 21, 55_000),
        cell(towns._replace(level="state", period="2023"), "25", 20, 55_000),
    ]
    return Release(
        number, made_on, meta={"title": "Test coalition", "contact": "data@example.org", "threshold": "5"},
        indicators=[replace(known)], places=PLACES,
        sets=[PlaceSet("MA-pa-001", "Dover and Elm", Level.PLANNING_AREA, ("2502100004", "2502100005"))],
        cells=cells, sources=[ReleaseSource("test", "Deaths", "A department", "public", "", "2026-10-01")],
        shapes=[ReleasedShapes("25", "town", "0" * 64, json.dumps(SHAPES).encode())],
        sites=[Facility("1", "Main Street Pharmacy", ("naloxone",), "1 Main Street", "2502100001",
                        verified_on=date(2026, 10, 1), state="25")],
        notes=[("release", "One number of a town is hidden.")], texts=TEXTS,
    )  # fmt: skip


def cell(table: TableKey, geoid: str, count: float | None, residents: float) -> ReleasedCell:
    """A cell of a table; None is hidden."""
    if count is None:
        return ReleasedCell(table, geoid, None, residents, "suppressed", 0, 4, source="test", as_of="2026-10-01")
    return ReleasedCell(table, geoid, count, residents, "value", source="test", as_of="2026-10-01")
