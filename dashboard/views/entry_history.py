"""The history of an entry in words: who saved it when, and how it stood before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from dashboard.meetings import Entry, Memory, Story
from dashboard.meetings.plain_text import in_one_line
from dashboard.views.words import day_words

FIELD_WORDS = {
    "text": "Words", "title": "Title", "held_on": "Day", "as_of": "Numbers as known on", "owner": "Owner",
    "due": "Last day", "status": "Status", "outcome": "What became of it", "role": "Role", "answer": "Answer",
    "consent_on": "Day of consent", "consent_by": "Who keeps the consent", "exported": "May go out",
    "public": "Public", "language": "Language",
}  # fmt: skip
FIRST, WITHDRAWN, NOTHING = "Written down.", "Withdrawn: its words are gone from every version.", "Saved again."
WHOLE = {"agenda": "The agenda was another one.", "about": "It spoke of something else."}
"""Fields that are told of as a whole."""


@dataclass(frozen=True)
class Saved:
    """One version: when and by whom it was saved, and how what it changed had stood before."""

    when: str
    who: str
    before: tuple[str, ...]


def history_of(memory: Memory, kind: type[Entry], id_: str) -> tuple[Saved, ...]:
    """Every version of an entry, newest first; nothing for one that the memory does not hold."""
    versions = memory.saved.get((kind, id_), ())
    told = []
    for number, one in enumerate(versions):
        before = tuple(_before(versions[number - 1].entry, one.entry)) if number else (FIRST,)
        when = f"{day_words(one.saved_at.date())}, {one.saved_at:%H:%M} UTC"
        told.append(Saved(when, one.who, before or (NOTHING,)))
    return tuple(reversed(told))


def _before(old: Entry, new: Entry) -> Iterator[str]:
    if isinstance(new, Story) and new.withdrawn_on:
        yield WITHDRAWN
        return
    changed = [field.name for field in fields(new) if getattr(old, field.name) != getattr(new, field.name)]
    for name in changed:
        if name in WHOLE:
            yield WHOLE[name]
        elif name in FIELD_WORDS:
            yield f"{FIELD_WORDS[name]} before: {_shown(getattr(old, name))}."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    return in_one_line(str(value)).rstrip(".") if value else "none"
