"""A sheet of a coalition's register: a row an entry, every fault named by row and column (docs/registers.md)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import partial

from dashboard.domain import Level
from dashboard.intake import Intake
from dashboard.registers import Register, read_entry, register, registers
from data_loaders import table
from data_loaders.contract import Context, Report, Source
from data_loaders.rawfile import RawFile
from data_loaders.sheets.safe import read_grids
from data_loaders.sheets.texts import Sheet

WHOLE = ("all", "whole area")
COALITION = "coalition"
BOOKS = frozenset({".xlsx", ".xls", ".ods"})


@dataclass(frozen=True)
class SheetNames:
    """What the cells of one coalition's rows may name."""

    context: Context
    coalition: str

    def town(self, text: str) -> str:
        """A town by name ("Franklin, MA" where two have it) or code; "all" is the coalition's whole area."""
        sets, places = self.context.members.sets, self.context.places
        if text.casefold() in WHOLE:
            named = self.context.members.coalitions.get(self.coalition, "").casefold()
            return next((id_ for id_, name in sets.items() if named in (name.casefold(), id_.casefold())), "")
        for id_, name in sets.items():
            if text.casefold() in (id_.casefold(), name.casefold()):
                return id_
        if places.get(text):
            return text
        head, _, state = text.rpartition(",")
        found = places.find(head.strip() or text, state=state.strip() if head else "", level=Level.TOWN)
        return found.geoid if found else ""

    def partner(self, text: str) -> str:
        """A partner of the coalition by name or id."""
        known = self.context.members.partners.items()
        ours = [(id_, name) for (owner, id_), name in known if owner == self.coalition]
        return next((id_ for id_, name in ours if text.casefold() in (id_.casefold(), name.casefold())), "")


def sheet_of(id_: str) -> Source:
    """The source that reads the sheets of one register, known by its columns."""
    kept = register(id_)
    return Source(
        id=f"register_{id_}", title=f"A coalition's register: {kept.title.lower()}", publisher="the coalition itself",
        licence="the coalition's own", url="", description=f"{kept.about} (docs/registers.md)", measures=(),
        read=partial(read_sheet, kept), columns=marks(kept),
    )  # fmt: skip


def marks(kept: Register) -> tuple[str, ...]:
    """The columns by which a sheet is known: every one that a row needs and those of its key."""
    return tuple(dict.fromkeys((*kept.needed, *kept.key)))


def read_sheet(kept: Register, file: RawFile, context: Context, report: Report) -> Intake:
    """Read every row; one fault anywhere and nothing of the sheet is taken."""
    intake = Intake(f"register_{kept.id}", file.name, file.sha256, context.today)
    known = {column.name for column in kept.columns} | {COALITION}
    seen: dict[tuple[str, str], int] = {}
    for row, record in table.records(file, report, columns=marks(kept)):
        for name in sorted(set(record) - known - {""}) if not seen else ():
            fix = f"Remove it; the register has: {', '.join(sorted(known))}."
            report.problem("There is no such column in this register.", fix, row=1, column=name)
        coalition = _coalition(row, record.get(COALITION, ""), context, report)
        entry, faults = read_entry(kept, record, SheetNames(context, coalition), coalition=coalition)
        for fault in faults:
            report.problem(fault.rule, fault.fix, row=row, column=fault.column, value=record.get(fault.column, ""))
        first = seen.setdefault((coalition, entry.id), row)
        if first != row and not faults:
            report.problem(f"The same entry stands twice (first on row {first}).",
                           f"Keep one, or let them differ in one of: {', '.join(kept.key)}.", row=row)  # fmt: skip
        intake.entries.append(entry)
    intake.rows_accepted = len(intake.entries)
    return intake


def _coalition(row: int, named: str, context: Context, report: Report) -> str:
    """The coalition a row names, or the only one there is; "" in a store without coalitions."""
    known = context.members.coalitions
    ids = [id_ for id_, name in known.items() if named.casefold() in (id_.casefold(), name.casefold())]
    if ids:
        return ids[0]
    if named or len(known) > 1:
        rule = f"There is no coalition '{named[:60]}'." if named else "The row does not say whose register it is."
        fix = f"Write one of: {', '.join(known) or 'none is known; leave the column empty'}."
        report.problem(rule, fix, row=row, column=COALITION, value=named)
    return next(iter(known), "")


def from_book(file: RawFile) -> RawFile | None:
    """The first sheet of a workbook that has the columns of a register, as a table of texts; None for any other file.

    Read in a process of its own, as partners' files are; LoadRefused for a workbook that cannot be read.
    """
    if file.suffix not in BOOKS or file.path is None:
        return None
    heads = [set(marks(kept)) for kept in registers().values()]
    for grid in read_grids(file.path):
        rows = Sheet.of(grid).rows
        if any(head <= set(rows[0]) for head in heads):
            written = io.StringIO()
            csv.writer(written).writerows(rows)
            return RawFile(file.name, written.getvalue().encode())
    return None
