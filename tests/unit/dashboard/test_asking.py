"""From words to a query: places, partners, periods and what happens to words that mean nothing."""

from datetime import date

import pytest

from dashboard.domain import Basis, Level, Period, PlaceSet
from dashboard.errors import InvalidQuery
from dashboard.views.asking import Asked, build_query, find_partner, find_place, resolve_period, write_address


@pytest.fixture
def reader(ledger):
    ledger.load([("deaths", "Ash", year, 10, {"basis": "residence"}) for year in range(2015, 2021)])
    ledger.load([("contacts", "Ash", "FY2019", 4), ("contacts", "Ash", "FY2020", 5)], source="fiscal")
    ledger.partner("Fire Service")
    ledger.load([], source="sets", place_sets=[PlaceSet("valley", "The Valley", Level.REGION, ("2500100001",))])
    return ledger.reader()


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("2500100001", "2500100001"), ("Ash", "2500100001"), ("  ash ", "2500100001"), ("ASH, MA", "2500100001"),
        ("North", "25001"), ("North County", "25001"), ("25", "25"), ("Massachusetts", "25"),
        ("valley", "valley"), ("the valley", "valley"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_code_name_county_or_set(reader, words, id_):
    assert find_place(reader, words) == id_


def test_a_misspelt_place_is_refused_with_the_nearest(reader):
    with pytest.raises(InvalidQuery, match=r"no place 'Birhc'.*Birch"):
        find_place(reader, "Birhc")


def test_a_place_of_another_state_is_not_taken_for_ours(reader):
    with pytest.raises(InvalidQuery):
        find_place(reader, "Ash, CT")


def test_a_partner_is_found_by_id_or_name_and_else_refused_with_the_nearest(reader):
    assert find_partner(reader, "fire service") == "Fire Service"
    assert find_partner(reader, "") == ""
    with pytest.raises(InvalidQuery, match="Nearest: Fire Service"):
        find_partner(reader, "Fire")


def test_words_become_the_exact_query(reader):
    query = build_query(reader, Asked("death_rate", place="Ash", period="2018", basis="residence", as_of="2026-01-31"))
    assert (query.periods, query.level, query.geoids) == ((Period.parse("2018"),), Level.TOWN, ("2500100001",))
    assert (query.basis, query.as_of) == (Basis.RESIDENCE, date(2026, 1, 31))


def test_a_county_by_name_is_asked_for_at_the_level_of_counties(reader):
    query = build_query(reader, Asked("death_rate", place="North"))
    assert (query.level, query.geoids) == (Level.COUNTY, ("25001",))


def test_no_period_is_the_indicators_window_up_to_the_newest_report(reader):
    assert build_query(reader, Asked("death_rate")).periods == (Period.parse("2018-2020"),)


def test_twelve_months_are_those_up_to_the_newest_report(reader):
    assert build_query(reader, Asked("death_rate", period="12m")).periods == (Period.parse("2020"),)


def test_the_year_of_an_indicator_published_by_fiscal_years_is_the_fiscal_year(reader):
    indicator = reader.registry.indicator("contacted")
    assert resolve_period(reader, indicator, "2019") == Period.parse("FY2019")
    assert str(resolve_period(reader, indicator, "2019")) == "FY2019"
    assert resolve_period(reader, indicator, "2019-2020") == Period(date(2018, 7, 1), date(2020, 7, 1))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (Asked("death_rat"), "death_rate"),
        (Asked("death_rate", level="galaxy"), "county"),
        (Asked("death_rate", basis="nowhere"), "residence"),
        (Asked("death_rate", period="last year"), "2018Q3"),
        (Asked("death_rate", as_of="yesterday"), "2026-09-30"),
        (Asked("death_rate", within="Atlantis"), "Atlantis"),
        (Asked("death_rate", partner="nobody"), "nobody"),
    ],
)
def test_words_that_mean_nothing_are_refused_with_what_would(reader, asked, named):
    with pytest.raises(InvalidQuery, match=named):
        build_query(reader, asked)


def test_an_address_leaves_out_what_is_empty_and_escapes_the_rest():
    assert write_address("/places", Asked("")) == "/places"
    assert write_address("/places", Asked("a", place="O & K")) == "/places?indicator=a&place=O+%26+K"
