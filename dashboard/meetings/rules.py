"""What an entry must have before it is kept, and how an action stands on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import singledispatch

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.meetings.entries import (
    Action,
    ActionStatus,
    Conduct,
    Decision,
    Entry,
    Meeting,
    Note,
    Outcome,
    Request,
    Story,
)
from dashboard.periods import Period, parse_day

ROLES = ("person who uses drugs", "person in recovery", "person who survived an overdose", "family member",
         "peer worker", "outreach worker", "clinician", "first responder", "partner's staff", "resident",
         "coalition member")  # fmt: skip
"""By whom something was said: a role and never a name, so it is chosen and not typed."""
LONGEST, LONGEST_CONDUCT, LONGEST_LINE = 2_000, 8_000, 120
MOST_SCREENS, MOST_MINUTES = 20, 120
COARSE = frozenset({Level.PLANNING_AREA, Level.CATCHMENT, Level.REGION, Level.COUNTY, Level.STATE})
"""Levels that a story may speak of: in a town somebody may know who it is."""
QUARTER_MONTHS = 3
LevelOf = Callable[[str], Level | None]


def check(entry: Entry, *, level_of: LevelOf, today: date) -> None:
    """Refuse an entry that may not be kept: InvalidQuery with every fault at once.

    `level_of` says the level of a place, None for one that is not known.
    """
    found = list(_faults(entry))
    if isinstance(entry, Story):
        found += _story_faults(entry, level_of, today)
    if entry.about.period and not _is_time(entry.about.period):
        found.append(f"The time '{entry.about.period[:40]}' is not one such as 2026Q3, 2026 or 2026-11-30.")
    if entry.about.place and level_of(entry.about.place) is None:
        found.append(f"There is no place '{entry.about.place[:60]}' in this store.")
    if found:
        raise InvalidQuery(" ".join(found))


def is_overdue(action: Action, today: date) -> bool:
    """Whether an action is still open after its last day."""
    return action.status is ActionStatus.OPEN and action.due < today


@singledispatch
def _faults(entry: Entry) -> Iterator[str]:
    raise TypeError(f"no rules for {type(entry).__name__}")


@_faults.register
def _(entry: Meeting) -> Iterator[str]:
    yield from _line(entry.title, "The meeting has no title.", "title")
    if len(entry.agenda) > MOST_SCREENS:
        yield f"The agenda has {len(entry.agenda)} screens: at most {MOST_SCREENS} fit into a meeting."
    for number, item in enumerate(entry.agenda, 1):
        yield from _line(item.question, f"Screen {number} has no question.", f"question of screen {number}")
        if not 0 <= item.minutes <= MOST_MINUTES:
            yield f"The minutes of screen {number} are not a number from 0 to {MOST_MINUTES}."


@_faults.register
def _(entry: Decision) -> Iterator[str]:
    yield from _text(entry.text, "The decision has no words: say what was decided.")


@_faults.register
def _(entry: Action) -> Iterator[str]:
    yield from _text(entry.text, "The action has no words: say what will be done.")
    yield from _line(entry.owner, "The action has no owner: say who does it, a person's role or a partner.", "owner")
    if len(entry.outcome) > LONGEST:
        yield f"What became of it is longer than {LONGEST:,} letters: shorten it."


@_faults.register
def _(entry: Note) -> Iterator[str]:
    yield from _text(entry.text, "The note has no words.")
    yield from _role(entry.role)


@_faults.register
def _(entry: Story) -> Iterator[str]:
    if not entry.withdrawn_on:
        yield from _text(entry.text, "The story has no words.")
        yield from _role(entry.role)


@_faults.register
def _(entry: Request) -> Iterator[str]:
    yield from _text(entry.text, "The request has no words: say what was asked for.")
    yield from _role(entry.role)
    if len(entry.answer) > LONGEST:
        yield f"The answer is longer than {LONGEST:,} letters: shorten it."
    if entry.outcome is not Outcome.HEARD and not entry.answer.strip():
        yield f"Something became of the request ({entry.outcome}), but it has no answer: say what was done or why not."


@_faults.register
def _(entry: Conduct) -> Iterator[str]:
    yield from _text(entry.text, "The code of conduct has no words.", most=LONGEST_CONDUCT)


def _story_faults(entry: Story, level_of: LevelOf, today: date) -> Iterator[str]:
    """What a story needs beside its words: consent, and to speak of nothing as small as a town or a month."""
    if entry.withdrawn_on:
        return
    if entry.consent_on is None or entry.consent_on > today:
        yield "A story needs consent: write down the day, not after today, on which it was given."
    if not entry.consent_by.strip() or len(entry.consent_by) > LONGEST_LINE:
        yield "Say which role keeps the consent, such as the peer coordinator."
    if level_of(entry.about.place) not in COARSE:
        yield "A story speaks of a planning area or something larger, never of one town."
    if _months(entry.about.period) < QUARTER_MONTHS:
        yield "A story speaks of a quarter or something longer, such as 2026Q3."


def _text(text: str, missing: str, *, most: int = LONGEST) -> Iterator[str]:
    if not text.strip():
        yield missing
    elif len(text) > most:
        yield f"The text has {len(text):,} letters: at most {most:,} are kept. Shorten it."


def _line(text: str, missing: str, what: str) -> Iterator[str]:
    if not text.strip():
        yield missing
    elif len(text) > LONGEST_LINE:
        yield f"The {what} is longer than {LONGEST_LINE} letters: shorten it."


def _role(role: str) -> Iterator[str]:
    if role not in ROLES:
        yield "Choose the role of whoever said it; a name is never kept."


def _is_time(text: str) -> bool:
    """Whether a text is a period or a day."""
    for read in (Period.parse, parse_day):
        try:
            read(text)
        except InvalidQuery:
            continue
        return True
    return False


def _months(period: str) -> int:
    try:
        return Period.parse(period).months
    except InvalidQuery:
        return 0
