"""What was counted at every step: the same events throughout, from one source, never added across sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.cascade import Path
from dashboard.domain import Cells, Indicator, Period, Query, State
from dashboard.views.source import ViewReader

FEWEST_STEPS = 2
"""Steps that must count the base's own events before bars may be compared with one another."""


@dataclass(frozen=True)
class Count:
    """One number of one place and period, or None and the state that says why."""

    value: float | None
    state: str = State.NOT_REPORTED
    provisional: bool = False
    source: str = ""
    as_of: str = ""

    @classmethod
    def of(cls, cells: Cells, term: str = "numerator") -> Count:
        """The first cell of an answer; a denominator has no state of its own, so an absent one is not reported."""
        value = float(getattr(cells, term)[0])
        state = str(cells.state[0])
        if term == "denominator":
            state = State.VALUE if value == value else State.NOT_REPORTED
        known = value == value and state != State.SUPPRESSED
        plain = State.VALUE if state == State.UNSTABLE else state
        return cls(value if known else None, plain, bool(cells.provisional[0]), cells.source[0], cells.as_of[0])


NOTHING = Count(None)


def nearest_window(reader: ViewReader, indicator: Indicator, period: Period) -> Period:
    """The period itself, or of people counted once, who do not add over time, the newest published one as long."""
    if reader.adds_over_time(indicator):
        return period
    published = {window for row in reader.series_of(indicator) for window in reader.windows(row)}
    alike = [window for window in published if window.months == period.months]
    return period if period in published or not alike else max(alike)


@dataclass
class Counts:
    """The counts of one path for one place, group and partner; `asked` is the query without its indicator."""

    reader: ViewReader
    path: Path
    asked: Query
    kept: dict[str, Count] = field(default_factory=dict)

    @cached_property
    def partner(self) -> str:
        """Whose count is the base: the one asked for, "" where somebody counts the whole, else the largest partner's.

        Partners who count the same overdoses are never added: one overdose can be in the counts of several.
        """
        partners = self.partners_counting
        if self.asked.partner or "" in partners:
            return self.asked.partner
        counted = {id_: self._read(self.path.base, replace(self.asked, partner=id_)).value for id_ in partners}
        known = {id_: value for id_, value in counted.items() if value is not None}
        return max(sorted(known), key=lambda id_: known[id_]) if known else ""

    @property
    def partners_counting(self) -> list[str]:
        """Partners who count the index events of this group; "" stands for the whole."""
        rows = self.reader.series_of(self._indicator(self.path.base))
        return sorted({row["partner"] for row in rows if row["stratum"] == self.asked.stratum})

    @property
    def base(self) -> Count:
        """How many index events there are."""
        return self.count(self.path.base)

    def count(self, indicator: str) -> Count:
        """How many of the index events an indicator's numerator counts; nothing where another source counts it."""
        if indicator not in self.kept:
            query = replace(self.asked, partner=self.partner)
            found = self._read(indicator, query) if self._told(indicator, query) else NOTHING
            same = indicator == self.path.base or found.source in ("", self.base.source)
            self.kept[indicator] = found if same else replace(NOTHING, source=found.source)
        return self.kept[indicator]

    def shared(self, days: int) -> bool:
        """Whether enough steps count the base's own events for the bars to be compared."""
        told = [step for step in self.path.within(days) if self.count(step.indicator).value is not None]
        return self.base.value is not None and len(told) >= min(FEWEST_STEPS, len(self.path.steps))

    def alone(self, indicator: Indicator) -> tuple[Period, Count, Count]:
        """An indicator's own numerator and denominator, whatever events they count, and the period they are of."""
        period = nearest_window(self.reader, indicator, self.asked.periods[0])
        query = replace(self.asked, indicator=indicator.id, periods=(period,))
        if not self._told(indicator.id, query):
            return self.asked.periods[0], NOTHING, NOTHING
        cells = self.reader.read(query)
        return period, Count.of(cells), Count.of(cells, "denominator")

    def elsewhere(self) -> Iterable[tuple[str, Count]]:
        """Other counts of such events, each by itself."""
        for other in self.path.others:
            query = replace(self.asked, indicator=other.indicator)
            if self._told(other.indicator, query):
                yield other.label, Count.of(self.reader.read(query), other.of)
        if not self.asked.partner and self.partner:
            for id_ in self.partners_counting:
                if id_ != self.partner:
                    name = str(self.reader.partners[id_]["name"])
                    yield (
                        f"{name}: {self.path.base_label.lower()}",
                        self._read(self.path.base, replace(self.asked, partner=id_)),
                    )

    def _indicator(self, id_: str) -> Indicator:
        return self.reader.registry.indicator(id_)

    def _told(self, indicator: str, query: Query) -> bool:
        """Whether anybody tells this of this group, and of this partner (or the whole) itself."""
        rows = self.reader.series_of(self._indicator(indicator))
        return any(row["stratum"] == query.stratum and row["partner"] == query.partner for row in rows)

    def _read(self, indicator: str, query: Query) -> Count:
        return Count.of(self.reader.read(replace(query, indicator=indicator)))
