"""Opioid settlement money that Massachusetts municipalities received and spent in a fiscal year."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from dashboard.domain import Level, Period, State
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.massachusetts import STATE, Once, town
from data_loaders.rawfile import RawFile
from data_loaders.values import Reading

FIRST_REPORTED = 2023
MEASURES = {"Funds Received": "settlement_received", "Funds Expended": "settlement_spent"}
NOT_FUNDED = "did not receive funding"


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Dollars received and spent by town; what a town did not have to report is not reported, never zero."""
    year, said = _fiscal_year(file.name)
    period = (date(year - 1, 7, 1), date(year, 7, 1))
    intake = Intake(SOURCE.id, file.name, file.sha256, period[1] - timedelta(days=1))
    statuses: Counter[str] = Counter()
    once = Once(report, "Municipality")
    for row, record in table.records(file, report, columns=SOURCE.columns):
        geoid = town(record["Municipality"], context, report, row=row, column="Municipality")
        amounts = _amounts(record, report, row)
        if geoid and amounts and once.first(geoid, row, record["Municipality"]):
            statuses[record["Reporting Status"]] += 1
            intake.rows_accepted += 1
            for column, measure in MEASURES.items():
                value, state = amounts[measure]
                intake.observations.add(measure, geoid, period, value, state=state)
                report.origin(row, column)
    intake.coverage = [Coverage(measure, *period, Level.TOWN, scope=STATE) for measure in MEASURES.values()]
    intake.notes = [said, *_notes(statuses), *_absent(once.rows, context)]
    return intake


def _fiscal_year(name: str) -> tuple[int, str]:
    """The fiscal year by the file's name ("fy23" ends in June 2023), and the sentence that says so."""
    found = re.search(r"fy[ _-]?(?:20)?(\d\d)(?!\d)", name, re.IGNORECASE)
    year = 2000 + int(found[1]) if found else FIRST_REPORTED
    how = "by its name" if found else "the first for which towns had to report; put fy24 in its name if it is another"
    return year, f"The table names no year. It is read as {Period.parse(f'FY{year}')}, {how}."


def _amounts(record: dict[str, str], report: Report, row: int) -> dict[str, Reading] | None:
    """Received and spent; None when a cell is a problem."""
    found: dict[str, Reading] = {}
    for column, measure in MEASURES.items():
        amount = reading(record[column], values.money, report, row=row, column=column)
        if amount is None:
            continue
        if amount[0] is not None and amount[0] < 0:
            rule = "Money received or spent is never negative."
            report.problem(rule, "Correct the amount.", row=row, column=column, value=record[column])
        found[measure] = amount
    return _by_status(found, record, report, row) if len(found) == len(MEASURES) else None


def _by_status(found: dict[str, Reading], record: dict[str, str], report: Report, row: int) -> dict[str, Reading]:
    """A town that did not receive funding received zero dollars; the publisher leaves its cells blank."""
    value, state = found["settlement_received"]
    if record["Reporting Status"].casefold() == NOT_FUNDED:
        if value:
            report.problem(
                "The town received nothing by its status, but has an amount.",
                "Correct the status or the amount.",
                row=row,
                column="Funds Received",
                value=record["Funds Received"],
            )
        if state is State.NOT_REPORTED:
            found["settlement_received"] = (0.0, State.VALUE)
    return found


def _notes(statuses: Counter[str]) -> list[str]:
    notes = [f"{number} towns: {status or 'no status'}." for status, number in statuses.most_common()]
    if any(status.casefold() == NOT_FUNDED for status in statuses):
        notes.append("Towns that did not receive funding received $0; what they spent is not reported.")
    return notes


def _absent(rows: dict[str, int], context: Context) -> list[str]:
    missing = [place.name for place in context.places.of_state(STATE, Level.TOWN) if place.geoid not in rows]
    return [f"{len(missing)} towns are not in the file, so not reported: {', '.join(missing)}."] if missing else []


SOURCE = Source(
    id="ma_settlement_funds",
    title="Opioid settlement money by municipality",
    publisher="Massachusetts Department of Public Health, municipal abatement reports",
    licence="public record",
    url="https://www.mass.gov/info-details/learn-about-municipal-opioid-abatement-efforts",
    description="Opioid settlement dollars that each municipality received and spent in a fiscal year (July to June).",
    measures=tuple(MEASURES.values()),
    read=read,
    columns=("Municipality", "Reporting Status", "Funds Received", "Funds Expended", "Percentage Expended"),
    state=STATE,
)
