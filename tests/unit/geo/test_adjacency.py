"""Which places touch."""

from pathlib import Path

from shapely.geometry import box

from geo.adjacency import adjacency
from geo.reading import read_shapes

SQUARES = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(1, 1, 2, 2), box(5, 5, 6, 6)]


def test_squares_that_share_an_edge_or_a_corner_are_neighbours() -> None:
    assert adjacency(SQUARES) == [[1, 2], [0, 2], [0, 1], []]


def test_without_corners_only_a_shared_edge_counts() -> None:
    assert adjacency(SQUARES, corners=False) == [[1], [0, 2], [1], []]


def test_two_islands_of_massachusetts_have_no_neighbour(shared: Path) -> None:
    file = shared / "ma" / "towns_2020.geojson"
    shapes = read_shapes(file.read_bytes(), file.name).shapes
    neighbours = adjacency([shape.geometry for shape in shapes])
    alone = [shape.name for shape, near in zip(shapes, neighbours, strict=True) if not near]
    assert sorted(alone) == ["Gosnold", "Nantucket"]


def test_neighbourhood_is_mutual_and_never_with_itself(shared: Path) -> None:
    file = shared / "ct" / "towns_2020.geojson"
    neighbours = adjacency([shape.geometry for shape in read_shapes(file.read_bytes(), file.name).shapes])
    pairs = {(a, b) for a, near in enumerate(neighbours) for b in near}
    assert pairs == {(b, a) for a, b in pairs}
    assert all(a != b for a, b in pairs)
    assert all(neighbours), "every town of Connecticut borders on another"
