"""Minutes by the straight line: speeds, islands, barriers."""

import numpy as np
import pytest

from geo.distance import EARTH_RADIUS_KM
from geo.travel import Points, StraightLine

DEGREE_KM = np.pi / 180 * EARTH_RADIUS_KM
"""Along a meridian a degree is 111.195 km."""


def places(*north: float, **more: object) -> Points:
    return Points(np.array(north), np.full(len(north), -72.0), **more)  # type: ignore[arg-type]


def test_minutes_are_km_times_circuity_by_the_speed_of_the_place_set_out_from() -> None:
    found = StraightLine().minutes(places(42.0, 42.0, urban=[True, False]), places(43.0))
    assert found[:, 0] == pytest.approx([60 * DEGREE_KM * 1.35 / 45, 60 * DEGREE_KM * 1.35 / 65])


def test_a_place_is_rural_where_nothing_is_known() -> None:
    assert StraightLine(rural_kmh=60, circuity=1).minutes(places(42.0), places(43.0)) == pytest.approx(DEGREE_KM)


def test_between_islands_is_no_road_but_on_one_there_is() -> None:
    found = StraightLine().minutes(places(42.0, 41.3, island=[0, 1]), places(42.1, 41.2, 41.0, island=[0, 1, 2]))
    assert np.isinf(found).tolist() == [[False, True, True], [True, False, True]]


def test_sites_without_an_island_are_on_the_mainland() -> None:
    assert np.isinf(StraightLine().minutes(places(42.0, 41.3, island=[0, 7]), places(42.1))).ravel().tolist() == [
        False,
        True,
    ]


def test_a_barrier_overrides_the_line_both_ways_and_only_there() -> None:
    towns = places(42.4, 42.5, 42.6, ids=("Shutesbury", "Petersham", "Orange"))
    plain = StraightLine().minutes(towns, towns)
    found = StraightLine(barriers={("Shutesbury", "Petersham"): 50.0}).minutes(towns, towns)
    assert found[0, 1] == found[1, 0] == 50
    found[0, 1] = found[1, 0] = plain[0, 1]
    np.testing.assert_array_equal(found, plain)


def test_a_barrier_holds_for_a_site_in_the_place() -> None:
    clinic = places(42.5, ids=("clinic",), places=("Petersham",))
    found = StraightLine(barriers={("Petersham", "Shutesbury"): 50.0}).minutes(
        places(42.4, ids=("Shutesbury",)), clinic
    )
    assert found[0, 0] == 50


def test_a_barrier_builds_no_road_to_an_island() -> None:
    line = StraightLine(barriers={("a", "b"): 5.0})
    assert np.isinf(line.minutes(places(42.0, ids=("a",), island=[0]), places(42.1, ids=("b",), island=[1])))


def test_permuting_places_permutes_minutes() -> None:
    rng = np.random.default_rng(2)
    north, urban, order = rng.uniform(41, 43, 9), rng.random(9) < 0.5, rng.permutation(9)
    found = StraightLine().minutes(places(*north, urban=urban), places(42.0, 42.2))
    again = StraightLine().minutes(places(*north[order], urban=urban[order]), places(42.0, 42.2))
    np.testing.assert_array_equal(again, found[order])


def test_the_sentence_beside_the_map_says_speeds_and_circuity() -> None:
    said = StraightLine(circuity=1.4, urban_kmh=40, rural_kmh=70, barriers={("a", "b"): 50.0}).describe()
    for part in ("1.4", "40 km/h", "70 km/h", "without a road", "1 barrier overrides it"):
        assert part in said


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ({"circuity": 0.9}, "at least as long"),
        ({"circuity": np.nan}, "at least as long"),
        ({"urban_kmh": 0.0}, "above 0"),
        ({"rural_kmh": -5.0}, "above 0"),
        ({"barriers": {("a", "b"): -1.0}}, "a - b"),
        ({"barriers": {("a", "b"): 1.0, ("b", "a"): 2.0}}, "twice"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        StraightLine(**settings)


def test_a_site_at_zero_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="found no address"):
        Points(np.array([42.0, 0.0]), np.array([-71.0, 0.0]))


def test_each_point_needs_its_own_id() -> None:
    with pytest.raises(ValueError, match="1 of 'ids'"):
        places(42.0, 43.0, ids=("a",))
