"""A funder's table says the reader's own numbers, and why there is none."""

from dataclasses import replace

import pytest
from fake_reader import COUNT, MONEY, RATE, SHARE, FakeReader

from dashboard.domain import Period, State
from dashboard.errors import InvalidQuery
from dashboard.views.funder_tables import COLUMNS, IN_WORDS, funder_rows, funder_table, newest_period

RECEIVED = replace(MONEY, id="settlement_funds_received", name="Settlement money received")
SPENT = replace(MONEY, id="settlement_funds_spent", name="Settlement money spent")
KITS = replace(RATE, id="naloxone_kits_per_100k", name="Naloxone kits", unit="kits")
YEAR = Period.parse("2025")


def reader() -> FakeReader:
    told = FakeReader((RECEIVED, SPENT, KITS, RATE, SHARE, COUNT), home="ours")
    told.reports("dollars", "2023-2025")
    told.reports("deaths", "2023-2025")
    return told


def test_a_number_of_the_reader_stands_in_its_row():
    told = reader()
    told.tell("ours", "2025", 34_623, of=RECEIVED)
    row = funder_table(told, "settlement_report", YEAR).rows[0]
    assert (row.indicator, row.numerator, row.state) == ("settlement_funds_received", 34_623, State.VALUE)
    assert row.said == "$34,623"


def test_a_rate_stands_with_its_numerator_and_denominator():
    told = reader()
    told.tell("ours", "2025", 730, 100_000, of=KITS)
    row = next(r for r in funder_table(told, "settlement_report", YEAR).rows if r.indicator == KITS.id)
    assert (row.numerator, row.denominator, row.rate, row.per) == (730, 100_000, 730.0, 100_000)


@pytest.mark.parametrize("state", [State.SUPPRESSED, State.NOT_REPORTED])
def test_what_is_hidden_or_not_reported_has_no_number_and_says_why(state: State):
    told = reader()
    told.tell("ours", "2025", state.value, of=RECEIVED)
    row = funder_table(told, "settlement_report", YEAR).rows[0]
    assert (row.numerator, row.rate, row.state) == (None, None, state)


def test_zero_is_a_value():
    told = reader()
    told.tell("ours", "2025", 0, of=SPENT)
    row = next(r for r in funder_table(told, "settlement_report", YEAR).rows if r.indicator == SPENT.id)
    assert (row.numerator, row.state) == (0, State.VALUE)


def test_a_row_that_is_told_in_words_says_so_and_counts_for_nothing():
    table = funder_table(reader(), "settlement_report", YEAR)
    assert table.rows[-1].state == IN_WORDS
    assert "0 of 3 counted rows" in table.sentence


def test_a_partners_own_table_reads_only_what_that_partner_reports():
    told = reader()
    told.tell("ours", "2025", 900, of=RECEIVED)
    told.tell("ours", "2025", 12, of=RECEIVED, partner="clinic")
    row = funder_table(told, "settlement_report", YEAR, partner="clinic").rows[0]
    assert row.numerator == 12


def test_every_row_has_a_text_for_every_column():
    table = funder_table(reader(), "settlement_report", YEAR)
    assert all(len(row) == len(COLUMNS) and all(row) for row in funder_rows(table))


def test_a_settlement_report_speaks_of_the_last_whole_fiscal_year():
    assert newest_period(reader(), "settlement_report") == Period.parse("FY2025")


def test_a_report_without_a_fixed_year_ends_where_the_numbers_end():
    assert newest_period(reader(), "cdc_od2a_local") == Period.parse("2025")


def test_a_table_of_which_nobody_reports_anything_is_refused():
    with pytest.raises(InvalidQuery, match="Nobody reports"):
        newest_period(FakeReader((RATE,), home="ours"), "settlement_report")
