"""Drawing one measure: places by spans of invented numbers, one function for each way of counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.demo.rules import Rule
from dashboard.demo.spans import Span, years_of
from dashboard.domain import FloatArray

PEAK_MONTH = 7
PEOPLE_GROW = 0.8
"""People counted once grow more slowly than the time they are counted over: to this power of it."""
SPAN_NOISE = 0.05


@dataclass(frozen=True)
class Places:
    """Places of one kind: `residents` is places by spans; the others one number a place.

    `effect` is the burden beside the average, `quality` shifts parts on the logit scale, `hub` marks larger towns,
    `missing` counts the sectors that a coalition lacks.
    """

    residents: FloatArray
    effect: FloatArray
    quality: FloatArray
    hub: NDArray[np.bool_]
    missing: FloatArray


@dataclass(frozen=True)
class Draw:
    """All that a way of counting may use; `whole` is what the measure is a part of, places by spans."""

    rule: Rule
    places: Places
    spans: tuple[Span, ...]
    elapsed: FloatArray
    whole: FloatArray
    rng: np.random.Generator
    steady: FloatArray
    """One uniform number a place, the same for all spans: rounding that does not flicker."""


def draw(task: Draw) -> FloatArray:
    """Places by spans; counts are whole numbers, and people never more than the residents."""
    values = _WAYS[task.rule.way](task)
    if task.rule.measure.people:
        values = np.minimum(values, np.floor(task.places.residents))
    return values


def _expected(task: Draw) -> FloatArray:
    """The mean of a count or stock: rate (or each) x time x trend x season, or the state's totals shared out."""
    rule = task.rule
    long = np.ones(len(task.spans)) if rule.measure.kind in ("stock", "status") else years_of(task.spans)
    if rule.cadence in ("windows", "years") and rule.measure.kind == "count":
        long = long**PEOPLE_GROW
    over_time = long * _trend(rule, task.spans) * _season(rule, task.spans) * _break(rule, task.spans)
    if rule.totals:
        weight = task.places.residents * task.places.effect[:, None]
        return weight / weight.sum(axis=0) * over_time * [_total(rule, span) for span in task.spans]
    if rule.each:
        return np.outer(np.ones(len(task.places.effect)), rule.each * over_time)
    return task.places.residents * task.places.effect[:, None] * rule.rate / 100_000 * over_time


def _total(rule: Rule, span: Span) -> float:
    """The state's total of the year in whose middle the span lies; the nearest known one beyond."""
    year = (span[0] + (span[1] - span[0]) / 2).year
    return rule.totals[min(max(year, min(rule.totals)), max(rule.totals))]


def _trend(rule: Rule, spans: tuple[Span, ...]) -> FloatArray:
    """Change by whole years after the last known total; smoothly from the first span where there are no totals."""
    middles = np.array([(start.toordinal() + end.toordinal()) / 2 for start, end in spans]) / 365.25
    if rule.totals:
        years = np.array([start.year for start, _ in spans])
        return np.asarray(rule.trend ** np.maximum(years - max(rule.totals), 0))
    return np.asarray(rule.trend ** (middles - middles[0]))


def _season(rule: Rule, spans: tuple[Span, ...]) -> FloatArray:
    months = np.array([start.month + ((end - start).days / 30.4 - 1) / 2 for start, end in spans])
    return np.asarray(1 + rule.season * np.cos(2 * np.pi * (months - PEAK_MONTH) / 12))


def _break(rule: Rule, spans: tuple[Span, ...]) -> FloatArray:
    return np.array([rule.break_factor if rule.break_on and start >= rule.break_on else 1.0 for start, _ in spans])


def _part(task: Draw) -> FloatArray:
    """Places by spans: the share from `start` to `end` on the logit scale, by place and with a little chance."""
    start, end = (np.log(p / (1 - p)) for p in (task.rule.start, task.rule.end))
    own = task.rule.spread * (task.steady - 0.5) * 2 + task.places.quality
    wobble = task.rng.normal(0, SPAN_NOISE, task.whole.shape)
    logit = start + (end - start) * task.elapsed[None, :] + own[:, None] + wobble
    return np.asarray(1 / (1 + np.exp(-logit)))


def _events(task: Draw) -> FloatArray:
    return task.rng.poisson(_expected(task)).astype(float)


def _share(task: Draw) -> FloatArray:
    return task.rng.binomial(task.whole.astype(np.int64), _part(task)).astype(float)


def _steady(task: Draw) -> FloatArray:
    part = task.whole * _part(task)
    if task.rule.measure.kind == "money":
        return np.minimum(np.round(part, -2), task.whole)
    return np.minimum(np.floor(part + task.steady[:, None]), task.whole)


def _ratio(task: Draw) -> FloatArray:
    times = task.rule.start + (task.rule.end - task.rule.start) * task.elapsed
    if task.rule.measure.kind == "money":
        return np.round(task.whole * times * task.rng.uniform(0.9, 1.1, task.whole.shape), -2)
    return task.rng.poisson(task.whole * times).astype(float)


def _beyond(task: Draw) -> FloatArray:
    """All of what it includes, and more: no town has fewer overdose deaths of any drug than of opioids."""
    return task.whole + _ratio(task)


def _level(task: Draw) -> FloatArray:
    return np.floor(_expected(task) + task.steady[:, None])


def _modelled(task: Draw) -> FloatArray:
    return np.round(_expected(task), 2)


def _hub(task: Draw) -> FloatArray:
    each = np.floor(task.rule.each * np.exp(task.rule.spread * (task.steady - 0.5)) + 0.5)
    return np.outer(each * task.places.hub, np.ones(len(task.spans)))


def _whole(task: Draw) -> FloatArray:
    """All or nothing: the places whose number lies under the share that has it, the quieter places first."""
    rank = np.argsort(np.argsort(task.places.residents[:, 0] * (0.5 + task.steady))) / len(task.steady)
    far = rank if task.rule.measure.id in FAR_FIRST else 1 - rank
    part = task.rule.start + (task.rule.end - task.rule.start) * task.elapsed
    return np.where(far[:, None] < part[None, :], task.whole, 0.0)


def _amount(task: Draw) -> FloatArray:
    dollars = task.places.residents * task.rule.rate * years_of(task.spans) * _trend(task.rule, task.spans)
    return np.round(dollars * task.rng.gamma(8, 1 / 8, dollars.shape), -2)


def _days(task: Draw) -> FloatArray:
    path = task.rule.start + (task.rule.end - task.rule.start) * task.elapsed
    own = np.exp(task.rule.spread * (task.steady - 0.5) - task.places.quality / 2)
    return np.round(np.outer(own, path) * task.rng.lognormal(0, 0.08, (len(own), len(path))), 1)


def _residents(task: Draw) -> FloatArray:
    return np.floor(task.places.residents)


def _sectors(task: Draw) -> FloatArray:
    more = np.floor(np.outer(task.steady * (task.rule.start + 1), 1 - task.elapsed))
    return np.asarray(task.places.missing[:, None] + more)


FAR_FIRST = ("residents_beyond_threshold", "overdoses_beyond_threshold", "towns_fragile")
"""What befalls small places first; the other all-or-nothing measures begin with the large ones."""
_WAYS: dict[str, Callable[[Draw], FloatArray]] = {
    "events": _events, "share": _share, "steady": _steady, "ratio": _ratio, "beyond": _beyond, "level": _level,
    "modelled": _modelled, "hub": _hub, "whole": _whole, "amount": _amount, "days": _days, "residents": _residents,
    "sectors": _sectors,
}  # fmt: skip
