"""What a what-if asks: a service, its thresholds, the towns where new sites would stand, and what to look for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from dashboard.access.siting import MOST_SITES, Need
from dashboard.errors import InvalidQuery
from dashboard.views.access_answer import AskedAccess, complete_access
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from geo.siting import Goal

GOALS = (
    Choice("coverage", "Most people within the threshold"),
    Choice("mean", "Fewest minutes on average"),
    Choice("farthest", "Nobody farther than need be"),
)
NEEDS = (Choice("overdoses", "Overdoses"), Choice("residents", "Residents"))
DEFAULT_COUNT = "3"


@dataclass(frozen=True)
class AskedWhatIf:
    """A request in words, as the address bar carries it; empty means the default.

    `placed` are geoids with commas between. `best` is "yes" where `placed` came from the solver. `scenario` opens a
    saved one; `first` and `second` are compared.
    """

    service: str = ""
    within: str = ""
    urban: str = ""
    rural: str = ""
    sites: str = ""
    placed: str = ""
    goal: str = ""
    need: str = ""
    count: str = ""
    best: str = ""
    first: str = ""
    second: str = ""
    as_of: str = ""

    @property
    def access(self) -> AskedAccess:
        """The part of the request that decides minutes and thresholds."""
        return AskedAccess(self.service, self.within, self.urban, self.rural, self.sites)

    @property
    def towns(self) -> tuple[str, ...]:
        """Geoids of the towns where new sites would stand."""
        return tuple(filter(None, self.placed.split(",")))

    @property
    def sites_wanted(self) -> int:
        """How many sites the solver is to find."""
        return int(self.count)

    @property
    def question(self) -> str:
        """What the best sites depend on, as one short text: other sites are best when it changes."""
        return "/".join(
            (
                self.service,
                self.within,
                self.urban,
                self.rural,
                self.sites,
                self.goal,
                self.need,
                self.count,
                self.as_of,
            )
        )


def complete(reader: ViewReader, asked: AskedWhatIf, today: date) -> AskedWhatIf:
    """A request with every default in words; InvalidQuery for what is unknown or out of bounds."""
    access = complete_access(reader, asked.access, today)
    known = set(reader.gazetteer.towns_of(access.within))
    towns = tuple(dict.fromkeys(asked.towns))
    if len(towns) > MOST_SITES:
        raise InvalidQuery(f"{len(towns)} new sites are too many: place up to {MOST_SITES}.")
    count = asked.count or DEFAULT_COUNT
    if not re.fullmatch(r"[1-9]\d?", count, re.ASCII) or int(count) > MOST_SITES:
        raise InvalidQuery(f"'{count[:20]}' is not a number of sites from 1 to {MOST_SITES}.")
    return replace(
        asked, service=access.service, within=access.within, urban=access.urban, rural=access.rural,
        sites=access.sites, placed=",".join(town for town in towns if town in known), count=count,
        goal=_one_of(asked.goal, get_args(Goal), "goal"),
        need=_one_of(asked.need or "overdoses", get_args(Need), "need"),
    )  # fmt: skip


def toggled(placed: str, town: str) -> str:
    """The placed towns with one more, or without it where it was among them."""
    towns = [each for each in placed.split(",") if each]
    return ",".join([each for each in towns if each != town] if town in towns else [*towns, town])


def _one_of(value: str, known: tuple[str, ...], what: str) -> str:
    if value and value not in known:
        raise InvalidQuery(f"The {what} '{value[:40]}' is not one of {', '.join(known)}.")
    return value or known[0]
