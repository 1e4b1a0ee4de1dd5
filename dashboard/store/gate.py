"""The one gate between the store and whoever asks: every reader that is handed out goes through it.

Today's agreements hold on every read, also where a reader shows what was known on an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.agreements import Agreement, Audience, Book, Decision, Request
from dashboard.agreements.decide import MADE_FOR_IT
from dashboard.domain import Basis, Indicator, Level, Period, Query, Target, TargetVersion, Term
from dashboard.indicators import Registry
from dashboard.store.analyses import Shelf
from dashboard.store.catalogue import Catalogue
from dashboard.store.cube import Cube
from dashboard.store.reader import POPULATION, CubeReader
from dashboard.store.targets import TargetBoard
from dashboard.store.terms import Series

MOST_REASONS = 3
MOST_KEPT = 200_000
EMERGING_MONTHS = 12
"""What is emerging is looked for in windows of a year that end with the period."""


@dataclass(frozen=True)
class Asking:
    """Who asks, on which day, by which agreements.

    `release` gives the smallest count that a release shows, by indicator; None is a live question. `version` changes
    with the agreements. `own` are partners whose steward asks: their own numbers are theirs to see.
    """

    audience: Audience
    today: date
    agreements: tuple[Agreement, ...] = ()
    version: str = "0"
    own: frozenset[str] = frozenset()
    release: Mapping[str, int] | None = None

    @property
    def name(self) -> str:
        """Changes with whatever may change an answer."""
        made = "" if self.release is None else f"/release{sorted(self.release.items())}"
        return f"{self.version}/{self.audience}/{'+'.join(sorted(self.own))}/{self.today}{made}"


class Gate:
    """What one audience may see of a cube's series on one day. Decisions are kept: the same ones are asked again."""

    def __init__(self, cube: Cube, asking: Asking) -> None:
        licences: dict[str, set[str]] = {}
        for load in cube.loads:
            licences.setdefault(load["source"], set()).add(load["licence"])
        self.asking = asking
        self.book = Book(asking.agreements, licences, {row["id"]: row["name"] for row in cube.partners})
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
        if row["partner"] and row["partner"] in asking.own and asking.release is None:
            return Decision(shown=True)
        smallest = None if asking.release is None else asking.release.get(indicator, 0)
        request = Request(asking.audience, indicator, asking.today, level, period, row["stratum"], smallest)
        return self.book.decide(row["partner"], row["source"], request)


class GatedReader(CubeReader):
    """What agreements let one audience see of a cube: in answers, menus, drill-downs, analyses and targets."""

    def __init__(
        self, cube: Cube, asking: Asking, known: Registry | None = None, *, shelf: Shelf | None = None,
        board: TargetBoard | None = None,
    ) -> None:  # fmt: skip
        self.gate = Gate(cube, asking)
        super().__init__(cube, known, shelf, board, permits=self.gate)

    @property
    def version(self) -> str:
        """Changes with the data, the agreements, the day and who asks."""
        return f"{super().version}/{self.gate.asking.name}"

    def series_of(self, indicator: Indicator, state: str = "") -> list[dict[str, Any]]:
        """Every series that can feed the numerator of an indicator and may be seen."""
        return [row for row in super().series_of(indicator, state) if self.gate.visible(row, indicator.id)]

    def series_from(self, source: str) -> list[dict[str, Any]]:
        """Every series of a source that may be seen for some indicator."""
        return [row for row in super().series_from(source) if self._is_for_any(row)]

    def series_from_measure(self, measure: str) -> list[dict[str, Any]]:
        """Every series of a measure that may be seen for some indicator."""
        return [row for row in super().series_from_measure(measure) if self._is_for_any(row)]

    def analysis(self, kind: str, *, indicator: str, **names: str) -> dict[str, Any] | None:
        """A stored result, as far as the numbers it was made of may be seen in towns; None where they may not."""
        found = super().analysis(kind, indicator=indicator, **names)
        if found is None or not self._may_tell(found | names | {"indicator": indicator}):
            return None
        return _without_emerging(found) if self.gate.asking.audience is Audience.LAW_ENFORCEMENT else found

    def analyses(self) -> list[dict[str, Any]]:
        """What was analysed, of what may be seen."""
        return [row for row in super().analyses() if row["kind"] != "hotspots" or self._may_tell(row)]

    def targets(self) -> tuple[Target, ...]:
        """Targets whose numbers may be seen: their baseline was worked out from them."""
        return tuple(target for target in super().targets() if self._may_aim(target))

    def target_history(self, target: Target) -> tuple[TargetVersion, ...]:
        """Every version of a target whose numbers may be seen, oldest first."""
        return tuple(one for one in super().target_history(target) if self._may_aim(one.target))

    def not_shown(self) -> list[tuple[str, str, str]]:
        """Partners and sources of whose numbers nothing may be seen: the partner's coalition, name, and why."""
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        seen: set[tuple[str, str]] = set()
        for row in self.cube.series:
            whose = row["partner"], "" if row["partner"] else row["source"]
            if whose in seen or self._is_for_any(row):
                seen.add(whose)
            elif whose not in found and (fed := self._fed_by.get(row["measure"])):
                partner = self.partners.get(row["partner"], {})
                name = partner.get("name") or row["partner"] or row["source"]
                found[whose] = partner.get("coalition_id", ""), name, self.gate.decide(row, fed[0]).reason
        return sorted(told for whose, told in found.items() if whose not in seen)

    def why_hidden(self, indicator: Indicator) -> tuple[str, ...]:
        """Why nothing of an indicator may be seen although it is reported; nothing to say where something may."""
        rows = Catalogue.series_of(self, indicator)
        decided = [self.gate.decide(row, indicator.id) for row in rows]
        if any(decision.shown for decision in decided):
            return ()
        return tuple(dict.fromkeys(decision.reason for decision in decided))[:MOST_REASONS]

    @cached_property
    def refusal(self) -> str:
        """Why whoever asks sees nobody's own numbers live but is to read a release; "" where they do see them."""
        rows = (row for row in self.cube.series if not row["partner"] and row["measure"] in self._fed_by)
        reasons = (self.gate.decide(row, self._fed_by[row["measure"]][0]).reason for row in rows)
        return next((reason for reason in reasons if MADE_FOR_IT in reason), "")

    def _why_withheld(self, query: Query, indicator: Indicator, basis: str) -> tuple[str, ...]:
        rows = [row for term in _terms(indicator) for row in self._terms.reported(term, basis, query)]
        if indicator.denominator and POPULATION in indicator.denominator.measures:
            rows += self._population_rows(query.stratum)
        reasons = list(dict.fromkeys(reason for row in rows for reason in self.gate.reasons(row, query)))
        more = len(reasons) - MOST_REASONS
        return (*reasons[:MOST_REASONS], *([f"And {more} more agreements do not show theirs."] if more > 0 else []))

    def _is_for_any(self, row: Series) -> bool:
        """Whether a series may be seen for some indicator that it feeds; residents feed every rate."""
        if row["measure"] == POPULATION:
            return self.gate.visible(row, POPULATION)
        return any(self.gate.visible(row, id_) for id_ in self._fed_by.get(row["measure"], ()))

    @cached_property
    def _fed_by(self) -> dict[str, list[str]]:
        """Indicators that a measure feeds."""
        found: dict[str, list[str]] = {}
        for indicator in self.registry.indicators.values():
            for term in _terms(indicator):
                for measure in term.measures:
                    found.setdefault(measure, []).append(indicator.id)
        return found

    def _may_tell(self, made: Mapping[str, Any]) -> bool:
        """Whether the numbers of a stored result may be seen in the towns and windows that it tells of."""
        indicator = self.registry.indicators.get(str(made.get("need") or made["indicator"]))
        if indicator is None or not made.get("period"):
            return True
        period = Period.parse(made["period"])
        windows = (period, Period.ending(period.end, EMERGING_MONTHS))
        asked = Query(indicator.id, windows, stratum=made.get("stratum", ""), partner=made.get("partner", ""))
        return self._may_read(indicator, asked, [made["basis"]] if made.get("basis") else list(Basis))

    def _may_aim(self, target: Target) -> bool:
        indicator = self.registry.indicators.get(target.indicator)
        if indicator is None:
            return True
        place = target.place or self.home
        known = place in self.gazetteer.number or place in self.gazetteer.set_by_id
        level = self.gazetteer.level_of(place) if known else Level.STATE
        asked = Query(indicator.id, (), level, stratum=target.stratum, partner=target.partner)
        return self._may_read(indicator, asked, list(Basis))

    def _may_read(self, indicator: Indicator, query: Query, bases: list[str] | list[Basis]) -> bool:
        """Whether everything behind an answer may be seen, all of it: what was worked out cannot be taken apart."""
        periods = query.periods or (None,)
        return all(
            self.gate.decide(row, indicator.id, query.level, period).shown
            for term in _terms(indicator)
            for basis in bases
            for row in self._terms.reported(term, basis, query)
            for period in periods
        )


def _terms(indicator: Indicator) -> tuple[Term, ...]:
    return (indicator.numerator, *((indicator.denominator,) if indicator.denominator else ()))


def _without_emerging(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result for law-enforcement members: nothing of what is emerging below planning areas and months."""
    kept = [cluster for cluster in result.get("clusters", ()) if cluster["kind"] != "emerging"]
    return dict(result) | {"clusters": kept, "towns": [], "periods": []}
