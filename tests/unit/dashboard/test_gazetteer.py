"""The built-in towns are those of the Census."""

import csv
import json
from pathlib import Path

import pytest

from dashboard import gazetteer
from dashboard.domain import Level
from dashboard.gazetteer.states import state_code, state_name


def of_level(state: str, level: Level) -> list[str]:
    return [place.geoid for place in gazetteer.towns(state)[0] if place.level == level]


def test_all_towns_counties_and_the_states_are_there() -> None:
    assert len(of_level("MA", Level.TOWN)) == len(set(of_level("MA", Level.TOWN))) == 351
    assert len(of_level("CT", Level.TOWN)) == len(set(of_level("CT", Level.TOWN))) == 169
    assert len(of_level("25", Level.COUNTY)) == 14
    assert len(of_level("Connecticut", Level.COUNTY)) == 8
    assert of_level("MA", Level.STATE) == ["25"]


def test_a_state_that_is_not_built_in_has_no_towns() -> None:
    assert gazetteer.towns("VT") == ([], [], [])
    assert gazetteer.populations("VT") == []
    assert gazetteer.land_areas("Atlantis") == []


def test_massachusetts_had_7029917_residents_in_2020_and_6547629_in_2010() -> None:
    residents = gazetteer.populations("MA")
    assert sum(count for _, year, count in residents if year == 2020) == 7_029_917
    assert sum(count for _, year, count in residents if year == 2010) == 6_547_629


def test_every_town_lies_in_its_state_and_county() -> None:
    for state in ("MA", "CT"):
        places, _, codes = gazetteer.towns(state)
        counties = {place.geoid for place in places if place.level == Level.COUNTY}
        for place in (place for place in places if place.level == Level.TOWN):
            assert place.geoid[:5] == place.county in counties
            assert place.latitude is not None
            assert place.longitude is not None
            assert 40.9 < place.latitude < 42.9
            assert -73.8 < place.longitude < -69.9
        assert len({code.code for code in codes}) == (169 if state == "CT" else 0)


def test_every_alias_belongs_to_a_town_and_is_no_town_itself() -> None:
    for state in ("MA", "CT"):
        places, aliases, _ = gazetteer.towns(state)
        names = {place.name.lower() for place in places if place.level == Level.TOWN}
        assert aliases
        assert len(set(aliases)) == len(aliases)
        assert not {alias.lower() for _, alias in aliases} & names


def test_land_areas_are_square_miles() -> None:
    areas = dict(gazetteer.land_areas("MA"))
    assert len(areas) == 351
    assert areas["2502507000"] == pytest.approx(48.3, abs=0.1)  # Boston


def test_states_answer_by_code_letters_and_name() -> None:
    assert [state_code(text) for text in ("25", "9", " ma ", "new york", "", "XX", "99")] == [
        "25", "09", "25", "36", "", "", "",
    ]  # fmt: skip
    assert state_name("09") == "Connecticut"


def test_the_massachusetts_towns_agree_with_the_census_file(shared: Path) -> None:
    with (shared / "ma" / "towns_census2020.csv").open(encoding="utf-8-sig", newline="") as lines:
        census = {row["geoid"]: row for row in csv.DictReader(lines)}
    towns = {place.geoid: place for place in gazetteer.towns("MA")[0] if place.level == Level.TOWN}
    assert {geoid: row["name"] for geoid, row in census.items()} == {geoid: town.name for geoid, town in towns.items()}
    known = {(geoid, year): count for geoid, year, count in gazetteer.populations("MA")}
    assert all(known[geoid, 2020] == int(row["pop2020"]) for geoid, row in census.items())


def test_the_connecticut_codes_agree_with_the_boundary_file(shared: Path) -> None:
    features = json.loads((shared / "ct" / "towns_2020.geojson").read_text("utf-8"))["features"]
    published = {feature["properties"]["geoid"]: feature["properties"]["geoid_2022"] for feature in features}
    assert {code.geoid: code.code for code in gazetteer.towns("CT")[2]} == published
