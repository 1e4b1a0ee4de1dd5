"""Which load holds: a newer one replaces what it speaks of, and every earlier day can be shown again."""

from datetime import date, datetime

NONE_YET = {"Ash": "not_reported", "Birch": "not_reported", "Cedar": "not_reported", "Dogwood": "not_reported"}
FIRST = [("deaths", "Ash", 2018, 12), ("deaths", "Birch", 2018, 15)]
SECOND = [("deaths", "Ash", 2018, 14)]


def test_a_newer_load_replaces_what_it_covers_and_what_it_leaves_out_is_taken_back(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")])
    ledger.load(SECOND, coverage=[spoken("2018")], as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018") == NONE_YET | {"Ash": 14}


def test_the_publishers_date_decides_before_the_day_of_loading(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")], as_of=date(2022, 1, 1))
    ledger.load(SECOND, coverage=[spoken("2018")], as_of=date(2021, 6, 1))
    assert ledger.told("death_rate", "2018") == NONE_YET | {"Ash": 12, "Birch": 15}


def test_of_two_loads_of_one_publishers_date_the_one_loaded_later_holds_whatever_the_clock_said(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")], loaded=datetime(2022, 5, 2))
    ledger.load(SECOND, coverage=[spoken("2018")], loaded=datetime(2022, 5, 1))
    assert ledger.told("death_rate", "2018") == NONE_YET | {"Ash": 14}


def test_a_newer_load_leaves_alone_the_periods_it_does_not_cover(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")])
    ledger.load([("deaths", "Ash", 2019, 3)], coverage=[spoken("2019")], as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018")["Birch"] == 15


def test_a_newer_load_leaves_alone_the_places_it_does_not_cover(ledger, spoken):
    ledger.load([*FIRST, ("deaths", "Cedar", 2018, 11)], coverage=[spoken("2018")])
    ledger.load(SECOND, coverage=[spoken("2018", scope="25001")], as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018") == NONE_YET | {"Ash": 14, "Cedar": 11}


def test_a_load_replaces_nothing_of_another_source(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")], source="state")
    ledger.load(SECOND, coverage=[spoken("2018")], source="town hall", as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018")["Birch"] == 15


def test_a_corrected_number_replaces_the_older_one_even_where_no_coverage_is_declared(ledger):
    ledger.load(FIRST)
    ledger.load(SECOND, as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018") == NONE_YET | {"Ash": 14, "Birch": 15}


def test_as_of_a_day_shows_what_was_known_then(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")], loaded=datetime(2022, 3, 10, 23, 30))
    ledger.load(SECOND, coverage=[spoken("2018")], loaded=datetime(2022, 4, 20), as_of=date(2022, 1, 1))
    assert ledger.told("death_rate", "2018", as_of=date(2022, 3, 9)) == NONE_YET
    assert ledger.told("death_rate", "2018", as_of=date(2022, 3, 10)) == NONE_YET | {"Ash": 12, "Birch": 15}
    assert ledger.told("death_rate", "2018", as_of=date(2022, 4, 20)) == NONE_YET | {"Ash": 14}


def test_as_of_a_day_before_the_first_load_nothing_was_known(ledger):
    ledger.load(FIRST)
    assert ledger.told("death_rate", "2018", as_of=date(1, 1, 1)) == NONE_YET


def test_a_cell_cites_the_load_it_comes_from(ledger, spoken):
    ledger.load(FIRST, coverage=[spoken("2018")], as_of=date(2021, 2, 3))
    ledger.load(SECOND, coverage=[spoken("2018", scope="2500100001")], as_of=date(2022, 2, 3))
    rows = ledger.ask("death_rate", "2018")
    assert (rows["Ash"]["source"], rows["Ash"]["as_of"]) == ("state", "2022-02-03")
    assert (rows["Birch"]["source"], rows["Birch"]["as_of"]) == ("state", "2021-02-03")
    assert (rows["Cedar"]["source"], rows["Cedar"]["as_of"]) == ("", "")
