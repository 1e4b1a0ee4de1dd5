"""What was said about a number stands on its card: on its picture where it fits the time, below it where not."""

from datetime import date

from dashboard.domain import Level
from dashboard.figures.chart import Series, TrendChart
from dashboard.meetings import About, Note
from dashboard.views.asking import Asked
from dashboard.views.said_cards import card_with_said
from dashboard.views.this_month import Card

YEARS = ("2023", "2024", "2025")
NONE = (None,) * 3
LINE = Series("Deaths", YEARS, tuple(f"{year}-07-01" for year in YEARS), (5.0,) * 3, NONE, NONE, NONE, ("value",) * 3,
              (False,) * 3)  # fmt: skip
CARD = Card("Deaths", "5", "deaths", "Five died.", "Five.", "", Asked("deaths", within="ours"),
            TrendChart("Deaths", "Five a year.", "deaths", 1, (LINE,)))  # fmt: skip


def note(id_: str, on: date, *, indicator: str = "deaths", period: str = "") -> Note:
    return Note(coalition="ours", id=id_, text="Look.", role="resident", on=on,
                about=About(indicator=indicator, period=period))  # fmt: skip


def test_a_card_tells_the_newest_of_what_was_said_about_its_number() -> None:
    said = [
        note("new", date(2025, 3, 1)),
        note("old", date(2025, 2, 1), period="1999"),
        note("older", date(2024, 1, 1)),
    ]
    card = card_with_said(CARD, said, level=Level.CATCHMENT)
    page = "/places/trends?indicator=deaths&within=ours"
    assert [(flag.number, flag.href) for flag in card.said] == [(1, f"{page}#said-new"), (0, f"{page}#said-old")]
    assert card.trend is not None
    assert [flag.number for flag in card.trend.flags] == [1]


def test_what_speaks_of_the_place_alone_is_said_of_no_number() -> None:
    assert card_with_said(CARD, [note("place", date(2025, 3, 1), indicator="")], level=Level.CATCHMENT) == CARD
