"""Paths as they are declared: whose window has closed, what cannot be true, and files that say something wrong."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.cascade import CASCADES_FILE, cascades, closed_end, cohort, impossible, read_cascades
from dashboard.domain import Period
from dashboard.errors import DefinitionError
from dashboard.indicators import registry

OVERDOSE = cascades().paths["overdose"]


@pytest.mark.parametrize(
    ("known_until", "days", "months", "closed"),
    [
        (date(2026, 10, 1), 31, 3, date(2026, 7, 1)),  # 31 August has closed: the quarter to June is the last whole one
        (date(2026, 10, 1), 31, 1, date(2026, 8, 1)),
        (date(2026, 10, 1), 7, 1, date(2026, 9, 1)),
        (date(2026, 10, 1), 0, 3, date(2026, 10, 1)),
        (date(2026, 10, 1), 211, 3, date(2026, 1, 1)),  # 4 March has closed
        (date(2026, 10, 1), 30, 1, date(2026, 9, 1)),
        (date(2026, 3, 15), 31, 12, date(2026, 1, 1)),
    ],
)
def test_the_last_whole_span_in_which_every_event_is_old_enough(
    known_until: date, days: int, months: int, closed: date
) -> None:
    assert closed_end(known_until, days, months) == closed
    assert (known_until - closed).days >= days


def test_events_too_recent_are_cut_off_a_period() -> None:
    assert cohort(Period.parse("2026"), date(2026, 7, 1)) == Period(date(2026, 1, 1), date(2026, 7, 1))
    assert cohort(Period.parse("2025"), date(2026, 7, 1)) == Period.parse("2025")


def test_a_period_of_nothing_but_recent_events_holds_nobody_to_follow() -> None:
    assert cohort(Period.parse("2026Q3"), date(2026, 7, 1)) is None


def test_a_step_larger_than_the_events_is_named() -> None:
    (said,) = impossible(OVERDOSE, 31, {"": 40, "identified": 41})
    assert "“Entered in the pathway” counts 41 overdoses, more than the 40 of “Known nonfatal overdoses”" in said


def test_a_cascade_that_grows_is_named_at_the_step_that_grows() -> None:
    counted = {"": 40.0, "identified": 30, "contact_7d": 35, "contact_72h": 20, "contact_next_day": 20}
    (said,) = impossible(OVERDOSE, 31, counted)
    assert "“Contact within 7 days” counts 35 overdoses, more than the 30 of “Entered in the pathway”" in said


def test_wider_windows_may_hold_more_people_than_narrower_ones() -> None:
    assert impossible(OVERDOSE, 31, {"": 9, "identified": 9, "contact_next_day": 2, "contact_72h": 4}) == []


def test_a_step_that_nobody_counted_is_no_fault() -> None:
    assert impossible(OVERDOSE, 31, {"": 9, "contact_7d": 8}) == []


def test_a_step_beyond_the_days_followed_is_not_looked_at() -> None:
    counted = {"": 9.0, "medication_started": 3, "retained": 8}
    assert impossible(OVERDOSE, 31, counted) == []
    assert len(impossible(OVERDOSE, 211, counted)) == 1


def test_every_indicator_that_a_path_names_is_known() -> None:
    declared, known = cascades(), registry().indicators
    named = [*declared.panel.kept_up, *declared.panel.outreach, *declared.panel.safety, declared.panel.services]
    for path in declared.paths.values():
        named += [path.base, *(other.indicator for other in path.others), *path.ends(10_000)]
        named += [id_ for step in path.steps for id_ in (step.indicator, step.alone)]
    assert [id_ for id_ in named if id_ not in known] == []


def test_steps_that_are_divided_by_a_base_count_that_base() -> None:
    """Ends and event steps divide by the same measure that the index events are counted by."""
    known = registry().indicators
    base = known[OVERDOSE.base].numerator.measures
    for id_ in (*OVERDOSE.ends(211), *(s.indicator for s in OVERDOSE.steps if s.indicator.startswith("event_"))):
        assert known[id_].denominator is not None
        assert known[id_].denominator.measures == base  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "instead", "fault"),
    [
        ('unit = "overdoses"', 'units = "overdoses"', "path.overdose: unknown key 'units'"),
        ('part_of = "contact_72h"', 'part_of = "contact_9h"', "there is no step 'contact_9h'"),
        ('id = "naloxone"', 'id = "identified"', "two steps share an id"),
        ("days = 211\nlabel", "days = 200\nlabel", "path.overdose.retained: 211 days is longer than any follow"),
        ('of = "denominator"', 'of = "rest"', "other.of 'rest' is not one of numerator, denominator"),
        ("[panel]", "[panels]", "unknown key 'panels'"),
    ],
)
def test_a_file_that_says_something_wrong_is_refused(tmp_path: Path, said: str, instead: str, fault: str) -> None:
    text = CASCADES_FILE.read_text("utf-8")
    assert said in text
    changed = tmp_path / "cascades.toml"
    changed.write_text(text.replace(said, instead, 1), "utf-8")
    with pytest.raises(DefinitionError, match=fault):
        read_cascades(changed)
