"""Connecticut pharmacies listed as dispensing naloxone, by town, 2016."""

from __future__ import annotations

from datetime import date

from dashboard.domain import Basis, Level, State
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.ctdata import STATE, Unrepeated, town
from data_loaders.rawfile import RawFile

MEASURE = "naloxone_pharmacies"
YEAR = (date(2016, 1, 1), date(2017, 1, 1))
NOTES = (
    "NA under 'pharm' means that no pharmacy of the town is listed: it is read as zero.",
    "The file names no year; its publisher gives 2016.",
    "Its admissions, overdose deaths, counsellors and drop-off boxes are not read: it does not say which years or"
    " definitions they are of.",
)


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Listed pharmacies of each town in 2016; "NA" (none listed) is zero."""
    intake = Intake(SOURCE.id, file.name, file.sha256, date(2016, 12, 31), notes=list(NOTES))
    once = Unrepeated()
    for row, record in table.records(file, report, columns=SOURCE.columns):
        place = town(record["town.of.residence"], context, report, row=row, column="town.of.residence")
        cell = reading(record["pharm"], values.count, report, row=row, column="pharm")
        if place is None or cell is None or not once.first((place,), report, row=row):
            continue
        value, state = (0.0, State.VALUE) if record["pharm"] == "NA" else cell
        intake.observations.add(MEASURE, place, YEAR, value, basis=Basis.NONE, state=state)
        report.origin(row, "pharm")
        intake.rows_accepted += 1
    intake.coverage = [Coverage(MEASURE, *YEAR, Level.TOWN, Basis.NONE, scope=STATE)]
    return intake


SOURCE = Source(
    id="ct_naloxone_pharmacies",
    title="Naloxone pharmacies by town, 2016",
    publisher="Connecticut state agencies, gathered by CT Data Collaborative",
    licence="public domain",
    url="https://data.ct.gov",
    description="Number of pharmacies in each town that are listed as dispensing naloxone.",
    measures=(MEASURE,),
    read=read,
    columns=("town.of.residence", "town_type", "admissions", "pop", "overdose.deaths", "pharm"),
    state=STATE,
)
