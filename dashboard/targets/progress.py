"""How much of the wanted change has come about."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Progress:
    """`percent` of the targeted change, and of the baseline; None where there is nothing to divide by, and why."""

    percent: float | None
    change_percent: float | None
    fault: str = ""


NO_CHANGE_WANTED = "the target equals the baseline, so there is no change to measure"
NO_NUMBER = "there is no number to compare"
BASELINE_ZERO = "the baseline is zero, so a percent change cannot be said"
WRONG_WAY = "the number has moved away from the target"


def progress(baseline: float, target: float, now: float) -> Progress:
    """Percent of targeted change achieved, 100 (now - baseline)/(target - baseline). Source: Healthy People.

    Below zero when the number moved the wrong way, above 100 beyond the target. Nothing is divided by zero: a target
    equal to its baseline has no percent, and a baseline of zero no percent change of its own.
    """
    if not (isfinite(baseline) and isfinite(target) and isfinite(now)):
        return Progress(None, None, NO_NUMBER)
    change = None if baseline == 0 else 100 * (now - baseline) / abs(baseline)
    if target == baseline:
        return Progress(None, change, NO_CHANGE_WANTED)
    percent = 100 * (now - baseline) / (target - baseline)
    return Progress(percent, change, WRONG_WAY if percent < 0 else BASELINE_ZERO if change is None else "")
