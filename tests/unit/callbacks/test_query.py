"""What the browser sends becomes a request in words, or is refused."""

import pytest

from callbacks.query import LONGEST, read_address, read_asked, short_text
from callbacks.staff.trends import read_trend
from dashboard.errors import InvalidQuery
from dashboard.views.asking import Asked
from dashboard.views.trends import AskedTrend


def test_an_address_is_read_as_names_and_values() -> None:
    assert read_address("?within=25&group=age%3D25-34&place=Our+towns") == {
        "within": "25", "group": "age=25-34", "place": "Our towns",
    }  # fmt: skip


@pytest.mark.parametrize("search", [None, "", "?", "?place=", "?&&", "?place"])
def test_an_empty_address_asks_for_nothing(search: str | None) -> None:
    assert read_address(search) == {}


def test_an_address_that_names_something_twice_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="names something twice"):
        read_address("?within=25&place=Ash&within=09")


def test_an_address_of_more_than_2000_characters_is_refused() -> None:
    longest = "?a=" + "x" * 1997
    assert read_address(longest) == {"a": "x" * 1997}
    with pytest.raises(InvalidQuery, match="too long"):
        read_address(f"{longest}x")


def test_unknown_names_are_left_aside() -> None:
    assert read_asked({"place": "Ash", "admin": "yes", "__class__": "x"}) == Asked("", place="Ash")
    assert read_trend({"first": "Ash", "admin": "yes"}) == AskedTrend(first="Ash")


@pytest.mark.parametrize("empty", [None, "", "all"])
def test_nothing_and_all_are_the_empty_choice(empty: str | None) -> None:
    assert short_text("group", empty) == ""
    assert read_asked({"group": empty}) == Asked("")


@pytest.mark.parametrize("value", [1, 1.5, True, False, ["Ash"], {"place": "Ash"}, b"Ash", "x" * (LONGEST + 1)])
def test_anything_but_short_text_is_refused_by_name(value: object) -> None:
    with pytest.raises(InvalidQuery, match="The place is not a short text"):
        read_asked({"place": value})
    with pytest.raises(InvalidQuery, match="The place is not a short text"):
        read_trend({"place": value})


def test_a_text_of_120_characters_is_still_short() -> None:
    assert read_asked({"place": "x" * 120}).place == "x" * 120
