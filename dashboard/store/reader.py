"""Answers queries from one cube: numerator, denominator, rate, interval and state of every area and period."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import EVENT_DIMENSIONS, Basis, Cells, FloatArray, Indicator, Period, Query, State
from dashboard.errors import InvalidQuery
from dashboard.indicators import Registry, registry
from dashboard.rates import estimate
from dashboard.store.analyses import Shelf
from dashboard.store.areas import Areas
from dashboard.store.catalogue import Catalogue
from dashboard.store.cube import Cube
from dashboard.store.population import Population
from dashboard.store.tally import EPOCH, Tally, Windows
from dashboard.store.targets import TargetBoard
from dashboard.store.terms import POPULATION, Permits, Series, Terms

STATES = np.array([State.VALUE, State.SUPPRESSED, State.NOT_REPORTED], dtype="U12")
KEPT_CELLS = 500_000
"""Of all answers that are kept, some 90 bytes each: a map of a country is as much as thousands of towns."""
DAYS_A_YEAR = 365.25


class CubeReader(Catalogue):
    """One cube, every query; answers are kept because screens ask the same things again.

    What is served is read through `dashboard.store.gated`, which hands over what agreements permit.
    """

    def __init__(
        self, cube: Cube, known: Registry | None = None, shelf: Shelf | None = None, board: TargetBoard | None = None,
        *, permits: Permits | None = None,
    ) -> None:  # fmt: skip
        super().__init__(cube, known or registry(), shelf, board)
        self.sources = sorted({row["source"] for row in cube.series})
        self._permits = permits
        self._terms = Terms(cube, self.registry.measures, self.sources, permits)
        self._populations: dict[str, Population | None] = {}
        self._answers: OrderedDict[Query, Cells] = OrderedDict()
        self._keeping, self._kept_cells = threading.Lock(), 0

    def read(self, query: Query) -> Cells:
        """Cells for a query; InvalidQuery for an unknown indicator, place, basis, group or partner."""
        cells = self._answers.get(query)
        return self._keep(query, self._answer(query)) if cells is None else cells

    def _keep(self, query: Query, cells: Cells) -> Cells:
        """The answer that is kept from now on; two threads that found the same one count it once."""
        with self._keeping:
            if query not in self._answers:
                self._answers[query] = cells
                self._kept_cells += len(cells)
            kept = self._answers[query]
            while len(self._answers) > 1 and self._kept_cells > KEPT_CELLS:
                self._kept_cells -= len(self._answers.popitem(last=False)[1])
        return kept

    def residents(self, geoids: Sequence[str], period: Period, stratum: str = "") -> FloatArray:
        """Person-years of a population group in each place (n,); NaN where nobody of the group is known."""
        population = self._population(stratum)
        if population is None:
            return np.full(len(geoids), np.nan)
        return population.person_years(period)[[self.gazetteer.number[geoid] for geoid in geoids]]

    def _answer(self, query: Query) -> Cells:
        indicator = self.registry.indicator(query.indicator)
        self._check(query, indicator)
        areas = self.gazetteer.areas(query.level, query.within, query.geoids)
        windows = Windows.of(query.periods)
        basis, numerator = self._numerator(indicator, query, areas, windows)
        denominator = self._denominator(indicator, query, areas, windows, basis, numerator)
        found = estimate(indicator.kind, numerator.value, denominator, indicator.per, STATES[numerator.status])
        shown = np.isin(found.state, (State.VALUE, State.UNSTABLE))
        repeats = len(windows)
        return Cells(
            indicator=indicator.id, per=indicator.per,
            geoid=areas.geoids * repeats, place=areas.names * repeats,
            period=[named for period in query.periods for named in [str(period)] * len(areas)],
            numerator=np.where(shown, numerator.value, np.nan),
            denominator=np.where(np.isnan(denominator), np.nan, np.round(denominator, 2)),
            rate=found.rate, lower=found.lower, upper=found.upper, state=list(found.state),
            provisional=numerator.provisional,
            source=[self.sources[number] if number >= 0 else "" for number in numerator.source.tolist()],
            as_of=[self.cube.loads[number]["as_of"] if number >= 0 else "" for number in numerator.load.tolist()],
            basis=basis, notes=self._why_withheld(query, indicator, basis) if numerator.withheld.any() else (),
        )  # fmt: skip

    def _why_withheld(self, query: Query, indicator: Indicator, basis: str) -> tuple[str, ...]:  # noqa: ARG002
        """Sentences on what an agreement does not show."""
        return ()

    def _check(self, query: Query, indicator: Indicator) -> None:
        if not query.periods:
            raise InvalidQuery("A query needs at least one period.")
        if self.adds_over_time(indicator) and any(b.start < a.end for a, b in pairwise(query.periods)):
            raise InvalidQuery("The periods share days: what adds over time is asked for period by period, in order.")
        if query.partner and query.partner not in self.partners:
            raise InvalidQuery(f"There is no partner '{query.partner[:60]}' in this store.")
        strata = {row["stratum"] for row in Catalogue.series_of(self, indicator)} if query.stratum else set()
        if strata and query.stratum not in strata:
            strata = {row["stratum"] for row in self.series_of(indicator)}
            groups = ", ".join(sorted(filter(None, strata))) or "none"
            raise InvalidQuery(
                f"'{indicator.name}' is not known for the group '{query.stratum[:60]}'. Known: {groups}."
            )

    def _numerator(self, indicator: Indicator, query: Query, areas: Areas, windows: Windows) -> tuple[str, Tally]:
        """The first basis that anybody reports, and its cells; the first listed one when nobody reports any.

        A basis of which something may be seen goes before one of which nothing may.
        """
        bases = [query.basis] if query.basis else [*indicator.bases, *Basis]
        if Basis.NONE in indicator.bases or all(b is Basis.NONE for b in indicator.bases):
            bases.append(Basis.NONE)
        told = {basis: rows for basis in bases if (rows := self._terms.reported(indicator.numerator, basis, query))}
        seen = [basis for basis, rows in told.items() if self._is_seen(rows, indicator.id)]
        if told:
            basis = (*seen, *told)[0]
            return basis.value, self._terms.tally(indicator.numerator, basis, query, areas, windows)
        return bases[0].value, Tally.nothing(len(areas) * len(windows))

    def _denominator(
        self, indicator: Indicator, query: Query, areas: Areas, windows: Windows, basis: str, numerator: Tally
    ) -> FloatArray:
        term = indicator.denominator
        if term is None:
            return np.full(len(numerator.value), np.nan)
        if term.measures == (POPULATION,):
            residents = self._residents(indicator, query, areas, basis)
            if not self._is_seen(self._population_rows(_person_stratum(query.stratum)), POPULATION):
                numerator.withhold(np.isnan(residents))
            return (
                residents if self.adds_over_time(indicator) else residents / self._years(indicator, query, len(areas))
            )
        below = self._terms.tally(term, basis, query, areas, windows)
        numerator.withhold(below.withheld)
        numerator.provisional |= below.provisional
        return np.where(below.status == 0, below.value, np.nan)

    def _years(self, indicator: Indicator, query: Query, areas: int) -> FloatArray | float:
        """Length of each window for a stock, which stands against residents, not against the years they lived."""
        if self.registry.measures[indicator.numerator.measures[0]].kind != "stock":
            return 1.0
        return np.repeat([period.days / DAYS_A_YEAR for period in query.periods], areas)

    def _residents(self, indicator: Indicator, query: Query, areas: Areas, basis: str) -> FloatArray:
        """Person-years per window and area; NaN where residents of the group or the partner's catchment are unknown.

        NaN too where the partner also counts in towns outside its catchment: those people are not in it.
        """
        population = self._population(_person_stratum(query.stratum))
        if population is None:
            return np.full(len(areas) * len(query.periods), np.nan)
        served = self._served(query.partner)
        lived = np.stack([self._person_years(population, period, areas, served) for period in query.periods])
        if served is not None:
            lived[:, self._areas_beyond(served, indicator, query, areas, basis)] = np.nan
        return lived.reshape(-1)

    def _areas_beyond(
        self, served: NDArray[np.bool_], indicator: Indicator, query: Query, areas: Areas, basis: str
    ) -> NDArray[np.int32]:
        """Areas in which a partner counts in towns that are not of its catchment."""
        names = indicator.numerator.measures
        rows = [row for name in names for row in self._terms.series(name, basis, query.stratum, query.partner)]
        places = self._terms.places_served(rows)
        beyond = areas.of_town[places[~served[places]]]
        return beyond[beyond >= 0]

    def _person_years(
        self, population: Population, period: Period, areas: Areas, served: NDArray[np.bool_] | None
    ) -> FloatArray:
        lived = population.person_years(period)
        of_town = areas.of_town if served is None else np.where(served, areas.of_town, -1)
        known = of_town >= 0
        summed = np.bincount(of_town[known], weights=lived[known], minlength=len(areas)).astype(np.float64)
        summed[np.bincount(of_town[known], minlength=len(areas)) == 0] = np.nan
        direct = np.full(len(areas), np.nan)
        at = areas.of_direct >= 0
        direct[areas.of_direct[at]] = lived[at]
        return np.where(np.isnan(summed) & (served is None), direct, summed)

    def _served(self, partner: str) -> NDArray[np.bool_] | None:
        """Which places a partner's catchment holds; none at all where its catchment is unknown."""
        if not partner:
            return None
        catchment = self.gazetteer.set_by_id.get(self.partners[partner]["catchment"])
        members = set(catchment.members) if catchment else set()
        return np.array([place.geoid in members for place in self.gazetteer.places], dtype=bool)

    def _population(self, stratum: str) -> Population | None:
        if stratum not in self._populations:
            self._populations[stratum] = self._read_population(stratum)
        return self._populations[stratum]

    def _population_rows(self, stratum: str) -> list[Series]:
        return self._terms.series(POPULATION, Basis.RESIDENCE, stratum, "")

    def _is_seen(self, rows: Sequence[Series], indicator: str) -> bool:
        """Whether any of these series may be seen; nothing stands in the way where nobody reports any."""
        return self._permits is None or not rows or any(self._permits.visible(row, indicator) for row in rows)

    def _read_population(self, stratum: str) -> Population | None:
        rows = [row for row in self._population_rows(stratum) if self._is_seen([row], POPULATION)]
        if not rows:
            return None
        at = np.concatenate([np.arange(row["first"], row["last"]) for row in rows])
        at = at[np.argsort(self.cube.columns["load"][at], kind="stable")]
        start = self.cube.columns["start"][at].astype("datetime64[D]")
        years = start.astype("datetime64[Y]").astype(np.int32) + EPOCH.year
        places, values = self.cube.columns["place"][at], self.cube.columns["value"][at]
        return Population(years, places, values, len(self.gazetteer.places))


def _person_stratum(stratum: str) -> str:
    """The part of a stratum that people belong to: substances or channels part the events, and anyone could be in them.

    "age=25-34;substance=opioids" stands against all residents aged 25 to 34.
    """
    return ";".join(part for part in stratum.split(";") if part.partition("=")[0] not in EVENT_DIMENSIONS)
