"""Rows of a coalition's list of sites as facilities: read, placed, and checked against the towns."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace

from dashboard.domain import Facility
from dashboard.intake import Intake
from dashboard.opening import hours_a_week
from data_loaders.contract import Context, Report
from data_loaders.own_cells import Cells
from data_loaders.own_places import Placing
from data_loaders.sites import zip_code

MOST_ROWS_NAMED = 12
HOW_MANY = {
    "zip": "ZIP codes whose leading zero was lost, restored: {} (rows {}).",
    "centre": "Sites without coordinates, put at the middle of their town: {} (rows {}).",
    "hours": "Opening hours that could not be added up, so that hours a week stay unknown: {} (rows {}).",
    "unverified": "Sites without the day on which they were verified; they count as listed only: {} (rows {}).",
    "double": "Rows that repeat a site (same name, street and town), merged into it: {} (rows {}).",
}
"""What is told at the end, once for all rows."""


@dataclass
class OwnSites:
    """The sites of one file; a fault goes into the report, and the file is then not loaded."""

    source: str
    context: Context
    report: Report
    columns: dict[str, str]
    facilities: dict[str, Facility] = field(default_factory=dict)
    noted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    flags: list[str] = field(default_factory=list)
    _rows: int = 0

    def add(self, row: int, told: dict[str, str]) -> None:
        """Take one row; `told` is the text of each field that the file has a column for."""
        self._rows += 1
        cells = Cells(row, told, self.columns, self.report, self.context.today)
        placing = Placing(self.context, cells).place()
        facility = self._facility(cells, placing)
        for word, noted in (("zip", cells.zip_restored), ("centre", placing.at_centre)):
            if noted:
                self.noted[word].append(row)
        self.flags += placing.flags
        if not facility.verified_on:
            self.noted["unverified"].append(row)
        known = self.facilities.setdefault(facility.id, facility)
        if known is not facility:
            self.noted["double"].append(row)
            services = tuple(dict.fromkeys(known.services + facility.services))
            self.facilities[facility.id] = replace(known, services=services)

    def finish(self, intake: Intake) -> None:
        """Hand over all sites, in the order of the file, with sentences on what was noticed."""
        intake.facilities = list(self.facilities.values())
        intake.rows_accepted = self._rows
        intake.notes += self.flags
        for word, sentence in HOW_MANY.items():
            rows = self.noted[word]
            if rows:
                shown = ", ".join(str(row) for row in rows[:MOST_ROWS_NAMED]) + (", ..." if len(rows) > 12 else "")
                intake.notes.append(sentence.format(f"{len(rows):,}", shown))
        intake.notes.append("The file has no date: its as-of date is the day on which it was loaded.")

    def _facility(self, cells: Cells, placing: Placing) -> Facility:
        name, hours = cells.name(), cells.text("hours")
        weekly = cells.number("hours_a_week", most=168.0)
        if weekly is None and hours:
            weekly = hours_a_week(hours)
            if weekly is None:
                self.noted["hours"].append(cells.row)
        street, town = cells.text("street"), cells.text("town")
        identity = "|".join(" ".join(part.casefold().split()) for part in (name, street, town or placing.town))
        address = ", ".join(part for part in (street, f"{town} {cells.text('state')} {zip_code(cells.zip())}") if part)
        return Facility(
            id=f"{self.source}:{hashlib.sha256(identity.encode()).hexdigest()[:12]}",
            name=name,
            services=cells.services(),
            address=" ".join(address.split()).strip(" ,"),
            town=placing.town,
            latitude=placing.latitude,
            longitude=placing.longitude,
            verified_on=cells.verified_on(),
            hours=hours,
            capacity=cells.number("capacity"),
            hours_a_week=weekly,
            accepting=cells.accepting(),
            mobile_days=cells.text("mobile_days"),
            state=placing.state,
        )
