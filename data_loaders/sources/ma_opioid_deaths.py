"""Massachusetts opioid-related overdose deaths by town: where people lived, and where they died.

Read in two layouts: one plain table (`city_resid,2014,...`), and the state's own, in which tables with a title and a
header `City/Town of Residence,2016,...` follow one another, with rows Total, Unknown and Out Of Massachusetts.
"""

from __future__ import annotations

import re
from datetime import date

from dashboard.domain import Level, Period
from dashboard.intake import Coverage, Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.death_tables import Deaths, Tables, header_basis
from data_loaders.massachusetts import STATE
from data_loaders.rawfile import RawFile, Unreadable
from data_loaders.table import numbered_rows

MEASURE = "opioid_deaths"
TOLERATED = 0.1
"""A published total may differ from its rows by late corrections; a tenth is no correction but another table."""


def recognises(file: RawFile) -> bool:
    """True when one of the first lines is the header of such a table, and its other cells are years."""
    try:
        for _, (_, cells) in zip(range(10), numbered_rows(file), strict=False):
            if header_basis(cells) and any(re.fullmatch(r"(19|20)\d\d", cell.strip()) for cell in cells[1:]):
                return True
    except Unreadable:
        return False
    return False


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Yearly deaths by town, by residence and by place of death; state rows where the file counts more than towns."""
    tables = Tables(context, report)
    try:
        for row, cells in numbered_rows(file):
            tables.take(row, cells)
    except Unreadable as error:
        report.problem(error.rule, error.fix, row=error.row)
    last = max((year for deaths in tables.by_basis.values() for year in deaths.years), default=0)
    if not last:
        report.problem("The file has no table of deaths by town and year.", "Begin it with 'City/Town of Residence'.")
    intake = Intake(SOURCE.id, file.name, file.sha256, date(last, 12, 31) if last else context.today)
    for deaths in tables.by_basis.values():
        _add(intake, deaths, context, report)
    if tables.texts:
        intake.notes.append(f"{len(tables.texts)} lines are titles or footnotes: {'; '.join(tables.texts)[:300]}.")
    return intake


def _add(intake: Intake, deaths: Deaths, context: Context, report: Report) -> None:
    if not deaths.towns:
        report.problem(f"No town has deaths by {deaths.basis.value}.", "Add the rows of the towns.")
    for geoid, cells in deaths.towns.items():
        intake.rows_accepted += 1
        for year, (value, state) in cells.items():
            intake.observations.add(MEASURE, geoid, _span(year), value, basis=deaths.basis, state=state)
            report.origin(deaths.rows[geoid], str(year))
    for year in sorted(deaths.years):
        intake.coverage.append(Coverage(MEASURE, *_span(year), Level.TOWN, basis=deaths.basis, scope=STATE))
        _add_state(intake, deaths, year, report)
    missing = len(context.places.of_state(STATE, Level.TOWN)) - len(deaths.towns)
    if missing > 0:
        intake.notes.append(f"{missing} towns have no row of deaths by {deaths.basis.value}: not reported.")


def _add_state(intake: Intake, deaths: Deaths, year: int, report: Report) -> None:
    """A row for the state where the file counts deaths outside its towns' rows; those elsewhere are not in it."""
    counted = {kind: cells[year][0] for kind, cells in deaths.others.items() if year in cells}
    towns = [cells[year][0] for cells in deaths.towns.values() if year in cells]
    inside = sum(town or 0 for town in towns) + (counted.get("unknown") or 0)
    outside = counted.get("outside") or 0
    total = counted.get("total")
    for kind, words in (("unknown", "in no known town"), ("outside", "outside Massachusetts")):
        if counted.get(kind):
            intake.notes.append(f"{year}: {counted[kind]:,.0f} deaths by {deaths.basis.value} {words}.")
    if total is None and "unknown" not in counted:
        return
    if total is not None:
        known = None not in towns
        _compare(intake, report, year, total, (inside, inside + outside, sum(town or 0 for town in towns)), known=known)
    value = inside if total is None else total - outside if total == inside + outside else total
    span = _span(year)
    intake.observations.add(MEASURE, STATE, span, value, basis=deaths.basis)
    report.origin(deaths.rows["unknown" if total is None else "total"], str(year))
    intake.coverage.append(Coverage(MEASURE, *span, Level.STATE, basis=deaths.basis, scope=STATE))


def _compare(intake: Intake, report: Report, year: int, total: float, sums: tuple[float, ...], *, known: bool) -> None:
    """Note a Total that none of the sums of rows gives; wild ones are a problem unless a town's number is hidden."""
    if total in sums:
        return
    sentence = f"{year}: the publisher's Total is {total:,.0f}, its rows add up to {sums[0]:,.0f}."
    intake.notes.append(sentence)
    if known and min(abs(total - rows) for rows in sums) > TOLERATED * total:
        fix = "Rows are missing or doubled: compare with the publisher's table."
        report.problem(sentence, fix, column=str(year), value=f"{total:,.0f}")


_SPANS: dict[int, tuple[date, date]] = {}


def _span(year: int) -> tuple[date, date]:
    """The calendar year; the same two dates every time, so that many rows stay small."""
    if year not in _SPANS:
        period = Period.of_months(year, 1, 12)
        _SPANS[year] = (period.start, period.end)
    return _SPANS[year]


SOURCE = Source(
    id="ma_opioid_deaths",
    title="Opioid-related overdose deaths by town",
    publisher="Massachusetts Department of Public Health, Registry of Vital Records and Statistics",
    licence="public record",
    url="https://www.mass.gov/lists/current-opioid-statistics",
    description="Deaths of each year by town of residence and, a different question, by town of death; none is hidden.",
    measures=(MEASURE,),
    read=read,
    recognises=recognises,
    state=STATE,
)
