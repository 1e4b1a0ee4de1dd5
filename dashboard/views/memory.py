"""What we said about this: entries of the coalition's memory on the page that shows what they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.meetings import About, Action, Decision, Memory, Note, Request, Story
from dashboard.views.entry_history import Saved, history_of
from dashboard.views.meeting_record import status_of
from dashboard.views.meeting_remembered import meeting_href
from dashboard.views.source import ViewGazetteer
from dashboard.views.words import day_words

MOST_SHOWN = 20
Spoken = Decision | Action | Note | Story | Request


@dataclass(frozen=True)
class Said:
    """One entry: its kind, its text as written, who and when, the address of its meeting, and its history."""

    kind: str
    text: str
    detail: str
    href: str
    id: str
    history: tuple[Saved, ...] = ()


def said_about(memory: Memory, about: About, around: Sequence[str], *, today: date, stories: bool) -> tuple[Said, ...]:
    """What was said about an indicator, place or target, newest first; `stories` says whether stories may be told.

    `around` are the sets, county and state in which the place lies: what speaks of them speaks of it too.
    """
    return told(memory, entries_about(memory, about, around, stories=stories), today=today)


def told(memory: Memory, found: Sequence[Spoken], *, today: date) -> tuple[Said, ...]:
    """These entries as a page tells them, the first MOST_SHOWN."""
    return tuple(
        replace(_said(memory, one, today), history=history_of(memory, type(one), one.id)) for one in found[:MOST_SHOWN]
    )


def entries_about(
    memory: Memory, about: About, around: Sequence[str], *, stories: bool, until: str = ""
) -> list[Spoken]:
    """The same as the entries themselves; `until` is the ISO day by which they had been said, "" for now."""
    found = [one for one in entries(memory, stories=stories, until=until) if speaks_of(one, about, around)]
    return sorted(found, key=lambda one: (one.on, one.id), reverse=True)


def entries_of_any(
    memory: Memory, abouts: Sequence[About], around: Sequence[str], *, stories: bool, until: str = ""
) -> list[Spoken]:
    """What was said about any of these, each entry once, the newest first."""
    found = {(type(one), one.id): one for about in abouts
             for one in entries_about(memory, about, around, stories=stories, until=until)}  # fmt: skip
    return sorted(found.values(), key=lambda one: (one.on, one.id), reverse=True)


def entries(memory: Memory, *, stories: bool, until: str = "") -> list[Spoken]:
    """All that was said by a day, kind by kind; stories where they may be told, and none that was withdrawn."""
    kept: list[Spoken] = [*memory.decisions, *memory.actions, *memory.notes, *memory.requests]
    kept += [one for one in memory.stories if stories and not one.withdrawn_on]
    return [one for one in kept if not until or one.on.isoformat() <= until]


def kind_of(entry: Spoken) -> str:
    """What an entry is called on a page."""
    return "You said" if isinstance(entry, Request) else type(entry).__name__


def head_of(entry: Spoken) -> str:
    """`Decision, 15 October 2026`; a story has its time and no day."""
    return f"{kind_of(entry)}, {entry.about.period if isinstance(entry, Story) else day_words(entry.on)}"


def speaks_of(entry: Spoken, asked: About, around: Sequence[str]) -> bool:
    """Whether an entry speaks of what a page shows."""
    own = entry.about
    near = ("", asked.place, *around)
    if asked.target and own.target == asked.target:
        return True
    if asked.indicator and own.indicator == asked.indicator:
        return own.place in near
    if own.indicator or not own.place:
        return False
    return own.place in near if isinstance(entry, Story) else own.place == asked.place


def places_around(gazetteer: ViewGazetteer, place: str) -> tuple[str, ...]:
    """The county, the state and the sets of towns in which a town lies; nothing for any other place."""
    if place not in gazetteer.number:
        return ()
    own = gazetteer.place(place)
    return (own.county, own.state, *(one.id for one in gazetteer.sets if place in one.members))


def _said(memory: Memory, entry: Spoken, today: date) -> Said:
    meeting = getattr(entry, "meeting", "")
    href = meeting_href(memory.coalition, meeting) if meeting else ""
    match entry:
        case Action():
            status = status_of(entry, today).lower()
            return Said("Action", entry.text, f"{entry.owner}, due {day_words(entry.due)}, {status}", href, entry.id)
        case Decision():
            return Said("Decision", entry.text, day_words(entry.on), href, entry.id)
        case Request():
            answered = f"We did: {entry.answer} ({entry.outcome})" if entry.answer else "Not answered yet"
            return Said("You said", entry.text, f"{entry.role}, {day_words(entry.on)}. {answered}", "", entry.id)
    kind = "Story" if isinstance(entry, Story) else "Note"
    when = entry.about.period if isinstance(entry, Story) else day_words(entry.on)
    return Said(kind, entry.text, f"{entry.role}, {when}", href, entry.id)
