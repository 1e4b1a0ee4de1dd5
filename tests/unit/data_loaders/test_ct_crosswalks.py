"""Connecticut's villages, and its two systems of codes."""

from datetime import date

import pytest

from dashboard import gazetteer
from data_loaders.contract import Context, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import ct_planning_regions, ct_villages

VILLAGES = "town,place,place_geoid,town_pop,place_pop,overlap_pop,place_wt\n"
REGIONS = "town_name,town_fips_2020,town_fips_2022,ce_name_2022,ce_fips_2022\n"


@pytest.fixture(scope="module")
def towns():
    return gazetteer.towns("CT")[0]


@pytest.fixture(scope="module")
def context(towns):
    return Context(PlaceIndex(towns), date(2026, 11, 21))


def take_in(module, file, context):
    report = Report(file.name)
    return module.read(file, context, report), report


def small(module, text, context):
    return take_in(module, RawFile("small.csv", text.encode()), context)


@pytest.fixture(scope="module")
def with_villages(shared, towns, context):
    intake, report = take_in(ct_villages, RawFile.open(shared / "ct" / "village_to_town.csv"), context)
    assert (report.problems, intake.rows_accepted) == ([], 224)
    return PlaceIndex(towns, intake.aliases)


@pytest.mark.parametrize(
    ("village", "town"),
    [("Mystic", "Stonington"), ("Wauregan CDP", "Plainfield"), ("WILLIMANTIC", "Windham"), ("Canaan", "Canaan"),
     ("Danielson borough", "Killingly")],
)  # fmt: skip
def test_a_village_belongs_where_most_of_its_people_live(with_villages, village, town):
    assert with_villages.find(village, state="CT").name == town


def test_a_name_of_two_villages_needs_its_county(with_villages):
    assert with_villages.find("Long Hill", state="CT") is None
    assert with_villages.find("Long Hill", state="CT", county="New London").name == "Groton"


def test_a_village_without_a_majority_is_told_and_not_placed(context):
    rows = "Weston,Halfway CDP,0999999,1,2,1,0.5\nWilton,Halfway CDP,0999999,1,2,1,0.5\n"
    intake, report = small(ct_villages, VILLAGES + rows, context)
    assert (report.problems, intake.aliases) == ([], [])
    assert "Halfway CDP" in intake.notes[0]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Westown,Nowhere CDP,0999999,1,1,1,1.0", "town"),
        ("Weston,,0999999,1,1,1,1.0", "place"),
        ("Weston,Nowhere CDP,0999999,1,1,1,most", "place_wt"),
        ("Weston,Nowhere CDP,0999999,1,1,1,NA", "place_wt"),
    ],
)
def test_a_bad_village_is_a_problem(context, row, column):
    _, report = small(ct_villages, VILLAGES + row + "\n", context)
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, column)]


def test_both_codes_of_a_town_find_it_and_regions_hold_all_towns(shared, towns, context):
    intake, report = take_in(ct_planning_regions, RawFile.open(shared / "ct" / "town_to_planning_region.csv"), context)
    assert report.problems == []
    index = PlaceIndex(towns, (), intake.place_codes)
    assert index.by_code("0911001080").name == index.by_code("901301080").name == "Andover"
    sizes = {place_set.id: len(place_set.members) for place_set in intake.place_sets}
    assert (len(sizes), sum(sizes.values()), sizes["09110"], sizes["09120"]) == (9, 169, 38, 6)


def test_a_code_of_another_state_is_a_problem(context):
    row = "Andover,2501301080,911001080,Capitol Planning Region,9110\n"
    _, report = small(ct_planning_regions, REGIONS + row, context)
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, "town_fips_2020")]
