"""What the demonstration coalition decided, did and heard at two meetings, and the next one's agenda."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from dashboard.demo.earlier import first_day
from dashboard.meetings import (
    About,
    Action,
    ActionStatus,
    AgendaItem,
    Conduct,
    Decision,
    Entry,
    Meeting,
    Note,
    Outcome,
    Request,
    ScreenKind,
    Story,
)
from dashboard.periods import Period, add_months

MEETINGS_FILE = Path(__file__).with_name("meetings.toml")
THURSDAY, WEEK, AFTERNOON = 3, timedelta(7), time(16)
WHO = "demonstration"


@dataclass(frozen=True)
class Kept:
    """An entry as it was saved at some time (UTC, naive)."""

    entry: Entry
    saved_at: datetime


def meeting_memory(today: date, area: str) -> Iterator[Kept]:
    """Every version of every entry in the order in which they were saved; stories speak of `area`, a place set."""
    told = tomllib.loads(MEETINGS_FILE.read_text("utf-8"))
    days = meeting_days(today)
    kept = [*_meetings(told, days), *_conduct(told, days[0]), *_at_meetings(told, days, area)]
    yield from sorted((one for one in kept if one.saved_at.date() <= today), key=lambda one: one.saved_at)


def meeting_days(today: date) -> tuple[date, date, date]:
    """Thursdays: one soon after the first numbers were loaded, one of the last nine days, and the next but one."""
    first = _thursday_from(first_day(today.replace(day=1)) + timedelta(4))
    last = _thursday_from(today - timedelta(9))
    return first, last, _thursday_from(today + WEEK)


def _thursday_from(day: date) -> date:
    return day + timedelta((THURSDAY - day.weekday()) % 7)


def _meetings(told: dict[str, Any], days: tuple[date, ...]) -> Iterator[Kept]:
    agenda = tuple(AgendaItem(**one | {"kind": ScreenKind(one["kind"])}) for one in told["screen"])
    for number, day in enumerate(days):
        named = {"coalition": told["coalition"], "id": _id("meeting", number), "title": f"{day:%B} meeting"}
        meeting = Meeting(**named, held_on=day, agenda=agenda)
        yield Kept(meeting, _evening(days[max(number - 1, 0)]))


def _conduct(told: dict[str, Any], day: date) -> Iterator[Kept]:
    conduct = Conduct(coalition=told["coalition"], id="conduct", text=told["conduct"]["text"].strip(),
                      public=True)  # fmt: skip
    yield Kept(conduct, _evening(day))


def _at_meetings(told: dict[str, Any], days: tuple[date, ...], area: str) -> Iterator[Kept]:
    for kind, make in (("decision", _decision), ("note", _note), ("request", _request)):
        for number, one in enumerate(told[kind]):
            day = days[one["at"]]
            yield Kept(make(_named(told, kind, number, one), one, day), _evening(day))
    for number, one in enumerate(told["action"]):
        yield from _action(_named(told, "action", number, one), one, days[one["at"]])
    for number, one in enumerate(told["story"]):
        day = days[one["at"]]
        quarter = Period.ending(add_months(day.replace(day=1), -((day.month - 1) % 3)), 3)
        about = About(place=area, period=str(quarter))
        story = Story(coalition=told["coalition"], id=_id("story", number), text=one["text"], role=one["role"],
                      on=day, consent_on=day, consent_by=one["consent_by"], about=about)  # fmt: skip
        yield Kept(story, _evening(day))


def _named(told: dict[str, Any], kind: str, number: int, one: dict[str, Any]) -> dict[str, Any]:
    """What every entry of a meeting has."""
    about = About(indicator=one.get("indicator", ""), place=one.get("place", ""))
    return {"coalition": told["coalition"], "id": _id(kind, number), "about": about, "text": one["text"]}


def _decision(named: dict[str, Any], one: dict[str, Any], day: date) -> Entry:
    return Decision(**named, on=day, meeting=_id("meeting", one["at"]))


def _note(named: dict[str, Any], one: dict[str, Any], day: date) -> Entry:
    return Note(**named, role=one["role"], on=day, meeting=_id("meeting", one["at"]))


def _request(named: dict[str, Any], one: dict[str, Any], day: date) -> Entry:
    answered = day if one.get("answer") else None
    return Request(**named, role=one["role"], on=day, answer=one.get("answer", ""), answered_on=answered,
                   outcome=Outcome(one["outcome"]), public=bool(answered))  # fmt: skip


def _action(named: dict[str, Any], one: dict[str, Any], day: date) -> Iterator[Kept]:
    """An action as it was agreed, and what became of it."""
    action = Action(**named, owner=one["owner"], due=day + timedelta(one["due"]), on=day,
                    meeting=_id("meeting", one["at"]))  # fmt: skip
    yield Kept(action, _evening(day))
    if "closed" in one:
        status = ActionStatus(one["status"])
        ended = replace(action, status=status, outcome=one["became"], version=1)
        yield Kept(ended, _evening(day + timedelta(one["closed"])))


def _id(kind: str, number: int) -> str:
    return f"demo-{kind}-{number + 1}"


def _evening(day: date) -> datetime:
    return datetime.combine(day, AFTERNOON)
