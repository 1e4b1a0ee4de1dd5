"""One pass over one examiner file: each row is looked at once, adds to the counts and is forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dashboard.domain import Basis
from data_loaders import dates, values
from data_loaders.contract import Context, Report
from data_loaders.sources.examiner import groups
from data_loaders.sources.examiner.placing import STATE, Found, Placement, Placer
from data_loaders.sources.examiner.schemas import Schema
from data_loaders.sources.examiner.tally import Tally

NOT_A_RESIDENT = frozenset({Found.ELSEWHERE, Found.UNRECOGNISED})


class Reading:
    """What has been counted so far of a file in one schema; `take` every row once."""

    def __init__(self, schema: Schema, context: Context, report: Report) -> None:
        self.schema, self.today, self.report = schema, context.today, report
        self.tally = Tally()
        self.placers = {Basis.RESIDENCE: Placer(context.places, schema.residence)}
        if schema.injury:
            self.placers[Basis.OCCURRENCE] = Placer(context.places, schema.injury)
        self.first, self.last = date.max, date.min
        self.counted = self.nowhere = self.undated = self.repeated = self.derived = 0
        self.date_types: Counter[str] = Counter()
        self.by_year: Counter[int] = Counter()
        self.place_unsaid: Counter[tuple[Basis, int]] = Counter()
        # Salted fingerprints of whole rows, so that a row entered twice counts once; they end with the reading.
        self._seen: set[int] = set()

    def take(self, number: int, row: dict[str, str]) -> None:
        """Count one row, or report what is wrong with it."""
        day = self._day(number, row)
        age = self._age(number, row)
        if day is None or age is None:
            return
        fingerprint = hash(tuple(row.values()))
        if fingerprint in self._seen:
            self.repeated += 1
            return
        self._seen.add(fingerprint)
        self._count(day, age, row)

    def _day(self, number: int, row: dict[str, str]) -> date | None:
        cell = row[self.schema.date]
        try:
            day = dates.day(cell)
        except values.BadValue as error:
            self.report.problem(error.rule, error.fix, row=number, column=self.schema.date, value=cell)
            return None
        self.undated += day is None
        if day is not None and day > self.today:
            rule, fix = "A death cannot lie in the future.", "Correct the date."
            self.report.problem(rule, fix, row=number, column=self.schema.date, value=cell)
            return None
        return day

    def _age(self, number: int, row: dict[str, str]) -> str | None:
        try:
            return groups.age_band(row[self.schema.age])
        except ValueError:
            rule, fix = "An age is a number of years from 0 to 120.", "Correct the age, or leave it blank."
            self.report.problem(rule, fix, row=number, column=self.schema.age)
            return None

    def _count(self, day: date, age: str, row: dict[str, str]) -> None:
        opioid, derived = groups.opioid(row, self.schema)
        strata = groups.strata(row, self.schema, age, is_opioid=opioid)
        self.derived += derived
        self.first, self.last = min(self.first, day), max(self.last, day)
        self.by_year[day.year] += 1
        if self.schema.date_type:
            self.date_types[row[self.schema.date_type] or "not said"] += 1
        places = 0
        for basis, placer in self.placers.items():
            placement = placer.place(row)
            self.place_unsaid[basis, day.year] += placement.found is Found.NOWHERE
            geoids = _counted_in(placement, basis)
            self.tally.add(day.replace(day=1), basis, geoids, strata, opioid=opioid)
            places += len(geoids)
        self.counted += places > 0
        self.nowhere += places == 0

    @property
    def refused(self) -> int:
        """Rows that count nowhere: without a date, entered twice, or of people known to have lived elsewhere."""
        return self.undated + self.repeated + self.nowhere

    def mostly_placed(self, basis: Basis, year: int) -> bool:
        """Whether at least three quarters of a year's deaths say where; else a town without deaths is no zero."""
        return self.place_unsaid[basis, year] * 4 <= self.by_year[year]


def _counted_in(placement: Placement, basis: Basis) -> list[str]:
    """The town, and the state: by injury for every death of the file, by residence unless the home is elsewhere."""
    towns = [placement.geoid] if placement.found is Found.TOWN else []
    in_state = basis is Basis.OCCURRENCE or placement.found not in NOT_A_RESIDENT
    return [*towns, STATE] if in_state else towns
