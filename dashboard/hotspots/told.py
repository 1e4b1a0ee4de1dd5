"""Clusters as plain values: towns by geoid and name, numbers rounded as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.domain import Period
from dashboard.hotspots.counted import Counted
from geo.detectable import detectable
from geo.scan import Cluster, Scan

SURE = 0.05
"""The p-value up to which a cluster is told at all: higher than elsewhere."""
EXPECTED = (5.0, 10.0, 20.0, 50.0, 100.0)
"""Events that a zone expects, for which it is told how many it would have needed to be found."""


def told_clusters(counted: Counted, found: Scan, kind: str, periods: Sequence[Period] = ()) -> list[dict[str, Any]]:
    """The clusters with p <= 0.05, most likely first; `kind` is "spatial" or "emerging", which has `periods`.

    `relative_risk` is the rate inside divided by the rate outside, `observed_to_expected` by the rate of all towns.
    """
    return [_told(counted, cluster, kind, periods) for cluster in found.clusters if cluster.p_value <= SURE]


def _told(counted: Counted, cluster: Cluster, kind: str, periods: Sequence[Period]) -> dict[str, Any]:
    first = cluster.first_period
    return {
        "kind": kind,
        "towns": [counted.geoid[area] for area in cluster.areas],
        "names": [counted.name[area] for area in cluster.areas],
        "centre": counted.geoid[cluster.centre],
        "observed": cluster.observed,
        "expected": round(cluster.expected, 4),
        "observed_to_expected": round(cluster.observed / cluster.expected, 4),
        "relative_risk": round(cluster.relative_risk, 4),
        "llr": round(cluster.llr, 6),
        "p_value": round(cluster.p_value, 6),
        "p_overdispersed": None if cluster.p_overdispersed is None else round(cluster.p_overdispersed, 6),
        "first_period": None if first is None else str(periods[first]),
        "recurrence": None if cluster.recurrence is None else round(cluster.recurrence, 1),
    }


def told_limits(found: Scan) -> list[dict[str, Any]]:
    """How many events a group of towns would have needed to be found, by how many it expects."""
    return [
        {"expected": expected, "needed": needed}
        for expected in EXPECTED
        if expected < found.total / 2 and (needed := detectable(found, expected)) is not None
    ]
