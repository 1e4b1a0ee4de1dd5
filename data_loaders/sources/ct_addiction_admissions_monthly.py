"""Connecticut addiction treatment admissions by town and month; small towns are left out by the publisher."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from dashboard.domain import Basis, Level
from dashboard.intake import Coverage, Intake
from data_loaders import dates, table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.ctdata import STATE, Unrepeated, town
from data_loaders.rawfile import RawFile
from data_loaders.values import BadValue

MEASURE = "admissions_addiction_monthly"
UNKNOWN_TOWN = "NA"


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Admissions by month of admission; a town or month without a row was left out, which is not zero."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    once, unknown = Unrepeated(), Counter[str]()
    for row, record in table.records(file, report, columns=SOURCE.columns):
        month = _month(record, report, row)
        cell = reading(record["MonthTotal"], values.count, report, row=row, column="MonthTotal")
        if record["Town"] == UNKNOWN_TOWN:
            unknown.update({"rows": 1, "admissions": int(cell[0] or 0) if cell else 0})
            continue
        place = town(record["Town"], context, report, row=row, column="Town")
        if place is None or month is None or cell is None or not once.first((place, month), report, row=row):
            continue
        intake.observations.add(MEASURE, place, month, cell[0], basis=Basis.RESIDENCE, state=cell[1])
        report.origin(row, "MonthTotal")
        intake.rows_accepted += 1
    if intake.rows_accepted:
        _finish(intake, unknown)
    return intake


def _month(record: dict[str, str], report: Report, row: int) -> dates.Span | None:
    text = record["MonthYear"]
    try:
        month = dates.month(text)
    except BadValue as error:
        report.problem(error.rule, error.fix, row=row, column="MonthYear", value=text)
        return None
    written = (record["AdmYear"], record["AdmMonth"])
    if written != (str(month[0].year), str(month[0].month)):
        rule = f"The month is {text}, but AdmYear and AdmMonth say {'-'.join(written)[:20]}."
        report.problem(rule, "Correct one of them.", row=row, column="MonthYear", value=text)
        return None
    return month


def _finish(intake: Intake, unknown: Counter[str]) -> None:
    told = intake.observations
    start, end = min(told.start), max(told.end)
    intake.as_of = end - timedelta(days=1)
    intake.coverage = [Coverage(MEASURE, start, end, Level.TOWN, Basis.RESIDENCE, scope=STATE)]
    intake.notes = [
        f"{len(set(told.geoid))} towns are in the file; the others were left out, which does not mean zero."
    ]
    intake.rows_refused = unknown["rows"]
    if unknown["rows"]:
        intake.notes.append(
            f"{unknown['rows']} rows name the town '{UNKNOWN_TOWN}' (not known): their {unknown['admissions']:,}"
            " admissions are in no town."
        )


SOURCE = Source(
    id="ct_addiction_admissions_monthly",
    title="Addiction treatment admissions by town and month",
    publisher="Connecticut Department of Mental Health and Addiction Services",
    licence="public domain",
    url="https://data.ct.gov",
    description="Monthly admissions for addiction treatment by town of residence, July 2013 to June 2016, large towns.",
    measures=(MEASURE,),
    read=read,
    columns=("FiscalYear", "MonthYear", "Town", "AdmMonth", "FYMonthOrder", "AdmYear", "MonthTotal"),
    state=STATE,
)
