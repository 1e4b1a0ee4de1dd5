"""How each town stood over the last years: persistent, new, cooling, sporadic, never, or not enough data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dashboard.domain import Period
from dashboard.errors import InvalidQuery
from dashboard.hotspots.counted import Counted, EventReader, count_events
from dashboard.hotspots.question import Question
from dashboard.hotspots.told import SURE
from geo.flag_history import classify
from geo.scan import ScanSettings, scan

YEARS = 5
FLOOR = 5
"""Events over all the years below which a town has no class."""
REPLICATES = 199
"""Enough to tell p <= 0.05 year by year, in a fifth of the time."""


def years_before(reader: EventReader, question: Question, most: int) -> list[Period]:
    """Up to `most` years that end with the question's period and are reported without a gap, oldest first."""
    places = [reader.gazetteer.place(geoid) for geoid in reader.gazetteer.towns_of(question.within)]
    state = places[0].state if places else ""
    found: list[Period] = []
    end = question.period.end
    while len(found) < most:
        year = Period.ending(end, 12)
        if not reader.holds(question.indicator, year, state):
            break
        found.insert(0, year)
        end = year.start
    return found


def classes(reader: EventReader, question: Question, progress: Callable[[float], None] | None = None) -> dict[str, Any]:
    """`periods` that were looked at and `towns` with class and flagged_periods: in a cluster of that year, p <= 0.05.

    Both are empty where under two years are reported.
    """
    years = years_before(reader, question, YEARS)
    counted = _counted(reader, question, years) if len(years) > 1 else None
    if counted is None:
        return {"periods": [], "towns": []}
    flagged = np.zeros((len(years), len(counted.geoid)), dtype=bool)
    for number in range(len(years)):
        flagged[number, _in_clusters(counted, question, number)] = True
        if progress:
            progress((number + 1) / len(years))
    found = classify(flagged, np.nan_to_num(counted.cases).T, floor=FLOOR)
    names = [str(year) for year in years]
    towns = [
        {"geoid": geoid, "class": found[at] if counted.inside[at] else "not enough data",
         "flagged_periods": [name for name, row in zip(names, flagged[:, at], strict=True) if row]}
        for at, geoid in enumerate(counted.geoid)
    ]  # fmt: skip
    return {"periods": names, "towns": towns}


def _counted(reader: EventReader, question: Question, years: list[Period]) -> Counted | None:
    try:
        return count_events(reader, question.indicator, years, basis=question.basis, within=question.within)
    except InvalidQuery:
        return None


def _in_clusters(counted: Counted, question: Question, number: int) -> list[int]:
    """Positions of the towns in the clusters of one year."""
    if counted.cases[counted.inside, number].sum() < 1:
        return []
    found = scan(
        counted.cases[:, number], counted.people[:, number], counted.latitude, counted.longitude,
        settings=ScanSettings(max_share=question.max_share, replicates=min(REPLICATES, question.replicates),
                              overdispersed=False),
        rng=question.rng(2 + number), inside=counted.inside,
    )  # fmt: skip
    return [area for cluster in found.clusters if cluster.p_value <= SURE for area in cluster.areas]
