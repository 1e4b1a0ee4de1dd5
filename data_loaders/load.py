"""Files into the store: recognise each, read it whole, check it, and write it in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine

from dashboard.errors import LoadRefused
from dashboard.indicators import registry as indicator_registry
from dashboard.intake import Intake, Observations
from dashboard.store.writer import already_loaded, is_demonstration, is_empty, write
from data_loaders import register
from data_loaders.checks import check
from data_loaders.choose import Chosen, choose
from data_loaders.contract import Context, Problem, Report, Source, Stage
from data_loaders.members import read_members
from data_loaders.registry import card
from data_loaders.standing import Standing
from data_loaders.town_shapes import TownShapes


class Status(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    NO_CHANGE = "no change"
    REFUSED = "refused"
    WOULD_LOAD = "would load"


@dataclass(frozen=True)
class Outcome:
    """What became of one file, with every problem found in it."""

    file: str
    source: str
    status: Status
    rows_accepted: int = 0
    rows_refused: int = 0
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_files(
    store: Engine,
    paths: Sequence[Path | str],
    *,
    source: str | None = None,
    dry_run: bool = False,
    mapping: Path | None = None,
    now: datetime,
) -> list[Outcome]:
    """Load files, those that name places first, each in a transaction of its own; see `each_load`."""
    return list(each_load(store, paths, source=source, dry_run=dry_run, mapping=mapping, now=now))


def each_load(
    store: Engine,
    paths: Sequence[Path | str],
    *,
    source: str | None = None,
    dry_run: bool = False,
    mapping: Path | None = None,
    now: datetime,
) -> Iterator[Outcome]:
    """Yield each outcome as soon as it stands, so that progress can be shown and the rest be stopped without harm.

    `source` overrides recognition, `mapping` names the mapping file of a generic table, `now` is the loaded-at time
    (UTC, naive). A file that was loaded before changes nothing.
    """
    chosen = [choose(Path(path), source, mapping) for path in paths]
    chosen.sort(key=lambda one: (one.source.stage if one.source else Stage.OBSERVATIONS, one.name))
    batch = _Batch(store, now, dry_run)
    while chosen:
        yield batch.load(chosen.pop(0))


class _Batch:
    """The files of one call, one after the other."""

    def __init__(self, store: Engine, now: datetime, dry_run: bool) -> None:
        self.store, self.now, self.dry_run = store, now, dry_run
        self.standing = Standing(store)
        self.shapes = TownShapes(store)

    def load(self, chosen: Chosen) -> Outcome:
        """Load one file: everything it says or nothing."""
        report, source = chosen.report, chosen.source
        if source is None or chosen.file is None:
            return _outcome(chosen, Status.REFUSED)
        if already_loaded(self.store, source.id, chosen.digest):
            return _outcome(chosen, Status.NO_CHANGE)
        built_in = self._built_in(source)
        try:
            places = self.standing.copy().add(*built_in.values()).index
            intake = source.read(
                chosen.file, Context(places, self.now.date(), self.shapes, read_members(self.store)), report
            )
            first = [built_in[state] for state in sorted(built_in.keys() & register.states_used(intake))]
            standing = self.standing.copy().add(*first)
            notes = [*report.notes, *(register.sentence(towns) for towns in first), *intake.notes]
            intake = _for_this_store(self.store, replace(intake, sha256=chosen.digest, notes=notes), report)
            self._check(intake, report, standing)
        except LoadRefused as error:
            report.problem(getattr(error, "rule", str(error)), getattr(error, "fix", "Correct the file."))
        if report.problems:
            return _outcome(chosen, Status.REFUSED)
        if not self.dry_run:
            for towns in first:
                write(self.store, towns, register.CARD, self.now)
            write(self.store, intake, card(source), self.now)
        self.standing = standing.add(intake)
        return _outcome(chosen, Status.WOULD_LOAD if self.dry_run else Status.LOADED, intake)

    def _built_in(self, source: Source) -> dict[str, Intake]:
        """The built-in towns, by state, that a source may need and the store has not taken in yet."""
        if is_demonstration(self.store):
            return {}
        found = {state: register.built_in(state) for state in register.candidates(source, self.standing.towns())}
        return {
            state: towns
            for state, towns in found.items()
            if towns.sha256 not in self.standing.registered
            and not already_loaded(self.store, towns.source, towns.sha256)
        }

    def _check(self, intake: Intake, report: Report, standing: Standing) -> None:
        check(
            intake,
            report,
            places=standing.places,
            measures=indicator_registry().measures,
            residents=standing.residents,
            today=self.now.date(),
        )


def _for_this_store(store: Engine, intake: Intake, report: Report) -> Intake:
    """Real and demonstration data never share a store; of official boundaries a demonstration takes the shapes."""
    if intake.demonstration:
        if not is_demonstration(store) and not is_empty(store):
            report.problem(
                "Demonstration data never join a store that holds real data.",
                "Point COALITION_HOME or COALITION_DATABASE_URL to another place for the demonstration.",
            )
    elif is_demonstration(store):
        if intake.boundaries:
            notes = [*intake.notes, "The store holds demonstration data: only the shapes were taken."]
            return replace(intake, observations=Observations(), coverage=[], place_sets=[], notes=notes)
        report.problem(
            "The store holds demonstration data; real data never join it.",
            "Point COALITION_HOME or COALITION_DATABASE_URL to another place for the real store.",
        )
    return intake


def _outcome(chosen: Chosen, status: Status, intake: Intake | None = None) -> Outcome:
    problems = sorted(chosen.report.problems, key=lambda problem: problem.row or 0)
    source = chosen.source.id if chosen.source else ""
    if intake is None:
        refused = len({problem.row for problem in problems if problem.row})
        return Outcome(chosen.name, source, status, 0, refused, tuple(chosen.report.notes), tuple(problems))
    return Outcome(chosen.name, source, status, intake.rows_accepted, intake.rows_refused, tuple(intake.notes))
