"""Seven statuses, tried in the order of the methods; every case worked out from published limits."""

from datetime import date

import pytest

from dashboard.targets.glide import GlidePath
from dashboard.targets.status import Counted, Status, stand

START, HALF, DUE = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)
PER = 100_000.0


def rate(events: float) -> Counted:
    """Deaths among 100,000 residents in one year: the rate is the count."""
    return Counted("rate", events, 100_000, PER)


def status(baseline: float, target: float, counted: Counted | None, on: date = HALF, *, late: bool = False) -> Status:
    return stand(GlidePath(baseline, target, START, DUE), counted, on=on, late=late).status


def test_nothing_counted_is_no_data_even_where_it_is_late() -> None:
    assert status(50, 30, None) is Status.NO_DATA
    assert status(50, 30, None, late=True) is Status.NO_DATA


@pytest.mark.parametrize(
    "broken",
    [Counted("rate", 5, 0, PER), Counted("rate", 5, float("nan"), PER), Counted("proportion", 11, 10, 100),
     Counted("rate", -1, 100, PER), Counted("rate", float("nan"), 100, PER)],
)  # fmt: skip
def test_a_number_that_cannot_be_formed_is_no_data(broken: Counted) -> None:
    assert status(50, 30, broken) is Status.NO_DATA


def test_late_data_say_nothing_else() -> None:
    assert status(50, 30, rate(20), late=True) is Status.DATA_LATE


def test_a_path_under_five_events_is_too_few_to_tell_whatever_happened() -> None:
    assert status(6, 3.8, rate(0), on=HALF) is Status.TOO_FEW  # the path expects 4.9
    assert status(6, 4.2, rate(0), on=HALF) is not Status.TOO_FEW  # 5.1


def test_an_interval_that_holds_baseline_and_target_is_too_few_to_tell() -> None:
    # Garwood 90% of 20 is 13.25 to 29.06 (half of the chi-square quantiles 26.509 at 40 and 58.124 at 42).
    assert status(29, 14, rate(20)) is Status.TOO_FEW
    assert status(29.2, 14, rate(20)) is not Status.TOO_FEW
    assert status(29, 13.1, rate(20)) is not Status.TOO_FEW


def test_met_needs_the_target_reached_and_the_baseline_outside() -> None:
    assert status(50, 30, rate(30)) is Status.MET
    assert status(50, 30, rate(12)) is Status.MET
    assert status(50, 31, rate(32), on=DUE) is Status.ON_TRACK


def test_met_comes_before_ahead() -> None:
    assert status(100, 50, rate(30)) is Status.MET


def test_ahead_and_behind_lie_wholly_beyond_the_path() -> None:
    # the path stands at 300; 90% of 250 ends at 277, of 350 begins at 319, of 290 holds 300
    assert status(400, 200, rate(250)) is Status.AHEAD
    assert status(400, 200, rate(350)) is Status.BEHIND
    assert status(400, 200, rate(290)) is Status.ON_TRACK


def test_ahead_and_behind_turn_round_with_the_direction() -> None:
    assert status(200, 400, rate(350)) is Status.AHEAD
    assert status(200, 400, rate(250)) is Status.BEHIND


def test_a_proportion_is_judged_by_wilsons_interval() -> None:
    # Wilson 90% of 60 of 100: 51.8% to 67.7%
    sixty = Counted("proportion", 60, 100, 100)
    lower, upper = sixty.interval()
    assert (lower, upper) == pytest.approx((51.78, 67.68), abs=0.02)
    assert status(30, 72, sixty) is Status.AHEAD  # the path stands at 51
    assert status(30, 76, sixty) is Status.ON_TRACK  # 53
    assert status(50, 90, sixty) is Status.BEHIND  # 70
    assert status(30, 60, sixty) is Status.MET


def test_money_and_stock_are_counted_whole_and_have_no_chance_in_them() -> None:
    spent = Counted("money", 60_000, 1, 1)
    assert spent.interval() == (60_000, 60_000)
    assert status(0, 100_000, spent) is Status.AHEAD
    assert status(0, 130_000, spent) is Status.BEHIND
    assert status(0, 120_000, spent, on=HALF) in (Status.AHEAD, Status.BEHIND, Status.ON_TRACK)


def test_published_days_have_no_interval_and_so_no_status_beyond_too_few() -> None:
    assert status(10, 3, Counted("days", 4, 1, 1)) is Status.TOO_FEW


def test_a_ratio_of_two_counts_is_wider_than_its_numerator_alone() -> None:
    ratio, alone = Counted("ratio", 60, 30, 1).interval(), Counted("rate", 60, 30, 1).interval()
    assert ratio[0] < alone[0] < 2 < alone[1] < ratio[1]


def test_the_standing_says_what_the_path_expects() -> None:
    found = stand(GlidePath(50, 30, START, DUE), rate(41), on=HALF, late=False)
    assert found.expected == pytest.approx(40, abs=0.02)
    assert found.expected_events == pytest.approx(40, abs=0.02)
    assert found.value == 41
