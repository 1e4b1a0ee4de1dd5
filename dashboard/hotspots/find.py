"""One question about hotspots, answered: clusters now, clusters emerging, the class of every town, what would show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dashboard.errors import InvalidQuery
from dashboard.hotspots.counted import Counted, EventReader, count_events, is_of_events
from dashboard.hotspots.history import classes, years_before
from dashboard.hotspots.question import Question
from dashboard.hotspots.told import told_clusters, told_limits
from geo.scan import Scan, scan
from geo.scan_emerging import scan_emerging, with_common_trend

Progress = Callable[[float], None]
MOST_YEARS = 8
"""Yearly windows that the search for what is emerging looks back on."""


def find_hotspots(reader: EventReader, question: Question, *, progress: Progress | None = None) -> dict[str, Any]:
    """Everything the screens tell of a question, as plain values for JSON; InvalidQuery where nothing can be told.

    Keys: indicator, period, basis, within, compared_with (its name), max_share, replicates, seed, total, towns_scanned,
    left_out (names of towns without a number), provisional, overdispersion, critical_llr; clusters (p <= 0.05, the
    spatial ones first, then the emerging), towns (geoid, class, flagged_periods), periods (of the classes), detectable.
    `progress` is told the share done; raising inside it ends the work.
    """
    settings = question.settings
    if not is_of_events(reader, question.indicator):
        raise InvalidQuery(
            f"'{question.indicator.name}' does not count events among residents, so there are no hotspots of it."
        )
    share = _Shares(progress)
    counted = count_events(reader, question.indicator, [question.period], basis=question.basis, within=question.within)
    now = scan(
        counted.cases[:, 0], counted.people[:, 0], counted.latitude, counted.longitude, settings=settings,
        rng=question.rng(0), progress=share.part(0.0, 0.4), inside=counted.inside,
    )  # fmt: skip
    emerging = _emerging(reader, question, share.part(0.4, 0.7))
    history = classes(reader, question, share.part(0.7, 1.0))
    return _told(reader, question, counted, now) | {
        "clusters": [*told_clusters(counted, now, "spatial"), *emerging],
        "detectable": told_limits(now),
        **history,
    }


def _told(reader: EventReader, question: Question, counted: Counted, now: Scan) -> dict[str, Any]:
    return {
        "indicator": question.indicator.id,
        "period": str(question.period),
        "basis": question.basis,
        "within": question.within,
        "compared_with": reader.gazetteer.name(question.within),
        "max_share": question.max_share,
        "replicates": question.replicates,
        "seed": question.seed,
        "total": now.total,
        "towns_scanned": int(counted.inside.sum()),
        "left_out": counted.left_out,
        "provisional": counted.provisional,
        "overdispersion": round(now.overdispersion, 6),
        "critical_llr": _finite(now.critical_llr),
        "critical_overdispersed": _finite(now.critical_overdispersed),
    }


def _emerging(reader: EventReader, question: Question, progress: Progress | None) -> list[dict[str, Any]]:
    """Clusters of windows that end with the period, beyond the rise or fall of the whole place, which is no cluster.

    None where under two years are reported, or too few events.
    """
    years = years_before(reader, question, MOST_YEARS)
    if len(years) < 2:
        return []
    try:
        counted = count_events(reader, question.indicator, years, basis=question.basis, within=question.within)
    except InvalidQuery:
        return []
    expected = with_common_trend(counted.cases, counted.people, inside=counted.inside)
    found = scan_emerging(
        counted.cases, expected, counted.latitude, counted.longitude, settings=question.settings,
        rng=question.rng(1), progress=progress, inside=counted.inside,
    )  # fmt: skip
    return told_clusters(counted, found, "emerging", years)


def _finite(value: float | None) -> float | None:
    return round(value, 6) if value is not None and np.isfinite(value) else None


class _Shares:
    """Parts of the work, told as shares of the whole."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def part(self, start: float, end: float) -> Progress | None:
        """What tells the share done of the part between two shares of the whole."""
        progress = self._progress
        if progress is None:
            return None
        return lambda done: progress(start + done * (end - start))
