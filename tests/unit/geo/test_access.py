"""Nearest sites, deserts, and how sure the answer is."""

import numpy as np
import pytest

from geo.access import NO_SITE, access, beyond, borderline, desert, fragile, nearest

INF = np.inf
MINUTES = np.array([[10.0, 50.0, 20.0], [30.0, 30.0, 30.1], [31.0, INF, INF], [INF, INF, INF], [0.0, 0.0, 5.0]])


def test_nearest_and_second_nearest_of_each_place() -> None:
    found = nearest(MINUTES)
    assert found.minutes.tolist() == [10, 30, 31, INF, 0]
    assert found.site.tolist() == [0, 0, 0, NO_SITE, 0]
    assert found.second_minutes.tolist() == [20, 30, INF, INF, 0]
    assert found.second_site.tolist() == [2, 1, NO_SITE, NO_SITE, 1]


def test_nearest_agrees_with_sorting_and_leaves_its_input_alone() -> None:
    minutes = np.random.default_rng(3).uniform(0, 90, (40, 7))
    before = minutes.copy()
    found = nearest(minutes)
    for at, row in enumerate(before.tolist()):
        first, second = sorted(range(7), key=row.__getitem__)[:2]
        assert (found.site[at], found.second_site[at]) == (first, second)
        assert (found.minutes[at], found.second_minutes[at]) == (row[first], row[second])
    np.testing.assert_array_equal(minutes, before)


def test_one_site_has_no_second() -> None:
    found = nearest([[12.0]])
    assert (found.site[0], found.second_site[0], found.second_minutes[0]) == (0, NO_SITE, INF)


def test_a_desert_lies_strictly_beyond_the_threshold() -> None:
    assert desert(nearest(MINUTES).minutes, 30).tolist() == [False, False, True, True, False]


def test_each_place_may_have_a_threshold_of_its_own() -> None:
    assert desert([31.0, 31.0, 31.0], [30.0, 60.0, 31.0]).tolist() == [True, False, False]


def test_a_place_is_fragile_when_closing_its_nearest_site_makes_it_a_desert() -> None:
    for threshold in (5.0, 15.0, 30.0, 35.0):
        found = nearest(MINUTES)
        flags = fragile(found, threshold)
        for at, row in enumerate(MINUTES):
            left = np.delete(row, row.argmin())
            assert flags[at] == (row.min() <= threshold < left.min())
    assert fragile(nearest(MINUTES), 15).tolist() == [True, False, False, False, False]


@pytest.mark.parametrize(("minutes", "flips"), [(24.0, False), (24.1, True), (30.0, True), (40.0, True), (40.1, False)])
def test_a_place_is_borderline_when_25_percent_more_or_less_flips_the_answer(minutes: float, flips: bool) -> None:
    # 24 x 1.25 is 30, which is not beyond 30; 40 x 0.75 is 30 as well, so that the desert at 40 might be none.
    assert bool(borderline([minutes], 30.0)[0]) is flips


def test_no_road_is_never_borderline_and_a_share_of_nothing_flips_nothing() -> None:
    assert not borderline([INF], 30).any()
    assert not borderline([29.9, 30.0, 30.1], 30, share=0).any()


def test_everything_that_is_said_of_a_place() -> None:
    said = access(nearest(MINUTES), 30)
    assert said.no_road.tolist() == [False, False, False, True, False]
    assert said.to_spare.tolist() == [20, 0, -1, -INF, 30]
    assert said.farther_if_closed.tolist() == [10, 0, INF, INF, 0]
    assert said.borderline.tolist() == [False, True, True, False, False]


def test_the_curve_counts_people_beyond_each_threshold() -> None:
    curve = beyond([5.0, 15.0, 30.0, INF], [10, 15, 30, 60], [100, 20, 3, 7])
    assert curve.beyond.tolist() == [30, 10, 7, 7]
    assert curve.share == pytest.approx([30 / 130, 10 / 130, 7 / 130, 7 / 130])
    assert curve.unknown.tolist() == [0, 0, 0, 0]


def test_people_who_are_not_known_are_not_counted_as_none_but_said() -> None:
    curve = beyond([5.0, 50.0, 70.0], [10, 60], [10, np.nan, 4])
    assert curve.beyond.tolist() == [4, 4]
    assert curve.unknown.tolist() == [1, 0]


def test_nobody_at_all_has_no_share() -> None:
    assert np.isnan(beyond([5.0], [1.0], [0.0]).share).all()


@pytest.mark.parametrize("threshold", [0.0, -5.0, np.nan, INF])
def test_a_threshold_of_nonsense_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold of"):
        desert([10.0], threshold)


@pytest.mark.parametrize(
    ("minutes", "fault"),
    [
        (np.zeros((3, 0)), "no site to travel to"),
        ([[1.0, np.nan]], "nan minutes from place 1 to site 2"),
        ([[1.0], [-2.0]], "-2 minutes from place 2 to site 1"),
        ([1.0, 2.0], "form a table"),
    ],
)
def test_minutes_that_cannot_be_are_refused(minutes: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        nearest(minutes)


def test_people_below_nought_or_of_other_places_are_refused() -> None:
    for people in ([-1.0, 2.0], [1.0]):
        with pytest.raises(ValueError, match="one number for each place"):
            beyond([5.0, 6.0], [10.0], people)


def test_a_share_of_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="less than 1"):
        borderline([5.0], 10.0, share=1.0)
