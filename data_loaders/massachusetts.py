"""What every Massachusetts file needs: the state's code, and the one town that records call by an older name."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.domain import Level
from data_loaders.cells import no_town
from data_loaders.contract import Context, Report

STATE = "25"
SHORT_NAMES = {"2500937995": "Manchester"}
"""Names that health records still use: the town of Manchester became Manchester-by-the-Sea in 1989."""
_GEOIDS = {name.casefold(): geoid for geoid, name in SHORT_NAMES.items()}


def find_geoid(name: str, context: Context) -> str:
    """The town's geoid, by today's name or the older one; empty when there is no such town."""
    found = context.places.find(name, state=STATE, level=Level.TOWN)
    if found is None:
        found = context.places.get(_GEOIDS.get(name.strip().casefold(), ""))
    return found.geoid if found else ""


def town(name: str, context: Context, report: Report, *, row: int, column: str) -> str:
    """The town's geoid; empty when there is none, which is reported with the nearest names."""
    geoid = find_geoid(name, context)
    if not geoid:
        no_town(name, context, report, state=STATE, row=row, column=column)
    return geoid


@dataclass
class Once:
    """Remembers on which row each town stood, so that the second row of a town is a problem."""

    report: Report
    column: str
    rows: dict[str, int] = field(default_factory=dict)

    def first(self, geoid: str, row: int, name: str) -> bool:
        """True the first time; a problem after that."""
        if geoid in self.rows:
            rule = f"The town already stands on row {self.rows[geoid]}."
            self.report.problem(rule, "Remove one of the rows.", row=row, column=self.column, value=name)
            return False
        self.rows[geoid] = row
        return True
