"""Kits needed, and how the next kits are shared out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.naloxone import kit_need, share_out

NAN = float("nan")


def kits_of(kits: int, need: list[float], handed_out: list[float]) -> list[int]:
    return [share.kits for share in share_out(kits, need, handed_out)]


def test_massachusetts_needs_about_730_kits_per_100_000_residents() -> None:
    estimate, lower, upper = kit_need("25").kits(np.array([50_000.0, NAN]))
    assert (estimate[0], lower[0], upper[0]) == (365.0, 275.0, 467.5)
    assert np.isnan(estimate[1])


def test_rhode_island_has_its_own_range_and_an_unlisted_state_says_so() -> None:
    assert (kit_need("44").per_100k, kit_need("44").lower, kit_need("44").upper) == (333, 320, 435)
    assert "No estimate for this state" in kit_need("48").note


def test_kits_go_where_they_are_lacking_in_proportion() -> None:
    # lacking 60, 30 and 0: of 30 kits the first gets 20, the second 10
    assert kits_of(30, [100, 50, 40], [40, 20, 90]) == [20, 10, 0]


def test_the_largest_remainder_gets_the_odd_kit() -> None:
    # 10 kits on shortfalls 1, 1, 1: 3.33 each, the odd one to the first of equals
    assert kits_of(10, [100, 100, 100], [99, 99, 99]) == [4, 3, 3]
    # 7 on shortfalls 50, 30, 20: 3.5, 2.1, 1.4
    assert kits_of(7, [50, 30, 20], [0, 0, 0]) == [4, 2, 1]


def test_what_is_left_when_all_is_met_follows_need() -> None:
    # 10 lacking in the first place; the other 30 kits by need, 3 to 1: 10 + 22.5 and 7.5
    assert kits_of(40, [300, 100], [290, 100]) == [33, 7]  # the tie goes to the larger shortfall


def test_a_place_whose_kits_nobody_reports_gets_none_and_says_why() -> None:
    shares = share_out(10, [100, 100], [50, NAN])
    assert [share.kits for share in shares] == [10, 0]
    assert np.isnan(shares[1].shortfall)


def test_where_nobody_reports_kits_need_alone_decides() -> None:
    assert kits_of(100, [30, 10], [NAN, NAN]) == [75, 25]


def test_nobody_in_need_gets_nothing() -> None:
    assert kits_of(5, [], []) == []
    assert kits_of(5, [0, 0], [1, 1]) == [0, 0]


places = st.lists(st.tuples(st.floats(0.5, 1e5), st.one_of(st.just(NAN), st.floats(0, 1e5))), min_size=1, max_size=40)


@given(st.integers(0, 100_000), places)
@pytest.mark.filterwarnings("error")
def test_shares_are_whole_and_add_up_exactly(kits: int, drawn: list[tuple[float, float]]) -> None:
    shares = kits_of(kits, [need for need, _ in drawn], [given_ for _, given_ in drawn])
    assert sum(shares) == kits
    assert min(shares) >= 0


@given(st.integers(0, 1_000), places, st.randoms(use_true_random=False))
def test_the_order_of_places_changes_no_share_by_more_than_one(kits: int, drawn: list, chance: object) -> None:
    turned = list(range(len(drawn)))
    chance.shuffle(turned)  # type: ignore[attr-defined]
    straight = kits_of(kits, [need for need, _ in drawn], [given_ for _, given_ in drawn])
    other = kits_of(kits, [drawn[i][0] for i in turned], [drawn[i][1] for i in turned])
    assert all(abs(other[at] - straight[i]) <= 1 for at, i in enumerate(turned))
