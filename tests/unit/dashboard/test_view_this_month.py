"""The numbers a meeting starts with: how large, how they moved, and how old they are."""

from datetime import date

import pytest
from fake_reader import STATE, FakeReader

from dashboard.indicators import registry
from dashboard.views.this_month import STARTERS, ThisMonth, home_area, this_month

KNOWN = registry().indicators
DEATHS = KNOWN["opioid_overdose_death_rate"]
CONTACT = KNOWN["contact_next_day"]
SPENT = KNOWN["settlement_funds_spent"]
TODAY = date(2026, 11, 21)


@pytest.fixture
def reader() -> FakeReader:
    """Deaths of two years among a million residents."""
    known = FakeReader(list(KNOWN.values()))
    known.reports(DEATHS.numerator.measures[0], "2017-01..2018-12", months=1)
    known.tell(STATE, "2018", 100, 1_000_000, of=DEATHS)
    known.tell(STATE, "2017", 150, 1_000_000, of=DEATHS)
    return known


def shown(reader: FakeReader) -> ThisMonth:
    return this_month(reader, STATE, TODAY)


def test_every_starting_number_is_an_indicator() -> None:
    assert set(STARTERS) <= set(KNOWN)


def test_a_card_says_its_number_and_the_request_that_is_its_evidence(reader: FakeReader) -> None:
    (card,) = shown(reader).cards
    assert (card.name, card.figure, card.unit) == ("Opioid overdose deaths", "100", "deaths")
    # The exact Poisson limits of 100 are 81.4 and 121.6.
    assert card.sentence == "2018: 10 per 100,000 residents a year (8 to 12), from 100 deaths."
    assert (card.evidence.indicator, card.evidence.within, card.evidence.period) == (DEATHS.id, STATE, "12m")
    assert card.trend is not None


def test_the_page_opens_with_its_first_card(reader: FakeReader) -> None:
    said = "100 deaths, or 10 per 100,000 residents a year (8 to 12)."
    assert shown(reader).headline == f"Opioid overdose deaths in Massachusetts, 2018: {said}"


def test_nothing_reported_is_said() -> None:
    empty = shown(FakeReader(list(KNOWN.values())))
    assert (empty.headline, empty.cards) == ("Nobody reports numbers for Massachusetts yet.", ())


@pytest.mark.parametrize(
    ("before", "said"),
    [
        # Of the events of two equal years the newer has 100: exact limits of 100/250 are 33.9% and 46.4%, of 100/160
        # 54.5% and 70.0%, of 100/220 38.7% and 52.3%.
        (150, "Lower than the period before (150 deaths), beyond chance."),
        (60, "Higher than the period before (60 deaths), beyond chance."),
        (120, "No clear change from the period before (120 deaths)."),
        ("suppressed", "The period before: hidden to protect people."),
        ("not_reported", "The period before: not reported."),
    ],
)
def test_a_change_has_a_word_only_beyond_chance(reader: FakeReader, before: int | str, said: str) -> None:
    reader.tell(STATE, "2017", before, 1_000_000, of=DEATHS)
    assert shown(reader).cards[0].change == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        # Katz's limits of the ratio of proportions: 60/100 to 40/100 is 1.5 (1.12 to 2.00), 55/113 to 45/118 is 1.28
        # (0.95 to 1.72), 40/100 to 60/100 is 0.67 (0.50 to 0.89).
        ((60, 100), (40, 100), "Higher than the period before (40%, 40 of 100), beyond chance."),
        ((55, 113), (45, 118), "No clear change from the period before (38.1%, 45 of 118)."),
        ((40, 100), (60, 100), "Lower than the period before (60%, 60 of 100), beyond chance."),
        ((60, 100), ("suppressed", 100), "The period before: hidden to protect people."),
    ],
)
def test_a_change_of_a_proportion_has_a_word_only_beyond_chance(
    reader: FakeReader, now: tuple[int, int], before: tuple[int | str, int], said: str
) -> None:
    reader.reports(CONTACT.numerator.measures[0], "2017-01..2018-12", months=1, basis="none")
    reader.tell(STATE, "2018", *now, of=CONTACT)
    reader.tell(STATE, "2017", *before, of=CONTACT)
    assert shown(reader).cards[-1].change == said


def test_what_is_no_rate_says_the_period_before_without_a_word_for_the_change(reader: FakeReader) -> None:
    reader.reports(SPENT.numerator.measures[0], "2017-2018", basis="none")
    reader.tell(STATE, "2018", 9_000, of=SPENT)
    reader.tell(STATE, "2017", 1_000, of=SPENT)
    card = shown(reader).cards[-1]
    assert (card.figure, card.unit, card.change) == ("$9,000", "", "The period before: $1,000.")


def test_the_first_period_has_nothing_before_it() -> None:
    reader = FakeReader(list(KNOWN.values()))
    reader.reports(DEATHS.numerator.measures[0], "2018")
    reader.tell(STATE, "2018", 100, 1_000_000, of=DEATHS)
    assert shown(reader).cards[0].change == "There is no period before it to compare with."


def test_a_proportion_is_shown_in_percent(reader: FakeReader) -> None:
    reader.reports(CONTACT.numerator.measures[0], "2018", basis="none")
    reader.tell(STATE, "2018", 40, 120, of=CONTACT)
    assert [card.figure for card in shown(reader).cards] == ["100", "33.3%"]


def test_numbers_that_are_hidden_come_last_and_unreported_ones_not_at_all(reader: FakeReader) -> None:
    reader.tell(STATE, "2018", "suppressed", of=DEATHS)
    reader.reports(CONTACT.numerator.measures[0], "2018", basis="none")
    reader.tell(STATE, "2018", 40, 120, of=CONTACT)
    reader.reports(SPENT.numerator.measures[0], "2018", basis="none")
    assert [(card.name, card.figure) for card in shown(reader).cards] == [
        (CONTACT.name, "33.3%"), (DEATHS.name, "–"),
    ]  # fmt: skip


def test_there_are_six_cards_at_most(reader: FakeReader) -> None:
    for id_ in STARTERS:
        reader.reports(KNOWN[id_].numerator.measures[0], "2018")
        reader.tell(STATE, "2018", 40, 120, of=KNOWN[id_])
    assert len(shown(reader).cards) == 6


def test_fiscal_years_are_the_window_where_only_they_are_reported() -> None:
    reader = FakeReader(list(KNOWN.values()))
    reader.reports(DEATHS.numerator.measures[0], "2016-07..2018-06")
    reader.tell(STATE, "FY2018", 100, 1_000_000, of=DEATHS)
    (card,) = shown(reader).cards
    assert card.sentence.startswith("Fiscal year 2018 (July 2017 to June 2018): 10 per 100,000")


def test_sources_that_are_used_and_older_than_a_year_are_late(reader: FakeReader) -> None:
    reader.loaded("state", "2025-11-20")  # 366 days
    reader.loaded("places", "2020-01-01")  # old, but no number comes from it
    assert [(late.source, late.age_days) for late in shown(reader).late] == [("state", 366)]


def test_a_source_of_a_year_ago_is_not_late(reader: FakeReader) -> None:
    reader.loaded("state", "2025-11-21")
    assert shown(reader).late == ()


def test_pages_open_on_the_coalitions_own_towns_where_there_are_any() -> None:
    assert home_area(FakeReader(home="ours")) == "ours"
    assert home_area(FakeReader()) == STATE
    assert home_area(FakeReader(home="long gone")) == STATE
