"""The scan against plain loops, in any order of rows, and on maps that are too small, tied, empty or broken."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.scan import Scan, ScanSettings, scan
from geo.scan_region import region
from geo.scan_replicates import replicates
from geo.scan_search import chance, window_sums
from geo.scan_zones import unit_vectors, zones

FEW = ScanSettings(max_share=0.4, replicates=99)
Map = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def invented(areas: int = 25, events: int = 200, seed: int = 1) -> Map:
    """Cases, residents and points of invented towns in which the rate is the same everywhere."""
    rng = np.random.default_rng(seed)
    residents = np.round(np.exp(rng.normal(8, 1, areas)))
    cases = rng.multinomial(events, residents / residents.sum())
    return cases, residents, rng.uniform(41, 43, areas), rng.uniform(-73, -70, areas)


def scanned(place: Map, settings: ScanSettings = FEW, seed: int = 5, **more: object) -> Scan:
    return scan(*place, settings=settings, rng=np.random.default_rng(seed), **more)  # type: ignore[arg-type]


def circles(place: Map, share: float) -> set[frozenset[int]]:
    """Every circle about an area that holds at most this share, by the haversine formula."""
    _, residents, latitude, longitude = place
    north, east = np.radians(latitude), np.radians(longitude)
    found = set()
    for centre in range(len(north)):
        across = np.cos(north[centre]) * np.cos(north) * np.sin((east - east[centre]) / 2) ** 2
        distance = 2 * np.arcsin(np.sqrt(np.sin((north - north[centre]) / 2) ** 2 + across))
        for reach in np.sort(distance):
            inside = np.flatnonzero(distance <= reach + 1e-9)
            if residents[inside].sum() > share * residents.sum():
                break
            found.add(frozenset(inside.tolist()))
    return found


def plain_ratio(observed: float, expected: float, total: float) -> float:
    if observed <= expected:
        return 0.0
    outside = (total - observed) * math.log((total - observed) / (total - expected)) if observed < total else 0.0
    return observed * math.log(observed / expected) + outside


def highest(cases: NDArray[np.int64], residents: NDArray[np.float64], some: set[frozenset[int]], least: int) -> float:
    ratios = [0.0]
    for zone in some:
        at = sorted(zone)
        observed, expected = cases[at].sum(), cases.sum() * residents[at].sum() / residents.sum()
        if observed >= least:
            ratios.append(plain_ratio(observed, expected, cases.sum()))
    return max(ratios)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_best_zone_is_that_of_plain_loops(share: float, seed: int) -> None:
    place = invented(seed=seed)
    found = scanned(place, ScanSettings(max_share=share, replicates=1))
    assert found.clusters[0].llr == pytest.approx(highest(place[0], place[1], circles(place, share), 2), abs=1e-9)
    assert frozenset(found.clusters[0].areas) in circles(place, share)


@pytest.mark.parametrize("overdispersed", [False, True])
def test_no_replicate_loses_its_highest_zone_to_the_short_cut(overdispersed: bool) -> None:
    cases, residents, latitude, longitude = invented(areas=80, events=300)
    cases[3] += 40
    ground = region(cases[:, None], residents[:, None], latitude, longitude)
    settings = ScanSettings(max_share=0.3, replicates=300, overdispersed=overdispersed)
    one = chance(ground, settings, rng=np.random.default_rng(2))[-1]
    for some in zones(ground.points, ground.residents, 0.3):
        for _ in one.include(some, window_sums(some, ground.expected, 1)):
            pass
    place = cases[ground.at], residents[ground.at], latitude[ground.at], longitude[ground.at]
    shapes = circles(place, 0.3)
    for number in range(0, 300, 23):
        drawn = one.maps[0, :, number].astype(np.int64)
        assert one.best[number] == pytest.approx(highest(drawn, place[1], shapes, 2), abs=1e-8)


def test_clusters_share_no_area_and_come_best_first() -> None:
    clusters = scanned(invented(areas=60)).clusters
    areas = [area for cluster in clusters for area in cluster.areas]
    assert len(clusters) > 2
    assert len(areas) == len(set(areas))
    assert [one.llr for one in clusters] == sorted((one.llr for one in clusters), reverse=True)
    assert all(one.observed >= 2 and one.observed > one.expected for one in clusters)


def test_a_planted_cluster_is_found_with_both_p_values() -> None:
    place = invented(areas=60, events=600)
    distance = np.hypot(place[2] - place[2][7], place[3] - place[3][7])
    planted = np.argsort(distance)[:4]
    place[0][planted] = 6 * place[0][planted] + 10
    first = scanned(place).clusters[0]
    assert set(planted.tolist()) <= set(first.areas)
    assert first.p_value == 0.01
    inside, outside = place[0][list(first.areas)].sum(), place[0].sum() - place[0][list(first.areas)].sum()
    people = place[1][list(first.areas)].sum()
    assert first.relative_risk == pytest.approx((inside / people) / (outside / (place[1].sum() - people)))


def test_the_same_map_in_another_order_gives_the_same_answer() -> None:
    place = invented(areas=40)
    order = np.random.default_rng(9).permutation(40)
    straight = scanned(place)
    shuffled = scanned(tuple(column[order] for column in place))  # type: ignore[arg-type]
    back = tuple(
        replace(one, centre=int(order[one.centre]), areas=tuple(sorted(order[list(one.areas)].tolist())))
        for one in shuffled.clusters
    )
    assert [one.areas for one in back] == [one.areas for one in straight.clusters]
    assert [one.centre for one in back] == [one.centre for one in straight.clusters]
    for field in ("llr", "p_value", "p_overdispersed", "expected"):
        assert [getattr(one, field) for one in back] == pytest.approx(
            [getattr(one, field) for one in straight.clusters]
        )
    assert shuffled.critical_llr == pytest.approx(straight.critical_llr)


def test_the_same_seed_gives_the_same_answer() -> None:
    assert scanned(invented()) == scanned(invented())
    assert scanned(invented(), seed=6).critical_llr != scanned(invented()).critical_llr


def test_areas_at_one_distance_enter_a_zone_together() -> None:
    """The middle of a cross is as far from all four arms: circles about it hold one area or five."""
    north = np.array([0.0, 1.0, -1.0, 0.0, 0.0, 40.0])
    east = np.array([0.0, 0.0, 0.0, 1.0, -1.0, 40.0])
    (some,) = zones(unit_vectors(north, east), np.array([1.0, 1, 1, 1, 1, 10]), 0.5)
    middle = int(np.flatnonzero(some.centres == 0)[0])
    assert some.closes[middle].nonzero()[0].tolist() == [0, 4]


def test_towns_of_one_point_are_never_parted() -> None:
    cases, residents, latitude, longitude = invented(areas=20)
    latitude[4], longitude[4] = latitude[11], longitude[11]
    cases[4] += 60
    first = scanned((cases, residents, latitude, longitude)).clusters[0]
    assert {4, 11} <= set(first.areas)


def test_zones_about_many_centres_are_those_about_each() -> None:
    place = invented(areas=540)
    points = unit_vectors(place[2], place[3])
    found = set()
    for some in zones(points, place[1], 0.02):
        for row, step in zip(*np.nonzero(some.closes), strict=True):
            found.add(frozenset(some.order[row, : step + 1].tolist()))
    assert found == circles(place, 0.02)


def test_a_zone_holds_at_most_its_share() -> None:
    place = invented(areas=60)
    for one in scanned(place, ScanSettings(max_share=0.1, replicates=19)).clusters:
        assert place[1][list(one.areas)].sum() <= 0.1 * place[1].sum()


def test_without_events_nothing_can_be_found() -> None:
    _, residents, latitude, longitude = invented()
    found = scanned((np.zeros(25, dtype=np.int64), residents, latitude, longitude))
    assert (found.clusters, found.total, found.critical_llr) == ((), 0, math.inf)


@pytest.mark.parametrize("areas", [0, 1])
def test_a_single_town_has_nothing_to_compare_with(areas: int) -> None:
    place = invented(areas=3)
    found = scanned(tuple(column[:areas] for column in place), ScanSettings(max_share=0.5, replicates=99))  # type: ignore[arg-type]
    assert (found.clusters, found.critical_llr) == ((), math.inf)


def test_of_two_towns_the_smaller_one_can_be_a_cluster() -> None:
    """60 of 100 events among 40% of the people: 60 ln(60/40) + 40 ln(40/60) = 8.1093."""
    place = np.array([60, 40]), np.array([40.0, 60.0]), np.array([42.0, 42.5]), np.array([-72.0, -72.0])
    (only,) = scanned(place, ScanSettings(max_share=0.5, replicates=99, overdispersed=False)).clusters
    assert (only.areas, only.observed, only.expected) == ((0,), 60, pytest.approx(40))
    assert only.llr == pytest.approx(20 * math.log(1.5), abs=1e-12)
    assert only.relative_risk == pytest.approx(60 / 40 / (40 / 60))
    assert only.p_overdispersed is None


def test_one_case_is_no_cluster() -> None:
    residents = np.array([1.0, *[1000.0] * 9])
    place = np.array([1, *[0] * 9]), residents, np.linspace(41, 42, 10), np.full(10, -72.0)
    assert scanned(place).clusters == ()


def test_a_place_where_nobody_lives_is_in_no_cluster_and_changes_nothing() -> None:
    cases, residents, latitude, longitude = invented()
    empty = np.append(cases, 0), np.append(residents, 0.0), np.append(latitude, 42.0), np.append(longitude, -71.5)
    assert scanned(empty) == scanned((cases, residents, latitude, longitude))


def test_an_area_that_did_not_report_is_outside_the_study_region() -> None:
    cases, residents, latitude, longitude = invented()
    unknown = cases.astype(float)
    unknown[24] = np.nan
    told = scanned((unknown, residents, latitude, longitude), inside=np.arange(25) < 24)  # type: ignore[arg-type]
    assert told == scanned((cases[:24], residents[:24], latitude[:24], longitude[:24]))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, np.nan, "Area 3 has no count"),
        (0, -1.0, "Area 3 has a negative count"),
        (0, 2.5, "Area 3 has a count that is not a whole number"),
        (1, np.nan, "Area 3 has no number of people at risk"),
        (1, -5.0, "Area 3 has a negative number of people"),
        (1, 0.0, "Area 3 has cases where nobody is at risk"),
        (2, 91.0, "Area 3 has no latitude"),
        (2, np.nan, "Area 3 has no latitude"),
        (3, 200.0, "Area 3 has no longitude"),
    ],
)
def test_a_broken_number_is_refused_in_words(column: int, value: float, words: str) -> None:
    place = tuple(values.astype(float) for values in invented())
    place[0][3] = max(place[0][3], 1.0)
    place[column][3] = value
    with pytest.raises(ValueError, match=words):
        scanned(place)  # type: ignore[arg-type]


def test_columns_of_different_lengths_are_refused() -> None:
    cases, residents, latitude, longitude = invented()
    with pytest.raises(ValueError, match="one row an area"):
        scanned((cases, residents, latitude[:-1], longitude))
    with pytest.raises(ValueError, match="each of the 25 areas"):
        scanned((cases, residents, latitude, longitude), inside=[True])


@pytest.mark.parametrize("wrong", [{"max_share": 0.0}, {"max_share": 0.6}, {"replicates": 0}, {"min_cases": 0}])
def test_settings_of_nonsense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"at least|more than"):
        ScanSettings(**wrong)  # type: ignore[arg-type]


def test_progress_goes_up_to_one_and_what_it_raises_ends_the_scan() -> None:
    told: list[float] = []
    scanned(invented(), ScanSettings(max_share=0.3, replicates=600), progress=told.append)
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == 1.0

    def stop(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        scanned(invented(), progress=stop)


def test_every_map_of_chance_has_the_same_total() -> None:
    base = np.array([[1.0], [2.0], [7.0]])
    for alpha in (0.0, 0.5):
        drawn = replicates(np.random.default_rng(1), base, 50, count=400, windows=1, overdispersion=alpha)
        assert (drawn.sum(axis=1) == 50).all()


def test_overdispersed_maps_vary_as_much_as_they_should() -> None:
    """Negative binomial: variance m + alpha m^2, here 20 + 0.2 x 400 = 100, in areas that each hold little."""
    areas = 400
    drawn = replicates(
        np.random.default_rng(1), np.ones((areas, 1)), 20 * areas, count=200, windows=1, overdispersion=0.2
    )
    assert drawn[0].var() == pytest.approx(100, rel=0.03)
    plain = replicates(np.random.default_rng(1), np.ones((areas, 1)), 20 * areas, count=200, windows=1)
    assert plain[0].var() == pytest.approx(20, rel=0.03)


def test_more_than_65535_events_are_counted() -> None:
    cases, residents, latitude, longitude = invented(events=200_000)
    found = scanned((cases, residents, latitude, longitude), ScanSettings(max_share=0.4, replicates=19))
    assert found.total == 200_000
    assert found.clusters[0].llr < 20  # a sum that ran over would look like a cluster
    assert found.critical_llr < 20
