"""The demonstration's meetings: two that were held and the next one, and nothing that the rules would refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.demo.meetings import meeting_days, meeting_memory
from dashboard.domain import Level
from dashboard.indicators import registry
from dashboard.meetings import Action, ActionStatus, Meeting, Story
from dashboard.meetings.rules import check, is_overdue

TODAY = date(2026, 11, 22)
THURSDAY = 3
ORANGE = "2501151265"


@pytest.mark.parametrize("offset", range(0, 400, 13))
def test_two_meetings_lie_behind_and_one_ahead(offset: int) -> None:
    today = TODAY + timedelta(offset)
    first, last, following = meeting_days(today)
    assert first < last < today < following
    assert {day.weekday() for day in (first, last, following)} == {THURSDAY}


def test_every_entry_is_one_that_the_rules_keep() -> None:
    for kept in meeting_memory(TODAY, "c-franklin"):
        check(kept.entry, level_of={"c-franklin": Level.CATCHMENT, ORANGE: Level.TOWN}.get, today=TODAY)
        assert kept.saved_at.date() <= TODAY
        assert kept.entry.about.indicator in {"", *registry().indicators}


def test_there_is_something_done_open_and_overdue_and_a_story_that_stays_in_the_house() -> None:
    kept = [one.entry for one in meeting_memory(TODAY, "c-franklin")]
    newest = {one.id: one for one in kept if isinstance(one, Action)}.values()
    assert {one.status for one in newest} == {ActionStatus.DONE, ActionStatus.OPEN}
    assert any(is_overdue(one, TODAY) for one in newest)
    assert [one.exported for one in kept if isinstance(one, Story)] == [False]
    assert sum(isinstance(one, Meeting) for one in kept) == 3
