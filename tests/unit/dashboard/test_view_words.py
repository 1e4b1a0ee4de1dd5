"""How periods, numbers and the reasons for no number are said."""

from dataclasses import replace
from datetime import date

import pytest
from fake_reader import COUNT, MONEY, RATE, SHARE, cell

from dashboard.domain import Period, State
from dashboard.views.words import (
    cell_words,
    count_words,
    counted_words,
    day_words,
    group_words,
    headline_words,
    one_of,
    per_words,
    period_label,
    period_words,
    short_words,
)

PER_DEATH = replace(COUNT, kind="ratio", denominator=replace(COUNT.numerator, label="opioid deaths"))
# 181 deaths among 663,000 residents: 27.3 per 100,000; exact Poisson limits of 181 are 155.6 and 209.4.
BOSTON = cell(181, 663_000, 27.3, 23.5, 31.6)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2018", "2018"),
        ("2018-2020", "2018 to 2020"),
        ("2018Q3", "July to September 2018"),
        ("2018-12..2019-02", "December 2018 to February 2019"),
        ("2018-07", "July 2018"),
        ("FY2018", "fiscal year 2018 (July 2017 to June 2018)"),
        ("2023-07..2026-06", "the 36 months to June 2026"),
        ("2025-07..2027-06", "the 24 months to June 2027"),
    ],
)
def test_a_period_in_a_sentence(written: str, said: str) -> None:
    assert period_words(Period.parse(written)) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2018", "2018"),
        ("2018-2020", "2018-2020"),
        ("2018Q3", "Q3 2018"),
        ("2018-07", "Jul 2018"),
        ("FY2018", "FY 2018"),
        ("2025-04..2026-03", "to Mar 2026"),
        ("2023-07..2026-06", "36 months to Jun 2026"),
    ],
)
def test_a_period_on_an_axis(written: str, said: str) -> None:
    assert period_label(Period.parse(written)) == said


def test_days_are_said_from_dates_and_from_their_text() -> None:
    assert day_words(date(2026, 6, 5)) == day_words("2026-06-05") == "5 June 2026"
    assert day_words("") == ""


def test_a_rate_says_its_count_its_rate_and_its_interval() -> None:
    assert counted_words(RATE, BOSTON, 0) == "181 deaths, or 27.3 per 100,000 residents a year (23.5 to 31.6)"
    assert cell_words(RATE, BOSTON, 0) == "27.3 per 100,000 residents a year (23.5 to 31.6), from 181 deaths"
    assert short_words(RATE, BOSTON, 0) == "27.3 per 100,000"


def test_the_headline_names_indicator_place_period_and_group() -> None:
    said = "181 deaths, or 27.3 per 100,000 residents a year (23.5 to 31.6)."
    year = Period.parse("2018")
    assert headline_words(RATE, BOSTON, 0, "Boston", year) == f"Overdose deaths in Boston, 2018: {said}"
    women = headline_words(RATE, BOSTON, 0, "Boston", year, "sex=female")
    assert women == f"Overdose deaths in Boston, sex: Female, 2018: {said}"


def test_zero_events_are_a_number_with_an_interval() -> None:
    none = cell(0, 10_000, 0, 0, 36.9)
    assert counted_words(RATE, none, 0) == "0 deaths, or 0 per 100,000 residents a year (0 to 37)"
    assert short_words(RATE, none, 0) == "0 per 100,000"


def test_ten_to_nineteen_events_are_flagged_unstable() -> None:
    few = cell(12, 40_000, 30.5, 15.5, 52.4, state=State.UNSTABLE)
    assert counted_words(RATE, few, 0).endswith("(15.5 to 52.4); unstable, because of few events")
    assert cell_words(RATE, few, 0).endswith("from 12 deaths, unstable because of few events")


def test_fewer_than_ten_events_have_a_count_and_no_rate() -> None:
    few = cell(4, 9_000, state=State.UNSTABLE)
    assert cell_words(RATE, few, 0) == counted_words(RATE, few, 0) == "4 deaths: too few for a rate"
    assert short_words(RATE, few, 0) == "4 deaths"


def test_one_event_is_said_in_the_singular() -> None:
    assert cell_words(RATE, cell(1, 900, state=State.UNSTABLE), 0) == "1 death: too few for a rate"


def test_a_count_without_residents_stands_alone() -> None:
    assert counted_words(RATE, cell(12), 0) == cell_words(RATE, cell(12), 0) == "12 deaths"


@pytest.mark.parametrize(
    ("state", "said"), [(State.SUPPRESSED, "hidden to protect people"), (State.NOT_REPORTED, "not reported")]
)
@pytest.mark.parametrize("indicator", [RATE, SHARE, COUNT, MONEY], ids=lambda indicator: indicator.kind)
def test_an_absent_number_says_why(indicator, state: State, said: str) -> None:
    for words in (cell_words, counted_words, short_words):
        assert words(indicator, cell(state=state), 0) == said


def test_a_proportion_is_said_in_percent_of_its_whole() -> None:
    # Wilson's limits of 40 of 120 are 25.5% and 42.2%.
    third = cell(40, 120, 100 / 3, 25.53, 42.17)
    said = "33.3% of identified events (25.5 to 42.2), 40 of 120"
    assert cell_words(SHARE, third, 0) == counted_words(SHARE, third, 0) == said
    assert short_words(SHARE, third, 0) == "33.3%"


def test_money_is_said_in_dollars() -> None:
    assert counted_words(MONEY, cell(34_623), 0) == "$34,623"
    assert short_words(MONEY, cell(34_623), 0) == "$34,623"


def test_counts_have_thousands_and_a_decimal_only_where_they_need_one() -> None:
    assert [count_words(COUNT, number) for number in (1204, 12.5, 0)] == ["1,204 kits", "12.5 kits", "0 kits"]


def test_a_ratio_to_single_events_does_not_say_per_1() -> None:
    kits = cell(82, 10, 8.2)
    assert cell_words(PER_DEATH, kits, 0) == "8.2 for each of the opioid deaths, from 82 kits"
    assert short_words(PER_DEATH, kits, 0) == "8.2"


def test_what_a_number_is_divided_by() -> None:
    assert [per_words(one) for one in (RATE, SHARE, COUNT)] == [
        "per 100,000 residents a year", "of identified events", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "one"),
    [("people", "person"), ("children", "child"), ("deaths", "death"), ("pharmacies", "pharmacy"),
     ("deaths in 12 months", "death in 12 months")],
)  # fmt: skip
def test_units_have_a_singular(unit: str, one: str) -> None:
    assert one_of(unit) == one


@pytest.mark.parametrize(
    ("stratum", "said"),
    [("", "Everyone"), ("age=25-34", "Age 25–34"), ("sex=female", "Sex: Female"),
     ("race=not_recorded", "Race and ethnicity: Not recorded"), ("age=25-34;sex=male", "Age 25–34, Sex: Male")],
)  # fmt: skip
def test_groups_are_named_in_words(stratum: str, said: str) -> None:
    assert group_words(stratum) == said
