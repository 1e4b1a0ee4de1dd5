"""Menus that follow: what was chosen and still stands is left as it is, what is gone is replaced."""

from dash import no_update

from callbacks.menus import followed

OPTIONS = [{"value": "12m", "label": "12 months"}]


def test_a_choice_that_still_stands_is_not_written_again() -> None:
    assert followed({"period": (OPTIONS, "12m", False)}, {"period": "12m"}) == {"period": (OPTIONS, no_update, False)}


def test_a_choice_that_is_gone_is_replaced() -> None:
    assert followed({"period": (OPTIONS, "12m", False)}, {"period": "2009"}) == {"period": (OPTIONS, "12m", False)}
