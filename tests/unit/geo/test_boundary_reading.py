"""Boundary files of every kind become shapes in degrees, or are refused with the reason."""

import json
import zipfile
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import box

from geo.files import is_boundary_file
from geo.reading import read_shapes
from geo.shapes import BoundaryError

BOSTON = (-71.2, 42.2, -71.0, 42.4)


def collection(*features: dict[str, object], **members: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def feature(ring: list[list[float]], **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def square(west: float, south: float, side: float = 0.1) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


@pytest.fixture
def towns() -> geopandas.GeoDataFrame:
    shapes = [box(*BOSTON), box(-71.0, 42.2, -70.9, 42.4), box(-70.9, 42.2, -70.8, 42.4)]
    columns = {
        "STATEFP20": ["25", "25", "25"],
        "COUNTYFP20": ["025", "025", "025"],
        "COUSUBFP20": ["07000", "13205", "00000"],
        "NAME20": ["Boston", "Chelsea", "County subdivisions not defined"],
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4269")


def write_shapefile(towns: geopandas.GeoDataFrame, folder: Path) -> Path:
    path = folder / "towns.shp"
    towns.to_file(path)
    return path


def test_a_shapefile_in_state_plane_metres_becomes_degrees(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    path = write_shapefile(towns.to_crs("EPSG:26986"), tmp_path)
    shapes = read_shapes(path.read_bytes(), path.name, path).shapes
    assert [(shape.geoid, shape.name, shape.county) for shape in shapes] == [
        ("2502507000", "Boston", "25025"),
        ("2502513205", "Chelsea", "25025"),
    ]
    assert shapes[0].geometry.bounds == pytest.approx(BOSTON, abs=1e-6)


def test_codes_that_end_in_00000_are_water_and_left_out(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    path = write_shapefile(towns, tmp_path)
    assert read_shapes(path.read_bytes(), path.name, path).notes == [
        "1 shape of water (code ending in 00000) was left out."
    ]


def test_a_shapefile_zipped_in_a_folder_is_read(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    write_shapefile(towns, tmp_path)
    archive = tmp_path / "towns.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in tmp_path.glob("towns.*"):
            if part != archive:
                packed.write(part, f"a folder/{part.name}")
    content = archive.read_bytes()
    assert is_boundary_file(content)
    assert len(read_shapes(content, "towns.zip").shapes) == 2


def test_a_geopackage_is_read_from_its_bytes(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "towns.gpkg"
    towns.to_file(path)
    assert is_boundary_file(path.read_bytes())
    assert [shape.name for shape in read_shapes(path.read_bytes(), path.name).shapes] == ["Boston", "Chelsea"]


def test_a_shapefile_without_its_coordinate_system_is_refused(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    path = write_shapefile(towns, tmp_path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(BoundaryError, match="does not say its coordinate system"):
        read_shapes(path.read_bytes(), path.name, path)


def test_a_shapefile_without_its_parts_is_refused(towns: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    content = write_shapefile(towns, tmp_path).read_bytes()
    with pytest.raises(BoundaryError, match=r"needs its \.shx, \.dbf and \.prj"):
        read_shapes(content, "towns.shp")


def test_latitude_before_longitude_is_refused_with_that_reason() -> None:
    swapped = [[y, x] for x, y in square(-71.1, 42.3)]
    with pytest.raises(BoundaryError, match="latitude before longitude"):
        read_shapes(collection(feature(swapped, geoid="2502507000", name="Boston")), "towns.geojson")


def test_metres_called_degrees_are_refused() -> None:
    with pytest.raises(BoundaryError, match="outside the United States"):
        read_shapes(collection(feature(square(236000, 900000, 100), name="Boston")), "towns.geojson")


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Point", "coordinates": [-71, 42]}, "Boston is drawn as Point, not as a polygon"),
        (None, "Boston is drawn as nothing"),
        ({"type": "Polygon", "coordinates": []}, "cannot be repaired"),
        ({"type": "Polygon", "coordinates": [[[-71, 42], [-71, 42], [-71, 42]]]}, "no ring of three different points"),
        ({"type": "MultiPolygon"}, "no coordinates"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "not lists of longitude and latitude"),
        ({"type": "Polygon", "coordinates": [[[-71, 42], [-71.1, 42], [-71.2, 42], [-71, 42]]]}, "encloses no ground"),
    ],
)
def test_a_shape_that_cannot_be_repaired_is_refused_by_name(geometry: object, reason: str) -> None:
    content = collection({"type": "Feature", "properties": {"name": "Boston"}, "geometry": geometry})
    with pytest.raises(BoundaryError, match=reason):
        read_shapes(content, "towns.geojson")


def test_islands_beyond_the_date_line_are_drawn_west_of_alaska() -> None:
    parts = [feature(square(west, 52.0), GEOID="02016", NAME="Aleutians West") for west in (-179.0, 179.0)]
    assert read_shapes(collection(*parts), "counties.geojson").shapes[0].geometry.bounds[0] == pytest.approx(-181)


def test_a_collection_without_features_is_refused() -> None:
    with pytest.raises(BoundaryError, match="holds no shapes"):
        read_shapes(collection(), "towns.geojson")


def test_a_file_cut_short_is_refused() -> None:
    whole = collection(feature(square(-71.1, 42.3), name="Boston"))
    with pytest.raises(BoundaryError, match="cut short or damaged"):
        read_shapes(whole[:-20], "towns.geojson")


def test_an_unknown_coordinate_system_is_refused() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}}
    with pytest.raises(BoundaryError, match="is not known"):
        read_shapes(collection(feature(square(-71.1, 42.3), name="Boston"), crs=crs), "towns.geojson")


def test_rows_of_one_town_become_one_shape() -> None:
    parts = [feature(square(west, 42.3), municipal="Boston", county="Suffolk") for west in (-71.1, -71.0, -70.5)]
    shapes = read_shapes(collection(*parts), "towns.geojson").shapes
    assert [shape.name for shape in shapes] == ["Boston"]
    assert shapes[0].geometry.area == pytest.approx(0.03)


def test_one_code_beside_two_names_is_refused() -> None:
    parts = [feature(square(-71.1, 42.3), GEOID="2502507000", NAME=name) for name in ("Boston", "Chelsea")]
    with pytest.raises(BoundaryError, match="2502507000 stands beside two names"):
        read_shapes(collection(*parts), "towns.geojson")


def test_a_lost_leading_zero_is_put_back() -> None:
    content = collection(feature(square(-73.0, 41.3), geoid=901301080, name="Andover"))
    assert read_shapes(content, "towns.geojson").shapes[0].geoid == "0901301080"


@pytest.mark.parametrize("columns", [{"GEOID": "25025010103"}, {"ZCTA5CE20": "02134", "GEOID20": "02134"}])
def test_census_tracts_and_zip_areas_are_not_towns(columns: dict[str, str]) -> None:
    with pytest.raises(BoundaryError, match=r"not one of a state .*, county .* or county subdivision"):
        read_shapes(collection(feature(square(-71.1, 42.3), **columns)), "areas.geojson")


@pytest.mark.parametrize(
    "content", [b"", b"town,deaths\nBoston,181\n", b'[{"county": "Suffolk"}]', b"PK\x03\x04 broken"]
)
def test_other_files_are_not_taken_for_boundaries(content: bytes) -> None:
    assert not is_boundary_file(content)
