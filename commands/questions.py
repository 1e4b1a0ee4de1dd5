"""What `coalition analyse` asks: every indicator of events and basis, and every service, in every state with towns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.domain import Basis, Indicator, Level, Period
from dashboard.errors import InvalidQuery
from dashboard.hotspots import Question
from dashboard.hotspots.counted import is_of_events
from dashboard.store.reader import CubeReader
from dashboard.views.asking import find_place, resolve_period, state_of

MONTHS = 36
"""The newest window in which clusters are looked for."""


@dataclass(frozen=True)
class Wanted:
    """What a person asked of the command; empty means everything."""

    indicator: str = ""
    period: str = ""
    within: str = ""
    max_share: float = 0.10
    replicates: int = 999
    seed: int = 1


def places(reader: CubeReader, wanted: Wanted) -> list[str]:
    """The place that was named, else every state whose towns are known, and the home of the coalition.

    InvalidQuery where no towns are known.
    """
    if wanted.within:
        return [find_place(reader, wanted.within)]
    states = sorted({place.state for place in reader.gazetteer.places if place.level is Level.TOWN})
    if not states:
        raise InvalidQuery("The store knows no towns yet. `coalition load FILE...` brings numbers.")
    return [*states, *([reader.home] if reader.home else [])]


def questions(reader: CubeReader, wanted: Wanted) -> list[Question]:
    """The questions about hotspots, in the order of indicators and places; InvalidQuery for an unknown indicator."""
    if wanted.indicator:
        indicators = [reader.registry.indicator(wanted.indicator)]
        _check(reader, indicators[0])
    else:
        indicators = [one for one in reader.registry.indicators.values() if is_of_events(reader, one)]
    return [
        question
        for indicator in indicators
        for within in places(reader, wanted)
        for question in _of_place(reader, wanted, indicator, within)
    ]


def _check(reader: CubeReader, indicator: Indicator) -> None:
    if not is_of_events(reader, indicator):
        raise InvalidQuery(
            f"'{indicator.id}' does not count events among residents that add up over towns and months, so there are "
            "no hotspots of it. Ask for a rate of events, such as opioid_overdose_death_rate."
        )
    if not reader.series_of(indicator):
        raise InvalidQuery(
            f"Nobody reports '{indicator.id}' yet: there are no events to analyse. "
            "`coalition load FILE...` brings them."
        )


def _of_place(reader: CubeReader, wanted: Wanted, indicator: Indicator, within: str) -> Iterator[Question]:
    state = state_of(reader, within)
    span = reader.span(indicator, state)
    if span is None:
        return
    period = _period(reader, wanted, indicator, state, span)
    level = reader.gazetteer.finest(state)
    reported = {row["basis"] for row in reader.series_of(indicator, state) if row["level"] == level}
    for basis in Basis:
        if basis in reported:
            yield Question(indicator, period, basis.value, within, wanted.max_share, wanted.replicates, wanted.seed)


def _period(reader: CubeReader, wanted: Wanted, indicator: Indicator, state: str, span: Period) -> Period:
    """The period that was asked for, else the newest 36 months, or all there is where that is less."""
    if wanted.period:
        return resolve_period(reader, indicator, wanted.period, state)
    return Period.ending(span.end, min(MONTHS, span.months or MONTHS))
