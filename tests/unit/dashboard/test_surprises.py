"""A drop of more than a fifth and a jump beyond chance ask for a word; ordinary months do not."""

import pytest

from dashboard.periods import Period, add_months
from dashboard.surprises import surprises

STEADY = (10, 12, 9, 11, 10, 8, 12, 10, 9, 11, 10, 8)


def months(*totals: float) -> dict[Period, float]:
    first = Period.parse("2025-01").start
    return {Period(add_months(first, n), add_months(first, n + 1)): total for n, total in enumerate(totals)}


def newest(*earlier: float, now: float) -> list[str]:
    before = months(*earlier)
    after = months(*earlier, now)
    return [one.kind for one in surprises("kits", before, after)]


@pytest.mark.parametrize("now", [8, 10, 14, 17])
def test_an_ordinary_month_asks_for_nothing(now: int) -> None:
    assert newest(*STEADY, now=now) == []


@pytest.mark.parametrize("now", [7, 3, 0])
def test_a_month_of_less_than_four_fifths_of_the_usual_asks_for_a_word(now: int) -> None:
    assert newest(*STEADY, now=now) == ["drop"]


def test_a_month_three_times_the_usual_asks_for_a_word() -> None:
    assert newest(*STEADY, now=30) == ["jump"]


def test_the_same_jump_is_ordinary_where_the_history_itself_jumps() -> None:
    assert newest(2, 25, 4, 1, 28, 3, 22, 2, 1, 27, 5, 1, now=30) == []


def test_twice_the_usual_is_chance_where_the_usual_is_two() -> None:
    assert newest(2, 1, 3, 2, 2, 1, 3, 2, 2, 2, 1, 3, now=4) == []


def test_a_drop_among_a_handful_of_events_is_no_drop() -> None:
    assert newest(4, 4, 4, 4, now=1) == []


def test_a_partner_without_history_is_asked_nothing() -> None:
    assert newest(10, 12, now=1) == []


def test_a_revised_month_is_judged_against_what_it_said_before() -> None:
    found = surprises("kits", months(*STEADY), months(*STEADY[:-1], 6))
    assert [(one.kind, one.usual, one.now, one.revised) for one in found] == [("drop", 8, 6, True)]


@pytest.mark.parametrize("said", [(8,), STEADY])
def test_a_month_revised_to_five_times_what_it_said_asks_for_a_word(said: tuple[int, ...]) -> None:
    found = surprises("kits", months(*said), months(*said[:-1], 40))
    assert [(one.kind, one.usual, one.now, one.revised) for one in found] == [("jump", 8, 40, True)]


def test_late_reports_that_complete_a_month_ask_for_nothing() -> None:
    assert surprises("kits", months(*STEADY), months(*STEADY[:-1], 13)) == []


def test_months_that_stay_as_they_are_are_not_judged() -> None:
    assert surprises("kits", months(10, 10, 10, 1), months(10, 10, 10, 1)) == []
