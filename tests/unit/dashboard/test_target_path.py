"""Progress towards a target, and the straight path to it."""

from datetime import date

import pytest

from dashboard.domain import Direction
from dashboard.targets.glide import GlidePath
from dashboard.targets.progress import BASELINE_ZERO, NO_CHANGE_WANTED, NO_NUMBER, WRONG_WAY, progress

DOWN = GlidePath(50.0, 40.0, date(2024, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("baseline", "target", "now", "percent"),
    [(50, 40, 46, 40.0), (76.3, 60, 50.6, 157.67), (50, 40, 50, 0.0), (20, 80, 65, 75.0), (50, 40, 40, 100.0)],
)
def test_progress_is_the_percent_of_targeted_change(baseline: float, target: float, now: float, percent: float) -> None:
    assert progress(baseline, target, now).percent == pytest.approx(percent, abs=0.005)


def test_the_wrong_direction_is_below_zero_and_named() -> None:
    found = progress(50, 40, 55)
    assert (found.percent, found.fault) == (-50, WRONG_WAY)
    assert found.change_percent == pytest.approx(10)


def test_a_baseline_of_zero_divides_nothing_by_zero() -> None:
    found = progress(0, 80, 20)
    assert (found.percent, found.change_percent, found.fault) == (25, None, BASELINE_ZERO)


def test_a_target_equal_to_its_baseline_has_no_percent() -> None:
    assert progress(90, 90, 95).percent is None
    assert progress(90, 90, 95).fault == NO_CHANGE_WANTED
    assert progress(0, 0, 0).fault == NO_CHANGE_WANTED


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_without_a_number_there_is_no_progress(absent: int) -> None:
    numbers = [50.0, 40.0, 45.0]
    numbers[absent] = float("nan")
    assert progress(*numbers).fault == NO_NUMBER


def test_the_path_is_straight_and_ends_at_both_ends() -> None:
    assert DOWN.at(date(2024, 1, 1)) == 50
    assert DOWN.at(date(2026, 1, 1)) == pytest.approx(45, abs=0.01)
    assert DOWN.at(date(2028, 1, 1)) == 40
    assert DOWN.at(date(2020, 1, 1)) == 50
    assert DOWN.at(date(2031, 1, 1)) == 40


def test_a_target_is_reached_in_its_own_direction() -> None:
    up = GlidePath(40, 60, date(2024, 1, 1), date(2026, 1, 1))
    assert DOWN.reached(40)
    assert DOWN.reached(12)
    assert not DOWN.reached(40.1)
    assert up.reached(60)
    assert not up.reached(59.9)
    assert (DOWN.way, up.way) == (Direction.DOWN, Direction.UP)


def test_a_level_that_is_to_be_kept_takes_the_indicators_direction() -> None:
    kept = GlidePath(10, 10, date(2024, 1, 1), date(2026, 1, 1), Direction.DOWN)
    assert kept.way is Direction.DOWN
    assert kept.reached(9)
    assert not kept.reached(11)


def test_the_pace_needed_grows_as_time_runs_out_and_ends_with_the_due_day() -> None:
    assert DOWN.planned_a_year() == pytest.approx(-2.5, abs=0.01)
    assert DOWN.needed_a_year(48, date(2026, 1, 1)) == pytest.approx(-4.0, abs=0.01)
    assert DOWN.needed_a_year(48, date(2027, 1, 1)) == pytest.approx(-8.0, abs=0.02)
    assert DOWN.needed_a_year(48, date(2028, 1, 1)) is None


def test_a_path_that_begins_on_its_due_day_divides_nothing_by_zero() -> None:
    one_day = GlidePath(50, 40, date(2024, 1, 1), date(2024, 1, 1))
    assert one_day.at(date(2023, 1, 1)) == 50
    assert one_day.at(date(2024, 1, 1)) == 40
    assert one_day.needed_a_year(45, date(2024, 1, 1)) is None
