"""What becomes of a place that was flagged: persistent, new, cooling, sporadic."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

EVENT_FLOOR = 5
CLASSES = ("persistent", "new", "cooling", "sporadic", "not enough data", "never")


def classify(flagged: ArrayLike, events: ArrayLike, floor: float = EVENT_FLOOR) -> list[str]:
    """One of CLASSES for each place, from flags and events (periods, n), oldest period first; nan is not reported.

    A flag counts in a period in which the place itself has at least `floor` events. With it: *persistent* is flagged
    now and in at least half of the earlier periods; *new* now and never before; *cooling* not now, but in at least
    half of the earlier periods; *sporadic* anything between; *never* no flag. *Not enough data*: the last period or
    all earlier ones were not reported, the events of all periods do not add up to the floor, or no flag counts.
    """
    marks, counts = np.asarray(flagged, dtype=bool), np.asarray(events, float)
    if marks.ndim != 2 or marks.shape != counts.shape or not len(marks):
        raise ValueError(f"Flags {marks.shape} and events {counts.shape} must be one table of periods by places.")
    if (counts < 0).any():
        raise ValueError("A count of events is negative.")
    reported = np.isfinite(counts)
    counted = marks & (np.nan_to_num(counts) >= floor)
    before, earlier = counted[:-1].sum(axis=0), reported[:-1].sum(axis=0)
    now, often = counted[-1], 2 * before >= earlier
    unknown = ~reported[-1] | (earlier == 0) | (np.nansum(counts, axis=0) < floor)
    unknown |= marks.any(axis=0) & ~counted.any(axis=0)
    conditions = [unknown, ~now & (before == 0), now & (before == 0), now & often, often]
    names = ["not enough data", "never", "new", "persistent", "cooling"]
    return [str(name) for name in np.select(conditions, names, default="sporadic")]
