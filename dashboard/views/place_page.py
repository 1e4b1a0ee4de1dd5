"""One place: its number, how it compares, its trend."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.comparison import compare
from dashboard.domain import Cells, Indicator, Level, Query
from dashboard.figures.chart import IntervalChart, IntervalRow, TrendChart
from dashboard.views.series import trend
from dashboard.views.source import ViewReader
from dashboard.views.words import (
    axis_per,
    counted_words,
    period_words,
    unit_words,
)


@dataclass(frozen=True)
class PlacePage:
    """What one place says beside the map, in the order it is read."""

    name: str
    kind: str
    sentence: str
    comparison: IntervalChart | None
    trend: TrendChart | None


def place_page(reader: ViewReader, query: Query, place: str) -> PlacePage:
    """One place (town, county, state or set) for the question a map asks."""
    indicator = reader.registry.indicator(query.indicator)
    here = at_place(reader, query, place)
    cells = reader.read(here)
    period = period_words(query.periods[0])
    return PlacePage(
        name=reader.gazetteer.name(place),
        kind=_kind(reader, place),
        sentence=f"{period[:1].upper()}{period[1:]}: {counted_words(indicator, cells, 0)}.",
        comparison=_comparison(reader, indicator, here, place),
        trend=_trend(reader, indicator, here),
    )


def at_place(reader: ViewReader, query: Query, place: str) -> Query:
    """The same question for one place alone."""
    return replace(query, level=reader.gazetteer.level_of(place), geoids=(place,), within="")


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
