"""The running count: month by month, place by place, group by group, and nothing finer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dashboard.domain import Basis, add_months
from dashboard.intake import Intake

ALL_DRUGS = "drug_deaths_examiner"
OPIOIDS = "opioid_deaths_examiner"
MEASURES = (ALL_DRUGS, OPIOIDS)


class Tally:
    """Counts of deaths by (measure, geoid, first of month, basis, stratum)."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, date, Basis, str]] = Counter()

    def add(self, month: date, basis: Basis, geoids: Sequence[str], strata: Sequence[str], *, opioid: bool) -> None:
        """Count one death once in each place (its town, the state) and each of its groups."""
        measures = MEASURES if opioid else MEASURES[:1]
        self._counts.update(
            (measure, geoid, month, basis, stratum) for measure in measures for geoid in geoids for stratum in strata
        )

    def write(self, intake: Intake) -> None:
        """Put every count into the intake, each combination once."""
        months: dict[date, tuple[date, date]] = {}
        for (measure, geoid, month, basis, stratum), deaths in self._counts.items():
            period = months.setdefault(month, (month, add_months(month, 1)))
            intake.observations.add(measure, geoid, period, float(deaths), basis=basis, stratum=stratum)
