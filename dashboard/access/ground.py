"""The towns of which access is decided: where they are, who lives there, and how many overdoses they had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.access.asked import PlaceReader
from dashboard.access.rules import MAINLAND, rules
from dashboard.domain import Basis, Cells, FloatArray, Indicator, Jurisdiction, Period, Query
from dashboard.errors import InvalidQuery

NEED = ("opioid_overdose_death_rate", "overdose_death_rate_any_drug", "nonfatal_overdose_rate",
        "opioid_related_ems_incidents")  # fmt: skip
"""Indicators whose events are the need, the first that is reported for the towns."""
RESIDENTS = "opioid_overdose_death_rate"
"""Any indicator per resident tells how many live in a town."""
YEAR = 12


@dataclass(frozen=True)
class Ground:
    """n towns as columns in the store's order. NaN where residents or overdoses are not known (or hidden).

    `overdoses` are events of the indicator `need` over `period`; `need` is "" where none is reported. `island` numbers
    what no road joins. `left_out` names the towns without a point. `counts` are the cells that the overdoses come from:
    they say why one is absent, and whose numbers they are.
    """

    within: str
    geoid: tuple[str, ...]
    name: tuple[str, ...]
    latitude: FloatArray
    longitude: FloatArray
    residents: FloatArray
    overdoses: FloatArray
    urban: NDArray[np.bool_]
    island: NDArray[np.int64]
    need: str = ""
    period: Period | None = None
    basis: str = ""
    left_out: tuple[str, ...] = ()
    counts: Cells | None = None


def ground(reader: PlaceReader, within: str, today: date, *, need: str = "", period: Period | None = None) -> Ground:
    """The towns of a state, county or set with their residents now and their overdoses (newest 36 months by default).

    `need` is an indicator of events; InvalidQuery for one that does not exist, or a place without any town.
    """
    places = [reader.gazetteer.place(geoid) for geoid in reader.gazetteer.towns_of(within)]
    placed = [place for place in places if place.latitude is not None and place.longitude is not None]
    if not placed:
        raise InvalidQuery(f"{reader.gazetteer.name(within)} has no town whose position is known: load its towns.")
    chosen = _need(reader, need, placed[0].state)
    period = period or (_window(reader, chosen, placed[0].state) if chosen else None)
    counts = _cells(reader, chosen.id, period, placed) if chosen and period else None
    residents = _residents(reader, placed, today)
    return Ground(
        within, tuple(place.geoid for place in placed), tuple(place.name for place in placed),
        np.array([place.latitude for place in placed], dtype=float),
        np.array([place.longitude for place in placed], dtype=float),
        residents, counts.numerator if counts else np.full(len(placed), np.nan),
        np.nan_to_num(residents) >= rules().urban_residents,
        np.array([rules().islands.get(place.geoid, MAINLAND) for place in placed], dtype=np.int64),
        need=chosen.id if chosen else "", period=period, basis=counts.basis if counts else "",
        left_out=tuple(place.name for place in places if place not in placed), counts=counts,
    )  # fmt: skip


def _need(reader: PlaceReader, need: str, state: str) -> Indicator | None:
    if need:
        return reader.registry.indicator(need)
    known = [reader.registry.indicators[id_] for id_ in NEED if id_ in reader.registry.indicators]
    return next((indicator for indicator in known if reader.span(indicator, state)), None)


def _window(reader: PlaceReader, indicator: Indicator, state: str) -> Period | None:
    """The newest 36 months of an indicator, or all of them where there are fewer."""
    span = reader.span(indicator, state)
    return Period.ending(span.end, min(indicator.months, span.months or indicator.months)) if span else None


def _residents(reader: PlaceReader, places: list[Jurisdiction], today: date) -> FloatArray:
    """Residents in the newest whole year, as the store knows them for it; NaN where it knows none."""
    if RESIDENTS not in reader.registry.indicators:
        return np.full(len(places), np.nan)
    year = Period.of_months(today.year - 1, 1, YEAR)
    return np.asarray(np.round(_cells(reader, RESIDENTS, year, places).denominator))


def _cells(reader: PlaceReader, indicator: str, period: Period, places: list[Jurisdiction]) -> Cells:
    """One cell a place; by residence where anybody reports it, else as it is reported."""
    level = reader.gazetteer.finest(places[0].state)
    geoids = tuple(place.geoid for place in places)
    bases = reader.registry.indicator(indicator).bases
    cells = reader.read(Query(indicator, (period,), level, geoids, basis=bases[0]))
    if np.isfinite(cells.numerator).any() or Basis.RESIDENCE not in bases:
        return cells
    return reader.read(Query(indicator, (period,), level, geoids))
