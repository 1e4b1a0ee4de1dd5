"""Targets of two coalitions, their baselines counted from the same invented numbers as everything else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.demo.coalitions import Coalition
from dashboard.demo.detail import Details
from dashboard.demo.rules import POPULATION
from dashboard.demo.spans import Span, years_of
from dashboard.domain import FloatArray, Indicator, Period, Target, add_months
from dashboard.indicators import Registry

TARGETS_FILE = Path(__file__).with_name("targets.toml")
BASELINE_DAYS = 366


@dataclass(frozen=True)
class Wish:
    """One entry of targets.toml with what it speaks of; `towns` are positions in the ground."""

    entry: dict[str, Any]
    indicator: Indicator
    coalition: Coalition
    details: Details

    @property
    def towns(self) -> list[int]:
        """The coalition's towns, or the one that is named."""
        named = self.entry.get("town")
        return [int(n) for n in (self.details.world.ground.positions([named]) if named else self.coalition.towns)]

    @property
    def partner(self) -> str:
        """The id of the partner whose numbers count; "" for all."""
        return _partner(self.coalition, self.entry["partner"]) if "partner" in self.entry else ""


def targets(details: Details, registry: Registry, *, first: bool) -> list[Target]:
    """Targets of targets.toml whose indicator the registry knows: as first agreed, or those that were changed since.

    The details must have been made, because baselines of groups and partners are counted from them.
    """
    coalitions = {one.id: one for one in details.world.coalitions}
    wishes = [
        Wish(entry, registry.indicators[entry["indicator"]], coalitions[entry["coalition"]], details)
        for entry in _file()["target"]
        if entry["indicator"] in registry.indicators and (first or "first_reach" in entry)
    ]
    return [_target(wish, wish.entry.get("first_reach") if first else None) for wish in wishes]


def strategies() -> list[tuple[str, str, str]]:
    """Strategies behind the targets: coalition, id, name."""
    return [(entry["coalition"], entry["id"], entry["name"]) for entry in _file()["strategy"]]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(TARGETS_FILE.read_text("utf-8"))


def _target(wish: Wish, reach: float | None) -> Target:
    entry, coalition, world = wish.entry, wish.coalition, wish.details.world
    reach = reach if reach is not None else entry.get("reach")
    spans = _first_year(_told(wish, wish.indicator.numerator.measures[0])[1])
    baseline = round(_rate(wish, len(spans)), 2)
    named = "-".join(filter(None, (entry.get("town", "").lower(), entry.get("group", ""), entry.get("partner", ""))))
    return Target(
        id=f"{coalition.id}-{wish.indicator.id}" + (f"-{named.replace('=', '-').replace(' ', '-')}" if named else ""),
        coalition=coalition.id,
        indicator=wish.indicator.id,
        baseline=baseline,
        baseline_period=str(Period(spans[0][0], spans[-1][1])),
        target=float(reach) if reach is not None else round(baseline * entry["times"], 1),
        due=_december(world.spans.end, entry["due"]),
        owner=entry["owner"],
        place=world.ground.geoids[wish.towns[0]] if "town" in entry else coalition.id,
        stratum=entry.get("group", ""),
        partner=wish.partner,
        strategy=entry.get("strategy", ""),
        contributors=tuple(_partner(coalition, sector) for sector in entry.get("partners", [])),
        process=entry.get("process", ""),
    )


def _rate(wish: Wish, spans: int) -> float:
    """The rate over the first spans."""
    numerator, below = wish.indicator.numerator.measures[0], wish.indicator.denominator
    counted = _summed(wish, numerator, spans)
    if below is None:
        return counted * wish.indicator.per
    if below.measures[0] == POPULATION:
        first = _told(wish, numerator)[1][:spans]
        residents = wish.details.world.ground.residents_in(first)[wish.towns]
        return counted / float((residents * years_of(first)).sum()) * wish.indicator.per
    return counted / max(_summed(wish, below.measures[0], spans), 1.0) * wish.indicator.per


def _summed(wish: Wish, measure: str, spans: int) -> float:
    """What was counted in the target's towns over the first spans."""
    areas = wish.details.world.areas[wish.details.rules[measure].places]
    ours = areas.members[:, wish.towns].sum(axis=1) > 0
    return float(_told(wish, measure)[0][ours, :spans].sum())


def _told(wish: Wish, measure: str) -> tuple[FloatArray, tuple[Span, ...]]:
    """Places by spans of a measure, for the target's group or partner or for everybody, and the spans."""
    details, rule = wish.details, wish.details.rules[measure]
    if "group" in wish.entry:
        dimension, _, value = wish.entry["group"].partition("=")
        made = details.groups[measure, rule.bases[0], dimension]
        return made[..., rule.dims[dimension].index(value)], details.spans(rule)
    if wish.partner:
        ids = [partner.id for partner in wish.coalition.of_sectors(rule.sectors)]
        made = details.partners[measure, rule.bases[0], wish.coalition.id]
        return made[..., ids.index(wish.partner)], details.spans(rule)
    return details.totals[measure, rule.bases[0]], details.world.spans.of(rule.cadence)


def _partner(coalition: Coalition, sector: str) -> str:
    return coalition.of_sectors((sector,))[0].id


def _first_year(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    first = spans[0][0]
    inside = np.array([(end - first).days <= BASELINE_DAYS for _, end in spans])
    return tuple(span for span, fits in zip(spans, inside, strict=True) if fits)


def _december(end: date, years: int) -> date:
    return date(add_months(end, 12 * years).year, 12, 31)
