"""Boundary files become places, codes, regions, residents and shapes for the map."""

import json
import sys
import types
from datetime import date
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import box

from dashboard.domain import Level
from dashboard.errors import LoadRefused
from dashboard.gazetteer import towns
from dashboard.intake import Intake
from data_loaders.census_download import download
from data_loaders.contract import Context, Members, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources.boundaries import SOURCE

TODAY = date(2026, 11, 21)
BOSTON = {
    "type": "Polygon",
    "coordinates": [[[-71.2, 42.2], [-71.0, 42.2], [-71.0, 42.4], [-71.2, 42.4], [-71.2, 42.2]]],
}


@pytest.fixture(scope="module")
def known() -> PlaceIndex:
    massachusetts, connecticut = towns("25"), towns("09")
    return PlaceIndex(*(left + right for left, right in zip(massachusetts, connecticut, strict=True)))


def load(file: RawFile, places: PlaceIndex | None = None) -> tuple[Intake, Report]:
    report = Report(file.name)
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(file)
    return SOURCE.read(file, Context(places or PlaceIndex([]), TODAY), report), report


def geojson(name: str, *properties: dict[str, object], geometry: object = BOSTON) -> RawFile:
    features = [{"type": "Feature", "properties": columns, "geometry": geometry} for columns in properties]
    return RawFile(name, json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.fixture(scope="module")
def massachusetts(shared: Path) -> Intake:
    intake, report = load(RawFile.open(shared / "ma" / "towns_2020.geojson"))
    assert report.problems == []
    return intake


@pytest.fixture(scope="module")
def connecticut(shared: Path) -> Intake:
    intake, report = load(RawFile.open(shared / "ct" / "towns_2020.geojson"))
    assert report.problems == []
    return intake


def count(intake: Intake, level: Level) -> int:
    return sum(place.level == level for place in intake.places)


def test_massachusetts_has_351_towns_in_14_counties(massachusetts: Intake) -> None:
    assert [count(massachusetts, level) for level in (Level.TOWN, Level.COUNTY, Level.STATE)] == [351, 14, 1]
    places = {place.geoid: place for place in massachusetts.places}
    assert places["25"].name == "Massachusetts"
    assert places["25011"].name == "Franklin County"
    boston = places["2502507000"]
    assert (boston.name, boston.state, boston.county) == ("Boston", "25", "25025")
    assert (boston.latitude, boston.longitude) == pytest.approx((42.34, -71.02), abs=0.03)


def test_the_census_counted_7029917_people_in_2020(massachusetts: Intake) -> None:
    seen = massachusetts.observations
    rows = zip(seen.start, seen.value, seen.basis, strict=True)
    assert sum(value or 0 for start, value, basis in rows if start.year == 2020 and basis == "residence") == 7_029_917
    assert [(part.start.year, part.level, part.scope) for part in massachusetts.coverage] == [
        (2010, Level.TOWN, "25"), (2020, Level.TOWN, "25"),
    ]  # fmt: skip


def test_planning_areas_are_drawn_once(known: PlaceIndex, shared: Path) -> None:
    file = RawFile.open(shared / "ct" / "towns_2020.geojson")
    for held, drawn in (("area-09-001", False), ("area-25-001", True)):
        report = Report(file.name)
        intake = SOURCE.read(file, Context(known, TODAY, members=Members(sets={held: "Ansonia"})), report)
        assert any(one.level is Level.PLANNING_AREA for one in intake.place_sets) is drawn


def test_connecticut_has_169_towns_8_counties_and_9_planning_regions(connecticut: Intake) -> None:
    assert [count(connecticut, level) for level in (Level.TOWN, Level.COUNTY)] == [169, 8]
    regions = [place_set for place_set in connecticut.place_sets if place_set.level is Level.REGION]
    assert len(regions) == 9
    assert sum(len(region.members) for region in regions) == 169


@pytest.mark.parametrize(("state", "towns"), [("massachusetts", 351), ("connecticut", 169)])
def test_real_shapes_come_with_planning_areas_of_every_town(
    state: str, towns: int, request: pytest.FixtureRequest
) -> None:
    intake: Intake = request.getfixturevalue(state)
    areas = [place_set for place_set in intake.place_sets if place_set.level is Level.PLANNING_AREA]
    assert len({geoid for area in areas for geoid in area.members}) == towns
    assert sum(len(area.members) for area in areas) == towns
    assert any(note.startswith(f"{len(areas)} planning areas were drawn") for note in intake.notes)


def test_connecticut_towns_have_a_second_code_from_2022(connecticut: Intake) -> None:
    codes = {code.geoid: code for code in connecticut.place_codes}
    assert len(codes) == 169
    assert (codes["0900104720"].code, codes["0900104720"].start) == ("0919004720", date(2022, 1, 1))


def test_the_shapes_are_packed_with_their_vintage(massachusetts: Intake) -> None:
    (boundary,) = massachusetts.boundaries
    assert (boundary.state, boundary.level, boundary.vintage, boundary.schematic) == ("25", Level.TOWN, "2020", False)
    body = json.loads(boundary.body)
    assert len(body["path"]) == 351
    assert {outline["name"] for outline in body["outlines"]} >= {"Franklin County", "Dukes County"}
    assert massachusetts.as_of == date(2020, 1, 1)


def test_the_damaged_file_yields_all_351_towns_and_says_what_was_repaired(shared: Path, known: PlaceIndex) -> None:
    intake, report = load(RawFile.open(shared / "ma" / "towns_bad_geometry.geojson"), known)
    assert report.problems == []
    drawn = json.loads(intake.boundaries[0].body)
    true_names = {place.name for place in towns("25")[0] if place.level == Level.TOWN}
    assert set(drawn["name"]) == true_names
    told = " ".join(intake.notes)
    assert "474 rings were not closed" in told
    assert "2 rings of fewer than three different points were left out: Eastham 1, Wellfleet 1" in told
    assert "Gloucester 28" in told


def test_an_undated_file_holds_from_today_and_says_so(known: PlaceIndex) -> None:
    intake, _ = load(geojson("towns.geojson", {"TOWN": "BOSTON"}), known)
    assert (intake.as_of, intake.boundaries[0].vintage) == (TODAY, "undated")
    assert any("no year" in note for note in intake.notes)


def test_names_that_are_no_known_town_are_problems_with_suggestions(known: PlaceIndex) -> None:
    rows = [{"municipal": name, "county": "Franklin"} for name in ("Greenfield", "Deerfeild", "Xyzzy")]
    intake, report = load(geojson("towns_2020.geojson", *rows), known)
    assert [problem.value for problem in report.problems] == ["Deerfeild", "Xyzzy"]
    assert "Deerfield" in report.problems[0].fix
    assert intake.boundaries == []


def test_names_without_any_known_place_are_a_problem() -> None:
    _, report = load(geojson("towns_2020.geojson", {"municipal": "Greenfield"}))
    assert "Census codes first" in report.problems[0].fix


def test_the_newer_connecticut_codes_are_exchanged_for_the_stable_ones(known: PlaceIndex) -> None:
    where = {"type": "Polygon", "coordinates": [[[-73.4, 41.3], [-73.3, 41.3], [-73.3, 41.4], [-73.4, 41.3]]]}
    file = geojson("cb_2023_09_cousub_500k.geojson", {"GEOID": "0919004720", "NAME": "Bethel"}, geometry=where)
    intake, _ = load(file, known)
    assert json.loads(intake.boundaries[0].body)["geoid"] == ["0900104720"]
    assert intake.boundaries[0].vintage == "2023"
    assert [code.code for code in intake.place_codes] == ["0919004720"]


def test_counties_and_states_are_recognised_by_the_length_of_their_code() -> None:
    county = geojson("cb_2020_us_county.geojson", {"GEOID": "25025", "NAME": "Suffolk", "NAMELSAD": "Suffolk County"})
    intake, _ = load(county)
    assert [(place.geoid, place.name, place.level) for place in intake.places] == [
        ("25", "Massachusetts", Level.STATE), ("25025", "Suffolk County", Level.COUNTY),
    ]  # fmt: skip
    assert [boundary.level for boundary in intake.boundaries] == [Level.COUNTY]
    state, _ = load(geojson("cb_2020_us_state.geojson", {"GEOID": "25", "NAME": "Massachusetts"}))
    assert [boundary.level for boundary in state.boundaries] == [Level.STATE]


def test_a_point_outside_its_own_town_is_replaced() -> None:
    intake, _ = load(geojson("t_2020.geojson", {"GEOID": "2502507000", "NAME": "Boston", "lat": 41.0, "lon": -70.0}))
    boston = next(place for place in intake.places if place.level == Level.TOWN)
    assert (boston.latitude, boston.longitude) == pytest.approx((42.3, -71.1))


def test_points_are_refused_with_the_reason() -> None:
    file = geojson("sites.geojson", {"name": "Clinic"}, geometry={"type": "Point", "coordinates": [-71.1, 42.3]})
    intake, report = load(file)
    assert [problem.rule for problem in report.problems] == ["Clinic is drawn as Point, not as a polygon."]
    assert intake.places == []


def test_tables_and_a_shapefiles_index_are_not_recognised() -> None:
    assert SOURCE.recognises is not None
    assert not SOURCE.recognises(RawFile("towns.csv", b"geoid,name\n2502507000,Boston\n"))
    assert not SOURCE.recognises(RawFile("towns.shx", b"\x00\x00\x27\x0a" + bytes(96)))


def pygris(**functions: object) -> types.ModuleType:
    module = types.ModuleType("pygris")
    for name, function in functions.items():
        setattr(module, name, function)
    return module


def test_a_download_is_written_as_a_file_that_loads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[dict[str, object]] = []

    def county_subdivisions(**question: object) -> geopandas.GeoDataFrame:
        asked.append(question)
        columns = {"GEOID": ["2502507000"], "NAME": ["Boston"]}
        return geopandas.GeoDataFrame(columns, geometry=[box(-71.2, 42.2, -71.0, 42.4)], crs="EPSG:4269")

    monkeypatch.setitem(sys.modules, "pygris", pygris(county_subdivisions=county_subdivisions))
    (path,) = download(["MA"], Level.TOWN, tmp_path)
    assert (asked[0]["state"], asked[0]["year"]) == ("25", 2020)
    intake, report = load(RawFile.open(path))
    assert report.problems == []
    assert (intake.boundaries[0].state, intake.boundaries[0].vintage) == ("25", "2020")


def test_without_a_network_the_download_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unreachable(**_: object) -> None:
        raise ConnectionError("name resolution failed")

    monkeypatch.setitem(sys.modules, "pygris", pygris(county_subdivisions=unreachable))
    with pytest.raises(LoadRefused, match="is there a network"):
        download(["MA"], Level.TOWN, tmp_path)


def test_without_the_package_the_download_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pygris", None)
    with pytest.raises(LoadRefused, match=r"coalition-dashboard\[download\]"):
        download(["MA"], Level.TOWN, tmp_path)


@pytest.mark.parametrize("states", [["Atlantis"], []])
def test_an_unknown_state_is_not_asked_for(states: list[str], tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match="No state is called"):
        download(states, Level.TOWN, tmp_path)
