"""What an export is made from: a reader that asks the gate, and the few things that only a store can hand over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.domain import Query
from dashboard.views.meeting_record import MeetingRecord
from dashboard.views.source import ViewReader

Say = Callable[[str, float], None]
"""Told what is being done, and the share of all that is done; it may raise Stopped."""


class Stopped(Exception):
    """Whoever asked for an export wants it no more."""


@dataclass(frozen=True)
class Desk:
    """The reader and the day it is; `on` opens what was known on an ISO day, `shapes` a map's prepared shapes.

    `town_query` is the query of the map that the page Places opens on for an area. `whom` says in words who may see
    what this reader tells, `withheld` what agreements hold back from them. `noted` follows what is read within it and
    hands out a function: what has to be said with that wherever it is passed on.
    """

    reader: ViewReader
    today: date
    on: Callable[[str], ViewReader]
    shapes: Callable[[str], Mapping[str, Any] | None]
    town_query: Callable[[str], Query]
    whom: str
    withheld: tuple[str, ...] = ()
    demonstration: bool = False
    meeting: MeetingRecord | None = None
    noted: Callable[[], AbstractContextManager[Callable[[], tuple[str, ...]]]] = lambda: nullcontext(tuple)


@dataclass(frozen=True)
class AskedPaper:
    """What was asked for, in words: an area ("" is the home area), the day whose knowledge is shown ("" is now).

    `meeting` is the id of the meeting whose decisions go along, "" for none.
    """

    within: str = ""
    as_of: str = ""
    meeting: str = ""
