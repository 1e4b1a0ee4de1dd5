"""The shapes a map is drawn on: official before schematic, the newest first, counties where no town is known."""

import pytest
from fake_reader import ASH, BIRCH, NORTH, PLACES, FakeReader

from dashboard.domain import Jurisdiction, Level
from dashboard.views.shapes import home_state, shapes_for

FAR = (
    Jurisdiction("33", "New Hampshire", Level.STATE, "33"),
    *(Jurisdiction(f"3300{n}", f"County {n}", Level.COUNTY, "33") for n in range(1, 10)),
)


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader(places=PLACES + FAR)


def add(
    reader: FakeReader, sha: str, vintage: str, *, state: str = "25", level: str = "town", schematic: bool = False,
    loaded_at: str = "2026-01-01T00:00:00",
) -> None:  # fmt: skip
    reader.boundaries.append({"sha": sha, "state": state, "level": level, "vintage": vintage, "schematic": schematic,
                              "geoids": [BIRCH, ASH], "loaded_at": loaded_at})  # fmt: skip


def drawn(reader: FakeReader, within: str) -> str:
    shapes = shapes_for(reader, within)
    assert shapes is not None
    return shapes.sha


def test_official_shapes_come_before_newer_schematic_ones(reader: FakeReader) -> None:
    add(reader, "official", "2010")
    add(reader, "schematic", "2026", schematic=True)
    assert drawn(reader, "25") == "official"


def test_the_newest_vintage_is_drawn_in_whatever_order_they_were_loaded(reader: FakeReader) -> None:
    add(reader, "new", "2023", loaded_at="2026-01-01T00:00:00")
    add(reader, "old", "2020", loaded_at="2026-02-02T00:00:00")
    assert drawn(reader, "25") == "new"


def test_of_one_vintage_the_last_loaded_is_drawn(reader: FakeReader) -> None:
    add(reader, "first", "2020", loaded_at="2026-01-01T00:00:00")
    add(reader, "again", "2020", loaded_at="2026-02-02T00:00:00")
    assert drawn(reader, "25") == "again"


@pytest.mark.parametrize("within", ["25", NORTH, ASH, "area-1", "ours"])
def test_a_part_of_a_state_is_drawn_on_the_shapes_of_the_state(reader: FakeReader, within: str) -> None:
    add(reader, "towns", "2020")
    add(reader, "counties", "2024", level="county")
    assert drawn(reader, within) == "towns"


def test_a_state_without_towns_is_drawn_by_its_counties(reader: FakeReader) -> None:
    add(reader, "towns", "2020")
    add(reader, "far", "2020", state="33", level="county")
    assert drawn(reader, "33") == drawn(reader, "33001") == "far"


def test_a_state_without_shapes_is_not_drawn_on_those_of_another(reader: FakeReader) -> None:
    add(reader, "towns", "2020")
    assert shapes_for(reader, "33") is None


def test_the_order_of_the_shapes_is_kept(reader: FakeReader) -> None:
    add(reader, "towns", "2020")
    shapes = shapes_for(reader, "25")
    assert shapes is not None
    assert shapes.geoids == (BIRCH, ASH)


def test_maps_open_on_the_state_with_most_places_one_with_shapes_first(reader: FakeReader) -> None:
    assert home_state(reader) == "33"  # nine counties, four towns
    add(reader, "towns", "2020")
    assert home_state(reader) == "25"
    assert drawn(reader, "") == "towns"


def test_without_places_there_is_no_home() -> None:
    assert home_state(FakeReader(places=())) == ""
