"""Schematic cells: complete, inside their counties, and close to the true towns."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from geo.power_cells import partition
from geo.reading import read_shapes
from geo.schematic import Position, cells, county_outlines
from geo.shapes import BoundaryError, Shape


@pytest.fixture(scope="module")
def true_towns(shared: Path) -> list[Shape]:
    file = shared / "ma" / "towns_2020.geojson"
    return read_shapes(file.read_bytes(), file.name).shapes


@pytest.fixture(scope="module")
def drawn(true_towns: list[Shape]) -> list[Shape]:
    return cells(positions(true_towns), county_outlines("25"), land_areas(true_towns))


def positions(towns: list[Shape]) -> list[Position]:
    return [
        Position(
            town.geoid, town.name, town.county, float(str(town.properties["lon"])), float(str(town.properties["lat"]))
        )
        for town in towns
    ]


def land_areas(towns: list[Shape]) -> dict[str, float]:
    return {town.geoid: float(str(town.properties["land_sqmi"])) for town in towns}


def overlaps(drawn: list[Shape], true: list[Shape]) -> np.ndarray:
    """Intersection over union of each town with its cell."""
    shapes = {town.geoid: town.geometry for town in true}
    return np.array([
        cell.geometry.intersection(shapes[cell.geoid]).area / cell.geometry.union(shapes[cell.geoid]).area
        for cell in drawn
    ])  # fmt: skip


def test_two_points_halve_a_rectangle() -> None:
    west, east = partition(box(-71, 0, -69, 1), np.array([[-70.5, 0.5], [-69.5, 0.5]]))
    assert west.symmetric_difference(box(-71, 0, -70, 1)).area < 1e-9
    assert east.symmetric_difference(box(-70, 0, -69, 1)).area < 1e-9


def test_known_areas_move_the_border_towards_them_and_the_points_hold_it_back() -> None:
    west, east = partition(box(-71, 0, -69, 1), np.array([[-70.5, 0.5], [-69.5, 0.5]]), np.array([3.0, 1.0]))
    assert 2 < west.area / east.area < 3


def test_all_351_towns_have_a_cell_and_they_fill_the_state(true_towns: list[Shape], drawn: list[Shape]) -> None:
    assert [cell.geoid for cell in drawn] == sorted(town.geoid for town in true_towns)
    assert all(cell.geometry.area > 0 and cell.geometry.is_valid for cell in drawn)
    state = shapely.union_all(list(county_outlines("25").values()))
    assert sum(cell.geometry.area for cell in drawn) == pytest.approx(state.area, rel=1e-4)


def test_islands_are_whole_and_to_themselves(drawn: list[Shape]) -> None:
    cell = {town.name: town.geometry for town in drawn}
    assert cell["Nantucket"].symmetric_difference(county_outlines("25")["25019"]).area < 1e-6
    assert not any(cell["Gosnold"].intersects(cell[name]) for name in ("Falmouth", "Tisbury", "Chilmark"))


def test_cells_weighed_by_land_area_overlap_the_true_towns_by_more_than_three_quarters(
    true_towns: list[Shape], drawn: list[Shape]
) -> None:
    """Measured: a median of 0.783, against 0.715 for plain Voronoi cells."""
    assert np.median(overlaps(drawn, true_towns)) >= 0.77


def test_plain_voronoi_cells_overlap_less(true_towns: list[Shape]) -> None:
    plain = cells(positions(true_towns), county_outlines("25"))
    assert np.median(overlaps(plain, true_towns)) == pytest.approx(0.71, abs=0.01)


def test_the_order_of_the_towns_does_not_matter(true_towns: list[Shape]) -> None:
    county = [town for town in true_towns if town.county == "25011"]
    outlines, areas = county_outlines("25"), land_areas(true_towns)
    forward, backward = (cells(order, outlines, areas) for order in (positions(county), positions(county)[::-1]))
    assert [cell.geometry.wkb for cell in forward] == [cell.geometry.wkb for cell in backward]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(BoundaryError, match=r"coalition-dashboard\[demo\]"):
        county_outlines("25")


def test_a_state_without_outlines_is_refused() -> None:
    with pytest.raises(BoundaryError, match="no state 99"):
        county_outlines("99")


def test_a_county_without_an_outline_is_refused() -> None:
    with pytest.raises(BoundaryError, match="no outline of county 25011"):
        cells([Position("2501127025", "Greenfield", "25011", -72.6, 42.6)], {})
