"""What one audience may see of a cube on one day, by today's agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dashboard.agreements import Agreement, Asker, Audience, Book, Decision, Question, Request
from dashboard.agreements.question import ASKED
from dashboard.domain import Level, Period, Query
from dashboard.store.cube import Cube
from dashboard.store.tally import EPOCH
from dashboard.store.terms import POPULATION, Series

MOST_KEPT = 200_000


@dataclass(frozen=True)
class Asking:
    """Who asks, on which day, by which agreements.

    `release` gives the smallest count that a release shows, by indicator; None is a live question. `version` changes
    with the agreements.
    """

    asker: Asker
    today: date
    agreements: tuple[Agreement, ...] = ()
    version: str = "0"
    release: Mapping[str, int] | None = None
    questions: tuple[Question, ...] = ()

    @property
    def name(self) -> str:
        """Changes with whatever may change an answer."""
        made = "" if self.release is None else f"/release{sorted(self.release.items())}"
        within = "" if self.asker.within is None else sorted(self.asker.within)
        return f"{self.version}/{self.asker.audience}/{within}/{sorted(self.asker.own)}/{self.today}{made}"


class Gate:
    """What one audience may see of a cube's series on one day. Decisions are kept: the same ones are asked again."""

    def __init__(self, cube: Cube, asking: Asking) -> None:
        licences: dict[str, set[str]] = {}
        for load in cube.loads:
            licences.setdefault(load["source"], set()).add(load["licence"])
        self.asking = asking
        self._coalitions: dict[str, list[str]] = {}
        for row in cube.partners:
            self._coalitions.setdefault(row["id"], []).append(row["coalition_id"])
        partners = {row["id"]: (row["name"], self._coalitions[row["id"]]) for row in cube.partners}
        self.book = Book(asking.agreements, licences, partners)
        self._questions = [part for question in asking.questions for part in _parts(cube, question)]
        self._decided: dict[tuple[object, ...], Decision] = {}

    def decide(self, row: Series, indicator: str, level: Level | None = None, period: Period | None = None) -> Decision:
        """Whether a series may be shown for an indicator at a level and over a period (None: at any)."""
        key = (row["partner"], row["source"], row["stratum"], indicator, level, period)
        decision = self._decided.get(key)
        if decision is None:
            if len(self._decided) > MOST_KEPT:
                self._decided.clear()
            decision = self._decided[key] = self._ask(row, indicator, level, period)
        return decision

    def visible(self, row: Series, indicator: str) -> bool:
        """Whether a series may be seen at all; residents stand below rates at their own level."""
        return self.decide(row, indicator, Level(row["level"]) if indicator == POPULATION else None).shown

    def held(self, row: Series, query: Query) -> NDArray[np.bool_] | None:
        """For each period of a query whether a series is withheld; None where it never is."""
        decided = [self.decide(row, query.indicator, query.level, period).shown for period in query.periods]
        return None if all(decided) else ~np.array(decided, dtype=bool)

    def reasons(self, row: Series, query: Query) -> Iterator[str]:
        """Why a series is withheld, a sentence for each reason."""
        for period in query.periods:
            decision = self.decide(row, query.indicator, query.level, period)
            if not decision.shown:
                yield decision.reason

    def _ask(self, row: Series, indicator: str, level: Level | None, period: Period | None) -> Decision:
        asking = self.asking
        if asking.release is None and row["partner"] and self._is_own(row["partner"]):
            return Decision(shown=True)
        if self._is_asked_about(row, indicator, period) and self.book.hold_hides(row["partner"], row["source"]):
            return Decision(shown=False, reason=f"{self.book.name_of(row['partner'])} wants to talk about this first.")
        smallest = None if asking.release is None else asking.release.get(indicator, 0)
        request = Request(asking.asker, indicator, asking.today, level, period, row["stratum"], smallest)
        return self.book.decide(row["partner"], row["source"], request)

    def _is_own(self, partner: str) -> bool:
        return self.asking.asker.is_steward_of(partner, self._coalitions.get(partner, ()))

    def marks(self, rows: Iterable[Series], query: Query) -> tuple[str, ...]:
        """A sentence for each partner that has a question about numbers among these; the public is told of none."""
        if not self._questions or self.asking.release is not None:
            return ()
        asked = (
            row["partner"] for row in rows
            if any(
                self._is_asked_about(row, query.indicator, period)
                and self.decide(row, query.indicator, query.level, period).shown
                for period in query.periods
            )
        )  # fmt: skip
        return tuple(ASKED.format(partner=self.book.name_of(partner)) for partner in dict.fromkeys(asked))

    def _is_asked_about(self, row: Series, indicator: str, period: Period | None) -> bool:
        return any(
            measure in ("", row["measure"]) and question.is_about(row["partner"], indicator, period)
            and self.asking.asker.audience_in(question.coalition) is not Audience.PUBLIC
            for question, measure in self._questions
        )  # fmt: skip


def _parts(cube: Cube, question: Question) -> list[tuple[Question, str]]:
    """A question with the measure it is about ("" is any); one about a load is about all that the load speaks of."""
    if not question.load:
        return [(question, "")]
    spoken = [row for row in cube.coverage if row["load_id"] == question.load]
    return [
        (replace(question, period=Period(EPOCH + timedelta(row["start_day"]), EPOCH + timedelta(row["end_day"]))),
         row["measure"])
        for row in spoken if row["partner"] in ("", question.partner)
    ]  # fmt: skip
