"""The sentences about strategies in towns: where they run, and whether they run where the rates are highest."""

from __future__ import annotations

from dashboard.figures.words import capital
from dashboard.registers import Entry
from dashboard.views.registers_strategies import NOBODY, place_name, statuses
from dashboard.views.source import ViewReader
from dashboard.views.strategy_towns import (
    INTENDED,
    NOBODY_SAID,
    UNDER_WAY,
    HighestRates,
    StrategyTowns,
)
from dashboard.views.words import day_words, many, period_words

NOBODY_WORDS = "nobody has said"
TWO_STATES = "Not started and nobody has said are two things: of a dotted town nothing is written down."


def status_words(status: str) -> str:
    """`running`, `nobody has said`."""
    return status or NOBODY_WORDS


def headline(towns: StrategyTowns, rates: HighestRates | None, strategy: str) -> str:
    """`Outreach runs in 9 of 26 towns; 4 of the 6 towns with the highest rate neither have nor plan it.`"""
    if not towns.names:
        return NOBODY
    if not towns.geoids:
        return f"{many(len(towns.names), 'strategy', 'strategies')}; the coalition's towns are not known yet."
    return f"{_where(towns, strategy)}{_highest(towns, rates, strategy)}."


def _where(towns: StrategyTowns, strategy: str) -> str:
    """`Leave-behind naloxone runs in 9 of 26 towns`; where it runs in none, where it is planned."""
    found = [towns.status(geoid, strategy) for geoid in towns.geoids]
    running = sum(status in UNDER_WAY for status in found)
    planned = found.count("planned")
    of, one = f"of {many(len(found), 'town')}", only(towns, strategy)
    if running:
        named = capital(towns.names[one]) if one else "At least one strategy"
        return f"{named} runs in {running if running < len(found) else 'all'} {of}"
    named = capital(towns.names[one]) if one else "A strategy"
    return f"{named} runs in none {of}{f' yet and is planned in {planned}' if planned else ', and none plans it'}"


def _highest(towns: StrategyTowns, rates: HighestRates | None, strategy: str) -> str:
    if rates is None:
        return ""
    without, of = sum(towns.status(geoid, strategy) not in INTENDED for geoid in rates.geoids), len(rates.geoids)
    whose = f"the {'town' if of == 1 else f'{of} towns'} with the highest rate"
    one = only(towns, strategy)
    if not without:
        have = "has" if of == 1 else "have"
        return f"; {whose} {have} {'it' if one else 'one'} or {'plans' if of == 1 else 'plan'} {'it' if one else 'one'}"
    verbs = "has nor plans" if without == 1 else "have nor plan"
    return f"; {whose if without == of else f'{without} of {whose}'} neither {verbs} {'it' if one else 'any'}"


def only(towns: StrategyTowns, strategy: str) -> str:
    """The key of the one strategy that is spoken of; "" where there are several."""
    return strategy or (next(iter(towns.names)) if len(towns.names) == 1 else "")


def notes(reader: ViewReader, towns: StrategyTowns, rates: HighestRates | None, strategy: str) -> tuple[str, ...]:
    """What the picture means, which rate is spoken of, and what is not on the map."""
    if not towns.names:
        return ()
    all_ = "" if only(towns, strategy) else "A town is painted by the strategy that is furthest there."
    said = any(towns.status(geoid, strategy) == NOBODY_SAID for geoid in towns.geoids)
    outside = sorted({place_name(reader, entry.text("town")) for entry in towns.outside})
    return tuple(filter(None, (
        all_, TWO_STATES if said else "",
        _rate_words(rates) if rates else "",
        f"Not on the map, because outside of the coalition's towns: {', '.join(outside)}." if outside else "",
    )))  # fmt: skip


def _rate_words(rates: HighestRates) -> str:
    smoothed = "smoothed, so that a small town does not stand out by chance"
    return f"Rate: {rates.rate}, {period_words(rates.period)}, {smoothed}; the towns with the highest are circled."


def told_words(reader: ViewReader, towns: StrategyTowns, entry: Entry, geoid: str) -> str:
    """`Recovery housing: running since 3 May 2026, led by Birch House (told of the whole area).`"""
    since = f" since {day_words(entry.text('since'))}" if entry.text("since") else ""
    lead = reader.partners.get(entry.text("lead"), {}).get("name", "")
    by = f", led by {lead}" if lead else ""
    whole = " (told of the whole area)" if entry.text("town") != geoid and geoid in towns.geoids else ""
    note = f" {entry.text('note')}" if entry.text("note") else ""
    return f"{entry.text('strategy')}: {entry.text('status')}{since}{by}{whole}.{note}"


def by_status(reader: ViewReader, towns: StrategyTowns, strategy: str) -> tuple[tuple[str, str, str], ...]:
    """A row a status, the furthest first: its words, how many towns, and which."""
    rows = []
    for status in (*reversed(statuses()), NOBODY_SAID):
        named = sorted(reader.gazetteer.name(geoid) for geoid in towns.geoids
                       if towns.status(geoid, strategy) == status)  # fmt: skip
        rows.append((capital(status_words(status)), str(len(named)), ", ".join(named)))
    return tuple(rows)
