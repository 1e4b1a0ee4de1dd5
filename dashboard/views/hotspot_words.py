"""The sentences of the hotspots page that are about the whole map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.domain import Level, Query
from dashboard.figures.words import number
from dashboard.views.clusters import Cluster, cluster_words
from dashboard.views.source import ViewReader
from dashboard.views.words import count_words, period_words

MOST_NAMED = 3
COMMAND = "coalition analyse"


def headline(reader: ViewReader, query: Query, clusters: Sequence[Cluster], result: Mapping[str, Any]) -> str:
    """One sentence for a layperson about the whole map."""
    indicator, name = reader.registry.indicator(query.indicator), reader.gazetteer.name(query.within)
    period = period_words(query.periods[0])
    if not result:
        return f"{indicator.name} in {name}, {period}: nobody has looked for hotspots yet."
    if not clusters:
        return f"{indicator.name} in {name}, {period}: no group of towns stands out from chance."
    best = next((one for one in clusters if one.sure), clusters[0])
    others = len(clusters) - 1
    more = f" There {'are' if others > 1 else 'is'} {others} more {'groups' if others > 1 else 'group'} of towns."
    return f"{cluster_words(indicator, best)}{more if others else ''}"


def not_computed(query: Query) -> str:
    """How to compute what is not stored."""
    return f"The map shows smoothed rates alone. Look for hotspots with: {command(query)}"


def command(query: Query, within: str = "") -> str:
    """The command that computes the analysis of a question, `within` an area smaller than a state."""
    words = [COMMAND, f"--indicator {query.indicator}", f"--period {query.periods[0]}"]
    words += [f"--within {within}"] if within else []
    words += [f"--as-of {query.as_of}"] if query.as_of else []
    return " ".join(words)


def how_computed(
    reader: ViewReader, query: Query, compared: str, result: Mapping[str, Any], kind: str
) -> tuple[str, ...]:
    """Against what, with which limits, and whether data came in since."""
    share = f"{float(result['max_share']) * 100:g}%"
    name = reader.gazetteer.name(compared)
    windows = "periods that end now" if kind == "emerging" else "the whole period"
    said = [
        f"Compared with the rest of {name} over {windows}; a cluster holds at most {share} of the residents; "
        f"{number(result['replicates'])} maps drawn by chance."
    ]
    if compared != query.within:
        said.append(
            f"{reader.gazetteer.name(query.within)} was not analysed by itself: these are the clusters of {name} "
            f"that reach into it. Analyse it by itself with: {command(query, query.within)}"
        )
    if result.get("stale"):
        said.append(f"Data came in since this was computed. Compute it again with: {command(query)}")
    return tuple(said)


def nothing_found(reader: ViewReader, query: Query, result: Mapping[str, Any]) -> tuple[str, ...]:
    """How large a cluster would have had to be, and where most people are affected."""
    return tuple(filter(None, (needed_words(reader, query, result), most_affected(reader, query))))


def needed_words(reader: ViewReader, query: Query, result: Mapping[str, Any]) -> str:
    """`To be found, towns that expect 8 deaths would have needed 25, ...`, from small to large."""
    unit = reader.registry.indicator(query.indicator).unit
    rows = [row for row in result.get("detectable", ()) if row["needed"] is not None]
    if not rows:
        return ""
    picked = {round(at) for at in np.linspace(0, len(rows) - 1, min(len(rows), MOST_NAMED))}
    said = [f"{number(rows[at]['expected'])} would have needed {number(rows[at]['needed'])}" for at in sorted(picked)]
    return f"To be found, towns that together expect {said[0]} {unit}{''.join(f', {each}' for each in said[1:])}."


def needed_for(result: Mapping[str, Any], expected: float) -> float | None:
    """The events with which an area expecting `expected` would be found, between the expectations that were tried."""
    rows = np.array([(row["expected"], row["needed"]) for row in result.get("detectable", ()) if row["needed"]])
    if not len(rows) or not rows[0, 0] <= expected <= rows[-1, 0]:
        return None
    return float(np.ceil(np.interp(expected, rows[:, 0], rows[:, 1])))


def most_affected(reader: ViewReader, query: Query) -> str:
    """Where most events are, by planning area, or by county where no planning areas are known."""
    indicator = reader.registry.indicator(query.indicator)
    sets = any(place_set.level is Level.PLANNING_AREA for place_set in reader.gazetteer.sets)
    level = Level.PLANNING_AREA if sets else Level.COUNTY
    cells = reader.read(
        Query(query.indicator, query.periods, level, within=query.within, basis=query.basis, as_of=query.as_of)
    )
    known = [(float(count), place) for count, place in zip(cells.numerator, cells.place, strict=True) if count > 0]
    if len(known) < 2:
        return ""
    named = [f"{place} ({count_words(indicator, count)})" for count, place in sorted(known, reverse=True)[:MOST_NAMED]]
    what = "planning area" if sets else "county"
    return f"Most people are affected, by {what}, in {', '.join(named[:-1])} and {named[-1]}."
