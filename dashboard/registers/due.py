"""When numbers are due: whole periods after what was last told, each some days after its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.periods import Period, add_months

MONTHS = {"month": 1, "quarter": 3, "year": 12}
USUAL_DAYS = 30
"""Days after a period's end on which its numbers are due where nobody promised another day."""
MOST_PERIODS = 24


@dataclass(frozen=True)
class Expected:
    """What somebody is to bring every `months` months, `due_days` after the period; `promised` or only seen so far.

    `until` is the day up to which it was told (exclusive); None when nothing was ever told. `begins` is the month in
    which its year begins.
    """

    who: str
    name: str
    what: str
    months: int
    due_days: int = USUAL_DAYS
    promised: bool = False
    until: date | None = None
    begins: int = 1


@dataclass(frozen=True)
class Due:
    """One period that is awaited: when it is due, and how many days late it is on the day of asking (0: not yet)."""

    expected: Expected
    period: Period
    due_on: date
    late_days: int


def dues(expected: Expected, today: date, *, ahead_days: int = 92) -> list[Due]:
    """Every whole period not told yet that is due by `ahead_days` from today, oldest first; at most two years' months.

    Who never told anything owes the last whole period alone: what lies before it nobody asked for.
    """
    start = _next_start(expected, today)
    found: list[Due] = []
    while len(found) < MOST_PERIODS:
        end = add_months(start, expected.months)
        due_on = end + timedelta(days=expected.due_days - 1)  # counted from the period's last day
        if due_on > today + timedelta(days=ahead_days):
            break
        found.append(Due(expected, Period(start, end), due_on, max(0, (today - due_on).days)))
        start = end
    return found


def _next_start(expected: Expected, today: date) -> date:
    """The first day of the next period to tell."""
    if expected.until is None:
        return add_months(_aligned(today, expected), -expected.months)
    return _aligned(expected.until, expected)


def _aligned(day: date, expected: Expected) -> date:
    """The first day of the month, quarter or year that a day lies in; years as the source counts them."""
    first = add_months(day.replace(day=1), 1 - expected.begins)
    whole = date(first.year, (first.month - 1) // expected.months * expected.months + 1, 1)
    return add_months(whole, expected.begins - 1)
