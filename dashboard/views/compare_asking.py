"""What the compare page is asked: two sides, each an indicator, a place, a group and a partner, over one period."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Period, Query, State
from dashboard.errors import InvalidQuery
from dashboard.views import choices
from dashboard.views.asking import find_partner, find_place, resolve_period, state_of
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area


@dataclass(frozen=True)
class AskedCompare:
    """A request as the address carries it. What the second side leaves empty is as on the first."""

    indicator: str = ""
    place: str = ""
    group: str = ""
    partner: str = ""
    period: str = ""
    indicator2: str = ""
    place2: str = ""
    group2: str = ""
    partner2: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class Side:
    """One side: ids of what it names; "" is everyone, or all partners."""

    indicator: str
    place: str
    group: str
    partner: str

    def query(self, reader: ViewReader, period: Period) -> Query:
        """The question of this side."""
        level = reader.gazetteer.level_of(self.place)
        return Query(self.indicator, (period,), level, (self.place,), stratum=self.group, partner=self.partner)


EVERYONE = "everyone"
"""How an address says that the second side is not limited to the first side's group or partner."""


def complete(reader: ViewReader, asked: AskedCompare) -> AskedCompare:
    """A request with its first side filled in and names made ids; a second side like the first gets another place."""
    place = find_place(reader, asked.place) if asked.place else home_area(reader)
    state = state_of(reader, place)
    indicator = reader.registry.indicator(asked.indicator or choices.first_indicator(reader, state)).id
    filled = replace(asked, indicator=indicator, place=place, partner=find_partner(reader, asked.partner))
    second = (asked.indicator2, asked.place2, asked.group2, asked.partner2)
    if not any(second) and state and state != place and _is_told(reader, filled, state):
        filled = replace(filled, place2=state)
    if filled.place2:
        filled = replace(filled, place2=find_place(reader, filled.place2))
    if filled.indicator2:
        reader.registry.indicator(filled.indicator2)
    return filled


def _is_told(reader: ViewReader, asked: AskedCompare, place: str) -> bool:
    """Whether anything is told of another place for the same question."""
    indicator = reader.registry.indicator(asked.indicator)
    period = resolve_period(reader, indicator, asked.period, state_of(reader, place))
    side = Side(asked.indicator, place, asked.group, asked.partner)
    return reader.read(side.query(reader, period)).state[0] != State.NOT_REPORTED


def sides(reader: ViewReader, asked: AskedCompare) -> tuple[Side, Side]:
    """Both sides of a completed request."""
    first = Side(asked.indicator, asked.place, asked.group, asked.partner)
    second = Side(
        asked.indicator2 or asked.indicator, asked.place2 or asked.place, _second(asked.group2, asked.group),
        find_partner(reader, _second(asked.partner2, asked.partner)),
    )  # fmt: skip
    for side in (first, second):
        known = {row["stratum"] for row in reader.series_of(reader.registry.indicator(side.indicator))}
        if side.group and side.group not in known:
            name = reader.registry.indicator(side.indicator).name
            raise InvalidQuery(f"'{name}' is not reported for the group '{side.group[:60]}'.")
    return first, second


def periods_of(reader: ViewReader, first: Side, second: Side, text: str) -> tuple[Period, Period]:
    """The period of each side; the same words may be a calendar year on one side and a fiscal year on the other."""
    found = [
        resolve_period(reader, reader.registry.indicator(side.indicator), text, state_of(reader, side.place))
        for side in (first, second)
    ]
    return found[0], found[1] if text else _same(reader, second, found[0], found[1])


def _same(reader: ViewReader, second: Side, wanted: Period, own: Period) -> Period:
    """The first side's period where the second is reported for it, else its own newest."""
    indicator = reader.registry.indicator(second.indicator)
    return wanted if reader.holds(indicator, wanted, state_of(reader, second.place)) else own


def _second(own: str, first: str) -> str:
    return "" if own == EVERYONE else own or first
