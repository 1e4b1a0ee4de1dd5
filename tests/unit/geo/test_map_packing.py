"""The packed map: small, complete, the same bytes every time."""

import json
import re
from pathlib import Path

import brotli
import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from geo.boundaries import pack, simplify
from geo.projection import mercator
from geo.reading import read_shapes
from geo.shapes import BoundaryError, Shape


def town(code: str, west: float, name: str = "A") -> Shape:
    return Shape(code, name, box(west, 42.0, west + 0.1, 42.1), code[:5])


def area(drawn: str) -> float:
    """Square units inside a path: holes lie inside their polygon and are taken from it."""
    polygons = []
    for ring in re.findall(r"M(.*?)z", drawn):
        numbers = np.array([int(number) for number in re.findall(r"-?\d+", ring)]).reshape(-1, 2)
        polygons.append(shapely.make_valid(Polygon(numbers.cumsum(axis=0))))
    total = Polygon()
    for polygon in polygons:
        total = total.symmetric_difference(polygon)
    return float(total.area)


@pytest.fixture(scope="module")
def massachusetts(shared: Path) -> list[Shape]:
    file = shared / "ma" / "towns_2020.geojson"
    return read_shapes(file.read_bytes(), file.name).shapes


@pytest.fixture(scope="module")
def packed(massachusetts: list[Shape]) -> bytes:
    return pack(massachusetts, level="town", vintage="2020", county_names={"25011": "Franklin County"})


def test_every_town_has_a_path_a_label_and_its_neighbours(packed: bytes) -> None:
    body = json.loads(packed)
    for column in ("geoid", "name", "county", "path", "label", "neighbours"):
        assert len(body[column]) == 351
    assert body["geoid"] == sorted(body["geoid"])
    assert all(re.fullmatch(r"(M-?\d+[ -]\d+l[-\d ]+z)+", drawn) for drawn in body["path"])
    assert all(0 <= x <= body["width"] and 0 <= y <= body["height"] for x, y in body["label"])
    assert (body["level"], body["vintage"], body["schematic"]) == ("town", "2020", False)


def test_the_fourteen_counties_are_outlined_and_named(packed: bytes) -> None:
    outlines = {outline["geoid"]: outline for outline in json.loads(packed)["outlines"]}
    assert len(outlines) == 14
    assert outlines["25011"]["name"] == "Franklin County"


def test_the_map_of_massachusetts_stays_small(packed: bytes) -> None:
    assert len(packed) < 120_000
    assert len(brotli.compress(packed)) < 35_000
    assert 4_000 <= json.loads(packed)["width"] <= 6_000


def test_paths_parse_back_to_the_area_within_one_percent(packed: bytes, massachusetts: list[Shape]) -> None:
    body = json.loads(packed)
    true = {shape.geoid: shape for shape in massachusetts}
    exact = [shape.area for shape in mercator([true[geoid].geometry for geoid in body["geoid"]])]
    drawn = np.array([area(drawn) for drawn in body["path"]]) * body["unit_m"] ** 2
    assert drawn.sum() == pytest.approx(sum(exact), rel=0.01)
    assert np.median(np.abs(drawn / exact - 1)) < 0.005
    assert np.mean(np.abs(drawn / exact - 1) < 0.01) > 0.9, "only towns of islets and inlets may differ by more"


def test_the_order_of_the_shapes_does_not_change_the_bytes() -> None:
    towns = [town("2502507000", -71.2), town("2502513205", -71.1, "B"), town("2501713000", -71.3, "C")]
    assert pack(towns, level="town", vintage="2020") == pack(towns[::-1], level="town", vintage="2020")


def test_two_states_fit_together_by_their_origins() -> None:
    left, right = (json.loads(pack([town(code, west)], level="town", vintage="2020"))
                   for code, west in (("2502507000", -71.2), ("0900104720", -71.1)))  # fmt: skip
    assert left["origin"][0] + left["width"] == right["origin"][0]
    assert left["origin"][1] == right["origin"][1]


def test_a_shared_border_stays_shared_when_simplified() -> None:
    wiggle = [(-71.0 + 0.0004 * (step % 2), 42.0 + step / 1000) for step in range(101)]
    west = Polygon([(-71.1, 42.0), *wiggle, (-71.1, 42.1)])
    east = Polygon([(-70.9, 42.0), *wiggle, (-70.9, 42.1)])
    left, right = simplify(mercator([west, east]), 200.0)
    assert left.intersection(right).area == 0
    assert left.intersection(right).length == pytest.approx(
        mercator([shapely.LineString([wiggle[0], wiggle[-1]])])[0].length, rel=1e-3
    )


@pytest.mark.parametrize(
    ("shapes", "reason"),
    [
        ([], "no shapes"),
        ([town("", -71.0)], "has no code"),
        ([town("2502507000", -71.0), town("2502507000", -70.0)], "Two shapes have the code 2502507000"),
    ],
)
def test_shapes_that_cannot_be_told_apart_are_refused(shapes: list[Shape], reason: str) -> None:
    with pytest.raises(BoundaryError, match=reason):
        pack(shapes, level="town", vintage="2020")
