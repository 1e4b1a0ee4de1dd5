"""Naloxone kits against modelled need: towns of 10,000 people and more each, smaller ones together by area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.domain import Basis, Cells, FloatArray, Level, Period, Query
from dashboard.naloxone import KitNeed, Share, kit_need, share_out
from dashboard.views.access_answer import AccessAnswer, AskedAccess, access_answer, complete_access
from dashboard.views.asking import resolve_period, state_of
from dashboard.views.source import ViewReader

KITS = "naloxone_kits_per_100k"
RATIO = "naloxone_coverage_ratio"
SERVICE = "naloxone"
MONTHS = 12


@dataclass(frozen=True)
class Saturation:
    """n towns: kits handed out over `period`, kits needed for it with the range, and minutes to a free point.

    Columns (n,) are NaN where nobody reports, hides or knows a number; `state` says why for kits. `ratio` is kits per
    opioid death over its own longer window, NaN where nobody died.
    """

    access: AccessAnswer
    period: Period
    rule: KitNeed
    need: FloatArray
    least: FloatArray
    most: FloatArray
    handed_out: Cells
    per_death: Cells

    @property
    def kits(self) -> FloatArray:
        """Kits handed out, (n,)."""
        return self.handed_out.numerator

    @property
    def state(self) -> tuple[str, ...]:
        """What each number of kits is, (n,)."""
        return tuple(self.handed_out.state)

    @property
    def basis(self) -> str:
        """Whose place the kits are counted at."""
        return self.handed_out.basis

    @property
    def ratio(self) -> FloatArray:
        """Kits for each opioid death, (n,)."""
        return np.where(np.nan_to_num(self.per_death.denominator) > 0, self.per_death.rate, np.nan)

    @property
    def large(self) -> np.ndarray:
        """Towns with enough people for a need of their own, (n,)."""
        return np.asarray(np.nan_to_num(self.access.ground.residents) >= self.rule.smallest_population)

    @property
    def reported(self) -> bool:
        """Whether anybody reports kits in any of the towns."""
        return bool(np.isfinite(self.kits).any())


@dataclass(frozen=True)
class Unit:
    """A place that kits are sent to: a town, or the towns under 10,000 people of an area together (`rows`)."""

    name: str
    rows: tuple[int, ...]
    kits: float
    need: float
    partly: bool
    """Whether kits are not known for some of its towns."""


def saturation(reader: ViewReader, within: str, basis: str, today: date) -> Saturation:
    """Kits, need and minutes of the towns of an area."""
    asked = complete_access(reader, AskedAccess(service=SERVICE, within=within), today)
    access = access_answer(reader, asked, today)
    ground, state = access.ground, state_of(reader, within)
    rule = kit_need(state)
    period = resolve_period(reader, reader.registry.indicator(KITS), f"{MONTHS}m", state)
    ratios = reader.registry.indicator(RATIO)
    years = (period.months or MONTHS) / MONTHS
    need, least, most = (each * years for each in rule.kits(ground.residents))
    return Saturation(
        access, period, rule, need, least, most,
        handed_out=_cells(reader, KITS, period, access, basis),
        per_death=_cells(reader, RATIO, resolve_period(reader, ratios, "", state), access, Basis.RESIDENCE.value),
    )  # fmt: skip


def _cells(reader: ViewReader, indicator: str, period: Period, access: AccessAnswer, basis: str) -> Cells:
    level = reader.gazetteer.level_of(access.ground.geoid[0])
    wanted = Basis(basis) if basis else None
    return reader.read(Query(indicator, (period,), level, access.ground.geoid, basis=wanted))


def units(reader: ViewReader, found: Saturation) -> list[Unit]:
    """Large towns one by one, then the small towns of each planning area (or county) together; by name."""
    ground, large = found.access.ground, found.large
    single = [_unit(found, ground.name[row], (row,)) for row in np.flatnonzero(large).tolist()]
    together: dict[str, list[int]] = {}
    for row in np.flatnonzero(~large & np.isfinite(found.need)).tolist():
        together.setdefault(_area_of(reader, ground.geoid[row]), []).append(row)
    small = [_unit(found, f"{name} (towns under 10,000)", tuple(rows)) for name, rows in together.items()]
    return sorted(single + small, key=lambda unit: unit.name)


def _unit(found: Saturation, name: str, rows: tuple[int, ...]) -> Unit:
    kits = found.kits[list(rows)]
    known = np.isfinite(kits)
    total = float(np.nansum(kits)) if known.any() else float("nan")
    return Unit(name, rows, total, float(np.nansum(found.need[list(rows)])), bool(known.any() and not known.all()))


def _area_of(reader: ViewReader, geoid: str) -> str:
    """The name of the planning area of a town, else of its county, else of its state."""
    sets = (each for each in reader.gazetteer.sets if each.level is Level.PLANNING_AREA and geoid in each.members)
    area = next(sets, None)
    if area:
        return area.name
    town = reader.gazetteer.place(geoid)
    above = town.county if town.county in reader.gazetteer.number else town.state
    return reader.gazetteer.name(above)


def next_kits(places: list[Unit], kits: int) -> list[tuple[Unit, Share]]:
    """Where the next kits go, most first; they add up to `kits` exactly."""
    shares = share_out(kits, [unit.need for unit in places], [unit.kits for unit in places])
    pairs = list(zip(places, shares, strict=True))
    return sorted(pairs, key=lambda pair: (-pair[1].kits, -np.nan_to_num(pair[1].shortfall), pair[0].name))


def channels(reader: ViewReader, found: Saturation) -> dict[str, float]:
    """Stratum -> kits in the whole area, for every channel that is reported for it."""
    within = found.access.ground.within
    level = reader.gazetteer.level_of(within)
    rows = reader.series_of(reader.registry.indicator(KITS), state_of(reader, within))
    strata = sorted({row["stratum"] for row in rows if row["stratum"].startswith("channel=")})
    told = {}
    for stratum in strata:
        wanted = Basis(found.basis) if found.basis else None
        cells = reader.read(Query(KITS, (found.period,), level, (within,), basis=wanted, stratum=stratum))
        if np.isfinite(cells.numerator[0]):
            told[stratum] = float(cells.numerator[0])
    return told
