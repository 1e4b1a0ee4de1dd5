"""The cascade as rows for the CSV: the numbers of the picture, nothing else."""

from __future__ import annotations

from dashboard.figures.cascade import CascadeStep
from dashboard.views.cascade_counts import Counts

ENDS = {
    "event_engagement_declined": "Declined follow-up for now",
    "event_already_in_care": "Already in care",
    "event_medication_declined": "Declined medication for now",
}


def step_rows(counts: Counts, steps: list[CascadeStep], name: str, *, shared: bool) -> list[dict[str, object]]:
    """One row a step of the picture; where each step is counted by itself no indicator of the path is named."""
    path = counts.path
    ids = {path.base_label: path.base} | {step.label: step.indicator for step in path.steps}
    return [
        _row(counts, name, shared=shared) | {
            "step": step.label, "indicator": ids.get(step.label, "") if shared else "",
            "reached": whole(step.reached), "not_yet_reached": whole(step.not_yet), "ended": whole(step.ended),
            "of": whole(step.of),
            "percent": None if step.share is None else round(step.share, 4), "lower": step.lower, "upper": step.upper,
            "state": str(step.state), "provisional": step.provisional,
        }
        for step in steps
    ]  # fmt: skip


def end_rows(counts: Counts, days: int, name: str) -> list[dict[str, object]]:
    """One row for each end of its own."""
    rows = []
    for end in counts.path.ends(days):
        count = counts.count(end)
        rows.append(_row(counts, name, shared=True) | {
            "step": f"An end of its own: {ENDS.get(end, end)}", "indicator": end, "reached": whole(count.value),
            "not_yet_reached": None, "ended": None, "of": whole(counts.base.value), "percent": None, "lower": None,
            "upper": None, "state": str(count.state), "provisional": count.provisional,
        })  # fmt: skip
    return rows


def _row(counts: Counts, name: str, *, shared: bool) -> dict[str, object]:
    query = counts.asked
    return {
        "line": name, "path": counts.path.name, "geoid": query.geoids[0], "period": str(query.periods[0]),
        "group": query.stratum, "partner": query.partner, "same_events": shared, "source": counts.base.source,
        "as_of": counts.base.as_of,
    }  # fmt: skip


def whole(value: float | None) -> float | int | None:
    """A count as people write it: 138 rather than 138.0."""
    return int(value) if value is not None and value == int(value) else value
