"""Damaged rings are closed and rebuilt, and the report says which."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.reading import read_shapes
from geo.repair import Repairs, make_sound, polygon_of


def test_an_unclosed_ring_is_closed_and_counted() -> None:
    repairs = Repairs()
    ring = [[0, 0], [2, 0], [2, 2], [0, 2]]
    shape = polygon_of({"type": "Polygon", "coordinates": [ring]}, "Hull", repairs)
    assert shape.area == 4
    assert repairs.sentences() == ["1 ring was not closed; closed: Hull 1."]


def test_a_ring_of_two_points_is_left_out_and_counted() -> None:
    repairs = Repairs()
    sound, line = [[0, 0], [2, 0], [2, 2], [0, 0]], [[5, 5], [6, 6], [5, 5], [5, 5]]
    shape = polygon_of({"type": "MultiPolygon", "coordinates": [[sound], [line]]}, "Eastham", repairs)
    assert shape.area == 2
    assert repairs.sentences() == ["1 ring of fewer than three different points was left out: Eastham 1."]


def test_a_bow_tie_keeps_both_its_halves() -> None:
    repairs = Repairs()
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
    assert make_sound(bow_tie, "Essex", repairs).area == 2
    assert repairs.sentences() == ["1 outline crossed itself and was rebuilt: Essex."]


@pytest.fixture(scope="module")
def damaged(shared: Path) -> Path:
    return shared / "ma" / "towns_bad_geometry.geojson"


def test_all_476_damaged_rings_are_told(damaged: Path) -> None:
    notes = read_shapes(damaged.read_bytes(), damaged.name).notes
    closed, dropped, rebuilt = notes
    assert int(closed.split()[0]) + int(dropped.split()[0]) == 476
    assert "Eastham" in dropped
    assert "rebuilt" in rebuilt


def test_the_repaired_towns_are_the_true_towns(damaged: Path, shared: Path) -> None:
    true_file = shared / "ma" / "towns_2020.geojson"
    true = {shape.name: shape.geometry for shape in read_shapes(true_file.read_bytes(), true_file.name).shapes}
    repaired = {shape.name: shape.geometry for shape in read_shapes(damaged.read_bytes(), damaged.name).shapes}
    renamed = {"Manchester": "Manchester-by-the-Sea"}
    pairs = [(shape, true[renamed.get(name, name)]) for name, shape in repaired.items()]
    overlap = [a.intersection(b).area / a.union(b).area for a, b in pairs]
    assert len(overlap) == 351
    assert all(shape.is_valid for shape in repaired.values())
    assert np.median(overlap) > 0.98
