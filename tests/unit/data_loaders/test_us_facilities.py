"""Treatment facilities and opioid treatment programmes."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import Jurisdiction, Level
from dashboard.intake import Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sites import in_united_states, zip_code
from data_loaders.sources import opioid_treatment_programs, samhsa_facilities

TODAY = date(2026, 11, 1)
BARNSTABLE, BOSTON = "2500103690", "2502507000"
FEW = PlaceIndex(
    [Jurisdiction(BARNSTABLE, "Barnstable", Level.TOWN, "25"), Jurisdiction(BOSTON, "Boston", Level.TOWN, "25")],
    [(BARNSTABLE, "Hyannis"), (BOSTON, "02124")],
)
HEADER = "name1,name2,street1,street2,city,state,zip,zip4,county,latitude,longitude"


def read(source: Source, file: RawFile, places: PlaceIndex = FEW) -> tuple[Intake, Report]:
    report = Report(file.name)
    return source.read(file, Context(places, TODAY), report), report


def read_text(source: Source, text: str) -> tuple[Intake, Report]:
    return read(source, RawFile("small.csv", text.encode()))


def rows_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_the_locator_is_a_facility_or_a_double_of_one(shared: Path) -> None:
    path = shared / "us/samhsa_substance_use_treatment_facilities.csv"
    intake, report = read(samhsa_facilities.SOURCE, RawFile.open(path))
    columns = ("name1", "name2", "street1", "city", "state")
    sites = {tuple(" ".join(row[column].casefold().split()) for column in columns) for row in rows_of(path)}
    assert report.problems == []
    assert intake.rows_accepted == 14_034
    assert len(intake.facilities) == len({facility.id for facility in intake.facilities}) == len(sites)
    assert any("merged into it" in note for note in intake.notes)


def test_the_extract_without_codes_claims_no_medicine(shared: Path) -> None:
    path = shared / "us/samhsa_substance_use_treatment_facilities.csv"
    intake, _ = read(samhsa_facilities.SOURCE, RawFile.open(path))
    assert {facility.services for facility in intake.facilities} == {("substance_use_treatment",)}
    assert {facility.verified_on for facility in intake.facilities} == {None}
    assert any("no service codes" in note for note in intake.notes)


def test_service_codes_become_the_services_they_stand_for() -> None:
    text = (
        f"{HEADER},type_facility,otp,mm,bum,nxn\n"
        "A,,1 Elm,,Boston,MA,2101,,Suffolk,42.3,-71.0,SA,1,0,,1\n"
        "B,,2 Elm,,Boston,MA,2101,,Suffolk,42.3,-71.0,MH,,,,\n"
    )
    intake, report = read_text(samhsa_facilities.SOURCE, text)
    assert report.problems == []
    assert [facility.services for facility in intake.facilities] == [
        ("substance_use_treatment", "opioid_treatment_program", "naltrexone"),
        ("mental_health_treatment",),
    ]


def test_villages_and_zip_codes_find_the_town_and_unknown_cities_are_told() -> None:
    text = (
        f"{HEADER}\n"
        "A,,1 Elm,,Hyannis,MA,2601,,Barnstable,41.6,-70.3\n"
        "B,,2 Elm,,Dorchester Center,MA,2124,,Suffolk,42.3,-71.0\n"
        "C,,3 Elm,,Atlantis,MA,,,,42.3,-71.0\n"
        "D,,4 Elm,,Boston,NY,14025,,Erie,42.6,-78.7\n"
    )
    intake, _ = read_text(samhsa_facilities.SOURCE, text)
    assert [facility.town for facility in intake.facilities] == [BARNSTABLE, BOSTON, "", ""]
    assert any("Atlantis (MA)" in note and "Boston (NY)" not in note for note in intake.notes)


def test_lost_zeros_of_zip_codes_come_back() -> None:
    text = f"{HEADER}\nA,,1 Elm,Floor 2,Boston,MA,2124,77,Suffolk,42.3,-71.0\n"
    intake, _ = read_text(samhsa_facilities.SOURCE, text)
    assert intake.facilities[0].address == "1 Elm, Floor 2, Boston, MA 02124-0077"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2139", "02139"), ("736", "00736"), ("01441-1234", "01441-1234"), ("21184526", "02118-4526"), ("", "")],
)
def test_zip_codes_are_five_digits_or_five_and_four(written: str, meant: str) -> None:
    assert zip_code(written) == meant


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (42.3, -71.0, True),
        (18.4, -66.1, True),
        (13.4, 144.8, True),
        (0, 0, False),
        (-71.0, 42.3, False),
        (51.5, 0, False),
    ],
)
def test_points_outside_the_united_states_are_known(latitude: float, longitude: float, inside: bool) -> None:
    assert in_united_states(latitude, longitude) is inside


def test_false_and_missing_points_are_left_out_and_told() -> None:
    text = f"{HEADER}\nA,,1 Elm,,Boston,MA,2101,,,0,0\nB,,2 Elm,,Boston,MA,2101,,,,\n"
    intake, report = read_text(samhsa_facilities.SOURCE, text)
    assert report.problems == []
    assert [(facility.latitude, facility.longitude) for facility in intake.facilities] == [(None, None)] * 2
    assert "Points outside the United States, left out: 1 (rows 2)." in intake.notes
    assert "Sites without coordinates: 1 (rows 3)." in intake.notes


def test_a_double_keeps_one_site_with_the_point_and_services_of_both() -> None:
    text = f"{HEADER},bu,nu\nA,,1 Elm,,Boston,MA,2101,,,,,1,\na,,1  ELM,Suite 2,boston,MA,2101,,,42.3,-71.0,,1\n"
    intake, _ = read_text(samhsa_facilities.SOURCE, text)
    (site,) = intake.facilities
    assert site.services == ("substance_use_treatment", "buprenorphine", "naltrexone")
    assert (site.latitude, site.longitude) == (42.3, -71.0)


def test_bad_rows_are_listed_with_row_column_and_value() -> None:
    text = (
        f"{HEADER},bu\n"
        ",,1 Elm,,Boston,MA,2101,,,42.3,-71.0,\n"
        "B,,2 Elm,,Boston,Mass,2101,,,42.3,-71.0,\n"
        "C,,3 Elm,,Boston,MA,2101,,,north,-71.0,\n"
        "D,,4 Elm,,Boston,MA,2101,,,42.3,-71.0,maybe\n"
    )
    _, report = read_text(samhsa_facilities.SOURCE, text)
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "name", ""), (3, "state", "Mass"), (4, "latitude", "north"), (5, "bu", "maybe")
    ]  # fmt: skip
    assert all(problem.fix for problem in report.problems)


def test_the_programmes_are_read_from_latin_1_with_their_points(shared: Path) -> None:
    path = shared / "us/opioid_treatment_programs.csv"
    intake, report = read(opioid_treatment_programs.SOURCE, RawFile.open(path))
    rows = rows_of(path, "latin-1")
    sites = {(row["ID"].casefold(), row["ADDRESS"].casefold(), row["CITY"].casefold(), row["STATE"]) for row in rows}
    assert report.problems == []
    assert (intake.rows_accepted, len(intake.facilities)) == (len(rows), len(sites)) == (1_831, 1_830)
    assert any(facility.name.startswith("Clínica de Tratamiento") for facility in intake.facilities)
    assert {facility.services for facility in intake.facilities} == {("opioid_treatment_program", "methadone")}
    assert all(facility.latitude and facility.longitude for facility in intake.facilities)


def test_medicares_list_reads_without_coordinates_and_says_so() -> None:
    text = (
        "NPI,PROVIDER NAME,ADDRESS LINE 1,ADDRESS LINE 2,CITY,STATE,ZIP,MEDICARE ID EFFECTIVE DATE,PHONE\n"
        "1234567890,HOPE CLINIC,1 ELM ST,STE 2,BOSTON,MA,21184526,01/01/2020,6175550100\n"
        "1234567890,HOPE CLINIC,9 OAK ST,,HYANNIS,MA,02601,01/01/2020,6175550100\n"
    )
    file = RawFile("otp.csv", text.encode())
    assert opioid_treatment_programs.recognises(file)
    intake, report = read(opioid_treatment_programs.SOURCE, file)
    assert report.problems == []
    assert [(facility.town, facility.latitude) for facility in intake.facilities] == [
        (BOSTON, None),
        (BARNSTABLE, None),
    ]
    assert intake.facilities[0].address == "1 ELM ST, STE 2, BOSTON, MA 02118-4526"
    assert any("no coordinates" in note for note in intake.notes)


def test_a_changed_header_is_not_recognised() -> None:
    assert not opioid_treatment_programs.recognises(RawFile("x.csv", b"ID,ADDRESS,CITY,STATE,ZIPCODE\n1,2,3,4,5\n"))
