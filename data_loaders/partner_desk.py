"""A partner's desk: a sheet, a handful of numbers or "none" becomes an intake, or a list of what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dashboard.domain import Level, SourceCard
from dashboard.errors import InvalidQuery, LoadRefused
from dashboard.indicators import registry
from dashboard.periods import Period
from dashboard.store.cube import Cube
from dashboard.store.partner_changes import (
    Differences,
    Holding,
    Key,
    Told,
    as_held,
    differences,
    holding,
    source_of,
)
from dashboard.store.partner_files import Brought, remembered
from dashboard.surprises import Surprise, surprises
from data_loaders.checks import check
from data_loaders.contract import Context, Problem
from data_loaders.entered import Entered, Form, entered
from data_loaders.members import read_members
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.identifying import faults
from data_loaders.sheets.known import Known
from data_loaders.sheets.mapping import SheetMapping
from data_loaders.sheets.problems import SheetReport
from data_loaders.sheets.proposal import Proposal, answer, propose
from data_loaders.sheets.reading import read_sheet
from data_loaders.standing import Standing

EXERCISE = "Brought into the demonstration: it counts as demonstration data, not real."


@dataclass(frozen=True)
class Looked:
    """What was brought, looked at before saving. `brought` is None while anything stands in the way.

    `surprising` need a word. `notes` are worth telling and stop nothing.
    """

    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    found: Differences = field(default_factory=Differences)
    surprising: tuple[Surprise, ...] = ()
    brought: Brought | None = None


class Desk:
    """One partner of a coalition, and what its numbers are read against: places, residents, what holds now."""

    def __init__(self, engine: Engine, cube: Cube, partner: str, *, standing: Standing | None = None) -> None:
        row = next((row for row in cube.partners if row["id"] == partner), None)
        if row is None:
            raise InvalidQuery(f"There is no partner '{partner[:60]}' here. `coalition partners list` lists them.")
        self.engine, self.cube, self.partner = engine, cube, partner
        self.name, self.coalition, self.catchment = row["name"], row["coalition_id"], row["catchment"]
        self.standing = standing or Standing(engine)
        self.card: SourceCard = source_of(cube, partner)
        self.held: Holding = holding(cube, self.card.id, partner)

    @property
    def towns(self) -> tuple[str, ...]:
        """Geoids of the towns that the partner serves: its catchment, else its coalition's, else those it told of."""
        home = next((row["catchment"] for row in self.cube.coalitions if row["id"] == self.coalition), "")
        sets = {row["id"]: row["members"] for row in self.cube.place_sets}
        members = sets.get(self.catchment) or sets.get(home) or ()
        told = {key.geoid for key in self.held if key.level == Level.TOWN}
        return tuple(sorted(set(members) or told))

    def sheet(self, grids: Sequence[Grid], file_name: str, digest: str, *, today: date, who: str = "",
              answers: Mapping[str, str] | None = None) -> Looked:  # fmt: skip
        """A sheet as it is understood with these answers; what points to single people is refused outright."""
        pointing = faults(grids)
        if pointing:
            return Looked(problems=tuple(replace(problem, file=file_name) for problem in pointing))
        proposal = propose(grids, self._known(file_name, today))
        if answers:
            proposal = answer(proposal, answers)
        if proposal.mapping is None:
            return Looked(proposal, () if proposal.questions else (_no_table(file_name),))
        report = SheetReport(file_name)
        context = Context(self.standing.index, today, members=read_members(self.engine))
        try:
            intake = read_sheet(grids, proposal.mapping, context, report)
        except LoadRefused as error:
            report.problem(getattr(error, "rule", str(error)), getattr(error, "fix", "Correct the file."))
            return Looked(proposal, tuple(report.problems))
        intake = replace(intake, notes=[*report.notes, *intake.notes])
        brought = Brought(intake, self.coalition, self.partner, "file", who, proposal.fingerprint,
                          proposal.mapping.to_json())  # fmt: skip
        return self._looked(brought, report, digest, today, proposal)

    def numbers(self, form: Form, *, today: date, who: str = "") -> Looked:
        """A handful of numbers that somebody typed; each town stands for itself alone."""
        report = SheetReport("the form")
        intake = entered(form, Entered(self.partner, self.held, self.towns), self.standing.index, report)
        digest = hashlib.sha256(repr((form, self.cube.version)).encode()).hexdigest()
        brought = Brought(intake, self.coalition, self.partner, "none" if form.none else "form", who)
        looked = self._looked(brought, report, digest, today, None)
        return replace(looked, surprising=()) if form.none else looked

    def template(self, today: date) -> bytes:
        """A workbook (XLSX) with drop-downs for the partner's towns, months and measures."""
        from data_loaders.sheets.template import template

        return template(self.name, self._known("", today), measures=sorted({key.measure for key in self.held}))

    def _looked(
        self, brought: Brought, report: SheetReport, digest: str, today: date, proposal: Proposal | None
    ) -> Looked:
        intake = as_held(brought.intake, self.held)
        check(intake, report, places=self.standing.places, measures=registry().measures,
              residents=self.standing.residents, today=today)  # fmt: skip
        if set(intake.observations.partner) - {self.partner}:
            report.problem(f"The file speaks for other partners than {self.name}.", "Bring each partner's by itself.")
        if not len(intake.observations) and not report.problems:
            report.problem("There is no number in it.", "Fill in at least one, or report none this month.")
        if report.problems:
            return Looked(proposal, tuple(report.problems), tuple(intake.notes))
        notes = [*intake.notes, EXERCISE] if self.cube.demonstration else intake.notes
        intake = replace(intake, source=self.card.id, sha256=digest, as_of=today, notes=notes,
                         demonstration=self.cube.demonstration)  # fmt: skip
        found = differences(
            self.held, intake, {geoid: str(place.level) for geoid, place in self.standing.places.items()}
        )
        return Looked(
            proposal, (), tuple(notes), found, tuple(self._surprising(found)), replace(brought, intake=intake)
        )

    def _surprising(self, found: Differences) -> list[Surprise]:
        before, after = totals(self.held), totals(found.after)
        return [one for key in sorted(after) for one in surprises(key[0], before.get(key, {}), after[key])]

    def _known(self, file_name: str, today: date) -> Known:
        members = read_members(self.engine)
        kept = remembered(self.engine, self.coalition, self.partner)
        return Known(
            places=self.standing.index, measures=registry().measures, partner=self.partner, today=today,
            dimensions=_dimensions(stratum for _, stratum in members.strata),
            remembered={print_: SheetMapping.from_json(body) for print_, body in kept.items()},
            partners={self.partner: self.name}, file=file_name,
        )  # fmt: skip


def totals(held: Mapping[Key, Told]) -> dict[tuple[str, str, str, int], dict[Period, float]]:
    """Sums over places by measure, level, basis and length of period (months); groups count where no whole is told."""
    whole = {(key.measure, key.level, key.basis) for key in held if not key.stratum}
    found: dict[tuple[str, str, str, int], dict[Period, float]] = {}
    for key, told in held.items():
        if told.value is not None and (not key.stratum or (key.measure, key.level, key.basis) not in whole):
            period = Period(key.start, key.end)
            sums = found.setdefault((key.measure, key.level, key.basis, period.months), {})
            sums[period] = sums.get(period, 0.0) + told.value
    return found


def told_changes(looked: Looked) -> dict[str, Any]:
    """What is kept of the differences with the load, so that its history can say what changed."""
    found = looked.found
    measures = {one.key.measure for one in (*found.added, *found.changed, *found.withdrawn)}
    return {**found.counts(), "measures": sorted(measures)}


def _dimensions(strata: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for stratum in strata:
        for part in filter(None, stratum.split(";")):
            name, _, value = part.partition("=")
            found.setdefault(name, set()).add(value)
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _no_table(file_name: str) -> Problem:
    return Problem(
        file_name, "No table of numbers was found.", "Bring a sheet with a header and rows of numbers below."
    )
