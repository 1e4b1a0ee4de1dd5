"""One place in depth: its number, how it compares, its groups, partners, sources and caveats."""

from collections.abc import Callable

import pytest
from fake_reader import ASH, BIRCH, COUNT, NORTH, RATE, SHARE, STATE, FakeReader

from dashboard.domain import Indicator, Period, Query
from dashboard.views.place_page import PlacePage, place_page

Open = Callable[..., PlacePage]


@pytest.fixture
def reader() -> FakeReader:
    """Ash has 62 of the 100 deaths of a state of which it is half; the county has them all."""
    known = FakeReader()
    known.reports("deaths", "2016-2018")
    known.tell(ASH, "2018", 62, 500_000)
    known.tell(NORTH, "2018", 100, 900_000)
    known.tell(STATE, "2018", 100, 1_000_000)
    return known


def page(reader: FakeReader, place: str = ASH, of: Indicator = RATE, **more: object) -> PlacePage:
    return place_page(reader, Query(of.id, (Period.parse("2018"),), within=STATE, **more), place)


def compared(reader: FakeReader, place: str = ASH, of: Indicator = RATE) -> str:
    chart = page(reader, place, of).comparison
    assert chart is not None
    return chart.sentence


def test_a_place_says_what_it_is_and_its_number(reader: FakeReader) -> None:
    # 62 of 500,000 are 12.4 per 100,000; the exact Poisson limits of 62 are 47.5 and 79.5.
    ash = page(reader)
    assert (ash.name, ash.kind) == ("Ash", "Town in North County")
    assert ash.sentence == "2018: 62 deaths, or 12.4 per 100,000 residents a year (9.5 to 15.9)."


@pytest.mark.parametrize(
    ("place", "kind"), [(NORTH, "County"), (STATE, "State"), ("area-1", "Planning area"), ("ours", "Coalition area")]
)
def test_every_level_says_what_it_is(reader: FakeReader, place: str, kind: str) -> None:
    assert page(reader, place).kind == kind


def test_a_town_stands_beside_its_county_and_its_state(reader: FakeReader) -> None:
    chart = page(reader).comparison
    assert chart is not None
    assert [(row.label, row.highlight, row.value) for row in chart.rows] == [
        ("Ash", True, pytest.approx(12.4)),
        ("North County", False, pytest.approx(100 / 9)),
        ("Massachusetts", False, pytest.approx(10)),
    ]
    assert chart.unit == "deaths"
    assert chart.per == 100_000


def test_a_place_is_compared_with_the_rest_with_which_it_shares_no_events(reader: FakeReader) -> None:
    # 62 of 100 events in half of the person-years: the exact limits of that share, 51.7% and 71.5%, leave out a half.
    # Against the whole state, its own events included, it would be 62 of 162 in a third: no clear difference.
    assert compared(reader) == "Higher than the rest of Massachusetts, beyond chance."


def test_the_other_half_is_lower_than_the_rest(reader: FakeReader) -> None:
    reader.tell(BIRCH, "2018", 38, 500_000)
    assert compared(reader, BIRCH) == "Lower than the rest of Massachusetts, beyond chance."


def test_differences_that_chance_explains_are_not_called_differences(reader: FakeReader) -> None:
    # 59 of 100 in half of the person-years: the limits, 48.7% and 68.7%, hold a half.
    reader.tell(ASH, "2018", 59, 500_000)
    assert compared(reader) == "No clear difference from the rest of Massachusetts."


def test_a_number_that_is_not_told_is_compared_with_nothing(reader: FakeReader) -> None:
    reader.tell(ASH, "2018", "suppressed")
    assert compared(reader) == "There is no number here that can be compared with Massachusetts."


@pytest.mark.parametrize(
    ("own", "said"),
    [
        # Wilson's limits of the state, 500 of 1,000: 46.9% to 53.1%. Of 70: 60.4% to 78.1%, 20: 13.3% to 28.9%,
        # 60: 50.2% to 69.1%, 40: 30.9% to 49.8%.
        (70, "Higher than Massachusetts, beyond chance."),
        (20, "Lower than Massachusetts, beyond chance."),
        (60, "No clear difference from Massachusetts: the intervals overlap."),
        (40, "No clear difference from Massachusetts: the intervals overlap."),
        ("not_reported", "There is no rate here that can be compared with Massachusetts."),
    ],
)
def test_proportions_are_compared_by_their_intervals(own: int | str, said: str) -> None:
    reader = FakeReader()
    reader.reports("contacts", "2018", basis="none")
    reader.tell(ASH, "2018", own, 100, of=SHARE)
    reader.tell(STATE, "2018", 500, 1000, of=SHARE)
    assert compared(reader, of=SHARE) == said


@pytest.mark.parametrize("place", [STATE, "area-1", "ours"])
def test_what_has_nothing_above_it_is_not_compared(reader: FakeReader, place: str) -> None:
    assert page(reader, place).comparison is None


def test_counts_are_not_compared() -> None:
    reader = FakeReader()
    reader.reports("kits", "2018")
    reader.tell(ASH, "2018", 9, of=COUNT)
    assert page(reader, of=COUNT).comparison is None


def test_the_trend_is_of_years(reader: FakeReader) -> None:
    trend = page(reader).trend
    assert trend is not None
    assert trend.series[0].period_labels == ("2016", "2017", "2018")
