"""Whether a town is flagged as part of a hotspot, why or why not, and what would have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.domain import Basis, Cells, Query
from dashboard.figures.words import number
from dashboard.views.asking import finest_level, state_of, write_address
from dashboard.views.clusters import cluster_words, found_clusters, stored_result
from dashboard.views.gap_fact import GapFact
from dashboard.views.hotspot_words import command, needed_for
from dashboard.views.hotspots_asked import PATH, AskedHotspots
from dashboard.views.source import ViewReader
from dashboard.views.town_classes import class_of, class_words
from dashboard.views.town_funnel import expected_events
from dashboard.views.words import count_words


def hotspot_facts(reader: ViewReader, query: Query, place: str) -> tuple[GapFact, ...]:
    """Flagged or not, and how that was in earlier years; nothing for larger places and for what counts no events."""
    indicator = reader.registry.indicator(query.indicator)
    within = state_of(reader, place)
    if indicator.kind != "rate" or reader.gazetteer.level_of(place) is not finest_level(reader, within):
        return ()
    towns = replace(query, level=finest_level(reader, within), geoids=(), within=query.within or within)
    cells = reader.read(replace(towns, within=within))
    stored = stored_result(reader, towns, cells.basis)
    asked = AskedHotspots(
        query.indicator, str(query.periods[0]), cells.basis if cells.basis != Basis.NONE else "", towns.within, "",
        place, str(query.as_of or ""),
    )  # fmt: skip
    link = ("See all hotspots", write_address(PATH, asked))
    if stored is None:
        return (
            GapFact("Hotspots", f"Not looked for in this period yet. Compute them with: {command(towns)}", (link,)),
        )
    facts = [GapFact(*_flagged(reader, towns, cells, stored, place), (link,))]
    name, flagged = class_of(stored[1], place)
    return (*facts, *([GapFact("Over the years", class_words(name, flagged))] if name else []))


def _flagged(
    reader: ViewReader, query: Query, cells: Cells, stored: tuple[str, Mapping[str, Any]], place: str
) -> tuple[str, str]:
    """Title and reason."""
    indicator, (compared, result) = reader.registry.indicator(query.indicator), stored
    counts = dict(zip(cells.geoid, cells.numerator.tolist(), strict=True))
    for kind in ("spatial", "emerging"):
        for one in found_clusters(result, kind, counts):
            if place in one.geoids:
                title = "In a hotspot" if one.sure else "In a cluster, but not a hotspot"
                return title, cluster_words(indicator, one)
    row = cells.geoid.index(place)
    count, expected = float(cells.numerator[row]), float(expected_events(cells)[row])
    if expected != expected:
        return "Not flagged", "Its number is not known, so nothing can be said."
    needed = needed_for(result, expected)
    name = reader.gazetteer.name(compared)
    would = f" By itself it would have been found from about {number(needed)}." if needed else ""
    few = " With so few expected, only a very large excess could be found." if needed is None and expected < 5 else ""
    at_rate = f"{number(expected, 1)} would be expected at the rate of {reader.gazetteer.name(state_of(reader, place))}"
    return "Not flagged", (
        f"{count_words(indicator, count)} where {at_rate}: neither the town nor its neighbours together stand out "
        f"from the rest of {name} by more than chance.{would}{few}"
    )
