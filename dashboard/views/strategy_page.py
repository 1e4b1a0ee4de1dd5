"""The page of strategies: one strategy or all of them on the map, one town, and the towns by how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.errors import InvalidQuery
from dashboard.registers import Entry
from dashboard.views.asking import Asked, write_address
from dashboard.views.blank_map import blank_paint
from dashboard.views.choices import Choice
from dashboard.views.listing import Listing
from dashboard.views.shapes import shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.strategy_map import AMONG, NOT_KNOWN, among, paint
from dashboard.views.strategy_towns import HighestRates, StrategyTowns, highest_rates, strategy_key, strategy_towns
from dashboard.views.strategy_words import by_status, headline, notes, status_words, told_words

PATH = "/our-coalition/strategies"
CSV = "/csv/strategies.csv"
ALL = Choice("", "All strategies")
NO_TOWN = Choice("", "No town")


@dataclass(frozen=True)
class AskedStrategies:
    """A request in words, as the address bar carries it; empty means the default: all strategies, no town."""

    coalition: str = ""
    strategy: str = ""
    place: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class TownStrategies:
    """One town: what is told of every strategy there, and the address of its page."""

    name: str
    told: tuple[str, ...]
    untold: tuple[str, ...]
    highest: str
    href: str


@dataclass(frozen=True)
class StrategyPage:
    """Everything the page says, in the order it is read."""

    asked: AskedStrategies
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]
    strategies: tuple[Choice, ...] = (ALL,)
    towns: tuple[Choice, ...] = (NO_TOWN,)
    town: TownStrategies | None = None
    listings: tuple[Listing, ...] = ()
    geometry: str = ""
    csv: str = ""
    within: str = ""


def strategy_page(reader: ViewReader, entries: Sequence[Entry], asked: AskedStrategies) -> StrategyPage:
    """The page for a request; InvalidQuery names a strategy or a town that is not there."""
    towns = strategy_towns(reader, entries, asked.coalition)
    asked = replace(asked, strategy=known_strategy(towns, asked.strategy), place=_town(towns, asked.place))
    rates = highest_rates(reader, towns.area) if towns.names else None
    shapes = shapes_for(reader, towns.area)
    painted = paint(reader, towns, rates, shapes.geoids if shapes else (), strategy=asked.strategy,
                    selected=asked.place)  # fmt: skip
    return StrategyPage(
        asked, headline(towns, rates, asked.strategy), notes(reader, towns, rates, asked.strategy), painted,
        strategies=(ALL, *(Choice(key, name) for key, name in towns.names.items())),
        towns=(NO_TOWN, *(Choice(geoid, name) for name, geoid in named_towns(reader, towns))),
        town=town_strategies(reader, towns, rates, asked.place) if asked.place else None,
        listings=_listings(reader, towns, rates, asked.strategy),
        geometry=f"/geo/{shapes.sha}.json" if shapes else "", csv=write_address(CSV, replace(asked, place="")),
        within=towns.area,
    )  # fmt: skip


def refused_page(reader: ViewReader, asked: AskedStrategies, error: InvalidQuery) -> StrategyPage:
    """The page for a request that cannot be answered: the reason in words, and a map that claims nothing."""
    shapes = shapes_for(reader, "")
    geometry = f"/geo/{shapes.sha}.json" if shapes else ""
    return StrategyPage(asked, str(error), (), blank_paint(shapes), geometry=geometry)


def town_strategies(reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, geoid: str) -> TownStrategies:
    """What is told of one town."""
    among_words = {AMONG: f"Its rate is among the highest here ({rates.rate if rates else ''}).",
                   NOT_KNOWN: "Its rate is not known or may not be shown."}  # fmt: skip
    told = tuple(told_words(reader, towns, entry, geoid) for entry in towns.entries(geoid))
    untold = tuple(name for key, name in towns.names.items() if (geoid, key) not in towns.told)
    return TownStrategies(reader.gazetteer.name(geoid), told, untold, among_words.get(among(rates, geoid), ""),
                          write_address("/places", Asked("", place=geoid, within=towns.area)))  # fmt: skip


def _listings(
    reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, strategy: str
) -> tuple[Listing, ...]:
    """Towns by how far they are, and the towns with the highest rates; none where no strategy is kept."""
    if not towns.names or not towns.geoids:
        return ()
    found = [Listing("Towns by how far they are", "The furthest first; a town stands in one row.",
                     ("How far", "Towns", "Which"), by_status(reader, towns, strategy))]  # fmt: skip
    if rates:
        rows = tuple(
            (name, status_words(towns.status(geoid, strategy)),
             " ".join(told_words(reader, towns, entry, geoid) for entry in towns.entries(geoid, strategy)))
            for name, geoid in named_towns(reader, towns) if geoid in rates.geoids
        )  # fmt: skip
        found.append(Listing("Where the rate is highest", "By name, not by rate.", ("Town", "How far", "What is told"),
                             rows))  # fmt: skip
    return tuple(found)


def named_towns(reader: ViewReader, towns: StrategyTowns) -> list[tuple[str, str]]:
    """(name, geoid) of every town of the area, by name."""
    return sorted((reader.gazetteer.name(geoid), geoid) for geoid in towns.geoids)


def known_strategy(towns: StrategyTowns, asked: str) -> str:
    """The key of a strategy that an address names, "" for all; InvalidQuery names those there are."""
    key = strategy_key(asked)
    if key and key not in towns.names:
        known = ", ".join(towns.names.values()) or "none is kept yet"
        raise InvalidQuery(f"There is no strategy '{asked[:60]}' in the register. Strategies: {known}.")
    return key


def _town(towns: StrategyTowns, asked: str) -> str:
    if asked and asked not in towns.geoids:
        raise InvalidQuery(f"'{asked[:60]}' is not one of the coalition's towns.")
    return asked
