"""Connecticut towns: their codes until 2022 (in counties) and since (in planning regions), and the regions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from dashboard.domain import Level, PlaceSet
from dashboard.intake import Intake, PlaceCode
from data_loaders import table
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.ctdata import STATE, town
from data_loaders.rawfile import RawFile

CHANGE = date(2022, 1, 1)
LENGTHS = {"town_fips_2020": 10, "town_fips_2022": 10, "ce_fips_2022": 5}


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Both codes of every town, and nine regions as sets of towns; lost zeros are restored.

    A region's id is its Census code ("09110"), as in the boundaries.
    """
    intake = Intake(SOURCE.id, file.name, file.sha256, CHANGE)
    regions: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, record in table.records(file, report, columns=SOURCE.columns):
        place = town(record["town_name"], context, report, row=row, column="town_name")
        codes = {column: _code(record[column], column, report, row) for column in LENGTHS}
        if place is None or not all(codes.values()):
            continue
        older, newer = codes["town_fips_2020"], codes["town_fips_2022"]
        intake.place_codes += [
            PlaceCode(place, "census_2020", older, end=CHANGE),
            PlaceCode(place, "census_2022", newer, start=CHANGE),
        ]
        regions[codes["ce_fips_2022"], record["ce_name_2022"]].append(place)
        intake.rows_accepted += 1
    intake.place_sets = [
        PlaceSet(code, name, Level.REGION, tuple(sorted(towns))) for (code, name), towns in sorted(regions.items())
    ]
    intake.notes.append(f"{len(regions)} planning regions replace the counties in codes from {CHANGE.year} on.")
    return intake


def _code(text: str, column: str, report: Report, row: int) -> str:
    """A code with its zero restored; "" after a problem."""
    code = text.zfill(LENGTHS[column])
    if text.isascii() and text.isdigit() and len(code) == LENGTHS[column] and code.startswith(STATE):
        return code
    rule = f"A Connecticut code of {LENGTHS[column]} digits is expected (a lost leading zero is restored)."
    report.problem(rule, "Correct the code.", row=row, column=column, value=text)
    return ""


SOURCE = Source(
    id="ct_planning_regions",
    title="Connecticut towns, their two codes and planning regions",
    publisher="U.S. Census Bureau and Connecticut Office of Policy and Management",
    licence="public domain",
    url="https://www.census.gov/programs-surveys/geography/technical-documentation/county-changes.html",
    description="The code of each town in the county system (until 2022) and in the planning-region system (since).",
    measures=(),
    read=read,
    columns=("town_name", *LENGTHS, "ce_name_2022"),
    stage=Stage.CROSSWALK,
    state=STATE,
)
