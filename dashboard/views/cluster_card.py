"""One cluster as the page lists it beside the map: its sentence, its two tests in words and numbers, its towns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Indicator
from dashboard.views.asking import write_address
from dashboard.views.clusters import LEVEL_OF_PROOF, Cluster, chance_words, counted_words, p_text
from dashboard.views.hotspots_asked import PATH, AskedHotspots
from dashboard.views.source import ViewReader


@dataclass(frozen=True)
class ClusterCard:
    """What is said of a cluster; `towns` are names and addresses, most events first."""

    letter: str
    title: str
    counted: str
    sure: bool
    tests: tuple[str, str]
    towns: tuple[tuple[str, str], ...]


def cluster_card(
    reader: ViewReader, asked: AskedHotspots, indicator: Indicator, cluster: Cluster, *, replicates: int
) -> ClusterCard:
    """The card of a cluster; the address of a town opens the same page on that town."""
    towns = (
        (reader.gazetteer.name(geoid), write_address(PATH, replace(asked, place=geoid))) for geoid in cluster.geoids
    )
    return ClusterCard(
        cluster.letter, cluster.title, counted_words(indicator, cluster), cluster.sure,
        (_chance(cluster, replicates), _ordinary(cluster, replicates)), tuple(towns),
    )  # fmt: skip


def _chance(cluster: Cluster, replicates: int) -> str:
    return (
        f"Chance alone makes a cluster this strong somewhere on the map {chance_words(cluster.p_value, replicates)} "
        f"(p = {p_text(cluster.p_value)})."
    )


def _ordinary(cluster: Cluster, replicates: int) -> str:
    p = cluster.p_overdispersed
    if p is None:
        return "It was not tested against the ordinary differences between towns."
    often = f"{chance_words(p, replicates)} (p = {p_text(p)})"
    enough = "" if p <= LEVEL_OF_PROOF else ": too often to call it a hotspot, which takes 5 in 100 or fewer"
    return f"Towns that differ as towns ordinarily do make one {often}{enough}."
