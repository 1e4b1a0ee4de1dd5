"""Single cells of the examiner's rows: groups, flags and places."""

import pytest

from dashboard import gazetteer
from data_loaders.places import PlaceIndex
from data_loaders.sources.examiner import groups
from data_loaders.sources.examiner.placing import Found, Placer, plain_city
from data_loaders.sources.examiner.schemas import CURRENT, OLDEST, PlaceColumns

COLUMNS = PlaceColumns("city", "county", "state", "point")


@pytest.fixture(scope="module")
def connecticut():
    return PlaceIndex(*gazetteer.towns("CT"))


def place(places, city, county="", state="", point=""):
    placer = Placer(places, COLUMNS)
    placement = placer.place({"city": city, "county": county, "state": state, "point": point})
    name = places.get(placement.geoid).name if placement.geoid else ""
    return placement.found, name, placer


@pytest.mark.parametrize(
    ("age", "band"),
    [("0", "0-17"), ("17", "0-17"), ("18", "18-24"), ("34", "25-34"), ("64.0", "55-64"), ("65", "65+"),
     ("", "not_recorded")],
)  # fmt: skip
def test_an_age_becomes_a_band(age, band):
    assert groups.age_band(age) == band


@pytest.mark.parametrize("age", ["-1", "412", "unknown", "nan"])
def test_an_impossible_age_is_refused(age):
    with pytest.raises(ValueError, match=r".*"):
        groups.age_band(age)


@pytest.mark.parametrize(
    ("race", "ethnicity", "group"),
    [
        ("White", "", "white"),
        ("Black or African American", "Not Spanish/Hispanic/Latino", "black"),
        ("White", "Puerto Rican", "hispanic"),
        ("Hispanic, Black", "", "hispanic"),
        ("Asian Indian", "Unknown", "asian"),
        ("Native American, Other", "", "other"),
        ("Unknown", "", "not_recorded"),
        ("", "Hispanic", "hispanic"),
    ],
)
def test_race_and_ethnicity_become_one_group(race, ethnicity, group):
    assert groups.race(race, ethnicity) == group


@pytest.mark.parametrize(
    ("cell", "yes"),
    [("Y", True), ("y", True), ("YES", True), ("Y (PTCH)", True), ("", False), ("PCP NEG", False), ("N", False)],
)
def test_only_a_cell_that_begins_with_y_says_yes(cell, yes):
    assert groups.marked(cell) is yes


def opioid(**cells):
    return groups.opioid(dict.fromkeys(CURRENT.columns, "") | cells, CURRENT)


def test_the_examiners_flag_decides_and_columns_only_where_it_is_blank():
    assert opioid(**{"Any Opioid": "Y"}) == (True, False)
    assert opioid(**{"Any Opioid": "N", "Heroin": "Y"}) == (False, False)
    assert opioid(Methadone="y") == (True, True)
    assert opioid(Cocaine="Y") == (False, True)


def test_opioids_with_stimulants_need_both():
    row = dict.fromkeys(CURRENT.columns, "") | {"Cocaine": "Y"}
    assert "substance=opioids_with_stimulants" in groups.strata(row, CURRENT, "18-24", is_opioid=True)
    assert "substance=opioids_with_stimulants" not in groups.strata(row, CURRENT, "18-24", is_opioid=False)


def test_the_oldest_form_says_nothing_about_xylazine():
    assert "xylazine" not in OLDEST.substances


@pytest.mark.parametrize(
    ("city", "town"),
    [("HARTFORD", "Hartford"), ("UNCASVILLE", "Montville"), ("N HAVEN", "North Haven"),
     ("COVENTRY CT 06238", "Coventry"), ("CT FARMINGTON", "Farmington"), ("EAST HARTFORD,", "East Hartford"),
     ("WEST  HAVEN", "West Haven"), ("WILLIMANTIC", "Windham"), ("VERNON-ROCKVILLE", "Vernon"), ("CANAAN", "Canaan"),
     ("EAST CANAAN", "North Canaan")],
)  # fmt: skip
def test_a_city_is_placed_in_its_town(connecticut, city, town):
    assert place(connecticut, city)[:2] == (Found.TOWN, town)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("ORANGE", "ORANGE", ""), Found.ELSEWHERE),
        (("MANCHESTER", "", "NH"), Found.ELSEWHERE),
        (("UNKNOWN", "", "CT"), Found.STATE_ONLY),
        (("", "NEW HAVEN", ""), Found.STATE_ONLY),
        (("", "", ""), Found.NOWHERE),
        (("UK", "", "UK"), Found.NOWHERE),
        (("PITTSBURGH", "", ""), Found.UNRECOGNISED),
    ],
)
def test_what_is_no_town_says_why(connecticut, cells, found):
    assert place(connecticut, *cells)[:2] == (found, "")


def test_a_county_misspelled_beside_the_state_does_no_harm(connecticut):
    assert place(connecticut, "WATERFORD", "NEWLONDON", "CT")[1] == "Waterford"


@pytest.mark.parametrize("point", ["CT\n(41.575155, -72.738288)", "CT\n(41.57350273000003, -72.73830590799997)"])
def test_the_centre_of_the_state_is_counted_and_places_nothing(connecticut, point):
    found, _, placer = place(connecticut, "", point=point)
    assert (found, placer.false_points) == (Found.NOWHERE, 1)


def test_city_cells_lose_state_and_zip_code():
    assert plain_city("GLASTONBURY CT") == "GLASTONBURY"
    assert plain_city("HARTFORD, CT 06103-1234") == "HARTFORD"
