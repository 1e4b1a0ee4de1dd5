"""The place a publisher means, whatever way it is written."""

import pytest

from dashboard import gazetteer
from dashboard.domain import Jurisdiction, Level
from dashboard.intake import PlaceCode
from data_loaders.places import PlaceIndex


def town(geoid: str, name: str, county: str = "") -> Jurisdiction:
    return Jurisdiction(geoid, name, Level.TOWN, geoid[:2], county or geoid[:5])


@pytest.fixture(scope="module")
def both() -> PlaceIndex:
    massachusetts, connecticut = gazetteer.towns("MA"), gazetteer.towns("CT")
    return PlaceIndex(*([*one, *other] for one, other in zip(massachusetts, connecticut, strict=True)))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("BARNSTABLE", "Barnstable"),
        ("Barnstable Town city", "Barnstable"),
        ("Town of Athol", "Athol"),
        ("athol town, MA", "Athol"),
        ("City of Boston", "Boston"),
        ("manchester", "Manchester-by-the-Sea"),
        ("Manchester by the Sea", "Manchester-by-the-Sea"),
        ("north attleboro", "North Attleborough"),
        ("N. Attleboro", "North Attleborough"),
        ("FOXBORO  ", "Foxborough"),
        ("Mt. Washington", "Mount Washington"),
        ("W Springfield", "West Springfield"),
        ("Goshén", "Goshen"),
        ("Turners Falls", "Montague"),
    ],
)
def test_a_massachusetts_town_is_found(both: PlaceIndex, written: str, name: str) -> None:
    found = both.find(written, state="25")
    assert found is not None
    assert found.name == name


def test_a_state_may_be_given_by_code_letters_or_name(both: PlaceIndex) -> None:
    for state in ("09", "9", "ct", "Connecticut"):
        assert both.find("Manchester", state=state) == both.get("0900344700")
    assert both.find("Manchester", state="Atlantis") is None


def test_a_town_wins_over_a_village_of_its_name(both: PlaceIndex) -> None:
    # Abington is a town of Massachusetts and a village of Pomfret, Connecticut.
    found = both.find("Abington", state="25"), both.find("Abington", state="09"), both.find("Abington")
    assert [place.name if place else None for place in found] == ["Abington", "Pomfret", "Abington"]


def test_a_name_of_two_towns_finds_none_without_the_state(both: PlaceIndex) -> None:
    assert both.find("Andover") is None
    assert both.find("Andover", county="09013") == both.get("0901301080")
    assert both.find("Andover", county="Essex") == both.get("2500901465")


def test_an_alias_of_two_towns_finds_none_unless_the_county_decides(both: PlaceIndex) -> None:
    assert both.find("Chestnut Hill", state="MA") is None
    found = both.find("Chestnut Hill", state="MA", county="Norfolk County")
    assert found is not None
    assert found.name == "Brookline"


def test_saint_and_north_are_the_same_spelled_out_or_short() -> None:
    index = PlaceIndex([town("5000761675", "St. Albans"), town("5000700001", "North Hero")])
    assert index.find("Saint Albans") == index.find("ST ALBANS") == index.get("5000761675")
    assert index.find("No. Hero") == index.get("5000700001")


def test_a_town_called_na_is_a_town() -> None:
    index = PlaceIndex([town("3600100001", "NA"), town("3600100002", "Nassau")])
    for written in ("NA", "na", "Na town"):
        assert index.find(written) == index.get("3600100001")


def test_a_blank_or_unknown_name_finds_none(both: PlaceIndex) -> None:
    assert both.find("") is None
    assert both.find("  ") is None
    assert both.find("Springfeild", state="MA") is None


def test_the_level_is_respected(both: PlaceIndex) -> None:
    county = both.find("Franklin", state="MA", level=Level.COUNTY)
    town_ = both.find("Franklin", state="MA")
    assert (county.geoid if county else "", town_.geoid if town_ else "") == ("25011", "2502125172")


@pytest.mark.parametrize(
    ("code", "geoid"),
    [
        ("0901301080", "0901301080"),
        ("901301080", "0901301080"),
        ("911001080", "0901301080"),
        ("0911001080", "0901301080"),
        ("901301080.0", "0901301080"),
        ("0600000US2502507000", "2502507000"),
        ("9013", "09013"),
        ("9", "09"),
    ],
)
def test_a_code_is_found_without_its_leading_zero_and_in_both_connecticut_systems(
    both: PlaceIndex, code: str, geoid: str
) -> None:
    found = both.by_code(code)
    assert found is not None
    assert found.geoid == geoid


@pytest.mark.parametrize("code", ["", "0", "99", "2500000000", "25013", "x"])
def test_an_unknown_code_finds_none_or_its_own(both: PlaceIndex, code: str) -> None:
    found = both.by_code(code)
    assert found is None or found.geoid == code


def test_a_code_can_be_asked_of_one_system_only() -> None:
    places = [town("2500103690", "Barnstable")]
    index = PlaceIndex(places, codes=[PlaceCode("2500103690", "state_town_id", "20")])
    assert index.by_code("20", system="state_town_id") == places[0]
    assert index.by_code("20", system="census") is None


def test_the_nearest_names_are_suggested_best_first(both: PlaceIndex) -> None:
    assert both.suggest("Springfeild", state="MA")[0] == "Springfield"
    assert both.suggest("Hartfrod", state="CT")[0] == "Hartford"
    assert both.suggest("Turner Falls", state="MA")[0] == "Montague (Turners Falls)"
    assert len(both.suggest("North", state="MA", limit=2)) <= 2
    assert both.suggest("Xqzjk", state="MA") == []


def test_the_places_of_a_state_come_by_level_in_order(both: PlaceIndex) -> None:
    assert len(both.of_state("MA")) == 351
    assert len(both.of_state("25", Level.COUNTY)) == 14
    assert [place.geoid for place in both.of_state("CT", Level.COUNTY)] == [
        "09001", "09003", "09005", "09007", "09009", "09011", "09013", "09015",
    ]  # fmt: skip
