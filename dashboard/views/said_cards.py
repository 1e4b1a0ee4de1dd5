"""What was said about the numbers a meeting starts with: the newest of it on each card, and on its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.domain import Level
from dashboard.views.asking import write_address
from dashboard.views.memory import Spoken
from dashboard.views.said_flags import flag, standing, stands_at
from dashboard.views.this_month import Card

MOST_SAID = 2
PAGE = "/places/trends"


def card_with_said(card: Card, said: Sequence[Spoken], *, level: Level) -> Card:
    """A card with the newest of what was said about its indicator; `said` is newest first, about a place of `level`.

    What lies in the time of its picture has a number there; the rest stands below without one. What speaks of the
    place alone is said of no number, and stays off.
    """
    newest = [entry for entry in said if entry.about.indicator == card.evidence.indicator][:MOST_SAID]
    page = write_address(PAGE, card.evidence)
    on = standing(card.trend, newest, level=level) if card.trend else []
    flags = tuple(flag(number, day, entry, page=page) for number, (day, entry) in enumerate(on, 1))
    placed = {entry.id for _, entry in on}
    others = tuple(flag(0, stands_at(entry), entry, page=page) for entry in newest if entry.id not in placed)
    trend = replace(card.trend, flags=flags) if card.trend else None
    return replace(card, trend=trend, said=(*flags, *others))
