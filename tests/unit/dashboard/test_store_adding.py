"""What may be added, and what is refused: over time, over places, over partners."""

from datetime import date

import pytest

from dashboard.domain import Level


def test_years_of_a_count_add_up(ledger):
    ledger.load([("deaths", "Ash", 2018, 12), ("deaths", "Ash", 2019, 5)])
    assert ledger.told("death_rate", "2018-2019")["Ash"] == 17


@pytest.mark.parametrize(("measure", "shown"), [("clients", "client_count"), ("rolling_deaths", "rolling")])
def test_what_does_not_add_over_time_is_shown_for_the_publishers_own_window_only(ledger, measure, shown):
    ledger.load([(measure, "Ash", 2018, 12), (measure, "Ash", 2019, 5)])
    assert ledger.told(shown, "2019")["Ash"] == 5
    assert ledger.told(shown, "2018-2019")["Ash"] == "not_reported"


def test_twelve_month_windows_that_end_every_month_are_never_summed(ledger):
    windows = [("rolling_deaths", "Ash", f"2017-{m:02d}..2018-{m - 1:02d}", 30 + m) for m in range(2, 13)]
    ledger.load([*windows, ("rolling_deaths", "Ash", "2018", 50)])
    assert ledger.told("rolling", "2018")["Ash"] == 50
    assert ledger.told("rolling", "2017-03..2018-02")["Ash"] == 33
    assert ledger.told("rolling", "2017-02..2018-12")["Ash"] == "not_reported"


def test_calendar_and_fiscal_years_of_one_source_are_never_added_together(ledger):
    ledger.load([("deaths", "Ash", 2018, 10), ("deaths", "Ash", "FY2019", 20), ("deaths", "Ash", 2019, 40)])
    assert ledger.told("death_rate", "FY2019")["Ash"] == 20
    assert ledger.told("death_rate", "2019")["Ash"] == 40
    assert ledger.told("death_rate", "2018-2019")["Ash"] == "not_reported"


def test_a_years_number_is_not_made_of_months_of_two_sources(ledger):
    first = [("deaths", "Ash", f"2018-{month:02d}", 1) for month in range(1, 7)]
    second = [("deaths", "Ash", f"2018-{month:02d}", 1) for month in range(7, 13)]
    ledger.load(first, source="one")
    ledger.load(second, source="two")
    assert ledger.told("death_rate", "2018")["Ash"] == "not_reported"


def test_a_stock_is_the_last_one_inside_the_window(ledger):
    ledger.load([("beds", "Ash", "2018-03", 7), ("beds", "Ash", "2018-09", 4)])
    assert ledger.told("bed_count", "2018")["Ash"] == 4
    assert ledger.told("bed_count", "2018Q1")["Ash"] == 7


def test_a_county_is_the_sum_of_its_towns(ledger):
    ledger.load([("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, 5), ("deaths", "Cedar", 2018, 1)])
    told = ledger.told("death_rate", "2018", level=Level.COUNTY)
    assert told == {"North": 17, "South": "not_reported"}


def test_a_county_with_a_hidden_town_is_hidden(ledger):
    ledger.load([("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, "suppressed")])
    assert ledger.told("death_rate", "2018", level=Level.COUNTY)["North"] == "suppressed"


def test_a_published_county_beats_the_sum_of_its_towns(ledger):
    ledger.load([("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, "suppressed"), ("deaths", "North", 2018, 19)])
    assert ledger.told("death_rate", "2018", level=Level.COUNTY)["North"] == 19


def test_where_the_county_was_not_published_its_towns_are_added(ledger):
    ledger.load([("deaths", "North", 2017, 19), ("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, 5)])
    assert ledger.told("death_rate", "2018", level=Level.COUNTY)["North"] == 17


def test_a_median_of_towns_is_no_median_of_the_county(ledger):
    ledger.load([("wait", "Ash", 2018, 6), ("wait", "Birch", 2018, 8)])
    assert ledger.told("median_wait", "2018")["Birch"] == 8
    assert ledger.told("median_wait", "2018", level=Level.COUNTY)["North"] == "not_reported"


def test_a_preferred_measure_wins_cell_by_cell_and_is_never_mixed(ledger):
    ledger.load([("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, 5), ("better_deaths", "Ash", 2018, 11),
                 ("deaths", "Cedar", 2018, 1), ("better_deaths", "Cedar", 2018, "suppressed")])  # fmt: skip
    assert ledger.told("best_deaths", "2018") == {
        "Ash": 11, "Birch": 5, "Cedar": "suppressed", "Dogwood": "not_reported"}  # fmt: skip


def partners(ledger, *rows, source="sheets"):
    ledger.load([(m, place, period, n, {"partner": p}) for m, p, place, period, n in rows], source=source)


def test_partners_add_up_where_everyone_who_serves_the_town_reported(ledger):
    ledger.partner("fire")
    ledger.partner("clinic")
    partners(ledger, ("contacts", "fire", "Ash", 2018, 12), ("contacts", "clinic", "Ash", 2018, 5),
             ("contacts", "fire", "Ash", 2019, 8), ("contacts", "fire", "Birch", 2019, 3))  # fmt: skip
    ledger.load([("events", place, year, 50) for place in ("Ash", "Birch") for year in (2018, 2019)])
    assert ledger.told("contacted", "2018")["Ash"] == 17
    assert ledger.told("contacted", "2019") == {
        "Ash": "not_reported", "Birch": 3, "Cedar": "not_reported", "Dogwood": "not_reported"}  # fmt: skip
    assert ledger.told("contacted", "2019", partner="fire")["Ash"] == 8


def test_partners_add_up_across_their_own_files_and_periods(ledger):
    ledger.partner("fire")
    ledger.partner("clinic")
    partners(ledger, *(("deaths", "fire", "Ash", f"2018-{m:02d}", 2) for m in (1, 2, 3)), source="fire sheet")
    partners(
        ledger, ("deaths", "clinic", "Ash", "2018Q1", 5), ("deaths", "clinic", "Ash", "2018Q2", 1), source="clinic"
    )
    assert ledger.told("death_rate", "2018Q1")["Ash"] == 11
    assert ledger.told("death_rate", "2018Q2")["Ash"] == "not_reported"


def test_one_partner_in_a_file_of_its_own_never_passes_for_all(ledger):
    ledger.partner("fire")
    ledger.partner("clinic")
    partners(ledger, ("deaths", "clinic", "Ash", 2018, 5), source="a clinic")
    partners(ledger, ("deaths", "fire", "Ash", 2017, 7), source="the fire service")
    assert ledger.told("death_rate", "2018")["Ash"] == "not_reported"


def test_people_served_by_several_partners_are_never_added(ledger):
    ledger.partner("fire")
    ledger.partner("clinic")
    partners(ledger, ("clients", "fire", "Ash", 2018, 12), ("clients", "clinic", "Ash", 2018, 5))
    assert ledger.told("client_count", "2018")["Ash"] == "not_reported"
    assert ledger.told("client_count", "2018", partner="clinic")["Ash"] == 5


def test_a_published_whole_beats_the_sum_of_partners(ledger):
    ledger.partner("fire")
    partners(ledger, ("deaths", "fire", "Ash", 2018, 12))
    ledger.load([("deaths", "Ash", 2018, 30)], source="the state", as_of=date(2021, 1, 1))
    assert ledger.told("death_rate", "2018")["Ash"] == 30
