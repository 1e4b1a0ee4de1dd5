"""Up to four lines: places, population groups or partners, as an address names them."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from fake_reader import ASH, BIRCH, CEDAR, DOGWOOD, NORTH, PLACES, RATE, STATE, FakeReader

from dashboard.domain import Jurisdiction, Level
from dashboard.errors import InvalidQuery
from dashboard.figures.chart import SmallMultiples, TrendChart
from dashboard.views.trends import AskedTrend, compared, complete, offered_steps

GROUPS = ("age=15-24", "age=25-34", "age=35-44", "sex=female", "sex=male")


@pytest.fixture
def reader() -> FakeReader:
    """Two years of the state, of Ash and of Birch; deaths of a million, so that 100 are 10 per 100,000."""
    known = FakeReader()
    known.reports("deaths", "2017-2018")
    for place, counts in ((STATE, (90, 100)), (ASH, (40, 50)), (BIRCH, (5, 4))):
        for year, count in zip(("2017", "2018"), counts, strict=True):
            known.tell(place, year, count, 1_000_000)
    return known


def labels(reader: FakeReader, asked: AskedTrend) -> list[str]:
    return [label for label, _ in compared(reader, asked).cells]


def test_a_bare_request_is_the_whole_state_by_years(reader: FakeReader) -> None:
    asked = complete(reader, AskedTrend())
    assert (asked.indicator, asked.place, asked.step) == (RATE.id, STATE, "12")
    assert (asked.basis, asked.compare, asked.shape) == ("residence", "place", "together")


def test_one_line_is_headed_by_its_own_sentence(reader: FakeReader) -> None:
    answer = compared(reader, AskedTrend())
    said = "Massachusetts, 2018: 100 deaths, or 10 per 100,000 residents a year (8 to 12)."
    assert answer.headline == f"{said} Too few periods with a rate to speak of a trend."


def test_several_lines_are_headed_by_what_each_says_now(reader: FakeReader) -> None:
    answer = compared(reader, AskedTrend(first="Ash", second="Birch"))
    assert answer.headline == (
        "Overdose deaths, 2018: Massachusetts (10 per 100,000), Ash (5 per 100,000), Birch (4 deaths)."
    )


def test_places_stand_beside_the_main_one_each_once(reader: FakeReader) -> None:
    assert labels(reader, AskedTrend(place="Ash", first="Birch", second=ASH, third="birch")) == ["Ash", "Birch"]


def test_four_lines_at_most(reader: FakeReader) -> None:
    asked = AskedTrend(place=STATE, first=ASH, second=BIRCH, third=CEDAR, fourth=DOGWOOD)
    answer = compared(reader, asked)
    assert [label for label, _ in answer.cells] == ["Massachusetts", "Ash", "Birch", "Cedar"]
    assert isinstance(answer.chart, TrendChart)
    assert len(answer.chart.series) == 4


def test_places_of_other_levels_are_asked_for_at_their_own(reader: FakeReader) -> None:
    compared(reader, AskedTrend(place="Ash", first=NORTH, second="ours"))
    assert {(query.level, query.geoids) for query in reader.asked} >= {
        (Level.TOWN, (ASH,)), (Level.COUNTY, (NORTH,)), (Level.CATCHMENT, ("ours",)),
    }  # fmt: skip


def grouped(reader: FakeReader) -> FakeReader:
    for group in GROUPS:
        reader.reports("deaths", "2017-2018", stratum=group)
    return reader


def test_groups_are_the_chosen_ones(reader: FakeReader) -> None:
    asked = AskedTrend(compare="group", first="sex=male", second="sex=female", third="sex=male")
    assert labels(grouped(reader), asked) == ["Sex: Male", "Sex: Female"]


def test_without_a_choice_the_first_four_groups_are_shown(reader: FakeReader) -> None:
    assert labels(grouped(reader), AskedTrend(compare="group")) == [
        "Age 15–24", "Age 25–34", "Age 35–44", "Sex: Female",
    ]  # fmt: skip


def test_a_headline_of_groups_says_where(reader: FakeReader) -> None:
    reader.tell(STATE, "2018", 60, 500_000, stratum="sex=male")
    answer = compared(grouped(reader), AskedTrend(compare="group", first="sex=male", second="sex=female"))
    assert answer.headline == (
        "Overdose deaths in Massachusetts, 2018: Sex: Male (12 per 100,000), Sex: Female (not reported)."
    )


def test_one_group_alone_is_headed_by_the_indicator_and_the_place_too(reader: FakeReader) -> None:
    reader.tell(STATE, "2018", 60, 500_000, stratum="sex=male")
    answer = compared(grouped(reader), AskedTrend(compare="group", first="sex=male"))
    assert answer.headline.startswith("Overdose deaths in Massachusetts. Sex: Male, 2018: 60 deaths, or 12 per 100,000")


def test_without_groups_everyone_is_shown(reader: FakeReader) -> None:
    assert labels(reader, AskedTrend(compare="group", first="sex=male")) == ["Everyone"]


def test_partners_open_on_those_that_report_here(reader: FakeReader) -> None:
    for partner in ("clinic", "ems"):
        reader.reports("deaths", "2017-2018", partner=partner)
    reader.tell(STATE, "2017-2018", 30, partner="ems")
    assert labels(reader, AskedTrend(compare="partner")) == ["County ambulance"]
    assert labels(reader, AskedTrend(compare="partner", first="clinic")) == ["Birch Clinic"]


def test_without_partners_all_are_shown(reader: FakeReader) -> None:
    assert labels(reader, AskedTrend(compare="partner")) == ["All partners"]


def test_lines_may_be_drawn_apart_on_one_page(reader: FakeReader) -> None:
    chart = compared(reader, AskedTrend(first="Ash", shape="apart")).chart
    assert isinstance(chart, SmallMultiples)
    assert [one.title for one in chart.charts] == ["Massachusetts", "Ash"]


def test_nothing_reported_is_said(reader: FakeReader) -> None:
    answer = compared(reader, AskedTrend(indicator="kit_count"))
    assert (answer.headline, answer.chart, answer.cells) == ("Nobody reports kits here yet.", None, ())


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (AskedTrend(indicator="nonsense"), "There is no indicator 'nonsense'"),
        (AskedTrend(place="Nowhere"), "There is no place 'Nowhere'"),
        (AskedTrend(first="Nowhere"), "There is no place 'Nowhere'"),
        (AskedTrend(compare="weather"), "The comparison 'weather' is not one of place, group, partner"),
        (AskedTrend(shape="pie"), "The shape 'pie' is not one of together, apart"),
        (AskedTrend(as_of="soon"), "is not a day like"),
    ],
)
def test_what_is_unknown_is_refused(reader: FakeReader, asked: AskedTrend, reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        compared(reader, asked)


def test_steps_and_bases_that_the_indicator_does_not_have_fall_back(reader: FakeReader) -> None:
    asked = complete(reader, AskedTrend(step="1", basis="occurrence"))
    assert (asked.step, asked.basis) == ("12", "residence")


@pytest.mark.parametrize(("months", "steps"), [(1, ["1", "3", "12"]), (3, ["3", "12"]), (12, ["12"]), (24, ["12"])])
def test_steps_are_no_shorter_than_what_is_published(months: int, steps: list[str]) -> None:
    reader = FakeReader()
    reader.reports("deaths", "2017-2018", months=months)
    assert [choice.value for choice in offered_steps(reader, RATE)] == steps


def test_an_address_reads_back_as_the_same_request(reader: FakeReader) -> None:
    asked = complete(reader, AskedTrend(compare="group", first="sex=male", fourth="age=25-34", as_of="2026-09-30"))
    parts = urlsplit(asked.address("/places/trends"))
    assert parts.path == "/places/trends"
    assert AskedTrend(**dict(parse_qsl(parts.query))) == asked


def test_the_cells_behind_a_line_are_those_of_the_line(reader: FakeReader) -> None:
    ((_, cells),) = compared(reader, AskedTrend(place=ASH)).cells
    assert [(row["period"], row["numerator"]) for row in cells.rows()] == [("2017", 40), ("2018", 50)]


def test_a_place_of_another_state_is_answered_by_its_own_series() -> None:
    reader = FakeReader(places=(*PLACES, Jurisdiction("09", "Connecticut", Level.STATE, "09")))
    reader.reports("kits", "2018", states=["09"])
    assert complete(reader, AskedTrend(place="Connecticut")).indicator == "kit_count"
