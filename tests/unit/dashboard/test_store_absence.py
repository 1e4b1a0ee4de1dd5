"""Zero, suppressed and not reported are three things, and a part that is missing is never a zero."""

from datetime import date

from dashboard.domain import Level


def test_zero_suppressed_and_not_reported_stay_three_things(ledger):
    ledger.load([("deaths", "Ash", 2018, 0), ("deaths", "Birch", 2018, "suppressed"),
                 ("deaths", "Cedar", 2018, "not_reported")])  # fmt: skip
    assert ledger.told("death_rate", "2018") == {
        "Ash": 0, "Birch": "suppressed", "Cedar": "not_reported", "Dogwood": "not_reported"}  # fmt: skip


def test_a_hidden_cell_shows_no_number_at_all(ledger):
    ledger.residents(Birch=1000)
    ledger.load([("deaths", "Birch", 2018, "suppressed")])
    row = ledger.ask("death_rate", "2018")["Birch"]
    assert [row[name] for name in ("numerator", "rate", "lower", "upper")] == [None] * 4


def test_where_a_source_lists_every_event_a_missing_row_is_a_true_zero(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018-03", 2)], coverage=[spoken("2018", absence="zero")])
    assert ledger.told("death_rate", "2018") == {"Ash": 2, "Birch": 0, "Cedar": 0, "Dogwood": 0}


def test_beyond_the_span_it_lists_a_missing_row_is_not_reported(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018-03", 2)], coverage=[spoken("2018", absence="zero")])
    assert ledger.told("death_rate", "2018-2019")["Birch"] == "not_reported"


def test_beyond_the_towns_it_lists_a_missing_row_is_not_reported(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018-03", 2)], coverage=[spoken("2018", absence="zero", scope="25001")])
    assert ledger.told("death_rate", "2018") == {
        "Ash": 2, "Birch": 0, "Cedar": "not_reported", "Dogwood": "not_reported"}  # fmt: skip
    state = ledger.told("death_rate", "2018", level=Level.STATE)
    assert state == {"Massachusetts": "not_reported"}


def test_two_yearly_files_that_each_list_every_event_join_up(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018-03", 2)], coverage=[spoken("2018", absence="zero")])
    ledger.load([("deaths", "Ash", "2019-05", 3)], coverage=[spoken("2019", absence="zero")])
    assert ledger.told("death_rate", "2018-2019") == {"Ash": 5, "Birch": 0, "Cedar": 0, "Dogwood": 0}


def test_a_suppressed_row_is_no_zero_even_where_every_event_is_listed(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018-03", "suppressed")], coverage=[spoken("2018", absence="zero")])
    assert ledger.told("death_rate", "2018")["Ash"] == "suppressed"


def test_a_newer_file_that_no_longer_lists_every_event_takes_the_zeros_back(ledger, spoken):
    ledger.load([("deaths", "Ash", "2018", 12)], coverage=[spoken("2018", absence="zero")])
    ledger.load([("deaths", "Ash", "2018", 13)], coverage=[spoken("2018")], as_of=date(2022, 1, 1))
    told = ledger.told("death_rate", "2018")
    assert (told["Ash"], told["Birch"]) == (13, "not_reported")


def test_one_partners_complete_list_says_nothing_of_another_partner(ledger, spoken):
    ledger.partner("first")
    ledger.partner("second")
    rows = [
        ("deaths", "Ash", "2018-01", 4, {"partner": "first"}),
        ("deaths", "Ash", "2017-01", 4, {"partner": "second"}),
    ]
    ledger.load(rows, coverage=[spoken("2018", absence="zero", partner="first")])
    assert ledger.told("death_rate", "2018", partner="first")["Ash"] == 4
    assert ledger.told("death_rate", "2018", partner="second")["Ash"] == "not_reported"
    assert ledger.told("death_rate", "2018")["Ash"] == "not_reported"


def test_a_window_with_a_missing_month_is_not_reported(ledger):
    months = [("deaths", "Ash", f"2018-{month:02d}", 1) for month in range(1, 13)]
    ledger.load([*months, *(("deaths", "Birch", row[2], 1) for row in months if row[2] != "2018-07")])
    told = ledger.told("death_rate", "2018")
    assert (told["Ash"], told["Birch"]) == (12, "not_reported")


def test_a_window_with_a_hidden_month_is_suppressed(ledger):
    months = [("deaths", "Ash", f"2018-{month:02d}", 1) for month in range(1, 12)]
    ledger.load([*months, ("deaths", "Ash", "2018-12", "suppressed")])
    assert ledger.told("death_rate", "2018")["Ash"] == "suppressed"
