"""What a partner's own page says: how it can bring numbers, and what became of those it brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain import Measure
from dashboard.views.bring_numbers_check import saved_sentence
from dashboard.views.choices import Choice
from dashboard.views.words import day_words

HOW = {"file": "file", "form": "typed in", "none": "none this month"}


@dataclass(frozen=True)
class LoadRow:
    """One load in a partner's history."""

    number: int
    when: datetime
    how: str
    file_name: str
    who: str
    changed: str
    word: str
    undone: str


@dataclass(frozen=True)
class PartnerPage:
    """Everything the page shows; `said` is the sentence about what was just done, `newest` the load it speaks of."""

    partner: str
    name: str
    measures: tuple[Choice, ...]
    reported: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    towns: tuple[str, ...]
    loads: tuple[LoadRow, ...]
    said: str = ""
    newest: int = 0
    later: int = 0
    demonstration: bool = False

    @property
    def headline(self) -> str:
        """The first sentence."""
        if self.said:
            return self.said
        standing = [load for load in self.loads if not load.undone]
        if not standing:
            return f"{self.name} has not brought numbers here yet: a file, a few numbers, or none this month."
        return f"{self.name} last brought numbers on {day_words(standing[0].when.date())}."


def load_row(load: Mapping[str, object], measures: Mapping[str, Measure]) -> LoadRow:
    """A row of the history from the store's plain values (the fields of its PartnerLoad)."""
    when, undone_at, changes = load["loaded_at"], load["undone_at"], load["changes"]
    assert isinstance(when, datetime)
    undone = ""
    if isinstance(undone_at, datetime):
        why = f": {load['undone_why']}" if load["undone_why"] else ""
        undone = f"Undone on {day_words(undone_at.date())} by {load['undone_by']}{why}"
    kept = changes if isinstance(changes, Mapping) else {}
    changed = saved_sentence(kept, measures, none=load["how"] == "none")
    return LoadRow(
        int(str(load["load_id"])), when, HOW.get(str(load["how"]), str(load["how"])), str(load["file_name"]),
        str(load["who"]), changed,
        str(load["word"]), undone,
    )  # fmt: skip
