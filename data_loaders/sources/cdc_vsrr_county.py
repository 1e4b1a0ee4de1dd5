"""CDC provisional drug overdose deaths by county of residence, as CSV or as the JSON that the API answers with.

Each count is of the 12 months that end with a month. A count from 1 to 9 is hidden: its key is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from dashboard.domain import Basis, Jurisdiction, Level, State
from dashboard.gazetteer.states import state_code, state_name
from dashboard.intake import Coverage, Intake
from data_loaders import dates, table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile, Unreadable
from data_loaders.values import BadValue, Reading
from data_loaders.windows import Window, window_ending

MEASURE = "drug_overdose_deaths_12m"
CSV_COLUMNS = {
    "Data as of": "data_as_of",
    "Year": "year",
    "Month": "month",
    "STATE_NAME": "state_name",
    "COUNTYNAME": "countyname",
    "FIPS": "fips",
    "Provisional Drug Overdose Deaths": "provisional_drug_overdose",
    "Footnote": "footnote",
}
REQUIRED = ("data_as_of", "year", "month", "state_name", "countyname", "fips")
COUNT = "provisional_drug_overdose"
COUNTIES_ONE_BY_ONE = 60
"""A file of so few counties was filtered; a larger one is taken to speak for whole states."""


def recognises(file: RawFile) -> bool:
    """True for the CSV by its header, and for the API's answer by the names in its first lines."""
    if set(CSV_COLUMNS) - {"Footnote"} <= set(file.header):
        return True
    try:
        beginning = file.text[:3000].lstrip()
    except Unreadable:
        return False
    return beginning.startswith("[") and all(f'"{name}"' in beginning for name in REQUIRED)


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Counts by county and window, provisional; hidden ones are suppressed."""
    intake = Intake(SOURCE.id, file.name, file.sha256, context.today)
    spans: dict[str, list[Window]] = {}
    as_of: set[date] = set()
    seen: set[tuple[str, Window]] = set()
    for row, record in _records(file, report):
        window = window_ending(record["year"], record["month"], report, context.today, row=row)
        county = _county(record, report, row)
        cell = _count(record, report, row)
        published = _published(record["data_as_of"], report, row)
        if not (window and county and cell and published):
            continue
        if (county.geoid, window) in seen:
            report.problem("The row repeats a county and month.", "Remove one of the two.", row=row, column="fips")
        seen.add((county.geoid, window))
        if county.geoid not in spans:
            intake.places.append(county)
        spans.setdefault(county.geoid, []).append(window)
        as_of.add(published)
        intake.observations.add(
            MEASURE, county.geoid, window, cell[0], basis=Basis.RESIDENCE, state=cell[1], provisional=True
        )
        report.origin(row, COUNT)
    return _finished(intake, spans, as_of)


def _finished(intake: Intake, spans: dict[str, list[Window]], as_of: set[date]) -> Intake:
    """The intake with its date, the coverage of its counties and what there is to tell."""
    intake.rows_accepted = len(intake.observations)
    intake.as_of = max(as_of, default=intake.as_of)
    states = sorted({geoid[:2] for geoid in spans})
    intake.places += [Jurisdiction(state, state_name(state), Level.STATE, state) for state in states]
    windows = [window for found in spans.values() for window in found]
    if windows:
        first, last = min(windows)[0], max(windows)[1]
        intake.coverage = [
            Coverage(MEASURE, first, last, Level.COUNTY, basis=Basis.RESIDENCE, scope=scope)
            for scope in (sorted(spans) if len(spans) <= COUNTIES_ONE_BY_ONE else states)
        ]
    hidden = intake.observations.state.count(State.SUPPRESSED)
    intake.notes = [
        "Each count is of 12 months and overlaps the others: never add them. Every count is provisional.",
        "Deaths count in the county where people lived.",
        f"{hidden:,} counts are hidden by the publisher (1 to 9 deaths).",
    ]
    return intake


def _records(file: RawFile, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, record) under the API's names; the rows of JSON are counted from 1."""
    if file.header:
        columns = tuple(name for name in CSV_COLUMNS if name != "Footnote")
        for row, record in table.records(file, report, columns=columns):
            yield row, {CSV_COLUMNS.get(name, name): cell for name, cell in record.items()}
        return
    for row, entry in enumerate(_entries(file, report), start=1):
        fields = entry if isinstance(entry, dict) else {}
        missing = [name for name in REQUIRED if name not in fields]
        if missing:
            rule = f"The record has no {', '.join(missing)}."
            report.problem(rule, "Ask the API for all columns.", row=row, column=missing[0])
            continue
        yield row, {name: str(cell).strip() for name, cell in fields.items() if cell is not None}


def _entries(file: RawFile, report: Report) -> list[object]:
    try:
        entries = json.loads(file.text)
    except (json.JSONDecodeError, Unreadable) as error:
        report.problem(f"The file is no whole JSON: {error}.", "Download it again; it may have been cut off.")
        return []
    if not isinstance(entries, list) or not entries:
        report.problem("The file is no list of records.", "Save the API's answer as it came.")
        return []
    return entries


def _county(record: dict[str, str], report: Report, row: int) -> Jurisdiction | None:
    """The county, its code with the leading zero that spreadsheets drop."""
    fips = record["fips"].removesuffix(".0").zfill(5)
    if not (fips.isdigit() and len(fips) == 5 and state_code(fips[:2])):
        rule, fix = "A county's code has five digits, the first two a state's.", "Write it as text, like 01001."
        report.problem(rule, fix, row=row, column="fips", value=record["fips"])
        return None
    if not record["countyname"]:
        report.problem("The name of the county is missing.", "Fill it in.", row=row, column="countyname")
        return None
    return Jurisdiction(fips, _full_name(record["countyname"], fips[:2]), Level.COUNTY, fips[:2])


def _full_name(name: str, state: str) -> str:
    """`Dallas County`, told apart from the town Dallas; cities, parishes and what already says its kind stay."""
    kinds = ("county", "parish", "city", "borough", "region", "municipality", "area", "columbia")
    if name.casefold().endswith(kinds) or state == "02":
        return name
    return f"{name} {'Parish' if state == '22' else 'County'}"


def _count(record: dict[str, str], report: Report, row: int) -> Reading | None:
    """The count. A missing one is hidden (1 to 9), unless a footnote gives another reason."""
    text, footnote = record.get(COUNT, ""), record.get("footnote", "")
    found = reading(text, values.count, report, row=row, column=COUNT)
    if found and found[1] is State.NOT_REPORTED:
        hidden = not footnote or "suppress" in footnote.casefold()
        return None, State.SUPPRESSED if hidden else State.NOT_REPORTED
    return found


def _published(text: str, report: Report, row: int) -> date | None:
    try:
        found = dates.day(text)
    except BadValue as error:
        report.problem(error.rule, error.fix, row=row, column="data_as_of", value=text)
        return None
    if found is None:
        report.problem("The date of publication is missing.", "Download the file again.", row=row, column="data_as_of")
    return found


SOURCE = Source(
    id="cdc_vsrr_county",
    title="Provisional drug overdose death counts by county",
    publisher="National Center for Health Statistics, Vital Statistics Rapid Release",
    licence="public domain (work of the U.S. government)",
    url="https://www.cdc.gov/nchs/nvss/vsrr/prov-county-drug-overdose.htm",
    description="Drug overdose deaths by county of residence in the 12 months ending with each month; 1-9 hidden.",
    measures=(MEASURE,),
    read=read,
    recognises=recognises,
)
