"""What a store could answer: its places, partners, loads, series, and the spans of time they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from dashboard.domain import Facility, Indicator, Period, Target, TargetVersion
from dashboard.indicators import Registry
from dashboard.store.analyses import Shelf
from dashboard.store.cube import Cube
from dashboard.store.tally import EPOCH, NOT_REPORTED, PROVISIONAL
from dashboard.store.targets import TargetBoard


class Catalogue:
    """The names of one cube: what screens offer as choices. `state` is a two-digit code, "" means anywhere."""

    def __init__(
        self, cube: Cube, registry: Registry, shelf: Shelf | None = None, board: TargetBoard | None = None
    ) -> None:
        self.cube = cube
        self._shelf, self._board = shelf, board
        self.registry = registry
        self.gazetteer = cube.gazetteer
        self.partners = {row["id"]: row for row in cube.partners}
        self._by_measure: dict[str, list[dict[str, Any]]] = {}
        self._reached: dict[str, Period | None] = {}
        for row in cube.series:
            self._by_measure.setdefault(row["measure"], []).append(row)

    @property
    def has_places(self) -> bool:
        """Whether any town or county is known."""
        return bool(self.gazetteer.finest_in[""])

    @property
    def home(self) -> str:
        """The catchment of the store's first coalition; "" without one."""
        return self.cube.home

    @property
    def boundaries(self) -> Sequence[Mapping[str, Any]]:
        """Shapes that are loaded: sha, state, level, vintage, schematic, geoids in their order."""
        return self.cube.boundaries

    @property
    def loads(self) -> Sequence[Mapping[str, Any]]:
        """Loads, oldest first."""
        return self.cube.loads

    @property
    def version(self) -> str:
        """Changes with the data, with the results of analyses and with targets."""
        beside = [part.version if part else "" for part in (self._shelf, self._board)]
        return "/".join([self.cube.version, *beside])

    def facilities(self) -> tuple[Facility, ...]:
        """Sites in or near the places of the store, in every neighbouring state too."""
        return self.cube.facilities

    def merged_sites(self) -> list[dict[str, Any]]:
        """What other sources list of the same sites, counted once: kept, kept_name, source, id, name."""
        return self.cube.merged_sites

    def neighbours(self, state: str) -> dict[str, list[str]] | None:
        """Which towns (or counties) of a state share a border, by geoid; None where no shapes are loaded."""
        rows = [row for row in self.boundaries if row["state"] == state and row["neighbours"] is not None]
        rows = [row for row in rows if row["level"] == self.gazetteer.finest(state)]
        if not rows:
            return None
        best = max(rows, key=lambda row: (not row["schematic"], row["vintage"], row["loaded_at"]))
        codes = best["geoids"]
        return {code: [codes[n] for n in near] for code, near in zip(codes, best["neighbours"], strict=True)}

    def analysis(self, kind: str, *, indicator: str, **names: str) -> dict[str, Any] | None:
        """The newest stored result of a kind ("hotspots", or "desert" with the service as indicator); None if none.

        `names` are period, basis, within, stratum, partner (any when left out) and variant (the default parameters
        when left out). Besides the result: parameters, seed, computed_at, and `stale` when data came in since.
        """
        if self._shelf is None:
            return None
        return self._shelf.find(kind, {"variant": ""} | names | {"indicator": indicator})

    def analyses(self) -> list[dict[str, Any]]:
        """What was analysed, newest first: kind, indicator, period, basis, within, parameters, computed_at, stale."""
        return self._shelf.all() if self._shelf else []

    def targets(self) -> tuple[Target, ...]:
        """Every target of every coalition as it stands."""
        return self._board.targets if self._board else ()

    def target_history(self, target: Target) -> tuple[TargetVersion, ...]:
        """Every version of a target, oldest first."""
        return self._board.history.get((target.coalition, target.id), ()) if self._board else ()

    def strategies(self, coalition: str) -> dict[str, str]:
        """Names of a coalition's strategies by id."""
        named = self._board.strategies if self._board else {}
        return {id_: name for (owner, id_), name in named.items() if owner == coalition}

    @property
    def coalitions(self) -> Sequence[Mapping[str, Any]]:
        """Coalitions: id, name, catchment."""
        return self.cube.coalitions

    def usual_lag_days(self, indicator: Indicator, source: str) -> int:
        """Days from the end of the newest period to the day its source published it: the median over its loads."""
        loads = {row["id"]: date.fromisoformat(row["as_of"]) for row in self.loads if row["source"] == source}
        ends: dict[int, int] = {}
        for row in self.cube.coverage:
            if row["load_id"] in loads and row["measure"] in indicator.numerator.measures:
                ends[row["load_id"]] = max(row["end_day"], ends.get(row["load_id"], row["end_day"]))
        lags = [(loads[id_] - EPOCH).days - end for id_, end in ends.items()]
        return max(0, int(np.median(lags))) if lags else 0

    def series_from(self, source: str) -> list[dict[str, Any]]:
        """Every series of a source."""
        return [row for row in self.cube.series if row["source"] == source]

    def reach(self, source: str) -> Period | None:
        """From the first to the last day that a source says anything of; None when it never does."""
        if source not in self._reached:
            windows = [window for row in self.series_from(source) for window in self.windows(row)]
            self._reached[source] = (
                Period(min(each.start for each in windows), max(each.end for each in windows)) if windows else None
            )
        return self._reached[source]

    def series_from_measure(self, measure: str) -> list[dict[str, Any]]:
        """Every series of a measure."""
        return self._by_measure.get(measure, [])

    def series_of(self, indicator: Indicator, state: str = "") -> list[dict[str, Any]]:
        """Every series that can feed the numerator of an indicator."""
        rows = (row for name in indicator.numerator.measures for row in self._by_measure.get(name, ()))
        return [row for row in rows if not state or state in row["spans"]]

    def windows(self, series: Mapping[str, Any]) -> set[Period]:
        """The distinct periods of a series."""
        rows = slice(series["first"], series["last"])
        first, last = self.cube.columns["start"][rows], self.cube.columns["end"][rows]
        another = np.flatnonzero((np.diff(first, prepend=-1) != 0) | (np.diff(last, prepend=-1) != 0))  # than before it
        return {_period(*span) for span in zip(first[another].tolist(), last[another].tolist(), strict=True)}

    def told_until(self, series: Mapping[str, Any]) -> date | None:
        """The day after the last period of a series that anything was told of, hidden or not; None when never."""
        rows = slice(series["first"], series["last"])
        told = self.cube.columns["status"][rows] % PROVISIONAL != NOT_REPORTED
        ends = self.cube.columns["end"][rows][told]
        return EPOCH + timedelta(int(ends.max())) if len(ends) else None

    def span(self, indicator: Indicator, state: str = "") -> Period | None:
        """From the first to the last day of what is reported for an indicator; None when nothing is."""
        spans = [span for row in self.series_of(indicator, state) for span in _spans(row, state)]
        return _period(min(first for first, _ in spans), max(last for _, last in spans)) if spans else None

    def holds(self, indicator: Indicator, period: Period, state: str = "") -> bool:
        """Whether some series covers a period with whole periods of its own."""
        rows = self.series_of(indicator, state)
        return any(_tiles(_period(*span), row["months"], period) for row in rows for span in _spans(row, state))

    def breaks(self, indicator: Indicator, state: str = "") -> list[tuple[date, str]]:
        """Days on which what feeds an indicator changed its definition or reporting, and why; oldest first."""
        fed = {(row["source"], row["measure"]) for row in self.series_of(indicator, state)}
        rows = [row for row in self.cube.breaks if (row["source"], row["measure"]) in fed]
        return sorted({(EPOCH + timedelta(row["on_day"]), row["label"]) for row in rows})

    def adds_over_time(self, indicator: Indicator) -> bool:
        """Whether periods of the indicator's numerator may be added up."""
        return all("time" in self.registry.measures[name].adds_over for name in indicator.numerator.measures)


def _spans(series: Mapping[str, Any], state: str) -> list[tuple[int, int]]:
    return [(first, last) for name, (first, last) in series["spans"].items() if not state or name == state]


def _period(first: int, last: int) -> Period:
    return Period(EPOCH + timedelta(first), EPOCH + timedelta(last))


def _tiles(span: Period, months: int, period: Period) -> bool:
    """Whether tiles of `months`, laid from the start of a span, fill a period that lies inside it."""
    if not months or period.start < span.start or period.end > span.end:
        return False
    offset = Period(span.start, period.start).months
    return period.months > 0 and period.months % months == 0 and offset % months == 0
