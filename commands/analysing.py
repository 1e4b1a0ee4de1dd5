"""Answering the questions of an analysis one after the other; each answer is stored as soon as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Engine

from commands.questions import Wanted, places, questions
from dashboard.access import decide, ground, reach, told
from dashboard.errors import InvalidQuery
from dashboard.hotspots import Question, find_hotspots
from dashboard.periods import parse_day
from dashboard.services import services
from dashboard.store.analyses import Analysis, write_analysis
from dashboard.store.reader import CubeReader
from dashboard.store.workspace import Workspace

Say = Callable[[str, float], None]
"""Told what is being done, and the share of all that is done."""
DEFAULT = Wanted()


@dataclass
class Outcome:
    """Results as they are stored, and sentences on what could not be analysed."""

    hotspots: list[dict[str, Any]] = field(default_factory=list)
    deserts: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """The store that is read and written, the day that was asked for ("" for now), and the time it is (UTC, naive)."""

    engine: Engine
    reader: CubeReader
    now: datetime
    as_of: str = ""

    def keep(self, kind: str, subject: str, result: dict[str, Any], wanted: Wanted) -> None:
        """Store one result; results of other than the default share of people stand beside, not instead."""
        share = wanted.max_share
        hotspots = kind == "hotspots"
        write_analysis(self.engine, Analysis(
            kind, subject, result, self.reader.cube.version, self.now,
            period=result["period"] if hotspots else "", basis=result["basis"] if hotspots else "",
            within=result["within"], as_of=self.as_of, seed=wanted.seed,
            variant=f"max_share={share:g}" if hotspots and share != DEFAULT.max_share else "",
            parameters={"max_share": share, "replicates": wanted.replicates} if hotspots else {"need": result["need"]},
        ))  # fmt: skip


def desk_of(workspace: Workspace, as_of: str) -> Desk:
    """The store as it is now, or as it was known on a day."""
    day = parse_day(as_of) if as_of else None
    now = datetime.combine(day, time()) if day else datetime.now(UTC).replace(tzinfo=None)
    return Desk(workspace.engine, workspace.reader(as_of), now, day.isoformat() if day else "")


def analyse(desk: Desk, wanted: Wanted, say: Say) -> Outcome:
    """Everything that was wanted; stopped between two results, what is stored stays whole.

    InvalidQuery where one indicator or place was named and nothing can be told of it; otherwise that is skipped and
    said.
    """
    asked = questions(desk.reader, wanted)
    for question in asked:
        question.settings  # noqa: B018 -- refuses a share that is none before anything is computed
    outcome = Outcome()
    for number, question in enumerate(asked):
        said = f"{question.indicator.name}, {desk.reader.gazetteer.name(question.within)}, by {question.basis}"
        say(said, number / (len(asked) + 1))
        try:
            result = find_hotspots(
                desk.reader,
                question,
                progress=lambda done: say(said, (number + done) / (len(asked) + 1)),  # noqa: B023
            )
        except InvalidQuery as error:
            outcome.skipped.append(str(error))
            continue
        desk.keep("hotspots", question.indicator.id, result, wanted)
        outcome.hotspots.append(result)
    _refuse_nothing(wanted, asked, outcome)
    say("Service deserts", len(asked) / (len(asked) + 1))
    for result in deserts(desk, wanted):
        desk.keep("desert", result["service"], result, wanted)
        outcome.deserts.append(result)
    say("Done", 1.0)
    return outcome


def deserts(desk: Desk, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Access to every service in every place, at the service's own thresholds."""
    for within in places(desk.reader, wanted):
        towns = ground(desk.reader, within, desk.now.date())
        for service in services().values():
            result = told(decide(reach(towns, service, desk.reader.facilities(), desk.now.date())))
            yield result | {"place": desk.reader.gazetteer.name(within)}


def _refuse_nothing(wanted: Wanted, asked: list[Question], outcome: Outcome) -> None:
    """One indicator or place was named and nothing came of it: that is an error, not an empty answer."""
    if outcome.hotspots or not (wanted.indicator or wanted.within or wanted.period):
        return
    if outcome.skipped:
        raise InvalidQuery(outcome.skipped[0])
    if wanted.indicator and not asked:
        raise InvalidQuery(
            f"Nobody reports '{wanted.indicator}' for {wanted.within or 'these towns'}: there are no events to analyse."
        )
