"""Residents as person-years, and whose they are: without them there is a count and no rate."""

from datetime import date

import numpy as np
import pytest

from dashboard.domain import Level, Period
from dashboard.store.population import Population

QUARTER_1_2018 = 90 / 365


def residents(*known: tuple[int, float]) -> Population:
    years = np.array([year for year, _ in known], dtype=np.int32)
    return Population(years, np.zeros(len(known), dtype=np.int32), np.array([n for _, n in known]), 1)


def lived(population: Population, period: str) -> float:
    return float(population.person_years(Period.parse(period))[0])


def test_residents_between_two_known_years_lie_on_the_line_between_them():
    assert lived(residents((2010, 1000), (2020, 2000)), "2013") == pytest.approx(1300)


def test_residents_beyond_the_known_years_are_those_of_the_nearest():
    population = residents((2010, 1000), (2020, 2000))
    assert lived(population, "2004") == pytest.approx(1000)
    assert lived(population, "2026") == pytest.approx(2000)


def test_part_of_a_year_counts_by_its_days():
    population = residents((2018, 1000))
    assert lived(population, "2018Q1") == pytest.approx(1000 * QUARTER_1_2018)
    assert lived(population, "2016-02") == pytest.approx(1000 * 29 / 366)  # a leap year


def test_a_window_across_new_year_takes_each_years_share():
    expected = 1000 * 184 / 365 + 2000 * 181 / 365  # July to December 2018, January to June 2019
    assert lived(residents((2018, 1000), (2019, 2000)), "FY2019") == pytest.approx(expected)


def test_a_place_without_any_known_year_has_no_residents_rather_than_none():
    assert np.isnan(Population(*(np.empty(0, dtype=np.int32),) * 2, np.empty(0), 1).by_year).all()


def test_three_years_of_deaths_are_divided_by_three_years_of_residents(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.load([("deaths", "Ash", year, 10) for year in (2018, 2019, 2020)])
    row = ledger.ask("death_rate", "2018-2020")["Ash"]
    assert (row["numerator"], row["denominator"], row["rate"]) == (30, 30_000, 100)


def test_a_county_is_divided_by_the_residents_of_its_towns(ledger):
    ledger.residents(2018, Ash=10_000, Birch=30_000)
    ledger.load([("deaths", "Ash", 2018, 10), ("deaths", "Birch", 2018, 10)])
    row = ledger.ask("death_rate", "2018", level=Level.COUNTY)["North"]
    assert (row["denominator"], row["rate"]) == (40_000, 50)


def test_without_residents_there_is_a_count_and_no_rate(ledger):
    ledger.load([("deaths", "Ash", 2018, 25)])
    row = ledger.ask("death_rate", "2018")["Ash"]
    assert [row[name] for name in ("numerator", "denominator", "rate", "lower", "upper", "state")] == [
        25, None, None, None, None, "value"]  # fmt: skip


def test_a_group_is_divided_by_the_residents_of_the_group(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.residents(2018, "age=25-34", Ash=1_000)
    ledger.load([("deaths", "Ash", 2018, 20, {"stratum": "age=25-34"}), ("deaths", "Ash", 2018, 20, {"stratum": "sex=female"})])  # fmt: skip # noqa: E501
    assert ledger.ask("death_rate", "2018", stratum="age=25-34")["Ash"]["rate"] == 2000
    female = ledger.ask("death_rate", "2018", stratum="sex=female")["Ash"]
    assert (female["numerator"], female["denominator"], female["rate"]) == (20, None, None)


def test_a_partner_has_a_rate_inside_its_catchment_and_counts_beyond_it(ledger):
    ledger.residents(2018, Ash=10_000, Birch=10_000)
    ledger.partner("fire", catchment=["Ash"])
    ledger.load([("deaths", place, 2018, 20, {"partner": "fire"}) for place in ("Ash", "Birch")])
    rows = ledger.ask("death_rate", "2018", partner="fire")
    assert (rows["Ash"]["rate"], rows["Birch"]["numerator"], rows["Birch"]["rate"]) == (200, 20, None)


def test_a_county_in_which_a_partner_counts_beyond_its_catchment_has_no_rate(ledger):
    ledger.residents(2018, Ash=10_000, Birch=10_000)
    ledger.partner("fire", catchment=["Ash"])
    ledger.load([("deaths", place, 2018, 20, {"partner": "fire"}) for place in ("Ash", "Birch")])
    row = ledger.ask("death_rate", "2018", partner="fire", level=Level.COUNTY)["North"]
    assert (row["numerator"], row["denominator"], row["rate"]) == (40, None, None)


def test_a_partner_without_a_catchment_has_counts_only(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.partner("fire")
    ledger.load([("deaths", "Ash", 2018, 20, {"partner": "fire"})])
    row = ledger.ask("death_rate", "2018", partner="fire")["Ash"]
    assert (row["numerator"], row["denominator"], row["rate"]) == (20, None, None)


def test_a_share_is_divided_by_what_the_same_people_reported(ledger):
    ledger.load([("contacts", "Ash", 2018, 30), ("events", "Ash", 2018, 60), ("contacts", "Birch", 2018, 30)])
    rows = ledger.ask("contacted", "2018")
    assert (rows["Ash"]["rate"], rows["Birch"]["rate"], rows["Birch"]["numerator"]) == (50, None, 30)


def test_a_newer_figure_of_a_year_replaces_the_older_one(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.load([("population", "Ash", 2018, 20_000, {"basis": "residence"})], source="census", as_of=date(2022, 1, 1))
    ledger.load([("deaths", "Ash", 2018, 20)])
    assert ledger.ask("death_rate", "2018")["Ash"]["rate"] == 100


def test_substances_part_the_deaths_and_not_the_people(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.load([("deaths", "Ash", 2018, 20, {"stratum": "substance=stimulants"})])
    row = ledger.ask("death_rate", "2018", stratum="substance=stimulants")["Ash"]
    assert (row["denominator"], row["rate"]) == (10_000, 200)


def test_an_age_and_a_substance_stand_against_the_residents_of_that_age(ledger):
    ledger.residents(2018, Ash=10_000)
    ledger.residents(2018, "age=25-34", Ash=2_000)
    ledger.load([("deaths", "Ash", 2018, 20, {"stratum": "age=25-34;substance=stimulants"})])
    row = ledger.ask("death_rate", "2018", stratum="age=25-34;substance=stimulants")["Ash"]
    assert (row["denominator"], row["rate"]) == (2_000, 1_000)
