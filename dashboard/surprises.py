"""New numbers of a partner that need a word: a drop of more than a fifth, or a jump that chance does not explain.

Both are told against what the same period said before, where it is revised, and against up to twelve periods before
it: a drop against their mean, a jump by the exact conditional test of two Poisson counts, with counts divided by how
much more the history varies than chance, as `dashboard.signals` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.disparity import Counted
from dashboard.domain import Period
from dashboard.signals import Change, dispersion

LARGEST_DROP = 0.20
JUMP_CHANCE = 0.01
"""How rarely chance alone would make such a jump before a word is asked for."""
FEWEST_USUAL = 5.0
"""Events a period below which nothing is called a drop: 3 after 4 says nothing."""
FEWEST_PERIODS, MOST_PERIODS = 3, 12
NEWEST = 12
"""Of a long history brought at once, only the newest periods are looked at."""


@dataclass(frozen=True)
class Surprise:
    """One period that surprises: `usual` is what was expected, `revised` whether it is what the same period said."""

    measure: str
    period: Period
    kind: Literal["drop", "jump"]
    usual: float
    now: float
    revised: bool = False


def surprises(measure: str, before: Mapping[Period, float], after: Mapping[Period, float]) -> list[Surprise]:
    """The periods of one measure that need a word; totals by period as they hold now and as they would.

    All periods are of one length. Only periods whose total would be new or different are judged.
    """
    judged = [period for period in sorted(after) if after[period] != before.get(period)][-NEWEST:]
    found = (_judged(measure, period, before, after) for period in judged)
    return [one for one in found if one is not None]


def _judged(
    measure: str, period: Period, before: Mapping[Period, float], after: Mapping[Period, float]
) -> Surprise | None:
    now = after[period]
    if period in before and (kind := _revision(before[period], now, list(before.values()))):
        return Surprise(measure, period, kind, before[period], now, revised=True)
    earlier = [after[one] for one in sorted(after) if one.end <= period.start][-MOST_PERIODS:]
    if len(earlier) < FEWEST_PERIODS:
        return None
    usual = float(np.mean(earlier))
    if _is_drop(usual, now):
        return Surprise(measure, period, "drop", usual, now)
    return Surprise(measure, period, "jump", usual, now) if now > usual and _beyond_chance(earlier, now) else None


def _revision(said: float, now: float, all_said: Sequence[float]) -> Literal["drop", "jump"] | None:
    """How a period surprises beside what it said before: a column that is shifted changes months told long ago too."""
    if _is_drop(said, now):
        return "drop"
    spread = _spread(all_said) if len(all_said) >= FEWEST_PERIODS else 1.0
    change = Change(Counted(said, 1.0), Counted(now, 1.0), False, spread)
    return "jump" if now > said and change.p < JUMP_CHANCE else None


def _is_drop(usual: float, now: float) -> bool:
    return usual >= FEWEST_USUAL and now < (1 - LARGEST_DROP) * usual


def _beyond_chance(earlier: Sequence[float], now: float) -> bool:
    change = Change(Counted(sum(earlier), float(len(earlier))), Counted(now, 1.0), False, _spread(earlier))
    return bool(change.p < JUMP_CHANCE)


def _spread(counts: Sequence[float]) -> float:
    return dispersion(np.asarray(counts, dtype=np.float64), np.ones(len(counts)), proportion=False)
