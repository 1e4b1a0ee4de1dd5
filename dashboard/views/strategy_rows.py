"""Strategies by town as the CSV has them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.registers import Entry
from dashboard.views.source import ViewReader
from dashboard.views.strategy_map import among
from dashboard.views.strategy_page import AskedStrategies, known_strategy, named_towns
from dashboard.views.strategy_towns import HighestRates, StrategyTowns, highest_rates, strategy_towns
from dashboard.views.strategy_words import status_words


def strategy_rows(reader: ViewReader, entries: Sequence[Entry], asked: AskedStrategies) -> list[dict[str, object]]:
    """A row a town and strategy, as the CSV has them; a status that nobody told is written as such."""
    towns = strategy_towns(reader, entries, asked.coalition)
    chosen = known_strategy(towns, asked.strategy)
    rates = highest_rates(reader, towns.area) if towns.names else None
    return [
        _row(reader, towns, rates, geoid, key)
        for key in ([chosen] if chosen else towns.names)
        for _, geoid in named_towns(reader, towns)
    ]


def _row(
    reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, geoid: str, key: str
) -> dict[str, object]:
    entry = towns.told.get((geoid, key))
    told = {"since": entry.text("since") if entry else "", "told": entry.text("note") if entry else ""}
    lead = reader.partners.get(entry.text("lead"), {}).get("name", "") if entry else ""
    return {
        "geoid": geoid, "town": reader.gazetteer.name(geoid), "strategy": towns.names[key],
        "status": status_words(towns.status(geoid, key)), "told_of": _of_whom(entry, geoid), "lead": lead, **told,
        "among_highest_rates": among(rates, geoid), "rate": rates.rate if rates else "",
        "rate_period": str(rates.period) if rates else "",
    }  # fmt: skip


def _of_whom(entry: Entry | None, geoid: str) -> str:
    return "" if entry is None else "the town" if entry.text("town") == geoid else "the whole area"
