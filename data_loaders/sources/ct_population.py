"""Connecticut residents by town and year, 1996-2020, from the long table of the state's data collaborative."""

from __future__ import annotations

from datetime import date
from itertools import islice

from dashboard.domain import Basis, Level
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.ctdata import STATE, Unrepeated, fips_place, whole_year
from data_loaders.rawfile import RawFile

COLUMNS = ("Town", "FIPS", "Year", "Measure Type", "Variable", "Value")
VARIABLE = "Estimated Population"
NUMBER = "Number"


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Residents of each town and of the state (geoid "09"), a calendar year each; percentages are not read."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    years: set[int] = set()
    once = Unrepeated()
    for row, record in table.records(file, report, columns=COLUMNS):
        if record["Measure Type"] != NUMBER or record["Variable"] != VARIABLE:
            continue
        geoid = fips_place(record, context, report, row=row)
        year = whole_year(record, report, row=row)
        cell = reading(record["Value"], values.count, report, row=row, column="Value")
        if geoid is None or year is None or cell is None or not once.first((geoid, year), report, row=row):
            continue
        period = (date(year, 1, 1), date(year + 1, 1, 1))
        intake.observations.add("population", geoid, period, cell[0], basis=Basis.RESIDENCE, state=cell[1])
        report.origin(row, "Value")
        intake.rows_accepted += 1
        years.add(year)
    if not years:
        if not report.problems:
            report.problem(f"No row is a {NUMBER} of {VARIABLE}.", "Check that this is the table of town populations.")
        return intake
    start, end = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
    intake.as_of = date(max(years), 12, 31)
    for level in (Level.TOWN, Level.STATE):
        intake.coverage.append(Coverage("population", start, end, level, Basis.RESIDENCE, scope=STATE))
    intake.notes.append("The row 'Connecticut' is the state, not a town. Percentages of the state are not read.")
    return intake


def _recognises(file: RawFile) -> bool:
    """The collaborative's tables share their columns; this one has no other and counts residents."""
    if set(file.header) != set(COLUMNS):
        return False
    place = file.header.index("Variable")
    first = next(islice(file.cells(), 1, None), [])
    return place < len(first) and first[place].strip() == VARIABLE


SOURCE = Source(
    id="ct_population",
    title="Connecticut residents by town, 1996-2020",
    publisher="Connecticut Department of Public Health, by way of CT Data Collaborative",
    licence="public domain",
    url="http://data.ctdata.org/dataset/population-by-town",
    description="Estimated residents of each town and the state on 1 July of each year.",
    measures=("population",),
    read=read,
    columns=COLUMNS,
    recognises=_recognises,
    stage=Stage.POPULATION,
    state=STATE,
)
