"""Planning areas of a state whose real shapes are loaded: every town in one, neighbours, ten deaths expected."""

from pathlib import Path

import pytest
from shapely.geometry import box

from dashboard import gazetteer
from dashboard.domain import Level, PlaceSet
from dashboard.planning import planning_sets
from data_loaders import planning_areas
from data_loaders.planning_areas import drawn
from geo.adjacency import adjacency
from geo.reading import read_shapes
from geo.shapes import Shape

# Ten deaths in three years at 20 deaths per 100,000 residents a year: 16,667 residents.
ENOUGH = 16_667
RESIDENTS = {"a": 9_000.0, "b": 5_000.0, "c": 2_000.0, "d": 700.0}
NAMES = {"a": "Ash", "b": "Birch", "c": "Cedar", "d": "Dogwood"}


def named(*towns: str) -> PlaceSet:
    (area,) = planning_sets("area-25", [towns], NAMES, RESIDENTS)
    return area


def test_an_area_of_one_or_two_towns_has_their_names_the_larger_first() -> None:
    assert named("b").name == "Birch"
    assert named("b", "a").name == "Ash and Birch"


def test_a_larger_area_is_called_after_its_two_largest_towns() -> None:
    assert named("d", "c", "b", "a").name == "Ash, Birch and 2 more"


def test_areas_are_numbered_within_their_state() -> None:
    areas = planning_sets("area-25", [("a",), ("b", "c")], NAMES, RESIDENTS)
    assert [(area.id, area.level, area.members) for area in areas] == [
        ("area-25-001", Level.PLANNING_AREA, ("a",)), ("area-25-002", Level.PLANNING_AREA, ("b", "c")),
    ]  # fmt: skip


def square(geoid: str, at: int) -> Shape:
    return Shape(geoid, geoid, box(at, 0, at + 1, 1), geoid[:5])


@pytest.mark.parametrize("geoids", [[], ["3300100001"], ["2502507000", "2500000000"]])
def test_without_towns_or_residents_nothing_is_drawn(geoids: list[str]) -> None:
    assert drawn(geoids[0][:2] if geoids else "25", [square(geoid, at) for at, geoid in enumerate(geoids)]) == []


def test_towns_that_expect_too_few_are_put_together_and_large_ones_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # A row of five towns: the first is large enough, the others only in pairs.
    people = [20_000, 9_000, 10_000, 10_000, 9_000]
    towns = [square(f"250010000{n}", n) for n in range(5)]
    known = [(town.geoid, 2020, count) for town, count in zip(towns, people, strict=True)]
    monkeypatch.setattr(planning_areas.gazetteer, "populations", lambda _: known)
    assert [area.members for area in drawn("25", towns)] == [
        ("2500100000",), ("2500100001", "2500100002"), ("2500100003", "2500100004"),
    ]  # fmt: skip


def test_a_town_cut_off_from_its_county_joins_the_town_it_touches(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = [square("2500100000", 0), square("2500300000", 1), square("2500100001", 2)]
    known = [(town.geoid, 2020, count) for town, count in zip(towns, (20_000, 20_000, 5_000), strict=True)]
    monkeypatch.setattr(planning_areas.gazetteer, "populations", lambda _: known)
    assert [area.members for area in drawn("25", towns)] == [("2500100000",), ("2500100001", "2500300000")]


def test_the_newest_count_of_residents_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = [square("2500100000", 0), square("2500100001", 1)]
    known = [(town.geoid, year, count) for town in towns for year, count in ((2020, 20_000), (2010, 100))]
    monkeypatch.setattr(planning_areas.gazetteer, "populations", lambda _: known)
    assert len(drawn("25", towns)) == 2


State = tuple[list[PlaceSet], list[Shape], dict[str, int]]
STATES = {"25": "ma", "09": "ct"}


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest, shared: Path) -> State:
    code = str(request.param)
    path = shared / STATES[code] / "towns_2020.geojson"
    towns = [shape for shape in read_shapes(path.read_bytes(), path.name, path).shapes if len(shape.geoid) == 10]
    residents = {geoid: count for geoid, year, count in gazetteer.populations(code) if year == 2020}
    return drawn(code, towns), towns, residents


def test_every_town_is_in_exactly_one_area(state: State) -> None:
    areas, towns, _ = state
    assert sorted(geoid for area in areas for geoid in area.members) == sorted(town.geoid for town in towns)
    assert len({area.id for area in areas}) == len({area.name for area in areas}) == len(areas)


def test_every_area_expects_ten_deaths_in_three_years(state: State) -> None:
    areas, _, residents = state
    assert min(sum(residents[geoid] for geoid in area.members) for area in areas) >= ENOUGH


def test_cities_that_expect_enough_by_themselves_are_mostly_left_alone(state: State) -> None:
    areas, _, residents = state
    alone = {area.members[0] for area in areas if len(area.members) == 1}
    assert all(residents[geoid] >= ENOUGH for geoid in alone)
    cities = [geoid for geoid, count in residents.items() if count >= 5 * ENOUGH]
    assert cities
    assert len(alone & set(cities)) > len(cities) / 2


def test_areas_are_in_one_piece_where_the_map_is(state: State) -> None:
    areas, towns, _ = state
    near = adjacency([town.geometry for town in towns], corners=False)
    touching = {town.geoid: {towns[at].geoid for at in found} for town, found in zip(towns, near, strict=True)}
    mainland = max(pieces(set(touching), touching), key=len)
    torn = [area.name for area in areas if len(pieces(set(area.members) & mainland, touching)) > 1]
    assert torn == []


def pieces(towns: set[str], touching: dict[str, set[str]]) -> list[set[str]]:
    """Towns by what hangs together."""
    left, found = set(towns), []
    while left:
        piece, edge = set(), {min(left)}
        while edge:
            piece |= edge
            edge = {near for town in edge for near in touching[town] & left} - piece
        found.append(piece)
        left -= piece
    return found
