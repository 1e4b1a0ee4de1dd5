"""A number, a hidden number and no number are three things."""

import pytest

from dashboard.domain import State
from data_loaders import values
from data_loaders.values import BadValue

HIDDEN = (None, State.SUPPRESSED)
ABSENT = (None, State.NOT_REPORTED)


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), (" 12 ", 12), ("1,204", 1204), ("1,234,567", 1234567), ("3899.0", 3899)]
)
def test_a_whole_number_is_a_value_and_zero_is_one(text: str, number: int) -> None:
    assert values.count(text) == (number, State.VALUE)


@pytest.mark.parametrize(
    "text", ["<5", "< 11", "≤5", "*", "**", "(1-4)", "1-4", "1–4", "†", "-9999", "Suppressed", "Unreliable",
             "fewer than 5"],
)  # fmt: skip
def test_what_the_publisher_hides_is_suppressed(text: str) -> None:
    assert values.count(text) == HIDDEN


@pytest.mark.parametrize("text", ["", "  ", "NA", "N/A", "n/a", "#N/A", "Data not available", "UNKNOWN", "UK"])
def test_what_nobody_told_is_not_reported(text: str) -> None:
    assert values.count(text) == ABSENT


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2.5", "fraction"), ("-3", "negative"), ("twelve", "whole number"), ("12±", "glued"), ("12*", "glued"),
        ("1,20", "whole number"), ("-", "whole number"), ("1_000", "whole number"), ("１２", "whole number"),
    ],
)  # fmt: skip
def test_anything_else_is_no_count(text: str, rule: str) -> None:
    with pytest.raises(BadValue, match=rule) as caught:
        values.count(text)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("text", "dollars"), [("$34,623.00", 34623), ("$666", 666), ("12.50", 12.5), ("-$5.00", -5), ("($5.00)", -5)]
)
def test_money_is_read_in_dollars(text: str, dollars: float) -> None:
    assert values.money(text) == (dollars, State.VALUE)


def test_money_that_is_not_available_is_not_reported() -> None:
    assert values.money("Data not available") == ABSENT
    assert values.money("") == ABSENT


@pytest.mark.parametrize("text", ["$", "14%", "$1,23", "1.5.2", "much"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="money"):
        values.money(text)


def test_percentages_are_read_with_and_without_the_sign() -> None:
    assert values.percent("14%") == (14, State.VALUE)
    assert values.percent("0") == (0, State.VALUE)
    assert values.percent("99.5+") == (99.5, State.VALUE)
    assert values.percent("Data not available") == ABSENT


def test_a_coordinate_may_have_either_sign_but_not_be_hidden() -> None:
    assert values.number("+42.3678582") == (42.3678582, State.VALUE)
    assert values.number("-72.46") == (-72.46, State.VALUE)
    assert values.number("-9999") == HIDDEN
    assert values.number("") == ABSENT


@pytest.mark.parametrize("text", ["inf", "1e400", "north", "1_0"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="number"):
        values.number(text)
