"""A partner's file by its mapping: every number an observation, every problem with its sheet and cell, in one pass."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain import Basis, Level
from dashboard.indicators import registry
from dashboard.intake import Intake, Observations
from data_loaders.contract import Context, Report
from data_loaders.generic_columns import Columns, ValueColumn, coverage_of
from data_loaders.generic_rows import Rows
from data_loaders.mapping import TableMapping
from data_loaders.sheets.adding import added_up
from data_loaders.sheets.asking import LEAVE_OUT
from data_loaders.sheets.entries import Entry, Reader
from data_loaders.sheets.finder import DASHES
from data_loaders.sheets.grid import Grid, address
from data_loaders.sheets.layout import Layout, fingerprint, layouts_of
from data_loaders.sheets.mapping import SheetMapping
from data_loaders.sheets.marks import CellReport
from data_loaders.sheets.totals import check_totals
from data_loaders.sheets.unclear import bases_of

MANY = 3


def read_sheet(grids: Sequence[Grid], mapping: SheetMapping, context: Context, report: Report) -> Intake:
    """The observations of a partner's file, without duplicates; all problems are in the report, which stops a load.

    The intake's source is the partner; its sha256 is "" and its as-of date today, for the caller to replace. Origins
    in the report are (row of the sheet, "Sheet!B").
    """
    intake = Intake(mapping.partner, report.file, "", context.today)
    layouts = layouts_of(grids, context.places, mapping.state, file=report.file)
    if not layouts:
        report.problem("The file holds no table of numbers.", "Bring a sheet with a header and rows below it.")
        return intake
    if fingerprint(layouts) != mapping.fingerprint:
        report.problem("The layout is not the one that was decided about.", "Bring the file once more and look anew.")
        return intake
    reading = _Reading(mapping, context, report)
    for layout in layouts:
        reading.table(layout)
    return reading.finish(intake)


class _Reading:
    """The tables of one file; one reader of rows for each measure, basis and level, so that cells mean the same."""

    def __init__(self, mapping: SheetMapping, context: Context, report: Report) -> None:
        self.mapping, self.context, self.report = mapping, context, report
        self.found: dict[tuple[str, str], tuple[TableMapping, Observations, CellReport]] = {}
        self.left_out: list[str] = []
        self.seen: dict[tuple[object, ...], str] = {}
        self.not_filled = 0

    def table(self, layout: Layout) -> None:
        """Read one table and check its totals."""
        use = self.mapping.table(layout.key)
        assert use is not None, "the fingerprint holds every table"
        reader = Reader(layout, use, self.mapping, self.context.places)
        entries = self._filled_in(reader, list(reader.entries()))
        dimensions = sorted({name for entry in entries for name in entry.groups})
        rows: dict[tuple[str, str], Rows] = {}
        for number, entry in enumerate(entries):
            self._add(reader, entry, number, dimensions, rows)
        check_totals(reader, CellReport(self.report, layout.table.sheet.name))
        self._tell(reader)

    def _filled_in(self, reader: Reader, entries: list[Entry]) -> list[Entry]:
        """Without blank cells of periods that nobody has filled in yet."""
        spans = [reader.span(entry.part) for entry in entries]
        filled = [span[1] for span, entry in zip(spans, entries, strict=True) if span and entry.texts["value"]]
        last = max(filled, default=None)
        kept = [
            entry
            for span, entry in zip(spans, entries, strict=True)
            if entry.texts["value"] or not span or (last and span[1] <= last)
        ]
        self.not_filled += len(entries) - len(kept)
        return kept

    def _add(
        self, reader: Reader, entry: Entry, number: int, dimensions: list[str], rows: dict[tuple[str, str], Rows]
    ) -> None:
        cells = CellReport(self.report, reader.sheet.name, entry)
        if not self._counts(entry, cells, reader):
            return
        basis = self._basis(entry)
        if self._stands_twice(entry, basis, reader.period_text(entry), cells):
            return
        key = (entry.measure, basis)
        if key not in rows:
            rows[key] = self._rows(reader, entry.measure, basis, dimensions)
        _, into, marks = self.found[reader.use.level, basis]
        marks.entry, marks.sheet = entry, reader.sheet.name
        record = {name: entry.texts[name] for name in ("place", "state", "county", "value")}
        record["period"] = reader.period_text(entry)
        record["partner"] = entry.texts["partner"]
        rows[key].add(number, {**record, **{name: entry.groups.get(name, "All") for name in dimensions}}, into)

    def _counts(self, entry: Entry, cells: CellReport, reader: Reader) -> bool:
        """Whether an entry says what it counts and stands in a cell of its own; told where not."""
        row, column = entry.cells["value"]
        area = reader.sheet.area(row, column)
        if area and area[:2] != (row, column):
            return False
        if area and entry.texts["value"]:
            cells.problem("A merged cell holds one number for several cells.", "Unmerge it and give each its own.",
                          column="value", value=entry.texts["value"])  # fmt: skip
            return False
        if entry.measure == LEAVE_OUT:
            return False
        if not entry.measure:
            name = "measure" if "measure" in entry.cells else "value"
            rule, fix = "Nothing that is counted here goes by this name.", "Correct it, or leave the row out."
            cells.problem(rule, fix, column=name, value=entry.measure_text)
            return False
        if len(bases_of(entry.measure)) > 1 and not (entry.basis or self.mapping.basis):
            rule, fix = "The row does not say whose town it is.", "Say whether people live there or it happened there."
            cells.problem(rule, fix, column="basis" if "basis" in entry.cells else "value")
            return False
        return True

    def _stands_twice(self, entry: Entry, basis: str, period: str, cells: CellReport) -> bool:
        """Whether the same was said before, whatever its number; told where it is."""
        groups, partner = tuple(sorted(entry.groups.items())), entry.texts["partner"]
        key = (entry.measure, basis, period, groups, partner, entry.tag)
        row, column = entry.cells["value"]
        here = f"{cells.sheet}, {address(row, column)}"
        before = self.seen.setdefault(key, here)
        if before != here:
            rule = f"The same town, period and measure stand twice (first on {before})."
            cells.problem(rule, "Keep one of the two, or say what sets them apart.", column="value")
        return before != here

    def _basis(self, entry: Entry) -> str:
        """As the table says it; else as it was answered, or the only way in which the measure is known."""
        known = bases_of(entry.measure)
        if not known:
            return str(Basis.NONE)
        return entry.basis or (self.mapping.basis if self.mapping.basis in known else str(known[0]))

    def _rows(self, reader: Reader, measure: str, basis: str, dimensions: list[str]) -> Rows:
        table = _table_mapping(reader, self.mapping, measure, basis, dimensions)
        key = (reader.use.level, basis)
        if key not in self.found:
            self.found[key] = table, Observations(), CellReport(self.report, reader.sheet.name)
        columns = Columns((ValueColumn("value", measure),), ("value",))
        return Rows(table, columns, self.context, self.found[key][2])

    def _tell(self, reader: Reader) -> None:
        for row in reader.layout.table.rows:
            if not reader.is_total(row) and reader.is_no_place(row):
                numbers = [reader.sheet.text(row, one.at) for one in reader.numbers]
                name = next(iter(reader.labels(row)), "")
                self.left_out.append(f"{name} ({', '.join(filter(None, numbers[:MANY]))})")

    def finish(self, intake: Intake) -> Intake:
        """One intake of everything read; villages, days and sites of one town and month added up."""
        for table, rows, marks in self.found.values():
            kept = added_up(rows, marks, self.report, intake.notes)
            for name in Observations.__slots__:
                getattr(intake.observations, name).extend(getattr(kept, name))
            intake.coverage += coverage_of(kept, table)
        intake.rows_accepted = len(intake.observations)
        intake.rows_refused = len(self.left_out)
        if self.left_out:
            shown = "; ".join(self.left_out[:6])
            intake.notes.append(f"{len(self.left_out)} rows that are no town were left out: {shown}.")
        if self.not_filled:
            intake.notes.append(f"{self.not_filled} blank cells of periods after the last filled one were left out.")
        whole = {one for one, stratum in _measured(intake.observations) if not stratum}
        parted = sorted({one for one, stratum in _measured(intake.observations) if stratum} - whole)
        if parted:
            names = ", ".join(registry().measures[measure].label for measure in parted)
            intake.notes.append(f"Only groups are given of {names}: add a column or row for everyone to show a total.")
        if not intake.observations and not self.report.problems:
            self.report.problem("No number was found.", "Fill in the numbers, or say 'none this month'.")
        return intake


def _measured(rows: Observations) -> set[tuple[str, str]]:
    return set(zip(rows.measure, rows.stratum, strict=True))


def _table_mapping(
    reader: Reader, mapping: SheetMapping, measure: str, basis: str, dimensions: list[str]
) -> TableMapping:
    coded = bool([one for one in reader.columns if one.use.role == "code"])
    partners = next((one.use.names for one in reader.columns if one.use.role == "partner"), {})
    return TableMapping(
        source={},
        place_column="" if coded else "place",
        code_column="place" if coded else "",
        state=mapping.state,
        state_column="state",
        county_column="county",
        level=Level(reader.use.level),
        skip=frozenset(),
        period_column="period",
        period_columns=(),
        period_constant="",
        measures={"value": measure},
        markers={"": mapping.blank} | dict.fromkeys(DASHES, mapping.dash or "not_reported"),
        partner_column="partner" if partners else "",
        partner=mapping.partner,
        partner_names=dict(partners),
        strata={name: name for name in dimensions},
        basis=Basis(basis),
        absence="not_reported",
        as_of=None,
        provisional=False,
        totals=frozenset(("all",)),
    )
