"""The one way to a number: every reader that is handed out asks the gate of agreements.

Today's agreements hold on every read, also where a reader shows what was known on an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from dashboard.agreements import PART2_NOTICE, Audience
from dashboard.agreements.decide import MADE_FOR_IT
from dashboard.domain import Basis, Cells, Indicator, Level, Period, Query, Target, TargetVersion, Term, add_months
from dashboard.indicators import Registry
from dashboard.store.analyses import Shelf
from dashboard.store.catalogue import Catalogue
from dashboard.store.cube import Cube
from dashboard.store.gate import Asking, Gate
from dashboard.store.reader import CubeReader
from dashboard.store.taken_down import take_down
from dashboard.store.tally import EPOCH
from dashboard.store.targets import TargetBoard
from dashboard.store.terms import POPULATION, Series

MOST_REASONS = 3
MONTHS_BACK = 25
"""How far back a page looks for the newest period that may be shown."""
EMERGING_MONTHS = 12
"""What is emerging is looked for in windows of a year that end with the period."""


class GatedReader(CubeReader):
    """What agreements let one audience see of a cube: in answers, menus, drill-downs, analyses and targets."""

    def __init__(
        self, cube: Cube, asking: Asking, known: Registry | None = None, *, shelf: Shelf | None = None,
        board: TargetBoard | None = None,
    ) -> None:  # fmt: skip
        self.gate = Gate(cube, asking)
        self._seen: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._spans: dict[tuple[str, str], Period | None] = {}
        self._ends: dict[tuple[object, ...], int] = {}
        super().__init__(cube, known, shelf, board, permits=self.gate)

    @property
    def version(self) -> str:
        """Changes with the data, the agreements, the day and who asks."""
        return f"{super().version}/{self.gate.asking.name}"

    def read(self, query: Query) -> Cells:
        """Cells for a query, as far as they may be seen; the notes tell of partners' questions about them."""
        take_down(query)
        cells = super().read(query)
        marks = self.gate.marks(self._behind(query), query) if self.gate.asking.questions else ()
        return replace(cells, notes=(*cells.notes, *marks)) if marks else cells

    def notices(self, asked: Iterable[Query]) -> tuple[str, ...]:
        """What has to be said with the answers to these questions wherever they are passed on."""
        return (PART2_NOTICE,) if any(map(self._is_part2, dict.fromkeys(asked))) else ()

    def series_of(self, indicator: Indicator, state: str = "") -> list[dict[str, Any]]:
        """Every series that can feed the numerator of an indicator and may be seen, up to the day to which it may."""
        key = indicator.id, state
        if key not in self._seen:
            rows = (row for row in super().series_of(indicator, state) if self.gate.visible(row, indicator.id))
            self._seen[key] = [self._up_to_its_end(row, indicator.id) for row in rows]
        return list(self._seen[key])

    def span(self, indicator: Indicator, state: str = "") -> Period | None:
        """From the first to the last day of what may be seen of an indicator; found once, asked for again and again."""
        key = indicator.id, state
        if key not in self._spans:
            self._spans[key] = super().span(indicator, state)
        return self._spans[key]

    def windows(self, series: Mapping[str, Any]) -> set[Period]:
        """The distinct periods of a series, as far as they may be seen for some indicator."""
        last = max((last for _, last in series["spans"].values()), default=0)
        ends = [self._shown_until(series, id_, last) for id_ in self._fed_by.get(series["measure"], ())]
        return {window for window in super().windows(series) if not ends or (window.end - EPOCH).days <= max(ends)}

    def _up_to_its_end(self, row: dict[str, Any], indicator: str) -> dict[str, Any]:
        spans = {
            state: [first, max(first, self._shown_until(row, indicator, last))]
            for state, (first, last) in row["spans"].items()
        }
        return row if spans == row["spans"] else row | {"spans": spans}

    def _shown_until(self, row: Series, indicator: str, last: int) -> int:
        """The newest end (days since 1970) up to `last` of a month, quarter or year that is shown; `last` without.

        Series that the gate does not tell apart share what was found.
        """
        key = (row["partner"], row["source"], row["stratum"], row["measure"], indicator, last)
        if key not in self._ends:
            self._ends[key] = self._find_end(row, indicator, last)
        return self._ends[key]

    def _find_end(self, row: Series, indicator: str, last: int) -> int:
        end = EPOCH + timedelta(last)
        for back in range(MONTHS_BACK):
            at = add_months(end, -back)
            if any(self.gate.decide(row, indicator, None, Period.ending(at, months)).shown for months in (1, 3, 12)):
                return (at - EPOCH).days
        return last

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
        return _without_emerging(found) if self.gate.asking.asker.audience is Audience.LAW_ENFORCEMENT else found

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
        """Partners and sources of whose numbers nothing may be seen: the partner's coalition, name, and why.

        Of other coalitions' partners nobody is told: a member's brief names those who are at their own table.
        """
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        seen: set[tuple[str, str]] = set()
        for row in self.cube.series:
            whose = row["partner"], "" if row["partner"] else row["source"]
            if whose in seen or self._is_for_any(row):
                seen.add(whose)
            elif whose not in found and (fed := self._fed_by.get(row["measure"])):
                partner = self.partners.get(row["partner"], {})
                name = partner.get("name") or row["partner"] or row["source"]
                coalition = partner.get("coalition_id", "")
                if not self.gate.asking.asker.is_stranger_in(coalition):
                    found[whose] = coalition, name, self.gate.decide(row, fed[0]).reason
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

    def _is_part2(self, query: Query) -> bool:
        """Whether anything behind an answer is of treatment records and may be seen."""
        return any(self.gate.book.is_part2(row["partner"], row["source"]) for row in self._behind(query))

    def _behind(self, query: Query) -> list[Series]:
        """The series behind an answer that may be seen and speak of one of its areas."""
        indicator = self.registry.indicator(query.indicator)
        terms = ((term, basis) for term in _terms(indicator) for basis in Basis)
        rows = [row for term, basis in terms for row in self._terms.reported(term, basis, query)]
        areas = self.gazetteer.areas(query.level, query.within, query.geoids)
        return [row for row in rows if self.gate.visible(row, indicator.id) and self._terms.serves([row], areas)]

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
        if indicator is None:
            return True
        whole = [Period.parse(made["period"])] if made.get("period") else []
        windows = tuple(one for period in whole for one in (period, Period.ending(period.end, EMERGING_MONTHS)))
        asked = Query(indicator.id, windows, stratum=made.get("stratum", ""), partner=made.get("partner", ""))
        take_down(asked)
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
