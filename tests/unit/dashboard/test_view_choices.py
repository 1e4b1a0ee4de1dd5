"""Menus offer only what somebody reports in the state that is looked at."""

from dataclasses import replace

import pytest
from fake_reader import ASH, BIRCH, CEDAR, COUNT, DOGWOOD, NORTH, PLACES, RATE, SHARE, SOUTH, STATE, FakeReader

from dashboard.domain import Jurisdiction, Level
from dashboard.views import choices
from dashboard.views.choices import Choice

FAR = (
    Jurisdiction("33", "New Hampshire", Level.STATE, "33"),
    Jurisdiction("33001", "Belknap County", Level.COUNTY, "33"),
)


def values(offered: list[Choice]) -> list[str]:
    return [choice.value for choice in offered if not choice.heading]


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


def test_indicators_that_are_reported_stand_under_their_theme(reader: FakeReader) -> None:
    reader.reports("kits", "2018")
    reader.reports("deaths", "2018")
    assert choices.indicators(reader) == [
        Choice("-Outcomes", "Outcomes", heading=True),
        Choice("death_rate", "Overdose deaths"),
        Choice("-Naloxone and harm reduction", "Naloxone and harm reduction", heading=True),
        Choice("kit_count", "Kits"),
    ]


def test_what_another_state_reports_is_not_offered(reader: FakeReader) -> None:
    reader.reports("kits", "2018", states=["09"])
    reader.reports("deaths", "2018", states=["09", "25"])
    assert values(choices.indicators(reader, "25")) == ["death_rate"]
    assert values(choices.indicators(reader, "09")) == ["death_rate", "kit_count"]


def test_a_page_opens_on_overdose_deaths_where_they_are_reported() -> None:
    first = replace(RATE, id="a_first_one", name="A", numerator=replace(RATE.numerator, measures=("firsts",)))
    any_drug = replace(RATE, id="overdose_death_rate_any_drug")
    reader = FakeReader([first, any_drug])
    reader.reports("firsts", "2018")
    assert choices.first_indicator(reader) == "a_first_one"
    reader.reports("deaths", "2018")
    assert choices.first_indicator(reader) == "overdose_death_rate_any_drug"
    assert choices.first_indicator(FakeReader([first])) == "opioid_overdose_death_rate"


def test_periods_are_the_newest_months_then_years_that_the_data_fill(reader: FakeReader) -> None:
    reader.reports("deaths", "2016-03..2018-06", months=1)
    assert choices.periods(reader, RATE) == [
        Choice("12m", "12 months to Jun 2018"),
        Choice("24m", "24 months to Jun 2018"),
        Choice("FY2018", "FY 2018"),
        Choice("2017", "2017"),
    ]


def test_a_calendar_year_is_offered_before_the_fiscal_year_of_its_name(reader: FakeReader) -> None:
    reader.reports("deaths", "2016-07..2018-12", months=1)
    assert values(choices.periods(reader, RATE)) == ["12m", "24m", "2018", "2017"]


def test_fiscal_years_are_offered_where_only_they_are_reported(reader: FakeReader) -> None:
    reader.reports("deaths", "2015-07..2018-06", months=12)
    assert values(choices.periods(reader, RATE)) == ["12m", "24m", "36m", "FY2018", "FY2017", "FY2016"]


def test_windows_that_do_not_add_are_offered_as_published_newest_first_and_the_usual_length_before_others() -> None:
    reader = FakeReader(adds_over=["place"])
    yearly = replace(RATE, months=12)
    published = ["2018-01..2018-03", "2016-2018", "2018", "2017-07..2018-06"]
    reader.reports("deaths", "2016-2018", windows=published)
    assert values(choices.periods(reader, yearly)) == ["2018", "2016-2018", "FY2018"]


def test_windows_shorter_than_a_year_are_offered_where_there_are_no_others() -> None:
    reader = FakeReader(adds_over=["place"])
    reader.reports("deaths", "2018", windows=["2018-02", "2018-01"])
    assert values(choices.periods(reader, RATE)) == ["2018-02", "2018-01"]


def test_nothing_reported_offers_no_period(reader: FakeReader) -> None:
    assert choices.periods(reader, RATE) == []


def test_only_reported_bases_are_offered(reader: FakeReader) -> None:
    reader.reports("deaths", "2018", basis="occurrence")
    assert choices.bases(reader, RATE) == [Choice("occurrence", "By where it happened")]
    reader.reports("deaths", "2018", basis="residence")
    assert values(choices.bases(reader, RATE)) == ["residence", "occurrence"]
    reader.reports("contacts", "2018", basis="none")
    assert choices.bases(reader, SHARE) == []


def test_groups_are_offered_by_dimension_after_everyone(reader: FakeReader) -> None:
    for group in ("", "sex=male", "age=25-34", "age=15-24", "age=15-24;sex=male"):
        reader.reports("deaths", "2018", stratum=group)
    reader.reports("deaths", "2018", stratum="sex=female", states=["09"])
    assert choices.groups(reader, RATE, "25") == [
        Choice("", "Everyone"),
        Choice("-Age", "Age", heading=True),
        Choice("age=15-24", "Age 15–24"),
        Choice("age=25-34", "Age 25–34"),
        Choice("-Sex", "Sex", heading=True),
        Choice("sex=male", "Sex: Male"),
    ]


def test_partners_that_report_are_offered_by_name(reader: FakeReader) -> None:
    for partner in ("ems", "clinic", "unknown", ""):
        reader.reports("kits", "2018", partner=partner)
    assert choices.partners(reader, COUNT) == [
        Choice("", "All partners"), Choice("clinic", "Birch Clinic"), Choice("ems", "County ambulance"),
    ]  # fmt: skip
    assert values(choices.partners(reader, RATE)) == [""]


def test_areas_are_states_sets_and_counties() -> None:
    offered = choices.areas(FakeReader())
    assert values(offered) == [STATE, "ours", "area-1", "area-2", NORTH, SOUTH]
    assert [choice.label for choice in offered if choice.heading] == ["Coalition areas", "Planning areas", "Counties"]


def test_a_state_of_which_only_counties_are_known_is_offered_with_them() -> None:
    assert {"33", "33001"} <= set(values(choices.areas(FakeReader(places=PLACES + FAR))))


def test_a_state_without_any_place_is_not_offered() -> None:
    assert "33" not in values(choices.areas(FakeReader(places=(*PLACES, FAR[0]))))


@pytest.mark.parametrize(
    ("within", "towns"),
    [("", ["Ash", "Birch", "Cedar", "Dogwood"]), (NORTH, ["Ash", "Birch"]), ("ours", ["Birch", "Cedar"]),
     (ASH, ["Ash"])],
)  # fmt: skip
def test_towns_are_offered_by_name(reader: FakeReader, within: str, towns: list[str]) -> None:
    assert [choice.label for choice in choices.towns(reader, within)] == towns


def test_towns_are_known_by_their_codes(reader: FakeReader) -> None:
    assert values(choices.towns(reader)) == [ASH, BIRCH, CEDAR, DOGWOOD]


def test_a_map_of_towns_may_be_coloured_by_the_areas_there_are() -> None:
    assert values(choices.colour_by(FakeReader(), STATE)) == ["town", "planning_area", "county"]
    assert values(choices.colour_by(FakeReader(sets=()), STATE)) == ["town", "county"]


def test_a_map_of_counties_is_coloured_by_counties() -> None:
    assert values(choices.colour_by(FakeReader(places=PLACES + FAR), "33")) == ["county"]


def test_places_of_two_states_that_share_a_name_carry_their_states_letters() -> None:
    ash_of_new_hampshire = Jurisdiction("3300100010", "Ash", Level.TOWN, "33", "33001")
    reader = FakeReader(places=(*PLACES, *FAR, ash_of_new_hampshire))
    named = {choice.label for choice in choices.towns(reader)}
    assert {"Ash, MA", "Ash, NH", "Birch"} <= named
    assert "Ash" not in named


def test_a_short_menu_has_the_towns_of_every_state() -> None:
    reader = FakeReader(places=(*PLACES, *FAR))
    offered = choices.places(reader, "")
    assert Choice("-Towns", "Towns", heading=True) in offered
    assert {ASH, BIRCH, CEDAR, DOGWOOD, "33001", NORTH, SOUTH, STATE} <= set(values(offered))


def test_a_long_menu_has_the_towns_of_the_states_that_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "MOST_TOWNS", 3)
    reader = FakeReader(places=(*PLACES, *FAR))
    here = choices.places(reader, ASH)
    heading = "Towns of Massachusetts (of another state: open it first)"
    at = here.index(Choice(f"-{heading}", heading, heading=True))
    assert set(values(here[at:])) == {ASH, BIRCH, CEDAR, DOGWOOD}
    assert {"33", STATE} <= set(values(here[:at]))
    both = choices.places(reader, "33001", ASH, "none")
    assert set(values(both)) >= {"33001", ASH}
    assert any(choice.label.startswith("Towns of New Hampshire and Massachusetts") for choice in both)
    assert choices.places(reader, "") == here
