"""Hotspots: where events gather by more than chance, for the question that the hotspots page asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.domain import Cells, Query
from dashboard.figures.funnel import FunnelChart
from dashboard.views.asking import build_query, write_address
from dashboard.views.cluster_card import ClusterCard, cluster_card
from dashboard.views.clusters import Cluster, found_clusters, stored_result
from dashboard.views.gap_fact import GapFact
from dashboard.views.hotspot_fact import hotspot_facts
from dashboard.views.hotspot_words import headline, how_computed, not_computed, nothing_found
from dashboard.views.hotspots_asked import AskedHotspots, complete, in_words, smaller_areas, trail
from dashboard.views.shapes import shapes_for
from dashboard.views.smoothed_map import smooth_map, smoothed_rows
from dashboard.views.source import ViewReader
from dashboard.views.town_classes import ClassGroup, class_groups, class_of
from dashboard.views.town_funnel import town_funnel
from dashboard.views.town_map import FEW_EVENTS, TownMap, town_map


@dataclass(frozen=True)
class Hotspots:
    """The answer: the completed request, its sentences, its map, and what was found.

    `nothing` says what to do, or what it would have taken, where there is no cluster; `computed` how it was found out.
    `trail` leads from the state to the county to the town: words and address, "" for where we are; `inside` are
    the counties and regions of a state.
    """

    asked: AskedHotspots
    query: Query
    geometry: str
    headline: str
    drawn: TownMap
    clusters: tuple[Cluster, ...] = ()
    cards: tuple[ClusterCard, ...] = ()
    classes: tuple[ClassGroup, ...] = ()
    funnel: FunnelChart | None = None
    nothing: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    facts: tuple[GapFact, ...] = ()
    trail: tuple[tuple[str, str], ...] = ()
    inside: tuple[tuple[str, str], ...] = ()


def hotspots(reader: ViewReader, asked: AskedHotspots) -> Hotspots:
    """What was found for a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    query = build_query(reader, in_words(asked))
    cells = reader.read(query)
    stored = stored_result(reader, query, cells.basis)
    result = stored[1] if stored else {}
    clusters = _clusters(reader, query, asked.kind, stored)
    shapes = shapes_for(reader, asked.within)
    geoids = shapes.geoids if shapes else ()
    indicator, replicates = reader.registry.indicator(asked.indicator), int(result.get("replicates", 0))
    drawn = smooth_map(reader, query, geoids, town_map(reader, query, geoids, asked.within, asked.place))
    return Hotspots(
        asked=asked, query=query, geometry=f"/geo/{shapes.sha}.json" if shapes else "",
        headline=headline(reader, query, clusters, result), drawn=_marked(drawn, geoids, clusters, result),
        clusters=clusters,
        cards=tuple(cluster_card(reader, asked, indicator, one, replicates=replicates) for one in clusters),
        classes=_classes(cells, result), funnel=town_funnel(reader, query),
        nothing=_nothing(reader, query, clusters, stored),
        computed=how_computed(reader, query, *stored, asked.kind) if stored else (),
        facts=_facts(reader, asked, query), trail=trail(reader, asked), inside=smaller_areas(reader, asked),
    )  # fmt: skip


def _clusters(
    reader: ViewReader, query: Query, kind: str, stored: tuple[str, Mapping[str, Any]] | None
) -> tuple[Cluster, ...]:
    """The clusters that reach into the area, called after their towns with most events wherever these lie."""
    if stored is None:
        return ()
    whole = reader.read(replace(query, within=stored[0]))
    counts = dict(zip(whole.geoid, whole.numerator.tolist(), strict=True))
    return found_clusters(stored[1], kind, counts, reader.gazetteer.towns_of(query.within))


def _facts(reader: ViewReader, asked: AskedHotspots, query: Query) -> tuple[GapFact, ...]:
    """Why the chosen town is flagged or not, with the way to its own page."""
    if not asked.place:
        return ()
    page = ("Everything about it", write_address("/places", replace(in_words(asked), place=asked.place, rates="")))
    found = [replace(fact, links=()) for fact in hotspot_facts(reader, query, asked.place)]
    return (*found[:-1], *(replace(fact, links=(page,)) for fact in found[-1:]))


def _classes(cells: Cells, result: Mapping[str, Any]) -> tuple[ClassGroup, ...]:
    return class_groups(result, dict(zip(cells.geoid, cells.place, strict=True))) if result else ()


def _nothing(
    reader: ViewReader, query: Query, clusters: Sequence[Cluster], stored: tuple[str, Mapping[str, Any]] | None
) -> tuple[str, ...]:
    """What is said where there is no cluster."""
    if stored is None:
        return (not_computed(query),)
    return () if clusters else nothing_found(reader, query, stored[1])


def _marked(drawn: TownMap, geoids: Sequence[str], clusters: Sequence[Cluster], result: Mapping[str, Any]) -> TownMap:
    """The map with a line round each cluster, and with cluster and class of each town in its table.

    Advice for maps of rates as counted is left out: these are smoothed.
    """
    letter = {geoid: one.letter for one in clusters for geoid in one.geoids}
    of = {row["geoid"]: row["class"] for row in result.get("towns", ())}
    columns = {"cluster": [letter.get(g, "–") for g in geoids], "class": [of.get(g, "–") for g in geoids]}
    table = drawn.paint["table"]
    if result and geoids:
        table = table | {
            "head": [table["head"][0], "Cluster", "Flagged", *table["head"][1:]],
            "columns": ["place", "cluster", "class", *table["columns"][1:]],
        }
    paint = drawn.paint | {
        "outlines": [one.outline for one in clusters], "columns": drawn.paint["columns"] | columns, "table": table,
    }  # fmt: skip
    return replace(drawn, notes=tuple(note for note in drawn.notes if note != FEW_EVENTS), paint=paint)


def hotspot_rows(reader: ViewReader, asked: AskedHotspots) -> list[dict[str, object]]:
    """What the CSV of the page holds: each town with its smoothed rate, its cluster and its class."""
    answer = hotspots(reader, asked)
    cells = reader.read(answer.query)
    cluster = {geoid: one for one in answer.clusters for geoid in one.geoids}
    stored = stored_result(reader, answer.query, cells.basis)
    return [
        row | _cluster_columns(cluster.get(geoid)) | {"class": class_of(stored[1], geoid)[0] if stored else ""}
        for row, geoid in zip(smoothed_rows(reader, answer.query, cells), cells.geoid, strict=True)
    ]


def _cluster_columns(one: Cluster | None) -> dict[str, object]:
    names = ("letter", "observed", "expected", "relative_risk", "p_value", "p_overdispersed")
    return {f"cluster_{name}".replace("cluster_letter", "cluster"): getattr(one, name, "") for name in names}
