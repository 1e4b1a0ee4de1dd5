"""Tables of deaths by town that follow one another in one file, as Massachusetts lays them out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dashboard.domain import Basis
from data_loaders import values
from data_loaders.cells import reading
from data_loaders.contract import Context, Report
from data_loaders.massachusetts import find_geoid, town
from data_loaders.values import Reading

HEADERS = (
    (re.compile(r"city_resid|city/town of residence", re.IGNORECASE), Basis.RESIDENCE),
    (re.compile(r"city_death|city/town of (death|occurrence)", re.IGNORECASE), Basis.OCCURRENCE),
)
NOT_TOWNS = {"total": "total", "massachusetts total": "total", "state total": "total", "unknown": "unknown",
             "out of massachusetts": "outside", "out of state": "outside"}  # fmt: skip


@dataclass
class Deaths:
    """The cells of one basis: by year the towns, and by year the rows that are not towns."""

    basis: Basis
    towns: dict[str, dict[int, Reading]] = field(default_factory=dict)
    others: dict[str, dict[int, Reading]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass
class Tables:
    """One pass over the lines of a file: the table that is open, and all that was read so far."""

    context: Context
    report: Report
    columns: list[str] = field(default_factory=list)
    open: Deaths | None = None
    by_basis: dict[Basis, Deaths] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def take(self, row: int, written: list[str]) -> None:
        """Take a header, a title or the row of a town; a row of blanks is none."""
        cells = [cell.strip() for cell in written]
        basis = header_basis(cells)
        if not any(cells):
            return
        if basis:
            self._begin(row, basis, cells)
        elif self._is_text(cells):
            self.texts.append(", ".join(cell for cell in cells if cell))
        elif self.open is None:
            rule, fix = "The row stands before any header.", "Begin the table with 'City/Town of Residence,2016,...'."
            self.report.problem(rule, fix, row=row, value=",".join(cells))
        elif len(cells) != len(self.columns):
            rule = f"The row has {len(cells)} cells where the header has {len(self.columns)}."
            self.report.problem(rule, "Look for a missing or extra comma.", row=row, value=",".join(cells))
        else:
            self._row(row, cells, self.open)

    def _begin(self, row: int, basis: Basis, cells: list[str]) -> None:
        # The second of two equal columns is not read, so that it is one problem and not one a town.
        self.columns = [cell if cell not in cells[:place] else "" for place, cell in enumerate(cells)]
        self.open = self.by_basis.setdefault(basis, Deaths(basis))
        years: set[int] = set()
        for cell in cells[1:]:
            if not re.fullmatch(r"(19|20)\d\d", cell):
                self.report.problem("A column is no year.", "Name it like 2018.", row=row, column=cell, value=cell)
            elif int(cell) > self.context.today.year:
                self.report.problem("The year lies in the future.", "Correct it.", row=row, column=cell, value=cell)
            elif int(cell) in years:
                self.report.problem("The year stands twice.", "Keep one of the columns.", row=row, column=cell)
            else:
                years.add(int(cell))
        self.open.years |= years

    def _row(self, row: int, cells: list[str], deaths: Deaths) -> None:
        kind = NOT_TOWNS.get(cells[0].casefold())
        key = kind or town(cells[0], self.context, self.report, row=row, column=self.columns[0])
        if not key:
            return
        known = (deaths.others if kind else deaths.towns).setdefault(key, {})
        deaths.rows[key] = row
        for column, cell in zip(self.columns[1:], cells[1:], strict=True):
            found = reading(cell, values.count, self.report, row=row, column=column)
            if not found or not column.isdigit():
                continue
            if int(column) in known:
                rule = f"'{cells[0]}' has a second number for {column}."
                self.report.problem(rule, "Remove one of the rows.", row=row, column=column, value=cell)
            known[int(column)] = found

    def _is_text(self, cells: list[str]) -> bool:
        """True for titles and footnotes, even those whose commas no quotation marks protect."""
        rest = cells[1:]
        if self._names_a_town(cells[0]):
            return False
        if self.open is None or not any(rest):
            return True
        return len(cells) != len(self.columns) and not any(cell[:1].isdigit() for cell in rest)

    def _names_a_town(self, name: str) -> bool:
        return bool(name.casefold() in NOT_TOWNS or find_geoid(name, self.context))


def header_basis(cells: list[str]) -> Basis | None:
    """Whose place a header row speaks of; None when it is no header."""
    first = " ".join(cells[0].split()) if cells else ""
    return next((basis for pattern, basis in HEADERS if pattern.fullmatch(first)), None)
