"""What people write - names, states, periods - becomes the exact terms of a query, or is refused with a reason."""

from dataclasses import replace
from datetime import date

import pytest
from fake_reader import ASH, BIRCH, NORTH, PLACES, RATE, SETS, STATE, FakeReader

from dashboard.domain import Basis, Jurisdiction, Level, Period, PlaceSet
from dashboard.errors import InvalidQuery
from dashboard.views.asking import (
    Asked,
    build_query,
    default_months,
    find_partner,
    find_place,
    finest_level,
    left_out,
    resolve_period,
    state_of,
    write_address,
)

CONNECTICUT = (
    Jurisdiction("09", "Connecticut", Level.STATE, "09"),
    Jurisdiction("09003", "North County", Level.COUNTY, "09"),
    Jurisdiction("0900300001", "Ash", Level.TOWN, "09", "09003"),
    Jurisdiction("0900300002", "Manchester-by-the-Sea", Level.TOWN, "09", "09003"),
    Jurisdiction("0900300003", "North", Level.TOWN, "09", "09003"),
)
FAR = (
    Jurisdiction("33", "New Hampshire", Level.STATE, "33"),
    Jurisdiction("33001", "Belknap County", Level.COUNTY, "33"),
)
BORDER = PlaceSet("border", "The border", Level.CATCHMENT, ("0900300001", ASH, BIRCH))
BEYOND = PlaceSet("beyond", "Beyond the border", Level.CATCHMENT, (ASH, "0900300001", "0900300002"))


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(places=PLACES + CONNECTICUT + FAR, sets=(*SETS, BORDER, BEYOND))


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        (ASH, ASH),
        ("ours", "ours"),
        ("Birch", BIRCH),
        ("  BIRCH ", BIRCH),
        ("Ash, CT", "0900300001"),
        ("Ash, Massachusetts", ASH),
        ("ash , ma", ASH),
        ("manchester by the sea", "0900300002"),
        ("Our Towns", "ours"),
        ("North", "0900300003"),
        ("North County, MA", NORTH),
        ("Belknap", "33001"),
        ("Belknap County", "33001"),
        ("Connecticut", "09"),
    ],
)
def test_places_are_found_by_what_people_write(reader: FakeReader, written: str, id_: str) -> None:
    assert find_place(reader, written) == id_


def test_a_name_of_two_places_asks_for_the_state(reader: FakeReader) -> None:
    with pytest.raises(InvalidQuery, match=rf"'Ash' names 2 places \({ASH}, 0900300001\). Add the state"):
        find_place(reader, "Ash")
    with pytest.raises(InvalidQuery, match="'North County' names 2 places"):
        find_place(reader, "North County")


def test_the_level_tells_a_town_from_its_county(reader: FakeReader) -> None:
    assert find_place(reader, "North, CT", Level.COUNTY) == "09003"
    assert find_place(reader, "North, CT") == "0900300003"


@pytest.mark.parametrize("written", ["Brich", "Birch, NH", "Birch County"])
def test_an_unknown_place_is_refused_with_the_nearest(reader: FakeReader, written: str) -> None:
    with pytest.raises(InvalidQuery, match=r"There is no place .* Did you mean Birch"):
        find_place(reader, written)


def test_a_long_name_is_not_repeated_in_full(reader: FakeReader) -> None:
    with pytest.raises(InvalidQuery) as refused:
        find_place(reader, "x" * 5000)
    assert len(str(refused.value)) < 300


def test_partners_are_found_by_id_and_name(reader: FakeReader) -> None:
    assert [find_partner(reader, name) for name in ("", "ems", "birch clinic")] == ["", "ems", "clinic"]
    with pytest.raises(InvalidQuery, match="no partner 'Berch Klinic' in this store"):
        find_partner(reader, "Berch Klinic")


def test_a_state_is_that_of_the_first_named_place(reader: FakeReader) -> None:
    assert state_of(reader, "", NORTH, "09") == "25"
    assert state_of(reader, "09") == "09"
    assert state_of(reader) == state_of(reader, "") == ""


def test_a_set_lies_where_most_of_its_towns_lie(reader: FakeReader) -> None:
    assert [state_of(reader, id_) for id_ in ("border", "beyond")] == ["25", "09"]


def test_counties_are_the_finest_where_no_town_is_known(reader: FakeReader) -> None:
    levels = [finest_level(reader, within) for within in ("", STATE, "33", "33001")]
    assert levels == [Level.TOWN, Level.TOWN, Level.COUNTY, Level.COUNTY]


def period(reader: FakeReader, written: str) -> str:
    return str(resolve_period(reader, RATE, written))


def test_months_are_counted_back_from_the_newest_data(reader: FakeReader) -> None:
    reader.reports("deaths", "2010-01..2018-09", months=1)
    assert period(reader, "12m") == "2017-10..2018-09"
    assert period(reader, "36m") == "2015-10..2018-09"
    assert period(reader, "") == "2015-10..2018-09"  # the indicator's own window


def test_the_opening_window_is_no_longer_than_what_was_reported(reader: FakeReader) -> None:
    reader.reports("deaths", "2018", months=1)
    assert period(reader, "") == "2018"


def test_the_opening_window_of_what_does_not_add_is_the_longest_published() -> None:
    reader = FakeReader(adds_over=["place"])
    reader.reports("deaths", "2017-2018", months=12)
    reader.reports("deaths", "2017-2018", months=1)
    assert default_months(reader, RATE) == 12


def test_an_empty_store_still_has_a_period(reader: FakeReader) -> None:
    assert period(reader, "") == "2017-2019"


def test_a_calendar_year_that_only_fiscal_years_could_answer_is_the_fiscal_year(reader: FakeReader) -> None:
    reader.reports("deaths", "2014-07..2018-06", months=12)
    assert period(reader, "2018") == "FY2018"
    assert period(reader, "2016-2018") == "2015-07..2018-06"


def test_a_calendar_year_that_can_be_answered_stays_one(reader: FakeReader) -> None:
    reader.reports("deaths", "2014-07..2018-06", months=12)
    reader.reports("deaths", "2016-2018", months=1)
    assert period(reader, "2018") == "2018"


def test_what_nobody_could_answer_stays_what_was_asked(reader: FakeReader) -> None:
    reader.reports("deaths", "2014-07..2018-06", months=12)
    assert [period(reader, written) for written in ("2019", "2018Q1", "2018-05")] == ["2019", "2018Q1", "2018-05"]


@pytest.mark.parametrize("written", ["0m", "9999m", "-5m", "12 months", "2018-13", "soon", "1899", "٣m"])
def test_what_is_no_period_is_refused(reader: FakeReader, written: str) -> None:
    with pytest.raises(InvalidQuery):
        period(reader, written)


def test_a_whole_request_becomes_a_query(reader: FakeReader) -> None:
    reader.reports("deaths", "2018", months=1)
    asked = Asked(RATE.id, place="Birch", period="2018", basis="occurrence", group="sex=male", partner="Birch Clinic",
                  as_of="2026-09-30")  # fmt: skip
    query = build_query(reader, asked)
    assert (query.indicator, query.level, query.geoids) == (RATE.id, Level.TOWN, (BIRCH,))
    assert (query.periods, query.basis) == ((Period.parse("2018"),), Basis.OCCURRENCE)
    assert (query.stratum, query.partner, query.as_of) == ("sex=male", "clinic", date(2026, 9, 30))


def test_without_a_place_a_query_is_of_all_finest_places_within(reader: FakeReader) -> None:
    query = build_query(reader, Asked(RATE.id, within="New Hampshire", period="2018"))
    assert (query.level, query.geoids, query.within) == (Level.COUNTY, (), "33")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"indicator": "deth_rate"}, "Did you mean death_rate"),
        ({"level": "village"}, "The level 'village' is not one of state, region, county"),
        ({"basis": "birth"}, "The basis 'birth' is not one of residence, occurrence, none"),
        ({"as_of": "yesterday"}, "is not a day like 2026-09-30"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(reader: FakeReader, wrong: dict[str, str], reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        build_query(reader, replace(Asked(RATE.id, period="2018"), **wrong))


def test_an_address_leaves_out_what_is_empty() -> None:
    assert write_address("/places", Asked("deaths", within="25", group="sex=male")) == (
        "/places?indicator=deaths&within=25&group=sex%3Dmale"
    )
    assert write_address("/places", Asked("")) == "/places"


def test_what_an_address_asks_for_and_nobody_reports_is_said() -> None:
    said = left_out(Asked("d", group="age=1-2", basis="residence"), Asked("d", group="", basis="residence"))
    assert said == ("This address asks for the population group 'age=1-2', which is not known here: it is left out.",)
