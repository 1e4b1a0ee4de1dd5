"""What is told of strategies in the towns of a coalition, and which of those towns have the highest rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from dashboard.domain import Period
from dashboard.errors import InvalidQuery
from dashboard.figures.words import lower
from dashboard.registers import Entry
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, state_of
from dashboard.views.registers_strategies import statuses
from dashboard.views.shapes import home_area
from dashboard.views.smoothed import smoothed_rates
from dashboard.views.source import ViewReader

NOBODY_SAID = ""
"""The status of a town of which nobody told anything, which is not the same as "not started"."""
UNDER_WAY = ("running", "sustained")
INTENDED = ("planned", *UNDER_WAY)
FEWEST_TOWNS = 4
"""With fewer towns of known rates nothing is said of the highest quarter of them."""
LONGEST_KEY = 80


@dataclass(frozen=True)
class StrategyTowns:
    """Towns of an area, (n,), and what is told of each strategy there; `outside` are entries of other places.

    `names` is a strategy's name by its key; `told` the entry by (town, key), the town's own before one that speaks of
    the whole area.
    """

    area: str
    geoids: tuple[str, ...]
    names: Mapping[str, str]
    told: Mapping[tuple[str, str], Entry]
    outside: tuple[Entry, ...]

    def entries(self, geoid: str, strategy: str = "") -> list[Entry]:
        """What is told of a town, of one strategy or of all (""), the furthest first."""
        keys = (strategy,) if strategy else tuple(self.names)
        found = [self.told[geoid, key] for key in keys if (geoid, key) in self.told]
        return sorted(found, key=_reached, reverse=True)

    def status(self, geoid: str, strategy: str = "") -> str:
        """How far a strategy, or the furthest of all, is in a town; NOBODY_SAID where nobody told."""
        found = self.entries(geoid, strategy)
        return found[0].text("status") if found else NOBODY_SAID


@dataclass(frozen=True)
class HighestRates:
    """Towns with the highest smoothed rates: about a quarter of those whose rate is known, more where rates tie."""

    geoids: frozenset[str]
    known: frozenset[str]
    rate: str
    period: Period


def strategy_key(name: str) -> str:
    """What makes two names the same strategy, short enough for an address."""
    return name.casefold()[:LONGEST_KEY]


def strategy_towns(reader: ViewReader, entries: Sequence[Entry], coalition: str) -> StrategyTowns:
    """Where the strategies of a coalition stand, town by town."""
    named = {str(row["id"]): str(row["catchment"] or "") for row in reader.coalitions}
    area = named.get(coalition) or home_area(reader)
    geoids = tuple(reader.gazetteer.towns_of(area)) if area else ()
    ours, whole = set(geoids), {area, coalition}
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(strategy_key(entry.text("strategy")), entry.text("strategy"))
    told: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.text("town") not in whole):
        key = strategy_key(entry.text("strategy"))
        told |= {(geoid, key): entry for geoid in (geoids if entry.text("town") in whole else (entry.text("town"),))}
    outside = tuple(entry for entry in entries if entry.text("town") not in ours | whole)
    return StrategyTowns(area, geoids, dict(sorted(names.items())), told, outside)


def highest_rates(reader: ViewReader, area: str) -> HighestRates | None:
    """The quarter of an area's towns with the highest rates; None where too few are known or none stands out."""
    state = state_of(reader, area)
    indicator = reader.registry.indicators.get(choices.first_indicator(reader, state))
    if indicator is None or indicator.kind != "rate":
        return None
    try:
        query = build_query(reader, Asked(indicator.id, within=area))
        cells = reader.read(query)
    except InvalidQuery:
        return None
    rates = smoothed_rates(reader, query, cells).rate.tolist()
    rate_of = {geoid: rate for geoid, rate in zip(cells.geoid, rates, strict=True) if isfinite(rate)}
    if len(rate_of) < FEWEST_TOWNS:
        return None
    limit = sorted(rate_of.values(), reverse=True)[ceil(len(rate_of) / 4) - 1]
    highest = frozenset(geoid for geoid, rate in rate_of.items() if rate >= limit * (1 - 1e-9))
    if len(highest) > len(rate_of) / 2:
        return None
    return HighestRates(highest, frozenset(rate_of), lower(indicator.name), query.periods[0])


def _reached(entry: Entry) -> int:
    return statuses().index(entry.text("status"))
