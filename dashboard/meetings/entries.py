"""The entries of a coalition's memory. Every entry knows what it speaks of; who saved it and when is the store's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActionStatus(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """What became of a request of the community."""

    HEARD = "heard"
    UNDER_WAY = "under way"
    DONE = "done"
    NOT_POSSIBLE = "not possible"


class ScreenKind(StrEnum):
    """What a screen of a meeting shows."""

    REMEMBERED = "remembered"
    TARGETS = "targets"
    CHANGED = "changed"
    MAP = "map"
    TWO_WAY = "two-way"
    STRATEGIES = "strategies"
    TREND = "trend"
    PARTNER = "partner"
    CONTINUITY = "continuity"
    DECISIONS = "decisions"


@dataclass(frozen=True)
class About:
    """What an entry speaks of; each part may be empty.

    `place` is a geoid or a place set, `target` a target's key, `period` in the form of `Period.parse` or an ISO day,
    `address` the path and query of the page that was looked at.
    """

    indicator: str = ""
    place: str = ""
    target: str = ""
    period: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has; `version` is 0 before it is saved."""

    coalition: str
    id: str
    about: About = About()
    version: int = 0


@dataclass(frozen=True)
class AgendaItem:
    """One screen: a question, what is shown for it, and for how many minutes (0: no time set).

    `address` says which view ("" is the kind's own), `partner` whose slot it is.
    """

    kind: ScreenKind
    question: str
    address: str = ""
    partner: str = ""
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class Meeting(Entry):
    """A meeting. Its numbers are those known on `as_of`, which is the day before it unless another is set."""

    title: str
    held_on: date
    as_of: date | None = None
    agenda: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision(Entry):
    """What a meeting decided."""

    text: str
    on: date
    meeting: str = ""


@dataclass(frozen=True, kw_only=True)
class Action(Entry):
    """What somebody does until a day, and what became of it. `on` is the day it was agreed."""

    text: str
    owner: str
    due: date
    on: date
    meeting: str = ""
    status: ActionStatus = ActionStatus.OPEN
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Note(Entry):
    """What somebody said, by role."""

    text: str
    role: str
    on: date
    meeting: str = ""


@dataclass(frozen=True, kw_only=True)
class Story(Entry):
    """What somebody lived through, told by role and with consent: on which day, kept by whom, for exports or not.

    A story that was withdrawn has no text any more.
    """

    text: str
    role: str
    on: date
    consent_on: date | None = None
    consent_by: str = ""
    exported: bool = False
    withdrawn_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Request(Entry):
    """You said, we did: what the community asked for, the answer, and what became of it.

    `public` marks a version whose words somebody who publishes has looked at; `language` is the code of its words.
    """

    text: str
    role: str
    on: date
    answer: str = ""
    answered_on: date | None = None
    outcome: Outcome = Outcome.HEARD
    language: str = "en"
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class Conduct(Entry):
    """The code of conduct of a coalition; `language` and `public` as of a request."""

    text: str
    language: str = "en"
    public: bool = False
