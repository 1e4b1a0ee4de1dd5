"""Web Mercator and the paths drawn on its grid."""

import re

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from geo.projection import grid, path, ring_area, to_mercator

HALF_WORLD_M = 20_037_508.342789244
"""The edge of the Web Mercator square (EPSG:3857), reached at longitude 180 and at latitude 85.0511..."""


def rings(drawn: str) -> list[np.ndarray]:
    """Points of each ring of a path, the way a browser reads it."""
    read = []
    for ring in re.findall(r"M(.*?)z", drawn):
        numbers = np.array([int(number) for number in re.findall(r"-?\d+", ring)]).reshape(-1, 2)
        read.append(numbers.cumsum(axis=0))
    return read


def test_mercator_has_the_published_edges() -> None:
    corner = to_mercator(np.array([[180.0, 85.05112877980659], [0.0, 0.0]]))
    np.testing.assert_allclose(corner, [[HALF_WORLD_M, HALF_WORLD_M], [0, 0]], atol=1e-6)


def test_the_grid_counts_downward_from_its_origin() -> None:
    points = grid(np.array([[100.0, 300.0], [149.0, 250.0]]), 50.0, (2, 6))
    assert points.tolist() == [[0, 0], [1, 1]]


def test_a_square_is_drawn_with_relative_whole_numbers() -> None:
    drawn = path(box(0, 0, 100, 100), 10.0, (0, 10))
    assert re.fullmatch(r"M\d+ ?\d+l[-\d ]+z", drawn)
    (ring,) = rings(drawn)
    assert {tuple(point) for point in ring.tolist()} == {(0, 0), (10, 0), (10, 10), (0, 10)}


def test_a_hole_is_a_ring_of_its_own() -> None:
    square = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(20, 20), (40, 20), (40, 40), (20, 40)]])
    assert [ring_area(ring) for ring in rings(path(square, 10.0, (0, 10)))] == [100, 4]


def test_islets_are_left_out_of_a_larger_town_only() -> None:
    town, islet = box(0, 0, 100, 100), box(200, 0, 210, 10)
    assert len(rings(path(MultiPolygon([town, islet]), 10.0, (0, 10)))) == 1
    assert len(rings(path(islet, 10.0, (0, 10)))) == 1


def test_a_place_smaller_than_the_grid_stays_a_triangle() -> None:
    (ring,) = rings(path(box(52, 52, 53, 53), 10.0, (0, 10)))
    assert len(ring) == 3
    assert ring_area(ring) > 0


@pytest.mark.parametrize("side", [30, 1000])
def test_the_path_parses_back_to_the_area(side: int) -> None:
    drawn = path(box(-side, -side, side, side), 10.0, (-500, 500))
    assert sum(ring_area(ring) for ring in rings(drawn)) * 100 == 4 * side**2
