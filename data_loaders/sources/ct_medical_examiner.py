"""Connecticut medical examiner: accidental drug-related deaths, one row a death, counted while they are read.

Rows are people. A row is looked at once, adds to monthly counts and is forgotten: no row, exact age, description or
address outlives its turn. The three published forms are in `examiner/schemas.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from dashboard.domain import Basis, Level, add_months
from dashboard.intake import Coverage, Intake
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.sources.examiner import schemas
from data_loaders.sources.examiner.notes import notes
from data_loaders.sources.examiner.placing import STATE
from data_loaders.sources.examiner.reading import Reading
from data_loaders.sources.examiner.tally import MEASURES


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Monthly counts by town and state, by residence and by injury, in single strata; problems for a changed form.

    Geoid "09" holds the deaths of no known town too, so the state is more than the sum of its towns.
    """
    schema = schemas.check(file.header, report)
    reading = Reading(schema or schemas.nearest(file.header), context, report)
    for number, row in table.records(file, report):
        if schema:
            reading.take(number, row)
    if not report.problems and not reading.by_year:
        report.problem("No row has a date.", "Check the column of dates.", column=reading.schema.date)
    if report.problems:
        return Intake(SOURCE.id, file.name, file.sha256, context.today)
    intake = Intake(SOURCE.id, file.name, file.sha256, as_of=reading.last)
    intake.rows_accepted, intake.rows_refused = reading.counted, reading.refused
    intake.coverage = list(_coverage(reading))
    intake.notes = notes(reading)
    reading.tally.write(intake)
    return intake


def _coverage(reading: Reading) -> Iterator[Coverage]:
    """The file lists every death: no row is a true zero, except in towns in years that mostly say no place."""
    start, end = reading.first.replace(day=1), add_months(reading.last.replace(day=1), 1)
    for basis in reading.placers:
        for measure in MEASURES:
            yield Coverage(measure, start, end, Level.STATE, basis, scope=STATE, absence="zero")
            for placed, first, last in _runs(reading, basis):
                span = max(start, date(first, 1, 1)), min(end, date(last + 1, 1, 1))
                absence = "zero" if placed else "not_reported"
                yield Coverage(measure, *span, Level.TOWN, basis, scope=STATE, absence=absence)


def _runs(reading: Reading, basis: Basis) -> Iterator[tuple[bool, int, int]]:
    """(mostly placed, first year, last year) of each unbroken run, so that a window of years lies within one."""
    years = range(reading.first.year, reading.last.year + 1)
    for placed, run in groupby(years, key=lambda year: reading.mostly_placed(basis, year)):
        members = list(run)
        yield placed, members[0], members[-1]


SOURCE = Source(
    id="ct_medical_examiner",
    title="Accidental drug-related deaths",
    publisher="Connecticut Office of the Chief Medical Examiner",
    licence="public domain (data.ct.gov)",
    url="https://data.ct.gov/Health-and-Human-Services/Accidental-Drug-Related-Deaths-2012-2022/rybz-nyjw",
    description="Every accidental death with drugs among its causes, as the state's examiner lists them; counted by"
    " month, town of residence and town of injury, age band, sex, race and substance.",
    measures=MEASURES,
    read=read,
    recognises=lambda file: schemas.looks_like_examiner(file.header),
    state=STATE,
)
