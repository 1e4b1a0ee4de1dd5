"""A reader that answers from lists: what views say is tested without a store."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from dashboard.domain import (
    Basis,
    Cells,
    Direction,
    Facility,
    Indicator,
    Jurisdiction,
    Level,
    Measure,
    Period,
    PlaceSet,
    Query,
    State,
    Target,
    TargetVersion,
    Term,
)
from dashboard.indicators import Registry
from dashboard.rates import estimate
from dashboard.store.areas import Gazetteer

ASH, BIRCH, CEDAR, DOGWOOD = "2500100001", "2500100002", "2500300003", "2500300004"
NORTH, SOUTH, STATE = "25001", "25003", "25"
PLACES = (
    Jurisdiction(STATE, "Massachusetts", Level.STATE, "25"),
    Jurisdiction(NORTH, "North County", Level.COUNTY, "25"),
    Jurisdiction(SOUTH, "South County", Level.COUNTY, "25"),
    Jurisdiction(ASH, "Ash", Level.TOWN, "25", NORTH),
    Jurisdiction(BIRCH, "Birch", Level.TOWN, "25", NORTH),
    Jurisdiction(CEDAR, "Cedar", Level.TOWN, "25", SOUTH),
    Jurisdiction(DOGWOOD, "Dogwood", Level.TOWN, "25", SOUTH),
)
SETS = (
    PlaceSet("area-1", "Ash and Birch", Level.PLANNING_AREA, (ASH, BIRCH)),
    PlaceSet("area-2", "Cedar and Dogwood", Level.PLANNING_AREA, (CEDAR, DOGWOOD)),
    PlaceSet("ours", "Our towns", Level.CATCHMENT, (BIRCH, CEDAR)),
)
PARTNERS = (("clinic", "Birch Clinic", "treatment"), ("ems", "County ambulance", "ems"))
RATE = Indicator(
    "death_rate", "Overdose deaths", "outcomes", "rate", Direction.DOWN, Term(("deaths",), "people who died"),
    Term(("population",), "residents"), 100_000, "deaths", "made by hand", "nobody", date(2026, 1, 1),
    bases=(Basis.RESIDENCE, Basis.OCCURRENCE), strata=("sex", "age"), caveats=("Newest months may change.",),
)  # fmt: skip
SHARE = replace(
    RATE, id="contacted", name="Contacted", theme="continuity", kind="proportion", per=100, months=12, unit="events",
    numerator=Term(("contacts",), "events followed"), denominator=Term(("events",), "identified events"),
    bases=(Basis.NONE,), caveats=(),
)  # fmt: skip
COUNT = replace(
    RATE, id="kit_count", name="Kits", theme="naloxone", kind="count", per=1, months=12, unit="kits",
    numerator=Term(("kits",), "kits"), denominator=None, strata=(), caveats=(),
)  # fmt: skip
MONEY = replace(COUNT, id="spent", name="Money spent", theme="coalition", kind="money", unit="dollars",
                numerator=Term(("dollars",), "dollars"), bases=(Basis.NONE,))  # fmt: skip
INDICATORS = (RATE, SHARE, COUNT, MONEY)


def cell(
    count: float = np.nan, below: float = np.nan, rate: float = np.nan, lower: float = np.nan, upper: float = np.nan,
    *, state: str = State.VALUE, place: str = "Ash",
) -> Cells:  # fmt: skip
    """One cell exactly as written."""
    columns = (np.array([value], dtype=float) for value in (count, below, rate, lower, upper))
    return Cells("any", 1, ["1"], [place], ["2018"], *columns, [state], np.array([False]), [""], [""])


class FakeReader:
    """Answers what it was told, cell by cell; adds nothing up. Periods are written as people write them."""

    def __init__(
        self,
        indicators: Sequence[Indicator] = INDICATORS,
        *,
        places: Sequence[Jurisdiction] = PLACES,
        sets: Sequence[PlaceSet] = SETS,
        adds_over: Sequence[str] = ("place", "time"),
        home: str = "",
    ) -> None:
        names = {name for one in indicators for name in one.numerator.measures}
        measures = {name: Measure(name, name, "count", frozenset(adds_over)) for name in names}
        self.registry = Registry(measures, {one.id: one for one in indicators})
        self.gazetteer = Gazetteer([asdict(place) for place in places], [asdict(one) for one in sets])
        self.partners = {
            id_: {"id": id_, "name": name, "sector": sector, "catchment": ""} for id_, name, sector in PARTNERS
        }
        self.refusal = ""
        self.boundaries: list[dict[str, Any]] = []
        self.loads: list[dict[str, Any]] = []
        self.home = home
        self.saved: dict[tuple[str, str], list[TargetVersion]] = {}
        self.named_strategies: dict[tuple[str, str], str] = {}
        self.coalitions: list[dict[str, Any]] = []
        self.lag_days = 30
        self.asked: list[Query] = []
        self.sites: list[Facility] = []
        self.lived: dict[tuple[str, str], float] = {}
        self.borders: dict[str, dict[str, list[str]]] = {}
        self._analyses: list[dict[str, Any]] = []
        self._series: list[dict[str, Any]] = []
        self._breaks: list[tuple[date, str]] = []
        self._told: dict[tuple[str, ...], tuple[float, float, str, bool]] = {}

    def not_shown(self) -> list[tuple[str, str, str]]:
        """Every agreement allows everything."""
        return []

    @property
    def has_places(self) -> bool:
        return bool(self.gazetteer.places)

    def reports(
        self, measure: str, span: str, *, months: int = 12, windows: Sequence[str] = (),
        states: Sequence[str] = ("25",), source: str = "state", basis: str = "residence", stratum: str = "",
        partner: str = "",
    ) -> None:  # fmt: skip
        """A series of a measure over a span, in periods of `months`, or in the `windows` that are named."""
        self._series.append({
            "measure": measure, "source": source, "basis": basis, "stratum": stratum, "partner": partner,
            "months": months, "spans": dict.fromkeys(states, Period.parse(span)),
            "windows": {Period.parse(window) for window in windows} or {Period.parse(span)},
        })  # fmt: skip

    def tell(
        self, place: str, period: str, count: float | str, below: float = np.nan, *, of: Indicator = RATE,
        stratum: str = "", partner: str = "", provisional: bool = False,
    ) -> None:  # fmt: skip
        """A count and what stands below it, or the state of a cell without a number, for a place by id."""
        known = not isinstance(count, str)
        said = (float(count) if known else np.nan, float(below), State.VALUE if known else str(count), provisional)
        self._told[of.id, place, str(Period.parse(period)), stratum, partner] = said

    def analysed(self, kind: str, indicator: str, result: dict[str, Any], **names: Any) -> None:
        """A stored result; `names` are its period, basis, within, variant, stale and so on."""
        blank = dict.fromkeys(("period", "basis", "within", "stratum", "partner", "variant", "as_of"), "")
        made = {"parameters": {}, "seed": 0, "computed_at": "2026-01-01T00:00:00", "stale": False}
        self._analyses.insert(0, blank | made | names | {"kind": kind, "indicator": indicator, "result": result})

    def changed(self, day: str, why: str) -> None:
        """What is counted changed on a day."""
        self._breaks.append((date.fromisoformat(day), why))

    def loaded(self, source: str, as_of: str = "2026-01-01", **columns: object) -> None:
        """A load of a source."""
        self.loads.append({
            "source": source, "title": source.capitalize(), "publisher": "the state", "licence": "none", "url": "",
            "as_of": as_of, "loaded_at": f"{as_of}T00:00:00", "rows_accepted": 0, "rows_refused": 0,
            "file_name": "file.csv", "notes": [], "demonstration": False,
        } | columns)  # fmt: skip

    def read(self, query: Query) -> Cells:
        self.asked.append(query)
        indicator = self.registry.indicator(query.indicator)
        areas = self.gazetteer.areas(query.level, query.within, query.geoids)
        unknown = (np.nan, np.nan, State.NOT_REPORTED, False)
        rows = [
            self._told.get((indicator.id, id_, str(period), query.stratum, query.partner), unknown)
            for period in query.periods
            for id_ in areas.geoids
        ]
        count, below, states, provisional = zip(*rows, strict=True)
        found = estimate(indicator.kind, count, below, indicator.per, states)
        times = len(query.periods)
        return Cells(
            indicator.id, indicator.per, areas.geoids * times, areas.names * times,
            [str(period) for period in query.periods for _ in areas.geoids], np.array(count), np.array(below),
            found.rate, found.lower, found.upper, found.state, np.array(provisional),
            ["state" if state != State.NOT_REPORTED else "" for state in found.state], [""] * len(rows),
            basis=query.basis or indicator.bases[0],
        )  # fmt: skip

    def notices(self, asked: Sequence[Query]) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def residents(self, geoids: Sequence[str], period: Period, stratum: str = "") -> np.ndarray:  # noqa: ARG002
        return np.array([self.lived.get((geoid, stratum), np.nan) for geoid in geoids])

    def facilities(self) -> tuple[Facility, ...]:
        return tuple(self.sites)

    def neighbours(self, state: str) -> dict[str, list[str]] | None:
        return self.borders.get(state)

    def analysis(self, kind: str, *, indicator: str, **names: str) -> dict[str, Any] | None:
        asked = {"variant": ""} | names | {"kind": kind, "indicator": indicator}
        for row in self._analyses:
            if all(row[name] == value for name, value in asked.items()):
                return row["result"] | {name: row[name] for name in ("parameters", "seed", "computed_at", "stale")}
        return None

    def analyses(self) -> list[dict[str, Any]]:
        return [{name: value for name, value in row.items() if name != "result"} for row in self._analyses]

    def series_of(self, indicator: Indicator, state: str = "") -> list[dict[str, Any]]:
        rows = (row for row in self._series if row["measure"] in indicator.numerator.measures)
        return [row for row in rows if not state or state in row["spans"]]

    def series_from(self, source: str) -> list[dict[str, Any]]:
        return [row for row in self._series if row["source"] == source]

    def reach(self, source: str) -> Period | None:
        windows = [window for row in self.series_from(source) for window in row["windows"]]
        return Period(min(each.start for each in windows), max(each.end for each in windows)) if windows else None

    def series_from_measure(self, measure: str) -> list[dict[str, Any]]:
        return [row for row in self._series if row["measure"] == measure]

    def windows(self, series: dict[str, Any]) -> set[Period]:
        return series["windows"]

    def told_until(self, series: dict[str, Any]) -> date | None:
        return max(window.end for window in series["windows"])

    def span(self, indicator: Indicator, state: str = "") -> Period | None:
        spans = [span for row in self.series_of(indicator, state) for span in row["spans"].values()]
        return Period(min(span.start for span in spans), max(span.end for span in spans)) if spans else None

    def holds(self, indicator: Indicator, period: Period, state: str = "") -> bool:
        return any(
            span.start <= period.start and period.end <= span.end and period.months % row["months"] == 0
            and Period(span.start, period.start).months % row["months"] == 0
            for row in self.series_of(indicator, state) for span in row["spans"].values()
        )  # fmt: skip

    def targets(self) -> tuple[Target, ...]:
        return tuple(versions[-1].target for versions in self.saved.values())

    def target_history(self, target: Target) -> tuple[TargetVersion, ...]:
        return tuple(self.saved.get((target.coalition, target.id), ()))

    def strategies(self, coalition: str) -> dict[str, str]:
        return {id_: name for (owner, id_), name in self.named_strategies.items() if owner == coalition}

    def usual_lag_days(self, *_: object) -> int:
        return self.lag_days

    def saves(self, target: Target, who: str = "Ann", why: str = "first", on: str = "2020-01-01") -> Target:
        """A version of a target, saved by a person on a day."""
        versions = self.saved.setdefault((target.coalition, target.id), [])
        versions.append(TargetVersion(replace(target, version=len(versions) + 1), who, why, datetime.fromisoformat(on)))
        return versions[-1].target

    def adds_over_time(self, indicator: Indicator) -> bool:
        return all("time" in self.registry.measures[name].adds_over for name in indicator.numerator.measures)

    def breaks(self, indicator: Indicator, state: str = "") -> list[tuple[date, str]]:
        return sorted(self._breaks) if self.series_of(indicator, state) else []


def years(first: int, last: int) -> list[str]:
    """Calendar years as people write them, both ends included."""
    return [str(year) for year in range(first, last + 1)]
