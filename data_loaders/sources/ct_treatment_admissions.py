"""Connecticut treatment admissions by town of residence and fiscal year (July to June)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dashboard.domain import Basis, Level
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.ctdata import STATE, Unrepeated, fips_place, whole_year
from data_loaders.rawfile import RawFile

MEASURES = {"Substance Abuse": "admissions_substance_fiscal", "Mental Health": "admissions_mental_health"}
NOT_READ = frozenset({"Mental Health and Substance Abuse", "Total"})
NUMBER, VARIABLE = "Number", "DMHAS Admissions"
PART_YEAR = 0.75
"""A last year under this share of the year before is called out as possibly incomplete."""


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Admissions of each town and of the state (geoid "09"), a fiscal year each; -9999 is suppressed."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    years: set[int] = set()
    once = Unrepeated()
    for row, record in _numbers(file, report):
        geoid = fips_place(record, context, report, row=row)
        year = whole_year(record, report, row=row)
        cell = reading(record["Value"], values.count, report, row=row, column="Value")
        measure = MEASURES[record["Admission Type"]]
        if geoid is None or year is None or cell is None or not once.first((geoid, year, measure), report, row=row):
            continue
        intake.observations.add(measure, geoid, _fiscal(year), cell[0], basis=Basis.RESIDENCE, state=cell[1])
        report.origin(row, "Value")
        intake.rows_accepted += 1
        years.add(year)
    if not years:
        if not report.problems:
            report.problem(f"No row is a {NUMBER} of {VARIABLE}.", "Check that this is the table of admissions.")
        return intake
    _finish(intake, min(years), max(years))
    return intake


def _numbers(file: RawFile, report: Report) -> Iterator[table.Record]:
    """The rows that are read: counts of a known admission type; an unknown type is a problem."""
    for row, record in table.records(file, report, columns=SOURCE.columns):
        kind = record["Admission Type"]
        if kind not in MEASURES and kind not in NOT_READ:
            known = ", ".join((*MEASURES, *sorted(NOT_READ)))
            report.problem(
                "The admission type is new.", f"Known: {known}.", row=row, column="Admission Type", value=kind
            )
        elif kind in MEASURES and (record["Measure Type"], record["Variable"]) == (NUMBER, VARIABLE):
            yield row, record


def _fiscal(year: int) -> tuple[date, date]:
    return date(year - 1, 7, 1), date(year, 7, 1)


def _finish(intake: Intake, first: int, last: int) -> None:
    start, end = _fiscal(first)[0], _fiscal(last)[1]
    intake.as_of = date(last, 6, 30)
    intake.coverage = [
        Coverage(measure, start, end, level, Basis.RESIDENCE, scope=STATE)
        for measure in MEASURES.values()
        for level in (Level.TOWN, Level.STATE)
    ]
    hidden = intake.observations.state.count("suppressed")
    intake.notes = [
        f"{hidden:,} counts of {intake.rows_accepted:,} are suppressed by the publisher (-9999).",
        "The row 'Connecticut' is the state, not a town. Percentages, rates and margins of error are not read.",
        "Admissions for both substance use and mental health are a type of their own and are in neither count.",
    ]
    incomplete = _part_year(intake, last)
    if incomplete:
        intake.notes.append(incomplete)
        intake.breaks = [(measure, _fiscal(last)[0], "May be incomplete from here") for measure in MEASURES.values()]


def _part_year(intake: Intake, last: int) -> str:
    """A sentence when the last year has far fewer admissions than the one before, else nothing."""
    told = intake.observations
    state = {
        start.year + 1: value
        for measure, geoid, start, value in zip(told.measure, told.geoid, told.start, told.value, strict=True)
        if geoid == STATE and measure == MEASURES["Substance Abuse"] and value
    }
    now, before = state.get(last), state.get(last - 1)
    if not now or not before or now >= PART_YEAR * before:
        return ""
    share = f"{100 * now / before:.0f}%"
    return f"FY{last} has {share} of the admissions of the year before: it may be incomplete, the file does not say."


SOURCE = Source(
    id="ct_treatment_admissions",
    title="Treatment admissions by town, fiscal years",
    publisher="Connecticut Department of Mental Health and Addiction Services, by way of CT Data Collaborative",
    licence="public domain",
    url="http://data.ctdata.org/dataset/dmhas-admissions",
    description="Admissions to public treatment for substance use or for mental health, by town of residence.",
    measures=tuple(MEASURES.values()),
    read=read,
    columns=("Town", "FIPS", "Year", "Admission Type", "Measure Type", "Variable", "Value"),
    state=STATE,
)
