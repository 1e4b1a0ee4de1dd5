"""Clusters that a stored analysis found: their names, which of the two tests they passed, and the words for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from dashboard.domain import Indicator, Period, Query
from dashboard.figures.words import number
from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader
from dashboard.views.words import count_words, period_words

LEVEL_OF_PROOF = 0.05
SURE = "more than chance, and more than towns usually differ"
UNSURE = "more than chance alone, but within the ordinary differences between towns"


@dataclass(frozen=True)
class Cluster:
    """Neighbouring towns with more events than chance explains; `letter` is its mark on the map.

    `p_value` is against chance (Poisson), `p_overdispersed` against ordinary differences between towns (negative
    binomial; None: not asked). `since` is the first period of an emerging cluster, "" for one over the whole period.
    """

    letter: str
    geoids: tuple[str, ...]
    title: str
    observed: float
    expected: float
    relative_risk: float
    p_value: float
    p_overdispersed: float | None
    since: str = ""

    @property
    def sure(self) -> bool:
        """Whether it passed both tests: only then it is called a hotspot."""
        return self.p_overdispersed is not None and self.p_overdispersed <= LEVEL_OF_PROOF

    @property
    def outline(self) -> dict[str, Any]:
        """The line round it, as the map's script takes it."""
        kind = "emerging" if self.since else "sure" if self.sure else "unsure"
        return {"geoids": list(self.geoids), "label": self.letter, "kind": kind}


def stored_result(reader: ViewReader, query: Query, basis: str) -> tuple[str, Mapping[str, Any]] | None:
    """The stored analysis of a question and the area it compares within: the query's own, else its whole state's."""
    for within in dict.fromkeys([query.within, state_of(reader, query.within)]):
        found = reader.analysis(
            "hotspots", indicator=query.indicator, period=str(query.periods[0]), basis=basis, within=within,
            stratum=query.stratum, partner=query.partner,
        )  # fmt: skip
        if found is not None:
            return within, found
    return None


def found_clusters(
    result: Mapping[str, Any], kind: str, counts: Mapping[str, float], here: Collection[str] = ()
) -> tuple[Cluster, ...]:
    """The clusters of a kind (spatial or emerging) that chance does not explain, strongest first.

    `counts` are events by geoid, which decide what town a cluster is called after; `here` limits to clusters that
    have a town there.
    """
    rows = [row for row in result["clusters"] if row["kind"] == kind and row["p_value"] <= LEVEL_OF_PROOF]
    rows = sorted((row for row in rows if not here or not set(here).isdisjoint(row["towns"])), key=_strength)
    return tuple(_cluster(row, _letter(at), counts) for at, row in enumerate(rows))


def _letter(at: int) -> str:
    """A to Z, then AA, AB and so on."""
    before, last = divmod(at, len(ascii_uppercase))
    return (ascii_uppercase[before - 1] if before else "") + ascii_uppercase[last]


def _strength(row: Mapping[str, Any]) -> float:
    return -float(row["llr"])


def _cluster(row: Mapping[str, Any], letter: str, counts: Mapping[str, float]) -> Cluster:
    named = dict(zip(row["towns"], row["names"], strict=True))
    ordered = tuple(sorted(named, key=lambda geoid: (-_known(counts.get(geoid)), named[geoid])))
    return Cluster(
        letter, ordered, towns_words([named[geoid] for geoid in ordered]), row["observed"], row["expected"],
        row["relative_risk"], row["p_value"], row.get("p_overdispersed"), row.get("first_period") or "",
    )  # fmt: skip


def _known(count: float | None) -> float:
    return count if count is not None and count == count else 0.0


def towns_words(names: Sequence[str]) -> str:
    """Fall River · Fall River and Somerset · Fall River and 3 nearby towns."""
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} nearby towns"


def cluster_words(indicator: Indicator, cluster: Cluster) -> str:
    """`Fall River and 3 nearby towns had 92 deaths where 61 would be expected: more than chance, and ...`."""
    return f"{cluster.title} had {counted_words(indicator, cluster)}: {SURE if cluster.sure else UNSURE}."


def counted_words(indicator: Indicator, cluster: Cluster) -> str:
    """`92 deaths where 61 would be expected`, an emerging cluster with the period since which."""
    since = f" since the start of {period_words(Period.parse(cluster.since))}" if cluster.since else ""
    expected = number(cluster.expected, 0 if cluster.expected >= 10 else 1)
    return f"{count_words(indicator, cluster.observed)}{since} where {expected} would be expected"


def chance_words(p_value: float | None, replicates: int) -> str:
    """How often a map without any such cluster shows one as strong: `at most 1 time in 1,000`."""
    if p_value is None:
        return "not tested"
    least = 1 / (replicates + 1)
    if p_value <= least * 1.001:
        return f"at most 1 time in {number(replicates + 1)}"
    if p_value < 0.01:
        return f"about {number(p_value * 1000)} times in 1,000"
    return f"about {number(p_value * 100)} times in 100" if p_value < 0.995 else "almost every time"


def table_rows(clusters: Sequence[Cluster]) -> list[tuple[str, ...]]:
    """The numbers of each cluster as texts, in the order of CLUSTER_HEAD."""
    return [
        (
            f"{one.letter}: {one.title}", number(one.observed), number(one.expected, 1), number(one.relative_risk, 2),
            p_text(one.p_value), p_text(one.p_overdispersed),
            "both" if one.sure else "chance only",
        )
        for one in clusters
    ]  # fmt: skip


def p_text(p_value: float | None) -> str:
    """A p-value as a number."""
    return "–" if p_value is None else number(p_value, 3)


CLUSTER_HEAD = (
    "Cluster",
    "Observed",
    "Expected",
    "Relative risk",
    "p (chance)",
    "p (ordinary differences)",
    "Tests passed",
)
