"""Massachusetts residents by sex and three ages, from the American Community Survey."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.domain import Basis, Level, State
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.massachusetts import STATE, Once, town
from data_loaders.rawfile import RawFile
from data_loaders.values import Reading

YEAR = (date(2020, 1, 1), date(2021, 1, 1))
SEXES = ("female", "male")
AGES = ("0-17", "18-64", "65+")
COLUMNS = {f"{sex.capitalize()}_{age}": (sex, age) for sex in SEXES for age in AGES}
Group = tuple[str, str]
NOTES = (
    "The file names no year; its towns are those of 2020 (TOWN20), so its residents count for 2020.",
    "Residents by sex and age are survey estimates: they need not add up to the census, which alone gives the total.",
)


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Residents by sex, by age and by both; the total is left to the census, so that no town has two."""
    intake = Intake(SOURCE.id, file.name, file.sha256, date(2020, 12, 31))
    once = Once(report, "TOWN20")
    for row, record in table.records(file, report, columns=SOURCE.columns):
        geoid = town(record["TOWN20"], context, report, row=row, column="TOWN20")
        groups = _groups(record, report, row)
        if geoid and groups and once.first(geoid, row, record["TOWN20"]):
            for stratum, (value, state) in _strata(groups).items():
                intake.observations.add(
                    "population", geoid, YEAR, value, basis=Basis.RESIDENCE, stratum=stratum, state=state
                )
                report.origin(row, stratum)
            intake.rows_accepted += 1
    intake.coverage.append(Coverage("population", *YEAR, Level.TOWN, basis=Basis.RESIDENCE, scope=STATE))
    intake.notes = list(NOTES)
    return intake


def _groups(record: dict[str, str], report: Report, row: int) -> dict[Group, Reading] | None:
    """The six counts of a town; None when any of them is a problem."""
    found = {
        group: reading(record[column], values.count, report, row=row, column=column)
        for column, group in COLUMNS.items()
    }
    read_ = {group: cell for group, cell in found.items() if cell is not None}
    return read_ if len(read_) == len(COLUMNS) else None


def _strata(groups: dict[Group, Reading]) -> dict[str, Reading]:
    """Residents by sex and age, by sex, and by age."""
    strata = {f"age={age};sex={sex}": groups[sex, age] for sex, age in COLUMNS.values()}
    strata |= {f"sex={sex}": _sum(groups[sex, age] for age in AGES) for sex in SEXES}
    return strata | {f"age={age}": _sum(groups[sex, age] for sex in SEXES) for age in AGES}


def _sum(parts: Iterable[Reading]) -> Reading:
    """The sum, or why there is none: with one part absent the whole is not known."""
    total = 0.0
    for value, state in parts:
        if value is None:
            return None, state
        total += value
    return total, State.VALUE


SOURCE = Source(
    id="ma_population_sex_age",
    title="Massachusetts residents by town, sex and age",
    publisher="U.S. Census Bureau, American Community Survey",
    licence="public domain (work of the U.S. government)",
    url="https://www.census.gov/programs-surveys/acs",
    description="Residents of each town by sex and by age 0-17, 18-64 and 65 or older, as survey estimates.",
    measures=("population",),
    read=read,
    columns=("TOWN20", *COLUMNS),
    stage=Stage.POPULATION,
    state=STATE,
)
