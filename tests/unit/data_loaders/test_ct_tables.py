"""Connecticut's tables by town: the real files, and small bad ones."""

from datetime import date

import pytest

from dashboard import gazetteer
from dashboard.domain import Level
from data_loaders.contract import Context, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import (
    ct_acs_profile,
    ct_addiction_admissions_monthly,
    ct_naloxone_pharmacies,
    ct_population,
    ct_treatment_admissions,
)

ANDOVER, HARTFORD, STATE = "0901301080", "0900337000", "09"
LONG = "Town,FIPS,Year,Measure Type,Variable,Value\n"
ADMISSIONS = "Town,FIPS,Year,Admission Type,Measure Type,Variable,Value\n"
MONTHS = "FiscalYear,MonthYear,Town,AdmMonth,FYMonthOrder,AdmYear,MonthTotal\n"
PHARMACIES = "town.of.residence,town_type,admissions,pop,overdose.deaths,pharm\n"
PROFILE = "topic,level,name,year,group,estimate,moe,share,sharemoe\n"


@pytest.fixture(scope="module")
def connecticut():
    return Context(PlaceIndex(*gazetteer.towns("CT")), date(2026, 11, 21))


def take_in(source, file, context):
    report = Report(file.name)
    return source.read(file, context, report), report


def real(module, path, context):
    intake, report = take_in(module, RawFile.open(path), context)
    assert report.problems == []
    return intake


def small(module, text, context):
    return take_in(module, RawFile("small.csv", text.encode()), context)


def cell(intake, measure, geoid, start, stratum=""):
    """The one (value, state, end) of a cell."""
    rows = intake.observations
    asked = (measure, geoid, start, stratum)
    found = [
        (rows.value[at], str(rows.state[at]), rows.end[at])
        for at in range(len(rows))
        if (rows.measure[at], rows.geoid[at], rows.start[at], rows.stratum[at]) == asked
    ]
    assert len(found) == 1
    return found[0]


def test_population_is_of_towns_and_the_state_by_year(shared, connecticut):
    intake = real(ct_population, shared / "ct" / "population_by_town_1996_2020.csv", connecticut)
    assert intake.rows_accepted == 170 * 25
    assert cell(intake, "population", ANDOVER, date(1996, 1, 1)) == (2782, "value", date(1997, 1, 1))
    assert cell(intake, "population", STATE, date(2018, 1, 1))[0] == 3572665
    assert {each.level for each in intake.coverage} == {Level.TOWN, Level.STATE}
    assert intake.as_of == date(2020, 12, 31)


def test_population_and_admissions_are_told_apart(shared):
    population = RawFile.open(shared / "ct" / "population_by_town_1996_2020.csv")
    admissions = RawFile.open(shared / "ct" / "dmhas_admissions_fy2010_2020.csv")
    assert ct_population.SOURCE.recognises(population)
    assert not ct_population.SOURCE.recognises(admissions)
    assert not set(ct_treatment_admissions.SOURCE.columns) <= set(population.header)


def test_admissions_are_of_a_fiscal_year_and_minus_9999_is_suppressed(shared, connecticut):
    intake = real(ct_treatment_admissions, shared / "ct" / "dmhas_admissions_fy2010_2020.csv", connecticut)
    substance, first = "admissions_substance_fiscal", date(2009, 7, 1)
    assert cell(intake, substance, ANDOVER, first) == (22, "value", date(2010, 7, 1))
    assert cell(intake, "admissions_mental_health", ANDOVER, first)[0] == 17
    assert cell(intake, substance, STATE, first)[:2] == (None, "suppressed")
    assert cell(intake, substance, STATE, date(2017, 7, 1))[0] == 50554
    assert intake.rows_accepted == 170 * 11 * 2
    assert any("FY2020 has 51%" in note for note in intake.notes)


def test_monthly_admissions_cover_102_towns_and_the_rest_is_not_zero(shared, connecticut):
    name = "dmhas_addiction_admissions_monthly_fy2014_2016.csv"
    intake = real(ct_addiction_admissions_monthly, shared / "ct" / name, connecticut)
    assert len(set(intake.observations.geoid)) == 102
    assert {each.absence for each in intake.coverage} == {"not_reported"}
    july = cell(intake, "admissions_addiction_monthly", "0900901220", date(2013, 7, 1))
    assert july == (42, "value", date(2013, 8, 1))
    assert (intake.rows_accepted, intake.rows_refused) == (3420 - 36, 36)
    assert (intake.coverage[0].start, intake.coverage[0].end) == (date(2013, 7, 1), date(2016, 7, 1))


def test_no_listed_pharmacy_is_zero(shared, connecticut):
    intake = real(ct_naloxone_pharmacies, shared / "ct" / "naloxone_pharmacies_by_town_2016.csv", connecticut)
    values = intake.observations.value
    assert (len(values), values.count(0.0), sum(values)) == (169, 53, 363)
    assert cell(intake, "naloxone_pharmacies", ANDOVER, date(2016, 1, 1))[:2] == (0, "value")
    assert cell(intake, "naloxone_pharmacies", "0900901220", date(2016, 1, 1))[0] == 4


def test_the_profile_gives_residents_by_group_for_towns_and_the_state(shared, connecticut):
    intake = real(ct_acs_profile, shared / "ct" / "acs_town_profile_2023.csv", connecticut)
    year = date(2023, 1, 1)
    assert cell(intake, "population", STATE, year) == (3598348, "value", date(2024, 1, 1))
    assert cell(intake, "population", ANDOVER, year, "age=65+")[0] == 651
    races = [f"race={name}" for name in ("white", "black", "hispanic", "asian_or_other")]
    assert sum(cell(intake, "population", STATE, year, race)[0] for race in races) == 3598348
    assert cell(intake, "households_with_vehicle", STATE, year)[0] == 1298057
    assert cell(intake, "households", ANDOVER, year)[0] == 1173
    assert len(set(intake.observations.geoid)) == 170


def test_codes_that_lost_their_zero_are_found(connecticut):
    text = LONG + "Andover,901301080,2018,Number,Estimated Population,3254\nConnecticut,9,2018,Number,"
    intake, report = small(ct_population, text + "Estimated Population,3572665\n", connecticut)
    assert report.problems == []
    assert intake.observations.geoid == [ANDOVER, STATE]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Andover,0999999999,2018,Number,Estimated Population,3254", "FIPS"),
        ("Hartford,0901301080,2018,Number,Estimated Population,3254", "Town"),
        ("Andover,0901301080,18,Number,Estimated Population,3254", "Year"),
        ("Andover,0901301080,2018,Number,Estimated Population,-3", "Value"),
        ("Andover,0901301080,2018,Number,Estimated Population,3254.5", "Value"),
    ],
)
def test_a_bad_row_of_the_population_is_a_problem_on_its_line(connecticut, row, column):
    good = "Ansonia,0900901220,2018,Number,Estimated Population,18721\n"
    _, report = small(ct_population, LONG + good + row + "\n", connecticut)
    assert [(problem.row, problem.column) for problem in report.problems] == [(3, column)]


def test_a_repeated_row_is_a_problem(connecticut):
    row = "Andover,0901301080,2018,Substance Abuse,Number,DMHAS Admissions,17\n"
    _, report = small(ct_treatment_admissions, ADMISSIONS + row + row, connecticut)
    assert [problem.row for problem in report.problems] == [3]


def test_a_new_admission_type_is_a_problem(connecticut):
    row = "Andover,0901301080,2018,Gambling,Number,DMHAS Admissions,17\n"
    _, report = small(ct_treatment_admissions, ADMISSIONS + row, connecticut)
    assert report.problems[0].column == "Admission Type"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2014,July-13,Ansonnia,7,1,2013,42", "Town"),
        ("2014,Smarch-13,Ansonia,7,1,2013,42", "MonthYear"),
        ("2014,July-13,Ansonia,8,1,2013,42", "MonthYear"),
        ("2014,July-13,Ansonia,7,1,2013,4.2", "MonthTotal"),
    ],
)
def test_a_bad_month_is_a_problem_on_its_line(connecticut, row, column):
    _, report = small(ct_addiction_admissions_monthly, MONTHS + row + "\n", connecticut)
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, column)]


def test_hidden_pharmacies_are_not_zero(connecticut):
    intake, report = small(ct_naloxone_pharmacies, PHARMACIES + "Andover,Mixed,48,3095,2,<5\n", connecticut)
    assert report.problems == []
    assert [str(state) for state in intake.observations.state] == ["suppressed"]


def test_a_profile_without_towns_is_a_problem(connecticut):
    text = PROFILE + "total_pop,1_us,United States,2023,total_pop,332387540,0,NA,NA\n"
    _, report = small(ct_acs_profile, text, connecticut)
    assert len(report.problems) == 1


@pytest.mark.parametrize("module", [ct_population, ct_treatment_admissions, ct_naloxone_pharmacies, ct_acs_profile])
def test_a_missing_column_is_a_problem(connecticut, module):
    _, report = small(module, "Town,Something\nAndover,1\n", connecticut)
    assert {"A column is missing."} == {problem.rule for problem in report.problems if problem.column}
