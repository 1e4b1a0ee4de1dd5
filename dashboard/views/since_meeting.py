"""Days since which changes are listed: what was known before the last meetings."""

from __future__ import annotations

from datetime import date

from dashboard.meetings import Memory
from dashboard.meetings.memory import numbers_of
from dashboard.views.words import day_words

MOST_MEETINGS = 3


def meeting_days(memory: Memory, today: date) -> tuple[tuple[str, str], ...]:
    """(words, ISO day of its numbers) of the last meetings, the newest first."""
    held = memory.held_before(today)[:MOST_MEETINGS]
    names = ("the last meeting", *("the meeting",) * MOST_MEETINGS)
    return tuple((f"{name} of {day_words(one.held_on)}", numbers_of(one, today))
                 for name, one in zip(names, held, strict=False))  # fmt: skip
