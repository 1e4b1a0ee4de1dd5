"""What targets say on screen, from a reader whose numbers are known."""

from dataclasses import replace
from datetime import date

import numpy as np
from fake_reader import ASH, BIRCH, NORTH, RATE, SHARE, FakeReader, years

from dashboard.domain import Target
from dashboard.targets.status import Status
from dashboard.views.target_form import TargetForm, faults, read_form
from dashboard.views.target_judgement import judge, times_words
from dashboard.views.target_page import changes, target_page
from dashboard.views.target_standing import assess
from dashboard.views.target_windows import due_window
from dashboard.views.target_words import pace_words, standing_words, sure_words, wanted_words
from dashboard.views.targets import AskedTargets, headline, target_rows, targets_page

TODAY = date(2021, 6, 1)
WANTED = Target("t1", "ours", RATE.id, 50.0, "2016", 30.0, date(2024, 12, 31), "Steering group", place=ASH)
"""On the path the rate of 2020 is 40: half way from 2016 to 2024."""


def reader(*counts: float, last: int = 2020, residents: float = 1_000_000) -> FakeReader:
    """Deaths in Ash in each year up to `last`."""
    made = FakeReader()
    first = last - len(counts) + 1
    made.reports("deaths", f"{first}-{last}")
    for year, count in zip(years(first, last), counts, strict=True):
        made.tell(ASH, year, count, residents)
    return made


def status(*counts: float, target: Target = WANTED, **named: float) -> Status:
    return assess(reader(*counts, **named), target, TODAY).status  # type: ignore[arg-type]


def test_each_status_is_told_where_its_rule_says_so() -> None:
    assert status(500, 480, 450, 430, 400) is Status.ON_TRACK
    assert status(500, 480, 480, 480, 480) is Status.BEHIND
    assert status(500, 450, 400, 370, 340) is Status.AHEAD
    assert status(500, 400, 350, 310, 290) is Status.MET
    assert status(5, 5, 4, 5, 4, residents=10_000) is Status.TOO_FEW
    assert status(500, 480, 450, 430, last=2019) is Status.DATA_LATE  # 2020 was due at the end of January 2021
    assert assess(FakeReader(), WANTED, TODAY).status is Status.NO_DATA


def test_data_are_late_only_after_one_period_and_the_usual_lag() -> None:
    store = reader(500, 480, 450, 430, 400)  # to the end of 2020; the next year comes a month after its end
    assert assess(store, WANTED, date(2022, 1, 31)).status is Status.ON_TRACK
    assert assess(store, WANTED, date(2022, 2, 1)).status is Status.DATA_LATE


def test_no_statement_crosses_a_break() -> None:
    store = reader(500, 480, 450, 430, 400)
    store.changed("2018-01-01", "new codes")
    found = assess(store, WANTED, TODAY)
    assert found.status is Status.NO_DATA
    assert "the definition changed in January 2018 (new codes)" in standing_words(found)
    assert sure_words(found) == ""


def test_a_break_before_the_baseline_breaks_nothing() -> None:
    store = reader(500, 480, 450, 430, 400)
    store.changed("2016-01-01", "new codes")
    assert assess(store, WANTED, TODAY).status is Status.ON_TRACK


def test_nothing_is_compared_with_its_own_baseline() -> None:
    found = assess(reader(500), replace(WANTED, baseline_period="2020"), TODAY)
    assert found.status is Status.NO_DATA
    assert "nothing complete has come since the baseline" in found.reason


def test_an_unknown_place_or_indicator_is_said_and_not_raised() -> None:
    store = reader(500, 480)
    for wrong in (replace(WANTED, place="nowhere"), replace(WANTED, indicator="luck")):
        found = assess(store, wrong, TODAY)
        assert found.status is Status.NO_DATA
        assert found.reason


def test_more_counted_than_there_was_to_count_among_is_named() -> None:
    store = FakeReader()
    store.reports("contacts", "2016-2020")
    store.tell(ASH, "2020", 120, 100, of=SHARE)
    found = assess(store, replace(WANTED, indicator=SHARE.id, target=80.0), TODAY)
    assert found.status is Status.NO_DATA
    assert "numerator is above its denominator" in found.reason


def test_sentences_say_the_number_its_interval_and_the_path() -> None:
    found = assess(reader(500, 480, 480, 480, 480), WANTED, TODAY)
    assert wanted_words(found) == "From 50 to 30 per 100,000 residents a year, by 31 December 2024."
    # Poisson 90% of 480: 444.5 to 517.6, by the square root rule within one
    assert standing_words(found).startswith("Behind: 48.0 per 100,000 residents a year (90% interval 44.")
    assert standing_words(found).endswith("in 2020; the path expects 40.0 by now, beyond chance.")
    assert pace_words(found) == "Pace now needed: down 4.5 a year; the plan was 2.5."


def test_under_ten_events_no_rate_is_said() -> None:
    found = assess(reader(60, 50, 30, 20, 8, residents=100_000), replace(WANTED, baseline=60.0), TODAY)
    said = " ".join((standing_words(found), sure_words(found), pace_words(found)))
    assert "8 deaths in 2020" in said
    assert "per 100,000" not in said


def test_the_due_window_ends_with_the_due_day() -> None:
    assert str(due_window(WANTED)) == "2024"


def test_the_page_groups_what_needs_the_coalition_most_first_and_counts() -> None:
    store = reader(500, 480, 480, 480, 480)
    store.saves(WANTED)
    store.saves(replace(WANTED, id="t2", place=BIRCH))
    page = targets_page(store, AskedTargets(), TODAY)
    assert page.headline == "2 targets: 1 behind, 1 no data."
    assert [status for status, _ in page.groups] == [Status.BEHIND, Status.NO_DATA]
    assert [row["status"] for row in target_rows(store, TODAY)] == ["behind", "no data"]
    assert headline([]) == "There are no targets yet."


def test_a_partner_sees_what_it_counts_or_helps_with() -> None:
    store = reader(500)
    store.saves(replace(WANTED, contributors=("clinic",)))
    store.saves(replace(WANTED, id="t2", partner="clinic"))
    store.saves(replace(WANTED, id="t3", partner="ems"))
    assert len(target_rows(store, TODAY, AskedTargets(partner="clinic"))) == 2


def test_the_history_says_what_became_what() -> None:
    after = replace(WANTED, target=25.0, owner="Night shift")
    assert changes(WANTED, after) == "Target from 30 to 25; owner from Steering group to Night shift."


def test_the_page_of_a_county_target_leads_to_its_towns() -> None:
    store = reader(500, 480, 450, 430, 400)
    for year in years(2016, 2020):
        store.tell(NORTH, year, 400, 1_000_000)
    store.saves(replace(WANTED, place=NORTH))
    own = store.saves(replace(WANTED, id="t2"))
    page = target_page(store, store.targets()[0], TODAY)
    towns = {row.name: row for row in page.parts[0].rows}
    assert towns["Ash"].href == f"/targets?target=ours%2F{own.id}"
    assert page.chart is not None
    assert page.chart.target == ("2024-12-31", 30.0)
    assert page.chart.baseline == ("2016-12-31", 50.0)


def form(**named: str) -> TargetForm:
    filled = {"indicator": RATE.id, "place": ASH, "baseline": "50", "baseline_period": "2020", "target": "30",
              "due": "2024-12-31", "owner": "Group", "who": "Ann", "why": "agreed"}  # fmt: skip
    return TargetForm(**filled | named)  # type: ignore[arg-type]


def test_a_good_form_becomes_a_target_and_a_bad_one_names_its_fields() -> None:
    store = reader(500)
    assert faults(store, form(), TODAY) == {}
    made = read_form(store, form(contributors="Birch Clinic; ems", strategy="Kits everywhere")).target
    assert (made.baseline, made.target, made.contributors) == (50, 30, ("clinic", "ems"))
    assert made.strategy == "kits-everywhere"
    bad = faults(store, form(target="60", due="2020-01-01", who="", contributors="Nobody", baseline=""), TODAY)
    assert set(bad) == {"due", "who", "contributors", "baseline"}
    assert "Lower is better" in faults(store, form(target="60"), TODAY)["target"]


def test_a_new_target_never_takes_the_id_of_another() -> None:
    store = reader(500)
    first = read_form(store, form()).target
    store.saves(replace(first, coalition=""))
    assert read_form(store, form()).target.id == f"{first.id}-2"


def test_twenty_deaths_and_a_40_percent_fall_are_judged_in_words() -> None:
    judged = judge(reader(20, residents=100_000), form(baseline="20", target="12"))
    assert judged.sentence == (
        "With about 20 deaths a year, a true 40% fall would show in one year one time in three. "
        "It can hardly be judged by itself: watch what is done as well."
    )


def test_what_nobody_reports_cannot_be_judged() -> None:
    assert "Nobody reports this here yet" in judge(FakeReader(), form()).sentence


def test_chances_become_words_that_never_say_never() -> None:
    said = [times_words(chance) for chance in (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 0.9, 1.0)]
    assert said[3] == "one time in three"
    assert (said[0], said[-1]) == ("almost never", "nearly always")
    assert np.unique(said).size == len(said)
