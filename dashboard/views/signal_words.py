"""Changes beyond chance among every indicator that is reported here, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import isnan, log

from dashboard.disparity import Counted
from dashboard.domain import Direction, Indicator, Period, Query, State, add_months
from dashboard.indicators import THEMES
from dashboard.signals import Change, dispersion, look_rate, signals
from dashboard.views.asking import state_of
from dashboard.views.cascade_asking import span_words
from dashboard.views.source import ViewReader
from dashboard.views.words import short_words

YEAR = 12
STEPS_BACK = 6
HISTORY = 12
COMPARED = ("rate", "proportion")


@dataclass(frozen=True)
class Signal:
    """One indicator in two periods that do not overlap; `better` is None where neither way is."""

    indicator: Indicator
    query: Query
    before: Period
    change: Change
    words: str
    better: bool | None


@dataclass(frozen=True)
class Found:
    """The changes beyond chance, what most needs a look first, and how many indicators were compared."""

    signals: tuple[Signal, ...]
    compared: int


def find_signals(reader: ViewReader, base: Query, months: int) -> Found:
    """Signals at the place, group and partner of `base`: the newest settled months against the same a year before."""
    candidates = [one for one in (_candidate(reader, i, base, months) for i in _compared(reader, base)) if one]
    beyond = signals([one.change for one in candidates], look_rate())
    found = [one for one, signal in zip(candidates, beyond, strict=True) if signal]
    return Found(tuple(sorted(found, key=_order)), sum(not isnan(one.change.p) for one in candidates))


def _compared(reader: ViewReader, base: Query) -> Iterable[Indicator]:
    state = state_of(reader, *base.geoids)
    for indicator in reader.registry.indicators.values():
        rows = reader.series_of(indicator, state)
        told = any(row["stratum"] == base.stratum and row["partner"] == base.partner for row in rows)
        whole = not base.partner and not base.stratum and bool(rows)
        if indicator.kind in COMPARED and reader.adds_over_time(indicator) and (told or whole):
            yield indicator


def _candidate(reader: ViewReader, indicator: Indicator, base: Query, months: int) -> Signal | None:
    """The comparison of one indicator; None without two settled periods on one side of every break."""
    state = state_of(reader, *base.geoids)
    span = reader.span(indicator, state)
    after = settled(reader, replace(base, indicator=indicator.id), span.end, months) if span else None
    if span is None or after is None:
        return None
    before = Period(add_months(after.start, -YEAR), add_months(after.end, -YEAR))
    if before.start < span.start or any(before.start < day < after.end for day, _ in reader.breaks(indicator, state)):
        return None
    query = replace(base, indicator=indicator.id, periods=(before, after))
    cells = reader.read(query)
    told = [Counted(float(n), float(d)) for n, d in zip(cells.numerator, cells.denominator, strict=True)]
    if any(isnan(one.events) or isnan(one.below) for one in told):
        return None
    proportion = indicator.kind == "proportion"
    change = Change(told[0], told[1], proportion, _dispersion(reader, query, span, proportion=proportion))
    better = _better(indicator, change)
    return Signal(indicator, query, before, change, _words(indicator, cells, query.periods, better), better)


def settled(reader: ViewReader, query: Query, end: date, months: int) -> Period | None:
    """The newest `months` months that are reported and no longer provisional, at most half a year back."""
    for back in range(STEPS_BACK + 1):
        period = Period.ending(add_months(end, -back), months)
        cells = reader.read(replace(query, periods=(period,)))
        if cells.state[0] in (State.VALUE, State.UNSTABLE) and not cells.provisional[0]:
            return period
    return None


def _dispersion(reader: ViewReader, query: Query, span: Period, *, proportion: bool) -> float:
    """How much more periods of this length vary than chance, from those before the newest."""
    newest = query.periods[-1]
    ends = [add_months(newest.start, -newest.months * n) for n in range(HISTORY)]
    periods = tuple(Period.ending(end, newest.months) for end in reversed(ends))
    known = tuple(period for period in periods if period.start >= span.start)
    if not known:
        return 1.0
    cells = reader.read(replace(query, periods=known))
    return dispersion(cells.numerator, cells.denominator, proportion=proportion)


def _better(indicator: Indicator, change: Change) -> bool | None:
    if indicator.direction is Direction.CONTEXT:
        return None
    return (change.after.share > change.before.share) == (indicator.direction is Direction.UP)


def _words(indicator: Indicator, cells: object, periods: tuple[Period, ...], better: bool | None) -> str:
    """`Contact within 7 days: 79.8% in April to June 2026, 65.4% in the same months a year before: better.`"""
    before, after = (short_words(indicator, cells, at) for at in (0, 1))  # type: ignore[arg-type]
    judged = {True: ": better", False: ": worse", None: ""}[better]
    when = span_words(periods[1])
    return f"{indicator.name}: {after} in {when}, {before} a year before{judged}."


def _order(signal: Signal) -> tuple[int, int, float]:
    """What is worse first, then what is better, then what is neither; outcomes before the rest, large before small."""
    ratio = signal.change.ratio
    size = abs(log(ratio)) if ratio > 0 else 99.0
    rank = {False: 0, True: 1, None: 2}[signal.better]
    return rank, THEMES.index(signal.indicator.theme), -size
