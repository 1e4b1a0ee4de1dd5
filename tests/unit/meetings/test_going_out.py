"""Words that may become public: no text carries a count of people past the protection of a release."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.errors import InvalidQuery
from dashboard.meetings import Conduct, Request
from dashboard.meetings.going_out import check_public, counts_told, numbers_told


def asked(text: str, answer: str = "Yes.") -> Request:
    return Request(coalition="c", id="r", text=text, role="resident", on=date(2026, 10, 1), answer=answer)


@pytest.mark.parametrize(
    "text",
    ["Three people died in Orange.", "3 **people** died", "1 of our neighbors", "one person in Leverett died",
     "There were \uff13 deaths", "2\u200b0 overdoses", "overdoses: 3", "deaths (4)", "a dozen residents", "Zero deaths",
     "Doce personas murieron", "*4* new\noverdoses"],
)  # fmt: skip
def test_a_count_of_people_or_events_is_found_however_it_is_written(text: str) -> None:
    assert counts_told(text)
    with pytest.raises(InvalidQuery, match="counts people"):
        check_public(asked("Open on Sundays", text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("Open from 9 to 1", ("9", "1")), ("A bus stop at the clinic", ()), ("Since October a peer is there", ()),
     ("At 5 pm people come in", ("5",)), ("Somebody is there 24/7 for people", ("24", "7")), ("la persona", ()),
     ("We wait ten days. People know.", ("ten",)), ("No family is alone", ())],
)  # fmt: skip
def test_other_numbers_are_shown_to_whoever_approves(text: str, numbers: tuple[str, ...]) -> None:
    check_public(asked(text))
    assert numbers_told(text) == numbers


def test_a_request_goes_out_with_its_answer_alone() -> None:
    with pytest.raises(InvalidQuery, match="answer it first"):
        check_public(asked("Open on Sundays", " "))
    check_public(Conduct(coalition="c", id="conduct", text="Be kind"))
