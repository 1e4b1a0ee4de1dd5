"""Connecticut residents by group, and households by vehicle, for towns and the state: ACS five-year estimates."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dashboard.domain import Basis, Level
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.ctdata import STATE, Unrepeated, town, whole_year
from data_loaders.rawfile import RawFile

STATE_LEVEL, TOWN_LEVEL = "2_state", "6_town"
CELLS = {
    ("total_pop", "total_pop"): ("population", ""),
    ("age", "ages00_17"): ("population", "age=0-17"),
    ("age", "ages18plus"): ("population", "age=18+"),
    ("age", "ages65plus"): ("population", "age=65+"),
    ("sex", "female"): ("population", "sex=female"),
    ("sex", "male"): ("population", "sex=male"),
    ("race", "white"): ("population", "race=white"),
    ("race", "black"): ("population", "race=black"),
    ("race", "latino"): ("population", "race=hispanic"),
    ("race", "other_race"): ("population", "race=asian_or_other"),
    ("vehicles", "total_households"): ("households", ""),
    ("vehicles", "has_vehicle"): ("households_with_vehicle", ""),
}
MEASURES = ("population", "households", "households_with_vehicle")
BASIS = Basis.RESIDENCE
NOTES = (
    "Estimates of a survey over five years: {first} to {last}, given for {last}. Margins of error are not kept.",
    "White and Black are those who are not Hispanic; everyone else who is not Hispanic is one group, 'asian_or_other'.",
    "Ages are 0-17, 18 and older, and 65 and older; the last is part of the second, so they must not be added.",
)


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Residents and households of each town and the state (geoid "09") in the last of the five years."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    once, years, passed = Unrepeated(), set[int](), Counter[str]()
    for row, record in table.records(file, report, columns=SOURCE.columns):
        meant = CELLS.get((record["topic"], record["group"]))
        if record["level"] not in (STATE_LEVEL, TOWN_LEVEL) or meant is None:
            passed[record["level"] if meant else "other topics"] += 1
            continue
        geoid = _geoid(record, context, report, row)
        year = whole_year(record, report, row=row, column="year")
        cell = reading(record["estimate"], values.count, report, row=row, column="estimate")
        if geoid is None or year is None or cell is None or not once.first((geoid, year, meant), report, row=row):
            continue
        period = (date(year, 1, 1), date(year + 1, 1, 1))
        measure, stratum = meant
        intake.observations.add(measure, geoid, period, cell[0], basis=BASIS, stratum=stratum, state=cell[1])
        report.origin(row, "estimate")
        intake.rows_accepted += 1
        years.add(year)
    if years:
        _finish(intake, years, passed)
    elif not report.problems:
        report.problem("No row is of a town or the state.", f"Check the level: {STATE_LEVEL} or {TOWN_LEVEL}.")
    return intake


def _geoid(record: dict[str, str], context: Context, report: Report, row: int) -> str | None:
    if record["level"] == STATE_LEVEL:
        if record["name"] == "Connecticut":
            return STATE
        report.problem("The state is not Connecticut.", "Remove the row.", row=row, column="name", value=record["name"])
        return None
    return town(record["name"], context, report, row=row, column="name")


def _finish(intake: Intake, years: set[int], passed: Counter[str]) -> None:
    first, last = min(years), max(years)
    intake.as_of = date(last, 12, 31)
    start, end = date(first, 1, 1), date(last + 1, 1, 1)
    intake.coverage = [
        Coverage(measure, start, end, level, BASIS, scope=STATE)
        for measure in MEASURES
        for level in (Level.TOWN, Level.STATE)
    ]
    intake.notes = [note.format(first=last - 4, last=last) for note in NOTES]
    left = ", ".join(f"{name} {rows:,}" for name, rows in sorted(passed.items()))
    if left:
        intake.notes.append(f"Rows not read, because they are of other areas or topics: {left}.")


SOURCE = Source(
    id="ct_acs_profile",
    title="Connecticut town profile, American Community Survey",
    publisher="U.S. Census Bureau, American Community Survey, by way of CT Data Collaborative",
    licence="public domain",
    url="https://www.census.gov/programs-surveys/acs",
    description="Residents by age, sex and race, and households with a vehicle, of each town and the state.",
    measures=MEASURES,
    read=read,
    columns=("topic", "level", "name", "year", "group", "estimate", "moe", "share"),
    stage=Stage.POPULATION,
    state=STATE,
)
