"""Targets of two coalitions, their baselines counted from the same invented numbers as everything else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dashboard.demo.coalitions import Coalition
from dashboard.demo.rules import POPULATION, Rule
from dashboard.demo.spans import Span, years_of
from dashboard.demo.world import World
from dashboard.domain import FloatArray, Indicator, Period, Target, add_months
from dashboard.indicators import Registry

TARGETS_FILE = Path(__file__).with_name("targets.toml")
BASELINE_DAYS = 366


def targets(
    world: World, rules: Mapping[str, Rule], totals: Mapping[tuple[str, str], FloatArray], registry: Registry
) -> list[Target]:
    """All targets of targets.toml whose indicator the registry knows."""
    entries = tomllib.loads(TARGETS_FILE.read_text("utf-8"))["target"]
    return [
        _target(entry, registry.indicators[entry["indicator"]], world, rules, totals)
        for entry in entries
        if entry["indicator"] in registry.indicators
    ]


def _target(
    entry: dict[str, Any],
    indicator: Indicator,
    world: World,
    rules: Mapping[str, Rule],
    totals: Mapping[tuple[str, str], FloatArray],
) -> Target:
    coalition = next(one for one in world.coalitions if one.id == entry["coalition"])
    rule = rules[indicator.numerator.measures[0]]
    spans = _first_year(world.spans.of(rule.cadence))
    baseline = round(_rate(indicator, coalition, world, rules, totals, len(spans)), 2)
    period = Period(spans[0][0], spans[-1][1])
    return Target(
        id=f"{coalition.id}-{indicator.id}",
        coalition=coalition.id,
        indicator=indicator.id,
        baseline=baseline,
        baseline_period=str(period),
        target=float(entry["reach"]) if "reach" in entry else round(baseline * entry["times"], 1),
        due=_december(world.spans.end, entry["due"]),
        owner=entry["owner"],
        place=coalition.id,
    )


def _rate(
    indicator: Indicator,
    coalition: Coalition,
    world: World,
    rules: Mapping[str, Rule],
    totals: Mapping[tuple[str, str], FloatArray],
    spans: int,
) -> float:
    """The coalition's rate over the first spans."""

    def summed(measure: str) -> float:
        rule = rules[measure]
        ours = world.areas[rule.places].members[:, coalition.towns].sum(axis=1) > 0
        return float(totals[measure, rule.bases[0]][ours, :spans].sum())

    numerator, below = indicator.numerator.measures[0], indicator.denominator
    if below is None:
        return summed(numerator) * indicator.per
    if below.measures[0] == POPULATION:
        first = world.spans.of(rules[numerator].cadence)[:spans]
        residents = world.ground.residents_in(first)[coalition.towns]
        return summed(numerator) / float((residents * years_of(first)).sum()) * indicator.per
    return summed(numerator) / max(summed(below.measures[0]), 1.0) * indicator.per


def _first_year(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    first = spans[0][0]
    inside = np.array([(end - first).days <= BASELINE_DAYS for _, end in spans])
    return tuple(span for span, fits in zip(spans, inside, strict=True) if fits)


def _december(end: date, years: int) -> date:
    return date(add_months(end, 12 * years).year, 12, 31)
