"""One place in depth: its gaps, its groups, its partners, its sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Cells, Indicator, Query, State
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.views import choices
from dashboard.views.asking import state_of
from dashboard.views.gap_fact import GapFact
from dashboard.views.place_gaps import place_gaps
from dashboard.views.place_page import at_place, interval_row
from dashboard.views.source import ViewReader
from dashboard.views.words import DIMENSION_WORDS, axis_per, cell_words, day_words, unit_words, value_words

COUNTED = (State.VALUE, State.UNSTABLE)


@dataclass(frozen=True)
class PartnerRow:
    """What one partner says of the place."""

    partner: str
    sector: str
    said: str


@dataclass(frozen=True)
class SourceRow:
    """A source behind the numbers, and the date its publisher gave them."""

    title: str
    publisher: str
    as_of: str
    rows_refused: int


@dataclass(frozen=True)
class PlaceDepth:
    """What stands below the map about one place, in the order it is read."""

    name: str
    groups: tuple[IntervalChart, ...]
    partners: tuple[PartnerRow, ...]
    sources: tuple[SourceRow, ...]
    caveats: tuple[str, ...]
    gaps: tuple[GapFact, ...] = ()


def place_depth(reader: ViewReader, query: Query, place: str) -> PlaceDepth:
    """One place in depth for the question a map asks."""
    indicator = reader.registry.indicator(query.indicator)
    here = at_place(reader, query, place)
    return PlaceDepth(
        name=reader.gazetteer.name(place),
        groups=_groups(reader, indicator, here),
        partners=_partners(reader, indicator, here),
        sources=_sources(reader, reader.read(here)),
        caveats=indicator.caveats,
        gaps=place_gaps(reader, query, place),
    )


def _groups(reader: ViewReader, indicator: Indicator, here: Query) -> tuple[IntervalChart, ...]:
    if here.stratum or indicator.denominator is None:
        return ()
    charts = []
    for dimension in indicator.strata:
        strata = [
            c.value
            for c in choices.groups(reader, indicator, state_of(reader, *here.geoids))
            if c.value.startswith(f"{dimension}=")
        ]
        rows = [_group_row(reader, here, stratum) for stratum in strata]
        if any(row.state in COUNTED for row in rows):
            name = DIMENSION_WORDS.get(dimension, dimension)
            sentence = f"{indicator.name} by {name.lower()}."
            charts.append(IntervalChart(name, sentence, unit_words(indicator), axis_per(indicator), tuple(rows)))
    return tuple(charts)


def _group_row(reader: ViewReader, here: Query, stratum: str) -> IntervalRow:
    return interval_row(reader.read(replace(here, stratum=stratum)), 0, value_words(stratum.partition("=")[2]))


def _partners(reader: ViewReader, indicator: Indicator, here: Query) -> tuple[PartnerRow, ...]:
    rows = []
    for choice in choices.partners(reader, indicator, state_of(reader, *here.geoids)):
        if choice.value:
            cells = reader.read(replace(here, partner=choice.value))
            if cells.state[0] != State.NOT_REPORTED:
                said = cell_words(indicator, cells, 0)
                rows.append(PartnerRow(choice.label, reader.partners[choice.value]["sector"], said))
    return tuple(rows)


def _sources(reader: ViewReader, cells: Cells) -> tuple[SourceRow, ...]:
    used = set(cells.source) - {""}
    newest = {load["source"]: load for load in reader.loads if load["source"] in used}
    return tuple(
        SourceRow(load["title"], load["publisher"], day_words(load["as_of"]), load["rows_refused"])
        for load in newest.values()
    )
