"""The screens of a meeting: one question each, the sentence that answers it, and one picture or list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dashboard.errors import InvalidQuery
from dashboard.figures.render_svg import Picture
from dashboard.figures.svg_map import Drawn
from dashboard.meetings import AgendaItem, Meeting, Memory, ScreenKind
from dashboard.registers import Entry
from dashboard.views.meeting_remembered import ActionRow, remembered
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area

WITHDRAWN = "This screen pointed to a view that is not there any more ({path}). The rest of the agenda is as it was."
CANNOT = "This screen cannot be shown: {reason} The rest of the agenda is as it was."
NOT_YET = "Nothing has been decided yet: write it down here while it is fresh."
VIEWS: Mapping[ScreenKind, str] = {
    ScreenKind.TARGETS: "/targets", ScreenKind.CHANGED: "/what-changed", ScreenKind.MAP: "/places",
    ScreenKind.TREND: "/places/trends", ScreenKind.PARTNER: "/places/trends",
    ScreenKind.CONTINUITY: "/after-an-overdose",
    ScreenKind.TWO_WAY: "/places/gaps", ScreenKind.STRATEGIES: "/our-coalition/strategies",
}  # fmt: skip
"""The page whose view a screen shows; the other kinds show what the coalition remembers."""
MAPS = (ScreenKind.MAP, ScreenKind.TWO_WAY, ScreenKind.STRATEGIES)
"""Kinds that show a map: which one of them, the address of a page says where there is one."""


@dataclass(frozen=True)
class Room:
    """All that screens are made of: numbers as they were known, those known before (None: nothing), and the memory.

    `memory` is as it was known at the meeting, `written` holds what the meeting itself decided. `shapes` opens prepared
    shapes by their name, `strategies` what the register of them said when the numbers were known, `today` is the day
    on which targets and actions are judged, `since` the day of the meeting before ("" without one). `stories` says
    whether stories may be told.
    """

    reader: ViewReader
    then: ViewReader | None
    memory: Memory
    written: Memory
    today: date
    since: str
    as_of: str
    shapes: Callable[[str], Mapping[str, Any] | None]
    stories: bool = False
    strategies: Callable[[], Sequence[Entry]] = tuple

    @property
    def area(self) -> str:
        """The towns of the coalition whose meeting it is."""
        rows = self.reader.coalitions
        return next((str(row["catchment"]) for row in rows if row["id"] == self.memory.coalition and row["catchment"]),
                    home_area(self.reader))  # fmt: skip


@dataclass(frozen=True)
class TwoWay:
    """The legend of a map of two things at once: their names, and the words of rows and columns from low to high."""

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What answers a question: a sentence and a picture, a table or lists; `missing` says why there is nothing.

    `href` leads to the same view in the dashboard, `legend` has the class characters of a map with their words,
    `signs` the marks on it as SVG with theirs, `two_way` the words of a map of two things at once.
    """

    sentence: str
    picture: Picture | Drawn | None = None
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    two_way: TwoWay | None = None
    lines: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    note: str = ""
    href: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Screen:
    """One screen, numbered from 1."""

    number: int
    kind: ScreenKind
    question: str
    minutes: int
    shown: Shown


Show = Callable[[Room, AgendaItem, Mapping[str, str]], Shown]


def meeting_screens(room: Room, meeting: Meeting, shows: Mapping[ScreenKind, Show]) -> tuple[Screen, ...]:
    """Every screen of a meeting's agenda; one that cannot be shown says so, and the others stand."""
    return tuple(
        Screen(number, item.kind, item.question, item.minutes, _shown(room, meeting, item, shows))
        for number, item in enumerate(meeting.agenda, 1)
    )


def _shown(room: Room, meeting: Meeting, item: AgendaItem, shows: Mapping[ScreenKind, Show]) -> Shown:
    if item.kind is ScreenKind.REMEMBERED:
        return _remembered(room, meeting)
    if item.kind is ScreenKind.DECISIONS:
        return _decided(room, meeting)
    path, values = read_view(item.address)
    kind = kind_of(item)
    if path not in ("", VIEWS[kind]):
        return Shown(WITHDRAWN.format(path=path[:60]), missing=True)
    try:
        return shows[kind](room, item, values)
    except InvalidQuery as error:
        return Shown(CANNOT.format(reason=error), missing=True)


def kind_of(item: AgendaItem) -> ScreenKind:
    """What a screen shows: for a map, the one whose page its address names."""
    path, _ = read_view(item.address)
    return next((kind for kind in MAPS if item.kind in MAPS and path == VIEWS[kind]), item.kind)


def read_view(address: str) -> tuple[str, dict[str, str]]:
    """The path and the named values of a view's address."""
    split = urlsplit(address)
    return split.path.rstrip("/"), dict(parse_qsl(split.query))


def _remembered(room: Room, meeting: Meeting) -> Shown:
    found = remembered(room.memory, room.memory.before(meeting), room.today)
    return Shown(found.sentence, decisions=found.decisions, actions=found.actions, href=found.href)


def _decided(room: Room, meeting: Meeting) -> Shown:
    found = remembered(room.written, meeting, room.today, older=False)
    said = "" if found.decisions or found.actions else NOT_YET
    return Shown(said, decisions=found.decisions, actions=found.actions)
