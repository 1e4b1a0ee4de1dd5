"""One place: its number, how it compares, its trend, its groups, its partners and its sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.comparison import compare
from dashboard.domain import Cells, Indicator, Level, Query, State
from dashboard.figures.chart import IntervalChart, IntervalRow, TrendChart
from dashboard.views import choices
from dashboard.views.asking import state_of
from dashboard.views.gap_fact import GapFact
from dashboard.views.place_gaps import place_gaps
from dashboard.views.series import trend
from dashboard.views.source import ViewReader
from dashboard.views.words import (
    DIMENSION_WORDS,
    axis_per,
    cell_words,
    counted_words,
    day_words,
    period_words,
    unit_words,
    value_words,
)

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
class PlacePage:
    """Everything the drill-down of one place says, in the order it is read."""

    name: str
    kind: str
    sentence: str
    comparison: IntervalChart | None
    trend: TrendChart | None
    groups: tuple[IntervalChart, ...]
    partners: tuple[PartnerRow, ...]
    sources: tuple[SourceRow, ...]
    caveats: tuple[str, ...]
    gaps: tuple[GapFact, ...] = ()


def place_page(reader: ViewReader, query: Query, place: str) -> PlacePage:
    """The drill-down of a place (town, county, state or set) for the question a map asks."""
    indicator = reader.registry.indicator(query.indicator)
    here = replace(query, level=reader.gazetteer.level_of(place), geoids=(place,), within="")
    cells = reader.read(here)
    period = period_words(query.periods[0])
    return PlacePage(
        name=reader.gazetteer.name(place),
        kind=_kind(reader, place),
        sentence=f"{period[:1].upper()}{period[1:]}: {counted_words(indicator, cells, 0)}.",
        comparison=_comparison(reader, indicator, here, place),
        trend=_trend(reader, indicator, here),
        groups=_groups(reader, indicator, here),
        partners=_partners(reader, indicator, here),
        sources=_sources(reader, cells),
        caveats=indicator.caveats,
        gaps=place_gaps(reader, query, place),
    )


def _kind(reader: ViewReader, place: str) -> str:
    level = reader.gazetteer.level_of(place)
    if level is Level.TOWN:
        town = reader.gazetteer.place(place)
        county = reader.gazetteer.name(town.county) if town.county in reader.gazetteer.number else ""
        return f"Town in {county}" if county else "Town"
    return {Level.COUNTY: "County", Level.STATE: "State", Level.REGION: "Region", Level.PLANNING_AREA: "Planning area",
            Level.CATCHMENT: "Coalition area"}[level]  # fmt: skip


def _comparison(reader: ViewReader, indicator: Indicator, here: Query, place: str) -> IntervalChart | None:
    """The place beside its county and its state, where the indicator has a rate."""
    ids = [place, *_parents(reader, place)]
    if indicator.denominator is None or len(ids) == 1:
        return None
    answers = [reader.read(replace(here, level=reader.gazetteer.level_of(id_), geoids=(id_,))) for id_ in ids]
    rows = [
        interval_row(cells, 0, reader.gazetteer.name(id_), highlight=id_ == place)
        for id_, cells in zip(ids, answers, strict=True)
    ]
    sentence = _compared(indicator, answers[0], answers[-1])
    return IntervalChart(
        "Beside its county and state", sentence, unit_words(indicator), axis_per(indicator), tuple(rows)
    )


def _parents(reader: ViewReader, place: str) -> list[str]:
    if place not in reader.gazetteer.number:
        return []
    own = reader.gazetteer.place(place)
    above = [own.county, own.state] if own.level is Level.TOWN else [own.state] if own.level is Level.COUNTY else []
    return [id_ for id_ in above if id_ in reader.gazetteer.number]


def _compared(indicator: Indicator, own: Cells, whole: Cells) -> str:
    """The place beside the rest of the whole it is part of: the two must share no events to be compared."""
    name = whole.place[0]
    if indicator.kind == "proportion":
        return _intervals_compared(own, whole)
    terms = [float(value) for cells in (own, whole) for value in (cells.numerator[0], cells.denominator[0])]
    if np.isnan(terms).any():
        return f"There is no number here that can be compared with {name}."
    found = compare(terms[0], terms[1], terms[2] - terms[0], terms[3] - terms[1])
    if found.verdict == "no clear difference":
        return f"No clear difference from the rest of {name}."
    return f"{found.verdict.capitalize()} than the rest of {name}, beyond chance."


def _intervals_compared(own: Cells, whole: Cells) -> str:
    """Proportions: only intervals that lie apart say higher or lower."""
    name = whole.place[0]
    if np.isnan([own.lower[0], whole.lower[0]]).any():
        return f"There is no rate here that can be compared with {name}."
    if own.lower[0] > whole.upper[0]:
        return f"Higher than {name}, beyond chance."
    if own.upper[0] < whole.lower[0]:
        return f"Lower than {name}, beyond chance."
    return f"No clear difference from {name}: the intervals overlap."


def interval_row(cells: Cells, row: int, label: str, *, highlight: bool = False) -> IntervalRow:
    """A cell as a row of an interval chart."""
    value, lower, upper, count = (
        None if np.isnan(column[row]) else float(column[row])
        for column in (cells.rate, cells.lower, cells.upper, cells.numerator)
    )
    return IntervalRow(label, value, lower, upper, cells.state[row], count, highlight, bool(cells.provisional[row]))


def _trend(reader: ViewReader, indicator: Indicator, here: Query) -> TrendChart | None:
    return trend(reader, indicator, [here], [""], months=12)


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
