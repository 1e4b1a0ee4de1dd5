"""CDC provisional drug overdose deaths by state: counts of the 12 months that end with each month.

Every window overlaps eleven others, so no two may be added. Deaths are placed where they happened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.domain import Basis, Jurisdiction, Level, State
from dashboard.gazetteer.states import state_code, state_name
from dashboard.indicators import registry
from dashboard.intake import Coverage, Intake
from data_loaders import table, values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.values import Reading
from data_loaders.windows import Window, window_ending

OVERDOSES, ALL_CAUSES = "drug_overdose_deaths_12m", "deaths_all_causes_12m"
INDICATORS = {
    "Number of Drug Overdose Deaths": (OVERDOSES, ""),
    "Number of Deaths": (ALL_CAUSES, ""),
    "Opioids (T40.0-T40.4,T40.6)": (OVERDOSES, "substance=opioids"),
    "Heroin (T40.1)": (OVERDOSES, "substance=heroin"),
    "Natural & semi-synthetic opioids (T40.2)": (OVERDOSES, "substance=natural-opioids"),
    "Natural & semi-synthetic opioids, incl. methadone (T40.2, T40.3)": (
        OVERDOSES,
        "substance=natural-opioids-and-methadone",
    ),
    "Natural, semi-synthetic, & synthetic opioids, incl. methadone (T40.2-T40.4)": (
        OVERDOSES,
        "substance=natural-and-synthetic-opioids",
    ),
    "Methadone (T40.3)": (OVERDOSES, "substance=methadone"),
    "Synthetic opioids, excl. methadone (T40.4)": (OVERDOSES, "substance=synthetic-opioids"),
    "Cocaine (T40.5)": (OVERDOSES, "substance=cocaine"),
    "Psychostimulants with abuse potential (T43.6)": (OVERDOSES, "substance=psychostimulants"),
}
NOT_COUNTS = ("Percent with drugs specified",)
NATION, NEW_YORK, NEW_YORK_CITY = "US", "NY", "YC"
Series = tuple[str, Window, str]


@dataclass
class Counts:
    """Counts by measure, window and stratum, for each postal abbreviation, and what was left out."""

    cells: dict[str, dict[Series, Reading]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    footnotes: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    predicted: int = 0

    def windows(self) -> list[Window]:
        """All windows, oldest first."""
        return sorted({window for cells in self.cells.values() for _, window, _ in cells})


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Reported counts by state and window, with drug classes as strata; predicted counts are left out."""
    counts = Counts()
    declared = registry().measures
    for row, record in table.records(file, report, columns=SOURCE.columns):
        _take(record, row, counts, report, context.today, with_all_causes=ALL_CAUSES in declared)
    windows = counts.windows()
    last = windows[-1][1] if windows else context.today
    intake = Intake(SOURCE.id, file.name, file.sha256, last - timedelta(days=1))
    _join_new_york(counts)
    for postal, cells in counts.cells.items():
        _add(intake, state_code(postal), cells)
    measures = sorted(set(intake.observations.measure)) if windows else []
    intake.coverage = [
        Coverage(measure, windows[0][0], last, Level.STATE, basis=Basis.OCCURRENCE) for measure in measures
    ]
    intake.rows_accepted = counts.kept
    intake.notes = _notes(counts)
    return intake


def _take(
    record: dict[str, str], row: int, counts: Counts, report: Report, today: date, *, with_all_causes: bool
) -> None:
    indicator, postal = record["Indicator"], record["State"]
    window = window_ending(record["Year"], record["Month"], report, today, row=row)
    if record["Period"] != "12 month-ending":
        rule = "Counts are of 12 months ending with a month."
        report.problem(rule, "Keep only such rows.", row=row, column="Period", value=record["Period"])
    if postal != NEW_YORK_CITY and postal != NATION and not state_code(postal):
        report.problem("No state has these letters.", "Write them like MA.", row=row, column="State", value=postal)
    if indicator not in INDICATORS and indicator not in NOT_COUNTS:
        fix = f"The indicators we know are: {'; '.join(INDICATORS)}."
        report.problem("The indicator is not known.", fix, row=row, column="Indicator", value=indicator)
        return
    if indicator in NOT_COUNTS or postal == NATION or (indicator == "Number of Deaths" and not with_all_causes):
        counts.left_out["the United States" if postal == NATION else indicator] += 1
        return
    cell = _count(record, report, row)
    if window and cell:
        _keep(record, row, counts, report, window, cell)


def _keep(record: dict[str, str], row: int, counts: Counts, report: Report, window: Window, cell: Reading) -> None:
    measure, stratum = INDICATORS[record["Indicator"]]
    known = counts.cells.setdefault(record["State"], {})
    if (measure, window, stratum) in known:
        report.problem("The row repeats a state, month and indicator.", "Remove one of the two.", row=row)
    known[measure, window, stratum] = cell
    counts.footnotes[record["Footnote"]] += 1
    counts.kept += 1
    counts.predicted += bool(record["Predicted Value"])


def _count(record: dict[str, str], report: Report, row: int) -> Reading | None:
    """The count; a blank is suppressed when the footnote says so, else not reported."""
    found = reading(record["Data Value"], values.count, report, row=row, column="Data Value")
    if found and found[1] is State.NOT_REPORTED and "suppress" in record["Footnote"].casefold():
        return None, State.SUPPRESSED
    return found


def _join_new_york(counts: Counts) -> None:
    """New York State is what the file calls New York (the state without the city) and New York City together."""
    rest, city = counts.cells.pop(NEW_YORK, {}), counts.cells.pop(NEW_YORK_CITY, {})
    if rest or city:
        absent: Reading = (None, State.NOT_REPORTED)
        keys = [*rest, *(key for key in city if key not in rest)]
        counts.cells[NEW_YORK] = {key: _sum(rest.get(key, absent), city.get(key, absent)) for key in keys}


def _sum(one: Reading, other: Reading) -> Reading:
    if one[0] is None or other[0] is None:
        return None, one[1] if one[0] is None else other[1]
    return one[0] + other[0], State.VALUE


def _add(intake: Intake, geoid: str, cells: dict[Series, Reading]) -> None:
    if not geoid:
        return
    intake.places.append(Jurisdiction(geoid, state_name(geoid), Level.STATE, geoid))
    for (measure, window, stratum), (value, state) in cells.items():
        intake.observations.add(
            measure, geoid, window, value, basis=Basis.OCCURRENCE, stratum=stratum, state=state, provisional=True
        )


def _notes(counts: Counts) -> list[str]:
    notes = [
        "Each count is of 12 months and overlaps the others: never add them. Drug classes overlap too.",
        "Deaths count where they happened, not where people lived; every count is provisional.",
    ]
    if NEW_YORK in counts.cells:
        notes.append("New York State is the sum of the file's New York, which leaves the city out, and New York City.")
    if counts.predicted:
        notes.append(f"{counts.predicted:,} predicted counts were left out: they are modelled, not reported.")
    notes += [f"{number:,} rows not used: {what}." for what, number in counts.left_out.items() if number]
    notes += [f"{number:,} counts carry the footnote '{text}'" for text, number in counts.footnotes.items() if text]
    return notes


SOURCE = Source(
    id="cdc_vsrr_state",
    title="Provisional drug overdose death counts by state",
    publisher="National Center for Health Statistics, Vital Statistics Rapid Release",
    licence="public domain (work of the U.S. government)",
    url="https://www.cdc.gov/nchs/nvss/vsrr/drug-overdose-data.htm",
    description="Drug overdose deaths by state of occurrence in the 12 months ending with each month, by drug class.",
    measures=(OVERDOSES, ALL_CAUSES),
    read=read,
    columns=("State", "Year", "Month", "Period", "Indicator", "Data Value", "Footnote", "Predicted Value"),
)
