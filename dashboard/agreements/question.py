"""A question that a partner has about numbers of its own: shown beside them until it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.domain import Period

ASKED = "{partner} has a question about this."


@dataclass(frozen=True)
class Question:
    """What a partner wants to talk about first. `indicator` "" is any, `period` None is any, `load` 0 is none.

    A question about a load is one about everything that the load speaks of.
    """

    coalition: str
    partner: str
    indicator: str = ""
    period: Period | None = None
    load: int = 0

    def is_about(self, partner: str, indicator: str, period: Period | None) -> bool:
        """Whether it is about a partner's number of a period (None: of all there are)."""
        inside = self.period is None or (
            period is not None and period.start < self.period.end and self.period.start < period.end
        )
        return self.partner == partner and self.indicator in ("", indicator) and inside


def questions_among(notes: Iterable[str]) -> str:
    """The notes of an answer that tell of a partner's question, as one text; "" where there is none."""
    ending = ASKED.format(partner="")
    return " ".join(dict.fromkeys(note for note in notes if note.endswith(ending)))
