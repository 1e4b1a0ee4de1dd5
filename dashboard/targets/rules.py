"""What must hold before a target is saved, whoever brings it: a person at the form or a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from math import isfinite

from dashboard.domain import Direction, Indicator
from dashboard.errors import InvalidQuery
from dashboard.periods import Period, parse_day

Fault = tuple[str, str]
"""A field's name and the sentence that says what to do."""


@dataclass(frozen=True)
class Wanted:
    """The words of a target as somebody wrote them."""

    baseline: str
    baseline_period: str
    target: str
    due: str


def wanted_faults(indicator: Indicator, wanted: Wanted, today: date) -> list[Fault]:
    """Every fault of a target's numbers and days; [] when it can be kept. Nothing is guessed."""
    baseline, target = read_number(wanted.baseline), read_number(wanted.target)
    found = [
        *_number_faults("baseline", wanted.baseline, indicator),
        *_number_faults("target", wanted.target, indicator),
        *_period_faults(wanted.baseline_period, today),
        *_due_faults(wanted.due, today),
    ]
    if baseline is not None and target is not None:
        found += _direction_faults(indicator, baseline, target)
    return found


def read_number(text: str) -> float | None:
    """A number as people write it: 1,204 or 58% or 18.6; None for anything else."""
    plain = text.strip().removesuffix("%").strip().removeprefix("$").replace("−", "-")
    if not re.fullmatch(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", plain, re.ASCII):
        return None
    value = float(plain.replace(",", ""))
    return value if isfinite(value) else None


def _number_faults(field: str, text: str, indicator: Indicator) -> list[Fault]:
    value = read_number(text)
    if not text.strip():
        said = "where the indicator stands today" if field == "baseline" else "where it should be"
        return [(field, f"A target needs a {field}: write {said}." if field == "baseline" else f"Write {said}.")]
    if value is None:
        return [(field, f"'{text.strip()[:40]}' is not a number like 18.6 or 1,204.")]
    if value < 0:
        return [(field, "A number below zero cannot be counted.")]
    if indicator.kind == "proportion" and value > 100:
        return [(field, "A percentage cannot be above 100.")]
    return []


def _period_faults(text: str, today: date) -> list[Fault]:
    if not text.strip():
        return [("baseline_period", "Write the period of the baseline, such as 2025 or 2024-07..2025-06.")]
    try:
        period = Period.parse(text)
    except InvalidQuery as error:
        return [("baseline_period", str(error))]
    return [("baseline_period", "The period of the baseline has not ended yet.")] if period.end > today else []


def _due_faults(text: str, today: date) -> list[Fault]:
    if not text.strip():
        return [("due", "Write the day by which it should be reached.")]
    try:
        due = parse_day(text.strip())
    except InvalidQuery as error:
        return [("due", str(error))]
    if due <= today:
        return [("due", f"The due date {due.isoformat()} is in the past: give a day that is still to come.")]
    return [("due", "The due date is more than twenty years away.")] if due.year > today.year + 20 else []


def _direction_faults(indicator: Indicator, baseline: float, target: float) -> list[Fault]:
    if baseline == target:
        return [("target", "The target equals the baseline: there is no change that could be judged.")]
    if baseline == 0 and indicator.direction is Direction.DOWN:
        return [("baseline", "The baseline is zero and lower is better: there is nothing left to lower.")]
    wrong = {Direction.DOWN: target > baseline, Direction.UP: target < baseline}.get(indicator.direction, False)
    if not wrong:
        return []
    better, lies = ("Lower", "above") if indicator.direction is Direction.DOWN else ("Higher", "below")
    return [
        (
            "target",
            f"{better} is better for '{indicator.name}', and the target ({target:g}) lies {lies} the baseline "
            f"({baseline:g}).",
        )
    ]
