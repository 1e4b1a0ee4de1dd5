"""Hotspots: where events gather by more than chance, for the question that the hotspots page asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.domain import Cells, Indicator, Query
from dashboard.figures.funnel import FunnelChart
from dashboard.views.asking import build_query
from dashboard.views.clusters import Cluster, found_clusters, stored_result
from dashboard.views.hotspot_words import headline, how_computed, not_computed, nothing_found
from dashboard.views.hotspots_asked import AskedHotspots, complete, in_words
from dashboard.views.shapes import shapes_for
from dashboard.views.smoothed_map import smooth_map, smoothed_rows
from dashboard.views.source import ViewReader
from dashboard.views.town_classes import ClassGroup, class_groups, class_of
from dashboard.views.town_funnel import town_funnel
from dashboard.views.town_map import TownMap, town_map


@dataclass(frozen=True)
class Hotspots:
    """The answer: the completed request, its sentences, its map, and what was found.

    `compared` is the area of the stored analysis ("" where none is stored); `remarks` say what to do where nothing
    was found or computed.
    """

    asked: AskedHotspots
    query: Query
    geometry: str
    headline: str
    remarks: tuple[str, ...]
    drawn: TownMap
    clusters: tuple[Cluster, ...]
    classes: tuple[ClassGroup, ...]
    funnel: FunnelChart | None
    compared: str = ""
    replicates: int = 0


def hotspots(reader: ViewReader, asked: AskedHotspots) -> Hotspots:
    """What was found for a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    query = build_query(reader, in_words(asked))
    cells = reader.read(query)
    stored = stored_result(reader, query, cells.basis)
    compared, result = stored or ("", {})
    clusters = _clusters(asked, cells, result)
    shapes = shapes_for(reader, asked.within)
    geoids = shapes.geoids if shapes else ()
    drawn = smooth_map(reader, query, geoids, town_map(reader, query, geoids, asked.within, asked.place))
    indicator = reader.registry.indicator(asked.indicator)
    return Hotspots(
        asked=asked, query=query, geometry=f"/geo/{shapes.sha}.json" if shapes else "",
        headline=headline(reader, query, clusters, result), remarks=_remarks(reader, asked, query, clusters, stored),
        drawn=_marked(drawn, geoids, clusters, result),
        clusters=clusters, classes=_classes(cells, result), funnel=_funnel(reader, indicator, query),
        compared=compared, replicates=int(result.get("replicates", 0)),
    )  # fmt: skip


def _clusters(asked: AskedHotspots, cells: Cells, result: Mapping[str, Any]) -> tuple[Cluster, ...]:
    counts = dict(zip(cells.geoid, cells.numerator.tolist(), strict=True))
    return found_clusters(result, asked.kind, counts, cells.geoid) if result else ()


def _classes(cells: Cells, result: Mapping[str, Any]) -> tuple[ClassGroup, ...]:
    return class_groups(result, dict(zip(cells.geoid, cells.place, strict=True))) if result else ()


def _remarks(
    reader: ViewReader, asked: AskedHotspots, query: Query, clusters: Sequence[Cluster],
    stored: tuple[str, Mapping[str, Any]] | None,
) -> tuple[str, ...]:  # fmt: skip
    """Under the headline: how it was computed, what it would have taken, or how to compute it."""
    if stored is None:
        return (not_computed(query),)
    compared, result = stored
    nothing = () if clusters else nothing_found(reader, query, result)
    return (*nothing, *how_computed(reader, query, compared, result, asked.kind))


def _marked(drawn: TownMap, geoids: Sequence[str], clusters: Sequence[Cluster], result: Mapping[str, Any]) -> TownMap:
    """The map with a line round each cluster, and with cluster and class of each town in its table."""
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
    return replace(drawn, paint=paint)


def _funnel(reader: ViewReader, indicator: Indicator, query: Query) -> FunnelChart | None:
    return town_funnel(reader, query) if indicator.denominator else None


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
