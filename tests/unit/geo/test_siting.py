"""The best sites: equal to trying every choice, to spopt, and the same in any order."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from geo import siting_exact
from geo.siting import Goal, Siting, best_sites

GOALS: tuple[Goal, ...] = ("coverage", "mean", "farthest")
# np.random.default_rng(11): 14 places, 9 candidates, whole minutes and needs.
MINUTES = np.array([
    [9, 30, 36, 3, 10, 56, 5, 9, 57], [38, 23, 31, 40, 17, 9, 47, 41, 31], [49, 33, 59, 13, 34, 30, 22, 36, 15],
    [48, 52, 9, 29, 17, 6, 54, 26, 10], [41, 13, 54, 14, 3, 13, 21, 29, 54], [42, 21, 2, 10, 60, 28, 42, 4, 3],
    [51, 36, 19, 20, 6, 11, 2, 51, 29], [9, 45, 13, 5, 36, 54, 3, 49, 12], [6, 2, 18, 44, 30, 51, 14, 20, 16],
    [59, 57, 21, 27, 20, 45, 3, 5, 25], [15, 51, 45, 33, 40, 42, 47, 56, 10], [38, 9, 27, 47, 54, 46, 3, 22, 11],
    [60, 9, 15, 22, 5, 52, 39, 10, 30], [6, 37, 15, 3, 8, 34, 39, 20, 39],
], dtype=float)  # fmt: skip
NEED = np.array([14, 35, 10, 13, 23, 32, 90, 40, 11, 91, 57, 12, 9, 9], dtype=float)


def value(goal: Goal, minutes: np.ndarray, need: np.ndarray, threshold: float = 15.0) -> float:
    """What the open sites (all columns) are worth; smaller is better."""
    near = minutes.min(axis=1)
    if goal == "coverage":
        return -float(need[near <= threshold].sum())
    return float(need @ near / need.sum()) if goal == "mean" else float(near[need > 0].max())


def by_trying(goal: Goal, minutes: np.ndarray, need: np.ndarray, count: int, fixed: tuple[int, ...] = ()) -> float:
    others = [site for site in range(minutes.shape[1]) if site not in fixed]
    return min(value(goal, minutes[:, [*fixed, *some]], need) for some in combinations(others, count))


def told_value(found: Siting) -> float:
    return -found.objective if found.goal == "coverage" else found.objective


@pytest.mark.parametrize(
    ("count", "covered", "need_minutes", "farthest"), [(1, 258, 8608, 47), (2, 370, 3968, 20), (3, 428, 2560, 17)]
)
def test_agrees_with_spopt(count: int, covered: float, need_minutes: float, farthest: float) -> None:
    # spopt 0.7.0 with CBC: MCLP (15 minutes), PMedian, PCenter.
    assert best_sites(MINUTES, NEED, count=count, threshold=15).objective == covered
    mean = best_sites(MINUTES, NEED, count=count, goal="mean").objective
    assert mean * NEED.sum() == pytest.approx(need_minutes)
    assert best_sites(MINUTES, NEED, count=count, goal="farthest").objective == farthest


def small_cases() -> Iterator[tuple[Goal, int, tuple[int, ...], int]]:
    for seed in range(12):
        for goal in GOALS:
            yield goal, 1 + seed % 4, ((), (0,), (2, 5))[seed % 3], seed


@pytest.mark.parametrize(("goal", "count", "fixed", "seed"), list(small_cases()))
def test_equals_trying_every_choice(goal: Goal, count: int, fixed: tuple[int, ...], seed: int) -> None:
    rng = np.random.default_rng(seed)
    minutes = rng.uniform(1, 60, (rng.integers(1, 16), 8)).round(seed % 2)
    need = rng.integers(0, 40, len(minutes)).astype(float)
    need[0] = 7
    found = best_sites(minutes, need, count=count, goal=goal, threshold=15, open_already=fixed)
    assert found.status == "optimal"
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert not set(found.sites) & set(fixed)
    assert len(found.sites) <= count
    assert told_value(found) == pytest.approx(by_trying(goal, minutes, need, count, fixed))
    if found.sites or fixed:
        assert value(goal, minutes[:, [*fixed, *found.sites]], need) == pytest.approx(told_value(found))


@pytest.mark.parametrize("goal", GOALS)
def test_gains_add_up_and_each_site_adds_most_of_those_that_follow(goal: Goal) -> None:
    found = best_sites(MINUTES, NEED, count=3, goal=goal, threshold=15, open_already=(4,))
    assert found.before == pytest.approx(abs(value(goal, MINUTES[:, [4]], NEED)))
    sign = 1 if goal == "coverage" else -1
    assert found.before + sign * sum(found.gains) == pytest.approx(found.objective)
    for at, gain in enumerate(found.gains):
        opened = [4, *found.sites[:at]]
        now = value(goal, MINUTES[:, opened], NEED)
        possible = [now - value(goal, MINUTES[:, [*opened, site]], NEED) for site in found.sites[at:]]
        assert gain == pytest.approx(max(possible))


def test_equals_trying_every_choice_where_relaxation_leaves_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes drawn at random, which no map would give, so that the exact part has work to do."""
    solved = []
    journeys = siting_exact._journeys
    monkeypatch.setattr(siting_exact, "_journeys", lambda *given: solved.append(1) or journeys(*given))
    for seed in range(15):
        rng = np.random.default_rng(seed)
        minutes, need = rng.uniform(1, 60, (30, 13)), rng.integers(1, 40, 30).astype(float)
        found = best_sites(minutes, need, count=4, goal="mean")
        assert found.status == "optimal"
        assert found.objective == pytest.approx(by_trying("mean", minutes, need, 4))
    assert len(solved) >= 3


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("most_need", [1, 50])
def test_the_order_of_places_and_candidates_does_not_matter(goal: Goal, most_need: int) -> None:
    """With the same need everywhere many choices are equally good: the same one of them is given each time."""
    rng = np.random.default_rng(5)
    minutes, need = rng.uniform(1, 60, (25, 12)).round(3), rng.integers(1, most_need, 25, endpoint=True).astype(float)
    found = best_sites(minutes, need, count=3, goal=goal, threshold=15, open_already=(7,))
    for _ in range(8):
        rows, columns = rng.permutation(25), rng.permutation(12)
        seven = (int(columns.argsort()[7]),)
        again = best_sites(
            minutes[np.ix_(rows, columns)], need[rows], count=3, goal=goal, threshold=15, open_already=seven
        )
        assert [int(columns[site]) for site in again.sites] == list(found.sites)
        assert again.objective == found.objective


def test_thresholds_may_differ_between_places() -> None:
    minutes = np.array([[40.0, 5.0], [40.0, 50.0], [40.0, 50.0]])
    assert best_sites(minutes, [1, 1, 1], count=1, threshold=[30, 30, 30]).sites == (1,)
    assert best_sites(minutes, [1, 1, 1], count=1, threshold=[30, 45, 45]).sites == (0,)


def test_one_place_gets_its_own_site() -> None:
    for goal in GOALS:
        found = best_sites([[9.0, 2.0]], [5.0], count=1, goal=goal, threshold=5)
        assert found.sites == (1,)
        assert found.status == "optimal"


def test_fewer_sites_are_given_where_more_would_add_nothing() -> None:
    found = best_sites([[5.0, 50.0, 50.0], [5.0, 5.0, 50.0]], [3.0, 4.0], count=3)
    assert found.sites == (0,)
    assert found.gains == (7.0,)
    assert "1 of 3 candidates do all that 3 could do" in found.certificate


def test_places_that_nothing_can_reach_are_said_and_do_not_decide() -> None:
    minutes = [[5.0, 9.0], [np.inf, np.inf], [8.0, 2.0]]
    for goal, words in (("coverage", "no candidate within the threshold"), ("mean", "is left out")):
        found = best_sites(minutes, [1.0, 900.0, 1.0], count=1, goal=goal)
        assert found.out_of_reach == (1,)
        assert words in found.certificate
    assert best_sites(minutes, [1.0, 900.0, 1.0], count=1, goal="farthest").objective == 8


def test_too_few_sites_to_reach_two_islands_is_told_with_how_many_are_needed() -> None:
    found = best_sites([[5.0, np.inf], [np.inf, 5.0]], [1.0, 1.0], count=1, goal="farthest")
    assert (found.status, found.sites) == ("infeasible", ())
    assert "at least 2 are needed" in found.certificate


def test_the_mean_counts_a_place_without_a_road_as_two_hours() -> None:
    found = best_sites([[10.0, np.inf], [np.inf, 5.0]], [3.0, 1.0], count=1, goal="mean")
    assert found.sites == (0,)
    assert found.objective == pytest.approx((3 * 10 + 120) / 4)


def test_no_candidate_near_anybody_is_told() -> None:
    found = best_sites([[50.0], [60.0]], [1.0, 1.0], count=1, threshold=30)
    assert (found.status, found.sites, found.out_of_reach) == ("infeasible", (), (0, 1))
    assert "No candidate can help any place" in found.certificate


@pytest.mark.parametrize("goal", ["coverage", "mean", "farthest"])
def test_when_the_time_is_over_the_best_so_far_is_given_with_its_gap(goal: Goal) -> None:
    rng = np.random.default_rng(8)
    here, there = rng.uniform(0, 100, (300, 2)), rng.uniform(0, 100, (120, 2))
    minutes = np.hypot(*(here[:, None] - there[None, :]).transpose(2, 0, 1))
    need = rng.lognormal(3, 1, 300)
    found = best_sites(minutes, need, count=12, goal=goal, threshold=9, time_limit=0.0)
    assert (found.status, len(found.sites)) == ("time limit", 12)
    assert found.gap > 0
    assert f"may be up to {found.gap:.1%} better" in found.certificate
    proved = best_sites(minutes, need, count=12, goal=goal, threshold=9, time_limit=60)
    assert proved.status == "optimal"
    sign = 1 if goal == "coverage" else -1
    assert sign * found.objective <= sign * proved.objective <= sign * found.bound + 1e-6


def test_raising_in_progress_cancels_and_harms_nothing() -> None:
    class Cancelled(Exception):
        pass

    def stop(_share: float) -> None:
        raise Cancelled

    before = MINUTES.copy()
    for goal in GOALS:
        with pytest.raises(Cancelled):
            best_sites(MINUTES, NEED, count=2, goal=goal, progress=stop)
    np.testing.assert_array_equal(MINUTES, before)


def test_progress_ends_at_one() -> None:
    for goal in GOALS:
        shares: list[float] = []
        best_sites(MINUTES, NEED, count=2, goal=goal, progress=shares.append)
        assert shares[-1] == 1
        assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"count": 0}, "0 sites cannot be chosen: choose 1 to 9"),
        ({"count": 10}, "10 sites cannot be chosen"),
        ({"count": 9, "open_already": (1,)}, "choose 1 to 8"),
        ({"count": 1.5}, "1.5 sites"),
        ({"count": 1, "goal": "cheapest"}, "no goal 'cheapest'"),
        ({"count": 1, "threshold": -1.0}, "threshold of -1"),
        ({"count": 1, "threshold": np.nan}, "threshold of nan"),
        ({"count": 1, "threshold": [1.0, 2.0]}, "2 thresholds for 14 places"),
        ({"count": 1, "open_already": (9,)}, "columns 0 to 8"),
        ({"count": 1, "need": -NEED}, "need of place 1 is -14"),
        ({"count": 1, "need": NEED * np.nan}, "need of place 1 is nan"),
        ({"count": 1, "need": NEED * 0}, "No place has any need"),
        ({"count": 1, "need": NEED[:3]}, "3 needs for 14 places"),
        ({"count": 1, "minutes": MINUTES[:, :0]}, "no site"),
        ({"count": 1, "minutes": -MINUTES}, "-9 minutes from place 1 to site 1"),
    ],
)
def test_input_that_makes_no_sense_is_refused(changed: dict, fault: str) -> None:
    asked = {"minutes": MINUTES, "need": NEED} | changed
    with pytest.raises(ValueError, match=fault):
        best_sites(asked.pop("minutes"), asked.pop("need"), **asked)
