"""Massachusetts towns of the 2020 Census: names, codes, positions and residents in 2010 and 2020."""

from __future__ import annotations

from datetime import date

from dashboard.domain import Basis, Jurisdiction, Level
from dashboard.gazetteer.states import state_name
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.massachusetts import SHORT_NAMES, STATE
from data_loaders.rawfile import RawFile

CENSUSES = {"pop2010": (date(2010, 1, 1), date(2011, 1, 1)), "pop2020": (date(2020, 1, 1), date(2021, 1, 1))}
"""A census counts one day; the store takes it as the residents of that year."""
CENSUS_DAY = date(2020, 4, 1)


def read(file: RawFile, context: Context, report: Report) -> Intake:  # noqa: ARG001 - the signature of every source
    """Towns, their counties and state, other spellings, and the two censuses."""
    intake = Intake(SOURCE.id, file.name, file.sha256, CENSUS_DAY)
    places = {STATE: Jurisdiction(STATE, state_name(STATE), Level.STATE, STATE)}
    for row, record in table.records(file, report, columns=SOURCE.columns):
        place = _town(record, report, row)
        if place is None:
            continue
        if place.geoid in places:
            report.problem(
                "A town stands twice.", "Remove one of the rows.", row=row, column="geoid", value=place.geoid
            )
        county = f"{record['county']} County"
        places.setdefault(place.county, Jurisdiction(place.county, county, Level.COUNTY, STATE))
        places[place.geoid] = place
        intake.aliases += [(place.geoid, name) for name in _other_names(place, record["namelsad"])]
        _add_residents(intake, place.geoid, record, report, row)
        intake.rows_accepted += 1
    intake.places = list(places.values())
    intake.coverage = [
        Coverage("population", start, end, Level.TOWN, basis=Basis.RESIDENCE, scope=STATE)
        for start, end in CENSUSES.values()
    ]
    return intake


def _town(record: dict[str, str], report: Report, row: int) -> Jurisdiction | None:
    geoid, county = record["geoid"], record["county_fips"]
    if not (geoid.isdigit() and len(geoid) == 10 and geoid.startswith(STATE) and geoid.startswith(county) and county):
        rule = "A town's code has ten digits that begin with those of its county, 25001 to 25027."
        report.problem(rule, "Write the codes as text, like 2500103690.", row=row, column="geoid", value=geoid)
        return None
    if not record["name"]:
        report.problem("The name of the town is missing.", "Fill it in.", row=row, column="name")
        return None
    latitude, longitude = (_coordinate(record[column], column, report, row) for column in ("lat", "lon"))
    return Jurisdiction(geoid, record["name"], Level.TOWN, STATE, county, latitude, longitude)


def _coordinate(text: str, column: str, report: Report, row: int) -> float | None:
    found = reading(text, values.number, report, row=row, column=column)
    return found[0] if found else None


def _other_names(place: Jurisdiction, with_kind: str) -> list[str]:
    names = (with_kind, SHORT_NAMES.get(place.geoid, ""))
    return [name for name in names if name and name != place.name]


def _add_residents(intake: Intake, geoid: str, record: dict[str, str], report: Report, row: int) -> None:
    for column, period in CENSUSES.items():
        found = reading(record[column], values.count, report, row=row, column=column)
        if found:
            value, state = found
            intake.observations.add("population", geoid, period, value, basis=Basis.RESIDENCE, state=state)
            report.origin(row, column)


SOURCE = Source(
    id="ma_census_towns",
    title="Massachusetts towns, 2010 and 2020 Census",
    publisher="U.S. Census Bureau",
    licence="public domain (work of the U.S. government)",
    url="https://www.census.gov/programs-surveys/decennial-census.html",
    description="The 351 towns and cities with their codes, counties, positions and residents in 2010 and 2020.",
    measures=("population",),
    read=read,
    columns=("geoid", "name", "namelsad", "county", "county_fips", "pop2010", "pop2020", "lat", "lon"),
    stage=Stage.PLACES,
    state=STATE,
)
