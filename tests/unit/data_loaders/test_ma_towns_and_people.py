"""Massachusetts: the census table, residents by sex and age, villages and ZIP codes."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import Basis, Level
from dashboard.intake import Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import ma_census_towns, ma_place_names, ma_population_sex_age

TODAY = date(2026, 11, 1)
HEADER = "geoid,name,namelsad,county,county_fips,pop2010,pop2020,lat,lon\n"
AMHERST = "2501501370,Amherst,Amherst town,Hampshire,25015,37819,39263,42.36,-72.5\n"


def read(source: Source, file: RawFile, places: PlaceIndex) -> tuple[Intake, Report]:
    report = Report(file.name)
    return source.read(file, Context(places, TODAY), report), report


def read_text(source: Source, text: str, places: PlaceIndex | None = None) -> tuple[Intake, Report]:
    return read(source, RawFile("small.csv", text.encode()), places or PlaceIndex([]))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def census(shared: Path) -> Intake:
    intake, report = read(ma_census_towns.SOURCE, RawFile.open(shared / "ma/towns_census2020.csv"), PlaceIndex([]))
    assert report.problems == []
    return intake


@pytest.fixture(scope="module")
def places(census: Intake) -> PlaceIndex:
    return PlaceIndex(census.places, census.aliases)


def test_the_census_table_names_351_towns_14_counties_and_the_state(census: Intake) -> None:
    levels = [place.level for place in census.places]
    assert [levels.count(level) for level in (Level.TOWN, Level.COUNTY, Level.STATE)] == [351, 14, 1]


@pytest.mark.parametrize(("year", "residents"), [(2010, 6_547_629), (2020, 7_029_917)])
def test_the_residents_add_up_to_the_published_census(census: Intake, year: int, residents: int) -> None:
    rows = census.observations
    found = [value for value, start in zip(rows.value, rows.start, strict=True) if start == date(year, 1, 1)]
    assert sum(value or 0 for value in found) == residents
    assert set(rows.basis) == {Basis.RESIDENCE}


def test_a_town_knows_its_county_and_its_other_names(places: PlaceIndex) -> None:
    found = [places.find(name, state="25") for name in ("manchester", "north attleboro", "BARNSTABLE TOWN CITY")]
    assert [place.name if place else "" for place in found] == [
        "Manchester-by-the-Sea", "North Attleborough", "Barnstable"
    ]  # fmt: skip
    county = places.find("Franklin", state="25", level=Level.COUNTY)
    assert county is not None
    assert county.geoid == "25011"


def test_a_bad_row_of_the_census_table_is_listed_with_all_its_faults() -> None:
    _, report = read_text(ma_census_towns.SOURCE, HEADER + AMHERST.replace("39263", "-3").replace("37819", "1.5"))
    faults = [(problem.row, problem.column, problem.value) for problem in report.problems]
    assert faults == [(2, "pop2010", "1.5"), (2, "pop2020", "-3")]


def test_a_town_that_stands_twice_or_lies_in_another_state_is_a_problem() -> None:
    other = AMHERST.replace("2501501370", "0900104720")
    _, report = read_text(ma_census_towns.SOURCE, HEADER + AMHERST + AMHERST + other)
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, "geoid"), (4, "geoid")]


def test_a_changed_schema_names_the_missing_column() -> None:
    intake, report = read_text(ma_census_towns.SOURCE, (HEADER + AMHERST).replace("pop2020", "pop_2020"))
    assert [problem.column for problem in report.problems] == ["pop2020"]
    assert len(intake.observations) == 0


def test_sex_and_age_groups_equal_the_sums_of_the_file(shared: Path, places: PlaceIndex) -> None:
    path = shared / "ma/population_sex_age.csv"
    intake, report = read(ma_population_sex_age.SOURCE, RawFile.open(path), places)
    rows = rows_of(path)
    female = sum(float(cell) for row in rows for column, cell in row.items() if column.startswith("Female"))
    old = sum(float(row["Female_65+"]) + float(row["Male_65+"]) for row in rows)
    both = sum(float(row["Male_0-17"]) for row in rows)
    assert report.problems == []
    assert [total(intake, stratum) for stratum in ("sex=female", "age=65+", "age=0-17;sex=male")] == [female, old, both]


def total(intake: Intake, stratum: str) -> float:
    rows = intake.observations
    return sum(value or 0 for value, group in zip(rows.value, rows.stratum, strict=True) if group == stratum)


def test_the_survey_gives_no_second_total_beside_the_census(shared: Path, places: PlaceIndex) -> None:
    intake, _ = read(ma_population_sex_age.SOURCE, RawFile.open(shared / "ma/population_sex_age.csv"), places)
    assert "" not in intake.observations.stratum
    assert any("no year" in note for note in intake.notes)


def test_a_group_with_an_absent_part_is_not_a_smaller_number(places: PlaceIndex) -> None:
    header = "TOWN20,Female_0-17,Female_18-64,Female_65+,Male_0-17,Male_18-64,Male_65+\n"
    intake, report = read_text(ma_population_sex_age.SOURCE, header + "AMHERST,1,2,NA,4,5,*\n", places)
    rows = intake.observations
    read_ = {group: (value, state) for group, value, state in zip(rows.stratum, rows.value, rows.state, strict=True)}
    assert report.problems == []
    assert read_["sex=female"] == (None, "not_reported")
    assert read_["sex=male"] == (None, "suppressed")
    assert read_["age=0-17"] == (5.0, "value")


@pytest.fixture(scope="module")
def hints(shared: Path, census: Intake, places: PlaceIndex) -> PlaceIndex:
    intake, report = read(ma_place_names.SOURCE, RawFile.open(shared / "ma/zip_place_to_town_hint.csv"), places)
    assert report.problems == []
    return PlaceIndex(census.places, [*census.aliases, *intake.aliases])


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("Bondsville", "Palmer"), ("HYANNIS", "Barnstable"), ("01009", "Palmer"), ("Turners Falls", "Montague"),
        ("Vineyard Haven", "Tisbury"), ("Buzzards Bay", "Bourne"), ("02123", "Boston"),
    ],
)  # fmt: skip
def test_villages_and_zip_codes_lead_to_the_town(hints: PlaceIndex, written: str, town: str) -> None:
    found = hints.find(written, state="MA")
    assert found is not None
    assert found.name == town


@pytest.mark.parametrize("name", ["Amherst", "Dartmouth", "Becket", "Charlemont"])
def test_a_town_stays_itself_though_its_zip_point_lies_elsewhere(hints: PlaceIndex, name: str) -> None:
    found = hints.find(name, state="MA")
    assert found is not None
    assert found.name == name


def test_a_zip_code_that_two_towns_claim_is_no_hint(hints: PlaceIndex) -> None:
    assert hints.find("01002", state="MA") is None


def test_no_hint_carries_the_name_of_a_town(shared: Path, census: Intake, places: PlaceIndex) -> None:
    intake, _ = read(ma_place_names.SOURCE, RawFile.open(shared / "ma/zip_place_to_town_hint.csv"), places)
    towns = {place.name for place in census.places if place.level == Level.TOWN}
    assert towns & {name for _, name in intake.aliases} == set()


def test_hints_can_be_read_again_after_they_were_loaded(shared: Path, census: Intake, hints: PlaceIndex) -> None:
    file = RawFile.open(shared / "ma/zip_place_to_town_hint.csv")
    once, _ = read(ma_place_names.SOURCE, file, PlaceIndex(census.places, census.aliases))
    again, _ = read(ma_place_names.SOURCE, file, hints)
    assert once.aliases == again.aliases


def test_a_hint_to_an_unknown_town_is_a_problem(places: PlaceIndex) -> None:
    text = "zip,place_name,county_name,latitude,longitude,town_by_point,town_geoid\n1002,X,Y,0,0,Nowhere,2599999999\n"
    _, report = read_text(ma_place_names.SOURCE, text, places)
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "town_geoid", "2599999999")
    ]
