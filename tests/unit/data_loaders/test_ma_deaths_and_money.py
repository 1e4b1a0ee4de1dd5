"""Massachusetts: deaths by town of residence and of death, and settlement money."""

import csv
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import Basis, Jurisdiction, Level
from dashboard.intake import Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import ma_census_towns, ma_opioid_deaths, ma_settlement_funds

TODAY = date(2026, 11, 1)
TOWNS = {"Athol": "2502702480", "Boston": "2502507000", "Quincy": "2502155745"}
FEW = PlaceIndex([Jurisdiction(geoid, name, Level.TOWN, "25") for name, geoid in TOWNS.items()])
STATE_LAYOUT = """\
"Opioid-Related Overdose Deaths, All Intents, by City/Town",,
City/Town of Residence,2022,2023
Athol,1,0
Boston,"1,200",*
Total,1204,2
Unknown,3,2

City/Town of Death,2022,2023
Athol,0,1
Boston,1199,7
Quincy,2,NA
Out Of Massachusetts,4,1
Total,1205,9
† Counts of 2023 are preliminary,,
"""


def read(source: Source, file: RawFile, places: PlaceIndex) -> tuple[Intake, Report]:
    report = Report(file.name)
    return source.read(file, Context(places, TODAY), report), report


def read_text(source: Source, text: str) -> tuple[Intake, Report]:
    return read(source, RawFile("small.csv", text.encode()), FEW)


@pytest.fixture(scope="module")
def places(shared: Path) -> PlaceIndex:
    intake, _ = read(ma_census_towns.SOURCE, RawFile.open(shared / "ma/towns_census2020.csv"), PlaceIndex([]))
    return PlaceIndex(intake.places, intake.aliases)


def cells(intake: Intake, geoid: str, year: int, basis: Basis = Basis.NONE) -> list[tuple[float | None, str]]:
    rows = intake.observations
    return [
        (rows.value[at], rows.state[at])
        for at in range(len(rows))
        if (rows.geoid[at], rows.start[at].year, rows.basis[at]) == (geoid, year, basis)
    ]


FILES = [
    ("residence", "opioid_deaths_by_residence_2014_2018.csv", 181),
    ("occurrence", "opioid_deaths_by_place_of_death_2014_2018.csv", 245),
]


@pytest.mark.parametrize(("basis", "name", "boston"), FILES)
def test_boston_2018_and_the_yearly_sums_of_all_towns(
    shared: Path, places: PlaceIndex, basis: str, name: str, boston: int
) -> None:
    intake, report = read(ma_opioid_deaths.SOURCE, RawFile.open(shared / "ma" / name), places)
    with (shared / "ma" / name).open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = intake.observations
    assert report.problems == []
    assert cells(intake, TOWNS["Boston"], 2018, Basis(basis)) == [(boston, "value")]
    assert set(found.basis) == {basis}
    for year in range(2014, 2019):
        read_ = [value for value, start in zip(found.value, found.start, strict=True) if start.year == year]
        assert (len(read_), sum(value or 0 for value in read_)) == (351, sum(int(row[str(year)]) for row in rows))


def test_a_load_speaks_for_the_towns_of_the_state_in_the_years_of_its_header(shared: Path, places: PlaceIndex) -> None:
    intake, _ = read(ma_opioid_deaths.SOURCE, RawFile.open(shared / "ma" / FILES[0][1]), places)
    assert [(part.start.year, part.end.year, part.level, part.scope, part.absence) for part in intake.coverage] == [
        (year, year + 1, Level.TOWN, "25", "not_reported") for year in range(2014, 2019)
    ]
    assert intake.as_of == date(2018, 12, 31)


def test_the_states_own_layout_holds_both_questions_in_one_file() -> None:
    assert ma_opioid_deaths.recognises(RawFile("x.csv", STATE_LAYOUT.encode()))
    intake, report = read_text(ma_opioid_deaths.SOURCE, STATE_LAYOUT)
    assert report.problems == []
    assert cells(intake, TOWNS["Boston"], 2022, Basis.RESIDENCE) == [(1200, "value")]
    assert cells(intake, TOWNS["Boston"], 2023, Basis.OCCURRENCE) == [(7, "value")]


def test_zero_hidden_and_not_reported_stay_three_things() -> None:
    intake, _ = read_text(ma_opioid_deaths.SOURCE, STATE_LAYOUT)
    assert cells(intake, TOWNS["Athol"], 2023, Basis.RESIDENCE) == [(0, "value")]
    assert cells(intake, TOWNS["Boston"], 2023, Basis.RESIDENCE) == [(None, "suppressed")]
    assert cells(intake, TOWNS["Quincy"], 2023, Basis.OCCURRENCE) == [(None, "not_reported")]
    assert cells(intake, TOWNS["Quincy"], 2023, Basis.RESIDENCE) == []


def test_the_state_counts_the_unknown_and_leaves_out_what_happened_elsewhere() -> None:
    intake, _ = read_text(ma_opioid_deaths.SOURCE, STATE_LAYOUT)
    assert cells(intake, "25", 2022, Basis.RESIDENCE) == [(1204, "value")]
    assert cells(intake, "25", 2022, Basis.OCCURRENCE) == [(1201, "value")]
    assert any("4 deaths by occurrence outside Massachusetts" in note for note in intake.notes)


def test_without_total_or_unknown_there_is_no_state_row(shared: Path, places: PlaceIndex) -> None:
    intake, _ = read(ma_opioid_deaths.SOURCE, RawFile.open(shared / "ma" / FILES[0][1]), places)
    assert "25" not in intake.observations.geoid


def test_a_total_that_is_a_little_off_is_told_and_a_wild_one_is_refused() -> None:
    table = "City/Town of Residence,2022\nBoston,100\nAthol,10\nTotal,{}\n"
    near, near_report = read_text(ma_opioid_deaths.SOURCE, table.format(112))
    _, far_report = read_text(ma_opioid_deaths.SOURCE, table.format(300))
    assert near_report.problems == []
    assert any("Total is 112" in note for note in near.notes)
    assert [(problem.column, problem.value) for problem in far_report.problems] == [("2022", "300")]


def test_every_bad_cell_is_listed_with_row_column_value_and_what_to_do() -> None:
    text = "city_resid,2022,2030\nAthool,1,1\nBoston,1.5,-2\nQuincy,1\nBoston,3,4\n"
    _, report = read_text(ma_opioid_deaths.SOURCE, text)
    faults = [(problem.row, problem.column, problem.value) for problem in report.problems]
    assert faults == [
        (1, "2030", "2030"),
        (2, "city_resid", "Athool"),
        (3, "2022", "1.5"),
        (3, "2030", "-2"),
        (4, "", "Quincy,1"),
    ]
    assert "Athol" in report.problems[1].fix
    assert all(problem.rule and problem.fix for problem in report.problems)


def test_a_town_that_stands_twice_is_a_problem() -> None:
    _, report = read_text(ma_opioid_deaths.SOURCE, "city_death,2022\nBoston,3\nBOSTON,4\n")
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [(3, "2022", "4")]


def test_a_year_that_stands_twice_is_one_problem_and_not_one_a_town() -> None:
    _, report = read_text(ma_opioid_deaths.SOURCE, "city_resid,2021,2021\nBoston,3,4\nAthol,1,2\n")
    assert [(problem.row, problem.column) for problem in report.problems] == [(1, "2021")]


def test_an_open_quotation_mark_is_named_by_the_line_on_which_it_opens() -> None:
    _, report = read_text(ma_opioid_deaths.SOURCE, 'city_resid,2021\nAthol,3\n"Boston,4\nQuincy,5\n')
    assert [problem.row for problem in report.problems] == [3]


def test_another_table_is_not_taken_for_deaths() -> None:
    assert not ma_opioid_deaths.recognises(RawFile("x.csv", b"Town,2022\nBoston,3\n"))
    assert not ma_opioid_deaths.recognises(RawFile("x.csv", b"city_resid,name\nBoston,3\n"))


MONEY = "Municipality,Reporting Status,Funds Received,Funds Expended,Percentage Expended\n"


def test_settlement_dollars_equal_the_sums_of_the_file(shared: Path, places: PlaceIndex) -> None:
    path = shared / "ma/settlement_municipal_fy23.csv"
    intake, report = read(ma_settlement_funds.SOURCE, RawFile.open(path), places)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert report.problems == []
    for column, measure in (("Funds Received", "settlement_received"), ("Funds Expended", "settlement_spent")):
        wanted = [float(row[column].replace("$", "").replace(",", "")) for row in rows if row[column].startswith("$")]
        assert sum(values_of(intake, measure)) == sum(wanted)
    assert sum(values_of(intake, "settlement_received")) == 42_057_918
    assert intake.observations.state.count("not_reported") == 84 + 11
    assert any(note.startswith("12 towns are not in the file") for note in intake.notes)


def values_of(intake: Intake, measure: str) -> list[float]:
    rows = intake.observations
    return [value for id_, value in zip(rows.measure, rows.value, strict=True) if id_ == measure and value is not None]


def test_the_fiscal_year_runs_from_july_to_june(shared: Path, places: PlaceIndex) -> None:
    intake, _ = read(ma_settlement_funds.SOURCE, RawFile.open(shared / "ma/settlement_municipal_fy23.csv"), places)
    assert set(zip(intake.observations.start, intake.observations.end, strict=True)) == {
        (date(2022, 7, 1), date(2023, 7, 1))
    }


def test_no_funding_is_zero_received_and_no_report_is_no_zero() -> None:
    text = MONEY + "Athol,Did not receive funding,,,\nBoston,Not required/Did not submit,$5.50,Data not available,\n"
    intake, report = read_text(ma_settlement_funds.SOURCE, text)
    assert report.problems == []
    assert cells(intake, TOWNS["Athol"], 2022) == [(0, "value"), (None, "not_reported")]
    assert cells(intake, TOWNS["Boston"], 2022) == [(5.5, "value"), (None, "not_reported")]


def test_bad_money_is_listed_and_nothing_is_guessed() -> None:
    text = MONEY + "Athol,Did not receive funding,$7.00,,\nBoston,Required/Submitted,about 5,-$3.00,\nQuincey,,$1,$1,\n"
    _, report = read_text(ma_settlement_funds.SOURCE, text)
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "Funds Received", "$7.00"),
        (3, "Funds Received", "about 5"),
        (3, "Funds Expended", "-$3.00"),
        (4, "Municipality", "Quincey"),
    ]
    assert "Quincy" in report.problems[3].fix


def test_the_year_in_the_name_decides_the_fiscal_year() -> None:
    text = (MONEY + "Athol,Required/Submitted,$1,$1,100%\n").encode()
    intake, _ = read(ma_settlement_funds.SOURCE, RawFile("settlement_FY2025.csv", text), FEW)
    assert intake.observations.start == [date(2024, 7, 1)] * 2
