"""How far apart points are, and positions that cannot be meant."""

import numpy as np
import pytest

from geo.centres import centres, population_centres
from geo.distance import EARTH_RADIUS_KM, check_positions, great_circle_km

QUARTER = np.pi / 2 * EARTH_RADIUS_KM


def test_a_quarter_of_the_earth_lies_between_the_equator_and_the_pole() -> None:
    assert great_circle_km([0.0], [0.0], [90.0, 0.0, 0.0], [0.0, 90.0, 180.0]) == pytest.approx(
        np.array([[QUARTER, QUARTER, 2 * QUARTER]])
    )


def test_distances_agree_with_the_haversine_formula() -> None:
    rng = np.random.default_rng(1)
    north, east, to_north, to_east = rng.uniform(-80, 80, (4, 30))
    phi, theta, to_phi, to_theta = (np.radians(one) for one in (north, east, to_north, to_east))
    half = (
        np.sin((to_phi[None, :] - phi[:, None]) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(to_phi)[None, :] * np.sin((to_theta[None, :] - theta[:, None]) / 2) ** 2
    )
    expected = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    np.testing.assert_allclose(great_circle_km(north, east, to_north, to_east), expected, rtol=1e-9)


def test_a_point_is_no_way_from_itself_and_a_step_of_a_metre_is_a_metre() -> None:
    metre = np.degrees(0.001 / EARTH_RADIUS_KM)
    found = great_circle_km([42.0], [-71.0], [42.0, 42.0 + metre], [-71.0, -71.0])
    assert found[0, 0] == 0
    assert found[0, 1] == pytest.approx(0.001, rel=1e-6)


def test_boston_to_springfield_is_about_80_miles() -> None:
    assert great_circle_km([42.3601], [-71.0589], [42.1015], [-72.5898])[0, 0] == pytest.approx(80 * 1.609, rel=0.02)


@pytest.mark.parametrize(("north", "east"), [(np.nan, 0.0), (91.0, 0.0), (np.inf, 3.0)])
def test_degrees_off_the_earth_are_refused(north: float, east: float) -> None:
    with pytest.raises(ValueError, match="between -90 and 90"):
        great_circle_km([north], [east], [1.0], [1.0])


@pytest.mark.parametrize(
    ("north", "east", "fault"),
    [
        (0.0, 0.0, r"point 2 \(0, 0\): lies at \(0, 0\)"),
        (-71.06, 42.36, "latitude and longitude swapped"),
        (-97.7, 30.3, "latitude and longitude swapped"),
        (np.nan, -71.0, "has no position"),
        (420.0, -710.0, "inhabited earth"),
        (42.0, -271.0, "inhabited earth"),
    ],
)
def test_a_position_that_cannot_be_meant_is_named_with_its_row(north: float, east: float, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        check_positions(np.array([42.0, north]), np.array([-71.0, east]))


def test_towns_from_hawaii_to_alaska_and_australia_are_fine() -> None:
    check_positions(np.array([21.3, 71.3, -33.9, 51.5]), np.array([-157.9, -156.8, 151.2, 0.0]))


def test_the_centre_of_the_people_is_pulled_to_the_larger_block() -> None:
    north, east = population_centres(
        np.array([0, 0, 1]), [40.0, 42.0, 10.0], [-70.0, -72.0, 5.0], population=[1, 3, 0], places=2
    )
    cosines = np.cos(np.radians([40.0, 42.0])) * [1, 3]
    assert north[0] == pytest.approx(41.5)
    assert east[0] == pytest.approx(cosines @ [-70.0, -72.0] / cosines.sum())
    assert np.isnan(north[1])
    assert np.isnan(east[1])


def test_a_place_without_a_centre_of_its_own_keeps_the_middle_of_its_shape() -> None:
    north, east = centres([1.0, 2.0], [3.0, 4.0], weighted_latitude=[np.nan, 2.5], weighted_longitude=[3.5, 4.5])
    assert north.tolist() == [1.0, 2.5]
    assert east.tolist() == [3.0, 4.5]
