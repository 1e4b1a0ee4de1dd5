"""Two sides beside one another: when chance explains the difference, when it does not, when nothing may be said."""

import pytest

from dashboard.domain import State
from dashboard.errors import InvalidQuery
from dashboard.views.compare import compared
from dashboard.views.compare_asking import EVERYONE, AskedCompare
from tests.fake_reader import ASH, BIRCH, CEDAR, NORTH, RATE, SHARE, FakeReader

YEAR = "2018"


def reader_with(*cells: tuple[str, float | str, float], of: object = RATE, groups: bool = False) -> FakeReader:
    reader = FakeReader()
    reader.reports("deaths", YEAR)
    reader.reports("contacts", YEAR, basis="none")
    for stratum in ("sex=female", "sex=male", "age=18-24", "substance=cocaine") if groups else ():
        reader.reports("deaths", YEAR, stratum=stratum)
    for place, count, below in cells:
        reader.tell(place, YEAR, count, below, of=of)  # type: ignore[arg-type]
    return reader


def said(reader: FakeReader, **asked: str) -> str:
    return compared(reader, AskedCompare(indicator=asked.pop("indicator", RATE.id), **asked)).headline


def test_three_times_as_many_deaths_are_more_than_chance() -> None:
    reader = reader_with((ASH, 60, 100_000), (CEDAR, 20, 100_000))
    sentence = said(reader, place=ASH, place2=CEDAR)
    assert sentence.startswith("Ash is higher: 3.00 times Cedar")
    assert sentence.endswith("more than chance explains.")


def test_a_small_difference_may_be_chance() -> None:
    reader = reader_with((ASH, 22, 100_000), (CEDAR, 20, 100_000))
    sentence = said(reader, place=ASH, place2=CEDAR)
    assert sentence.startswith("No clear difference: Ash stands at 1.10 times Cedar")
    assert "chance alone could explain it" in sentence


def test_few_events_give_a_verdict_and_no_ratio() -> None:
    reader = reader_with((ASH, 4, 100_000), (CEDAR, 60, 100_000))
    assert said(reader, place=ASH, place2=CEDAR) == (
        "Ash is lower than Cedar, more than chance explains; there are too few events to say by how much."
    )


def test_a_picture_says_of_what_it_is_where_it_stands_alone() -> None:
    reader = reader_with((ASH, 60, 100_000), (CEDAR, 20, 100_000), groups=True)
    chart = compared(reader, AskedCompare(indicator=RATE.id, place=ASH, place2=CEDAR)).chart
    assert chart
    assert chart.title == f"{RATE.name}, 2018"


def test_a_town_stands_beside_the_rest_of_its_county() -> None:
    reader = reader_with((ASH, 60, 100_000), (NORTH, 80, 200_000))
    assert said(reader, place=ASH, place2=NORTH).startswith("Ash is higher: 3.00 times the rest of North County")


def test_the_county_may_come_first() -> None:
    reader = reader_with((ASH, 60, 100_000), (NORTH, 80, 200_000))
    assert said(reader, place=NORTH, place2=ASH).startswith("North County is lower: 0.33 times Ash")


def test_places_that_share_towns_are_not_tested() -> None:
    reader = reader_with(("ours", 60, 100_000), ("area-1", 20, 100_000))
    assert said(reader, place="ours", place2="area-1").startswith("The two places share 1 town")


def test_a_hidden_number_is_not_compared() -> None:
    reader = reader_with((ASH, State.SUPPRESSED, 100_000), (CEDAR, 20, 100_000))
    assert said(reader, place=ASH, place2=CEDAR).startswith("One of the two has no number that may be shown")


def test_two_indicators_stand_side_by_side_without_a_test() -> None:
    answer = compared(reader_with((ASH, 60, 100_000)), AskedCompare(RATE.id, ASH, indicator2=SHARE.id))
    assert answer.headline.startswith("These are two different things")
    assert answer.chart is None


def test_shares_are_tested_as_shares() -> None:
    reader = reader_with((ASH, 80, 100), (CEDAR, 40, 100), of=SHARE)
    assert said(reader, indicator=SHARE.id, place=ASH, place2=CEDAR).startswith("Ash is higher: 2.00 times Cedar")


def test_groups_of_two_kinds_may_hold_the_same_people() -> None:
    reader = reader_with(groups=True)
    sentence = said(reader, place=ASH, group="sex=female", group2="age=18-24")
    assert sentence == "Somebody can belong to both groups: they are not tested against one another."


def test_one_death_can_count_for_two_substances() -> None:
    reader = reader_with(groups=True)
    sentence = said(reader, place=ASH, group="substance=cocaine", group2=EVERYONE)
    assert sentence.startswith("One event can be counted in both")


def test_a_group_stands_beside_everybody_else() -> None:
    reader = reader_with((ASH, 80, 200_000), groups=True)
    reader.tell(ASH, YEAR, 60, 100_000, of=RATE, stratum="sex=male")
    sentence = said(reader, place=ASH, group="sex=male", group2=EVERYONE)
    assert sentence.startswith("Sex: Male is higher: 3.00 times everybody else")


def test_the_same_twice_is_no_comparison() -> None:
    reader = reader_with((ASH, 60, 100_000))
    assert said(reader, place=ASH, place2=ASH).startswith("Both sides are the same")


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(InvalidQuery, match="is not reported for the group"):
        compared(reader_with(), AskedCompare(RATE.id, ASH, group="sex=unknown"))


def test_two_partners_who_may_know_the_same_people_are_not_tested() -> None:
    reader = reader_with((ASH, 60, 100_000))
    sentence = said(reader, place=ASH, place2=ASH, partner="clinic", partner2="ems")
    assert sentence.startswith("Two partners may know the same people")


def test_a_number_of_another_source_is_said_to_be() -> None:
    reader = reader_with((BIRCH, 60, 100_000), (CEDAR, 20, 100_000))
    told = compared(reader, AskedCompare(RATE.id, BIRCH, place2=CEDAR))
    assert not any("different sources" in note for note in told.notes)
    read = reader.read

    def of_two_sources(query: object) -> object:
        cells = read(query)  # type: ignore[arg-type]
        cells.source[0] = "survey" if query.geoids == (CEDAR,) else "state"  # type: ignore[attr-defined]
        return cells

    reader.read = of_two_sources  # type: ignore[assignment, method-assign]
    told = compared(reader, AskedCompare(RATE.id, BIRCH, place2=CEDAR))
    assert any("different sources" in note for note in told.notes)
