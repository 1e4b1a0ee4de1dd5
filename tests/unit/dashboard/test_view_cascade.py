"""After an overdose on screen: the same events at every step, one source, ends of their own, plain words for faults."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.errors import InvalidQuery
from dashboard.store.cube import open_cube
from dashboard.store.reader import CubeReader
from dashboard.views.cascade import AfterOverdose, after_overdose
from dashboard.views.cascade_asking import AskedCascade, periods
from dashboard.views.cascade_beside import beside

QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
COUNTED = {
    "known_nonfatal_overdoses": 40, "identified_events": 32, "events_naloxone_in_hand": 24, "contacted_next_day": 8,
    "contacted_72h": 12, "contacted_7d": 20, "events_engaged": 22, "events_engaged_direct": 16,
    "events_engagement_declined": 4, "events_already_in_care": 6, "events_medication_offered": 14,
    "events_medication_started_31d": 8, "events_medication_declined": 3, "events_retained_180d": 4,
}  # fmt: skip
Tell = Callable[..., None]


@pytest.fixture
def tell(ledger: Any) -> Tell:
    """Load counts of every quarter for a town."""

    def _tell(counts: dict[str, object], place: str = "Ash", source: str = "register", **options: object) -> None:
        ledger.load(
            [(measure, place, quarter, value, options) for quarter in QUARTERS for measure, value in counts.items()],
            source=source,
        )

    return _tell


@pytest.fixture
def ask(ledger: Any) -> Callable[..., AfterOverdose]:
    """The page's answer for a town."""

    def _ask(**asked: str) -> AfterOverdose:
        reader = CubeReader(open_cube(ledger.engine, ledger.home))
        return after_overdose(reader, AskedCascade(**({"place": "Ash"} | asked)))

    return _ask


def steps(answer: AfterOverdose, side: int = 0) -> dict[str, tuple[float | None, float | None]]:
    return {step.label: (step.reached, step.of) for step in answer.sides[side].chart.steps}


def test_every_step_counts_the_same_events_of_the_quarters_that_have_closed(tell: Tell, ask: Any) -> None:
    """Data end with 2025, so 31 days leave out the fourth quarter: three quarters of 40 are 120."""
    tell(COUNTED)
    answer = ask(period="2025")
    assert steps(answer) == {
        "Known nonfatal overdoses": (120, 120), "Entered in the pathway": (96, 120), "Naloxone in hand": (72, 120),
        "Contact by the next day": (24, 120), "Contact within 72 hours": (36, 120), "Contact within 7 days": (60, 120),
        "Engaged directly": (48, 120), "Engaged, directly or through family and friends": (66, 120),
        "Medication offered": (42, 120), "Medication started within 31 days": (24, 120),
    }  # fmt: skip
    assert "Those since October 2025 are left out: 31 days have not passed" in answer.left_out
    assert answer.headline == (
        "Of 120 known nonfatal overdoses in Ash, January to September 2025, 96 were entered in the follow-up "
        "pathway, 60 were followed by contact within 7 days and 24 by medication started within 31 days."
    )


def test_seven_days_keep_no_more_quarters_but_drop_the_later_steps(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    assert list(steps(ask(period="2025", follow="7"))) == [
        "Known nonfatal overdoses", "Entered in the pathway", "Naloxone in hand", "Contact by the next day",
        "Contact within 72 hours", "Contact within 7 days",
    ]  # fmt: skip


def test_staying_on_medication_is_followed_over_211_days(tell: Tell, ask: Any) -> None:
    """1 January 2026 less 211 days is 4 June 2025: only the first quarter has closed."""
    tell(COUNTED)
    answer = ask(period="2025", follow="211")
    assert steps(answer)["Still on medication 180 days later"] == (4, 40)


def test_declined_and_already_in_care_are_ends_of_their_own(tell: Tell, ask: Any) -> None:
    """Of 120: 24 started, 18 already in care and 9 declined for now, so 69 are not yet reached."""
    tell(COUNTED)
    (side,) = ask(period="2025").sides
    started = side.chart.steps[-1]
    assert (started.ended, started.not_yet) == (27, 69)
    assert dict(side.ends) == {
        "Declined follow-up for now": "12", "Already in care": "18", "Declined medication for now": "9"
    }  # fmt: skip
    assert not [row for row in side.chart.table()[0] if "lost" in row.lower()]


def test_partners_who_count_the_same_overdoses_are_never_added(tell: Tell, ask: Any, ledger: Any) -> None:
    ledger.partner("ems", ["Ash"])
    ledger.partner("hospital", ["Ash"])
    tell(COUNTED, partner="ems")
    tell({name: count / 2 for name, count in COUNTED.items()}, partner="hospital")
    (side,) = ask(period="2025").sides
    assert side.chart.steps[0].reached == 120
    assert side.chart.steps[1].reached == 96
    assert "as ems counts them" in side.counted_by
    assert ("hospital: known nonfatal overdoses", "60") in side.others


def test_a_step_of_another_source_is_not_drawn_among_the_events(tell: Tell, ask: Any) -> None:
    base = {name: COUNTED[name] for name in ("known_nonfatal_overdoses", "identified_events", "contacted_7d")}
    tell(base)
    tell({"events_naloxone_in_hand": 30}, source="hospital")
    (side,) = ask(period="2025").sides
    assert side.chart.shared
    assert steps(ask(period="2025"))["Naloxone in hand"] == (None, 120)


def test_other_counts_of_overdoses_stand_beside_and_are_not_added(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    tell({"ed_overdose_discharges": 50, "discharges_naloxone_in_hand": 20}, source="hospital")
    (side,) = ask(period="2025").sides
    assert ("Emergency department: discharges after an opioid overdose", "150") in side.others
    assert side.chart.steps[0].reached == 120


def test_without_a_shared_cohort_each_step_is_a_bar_of_its_own(tell: Tell, ask: Any) -> None:
    tell({"ed_overdose_discharges": 50, "discharges_naloxone_in_hand": 20})
    tell({"known_nonfatal_overdoses": 40})
    answer = ask(period="2025")
    (side,) = answer.sides
    assert not side.chart.shared
    assert steps(answer)["Naloxone in hand on leaving the ED"] == (60, 150)
    assert "not among the same events" in answer.headline
    assert side.ends == ()


def test_the_same_can_be_asked_for_where_there_is_a_cohort(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    assert steps(ask(period="2025", counted="apart"))["Contact within 7 days"] == (60, 96)


def test_a_step_larger_than_its_whole_is_said_plainly_and_has_no_share_of_its_own(tell: Tell, ask: Any) -> None:
    tell(COUNTED | {"contacted_7d": 50})
    (side,) = ask(period="2025").sides
    (said,) = [fault for fault in side.faults if "Contact within 7 days" in fault]
    assert "150 overdoses, more than the 120 of “Known nonfatal overdoses”" in said
    contact = next(step for step in side.chart.steps if step.label == "Contact within 7 days")
    assert (contact.lower, contact.not_yet) == (None, None)


def test_no_overdose_at_all_is_a_zero_and_divides_nothing(tell: Tell, ask: Any) -> None:
    tell(dict.fromkeys(COUNTED, 0))
    answer = ask(period="2025")
    assert steps(answer)["Contact within 7 days"] == (0, 0)
    assert answer.sides[0].chart.steps[3].share is None
    assert "Of 0 known nonfatal overdoses" in answer.headline


def test_a_hidden_step_is_hidden_everywhere(tell: Tell, ask: Any) -> None:
    tell(COUNTED | {"events_medication_started_31d": "suppressed"})
    answer = ask(period="2025")
    row = next(row for row in answer.rows() if row["step"] == "Medication started within 31 days")
    assert (row["reached"], row["percent"], row["state"]) == (None, None, "suppressed")
    assert "medication started" not in answer.headline


def test_a_quarter_that_was_not_reported_is_not_filled(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    tell({"contacted_7d": "not_reported"})
    assert steps(ask(period="2025"))["Contact within 7 days"] == (None, 120)


def test_two_places_stand_side_by_side(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    tell({name: 10 * count for name, count in COUNTED.items()}, place="Birch")
    answer = ask(period="2025", beside="place:Birch")
    assert [side.name for side in answer.sides] == ["Ash", "Birch"]
    assert steps(answer, 1)["Entered in the pathway"] == (960, 1200)


def test_a_setting_is_a_part_of_the_same_events(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    tell({name: count // 4 for name, count in COUNTED.items()}, stratum="setting=shelter")
    answer = ask(period="2025", group="setting=shelter")
    assert steps(answer)["Entered in the pathway"] == (24, 30)
    assert "Setting: Shelter" in answer.headline


def test_interrupted_medication_is_a_path_with_a_unit_of_its_own(tell: Tell, ask: Any) -> None:
    tell({"treatment_interruptions": 40, "interruptions_recovered_7d": 10, "interruptions_recovered_14d": 18})
    answer = ask(path="interrupted", period="2025")
    assert answer.sides[0].chart.unit == "interruptions"
    assert steps(answer) == {
        "Interruptions of medication": (120, 120), "Dispensed again within 7 days": (30, 120),
        "Dispensed again within 14 days": (54, 120),
    }  # fmt: skip


def test_nothing_reported_is_said_and_draws_nothing(ask: Any) -> None:
    answer = ask()
    assert answer.sides == ()
    assert answer.headline == "Nobody reports nonfatal overdoses known to a partner here yet."


def test_what_is_unknown_is_refused_by_name(tell: Tell, ask: Any) -> None:
    tell(COUNTED)
    for asked in ({"path": "elsewhere"}, {"place": "Nowhere"}, {"partner": "nobody"}, {"beside": "moon:1"}):
        with pytest.raises(InvalidQuery):
            ask(**asked)


def test_only_periods_whose_events_have_had_their_time_are_offered(tell: Tell, ledger: Any, ask: Any) -> None:
    tell(COUNTED)
    reader = CubeReader(open_cube(ledger.engine, ledger.home))
    path = ask().asked
    from dashboard.cascade import cascades

    offered = [choice.value for choice in periods(reader, cascades().paths["overdose"], path)]
    assert offered == ["2025Q3", "2025Q2", "2025Q1"]


def test_what_stands_beside_has_denominators_of_its_own(tell: Tell, ledger: Any) -> None:
    tell({"missed_appointments": 50, "missed_appointments_recovered_7d": 20})
    reader = CubeReader(open_cube(ledger.engine, ledger.home))
    shown = beside(reader, AskedCascade(path="overdose", place="2500100001"))
    assert shown.kept_up is not None
    (row,) = shown.kept_up.rows
    assert (row.value, row.numerator) == (40, 80)
    assert shown.safety is None
