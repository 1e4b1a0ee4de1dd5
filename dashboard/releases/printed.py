"""The cells that a release prints: counts that may be shown, and for the others only that they are hidden."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.domain import State
from dashboard.releases.counted import Counting, TrueCell, denominator_key, everyones, numerator_key
from dashboard.releases.families import OPEN
from dashboard.releases.protected import Protected
from dashboard.releases.release import ReleasedCell


def printed(counting: Counting, protected: Protected) -> Iterator[ReleasedCell]:
    """Printed cells of a family."""
    return (_printed(counting, protected, cell) for cell in protected.family.cells if cell.printed)


def _printed(counting: Counting, protected: Protected, cell: TrueCell) -> ReleasedCell:
    indicator = counting.indicator(cell.table.indicator)
    below = denominator_key(indicator, cell)
    denominator = cell.denominator if everyones(indicator) or below not in protected.hidden else None
    if cell.state == State.NOT_REPORTED:
        return ReleasedCell(cell.table, cell.geoid, None, denominator, State.NOT_REPORTED.value)
    if cell.state == State.SUPPRESSED or numerator_key(indicator, cell) in protected.hidden:
        low, high = _range(protected)
        return ReleasedCell(
            cell.table, cell.geoid, None, denominator, State.SUPPRESSED.value, low, high, False, cell.source, cell.as_of
        )
    return ReleasedCell(
        cell.table, cell.geoid, cell.numerator, denominator, State.VALUE.value, source=cell.source, as_of=cell.as_of
    )


def _range(protected: Protected) -> tuple[int | None, int | None]:
    """The range that the policy hides; none where only the source hides, by a rule of its own."""
    if protected.family.policy_name == OPEN:
        return None, None
    return protected.family.policy.smallest, protected.family.policy.threshold - 1
