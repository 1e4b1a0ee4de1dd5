"""CDC provisional overdose deaths by state and by county."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain import Basis, Level
from dashboard.intake import Intake
from data_loaders.contract import Context, Report, Source
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import cdc_vsrr_county, cdc_vsrr_state

TODAY = date(2026, 11, 1)
OVERDOSES = "Number of Drug Overdose Deaths"
STATE_HEADER = (
    "State,Year,Month,Period,Indicator,Data Value,Percent Complete,Percent Pending Investigation,State Name,"
    "Footnote,Footnote Symbol,Predicted Value\n"
)
COUNTY_HEADER = (
    "Data as of,Year,Month,ST_ABBREV,STATE_NAME,COUNTYNAME,FIPS,STATEFIPS,COUNTYFIPS,CODE2013,"
    "Provisional Drug Overdose Deaths,Footnote,Percentage Of Records Pending Investigation,"
    "HistoricalDataCompletenessNote,MonthEndingDate,Start Date,End Date\n"
)
YEAR_TO_SEPTEMBER = (date(2017, 10, 1), date(2018, 10, 1))


def read(source: Source, file: RawFile) -> tuple[Intake, Report]:
    report = Report(file.name)
    return source.read(file, Context(PlaceIndex([]), TODAY), report), report


def read_text(source: Source, text: str) -> tuple[Intake, Report]:
    return read(source, RawFile("small", text.encode()))


def state_row(state: str, count: str, month: str = "September", indicator: str = OVERDOSES, footnote: str = "") -> str:
    return f'{state},2018,{month},12 month-ending,"{indicator}","{count}",99.5+,0.1,,{footnote},,9\n'


@pytest.fixture(scope="module")
def states(shared: Path) -> Intake:
    intake, report = read(cdc_vsrr_state.SOURCE, RawFile.open(shared / "us/cdc_vsrr_state_2019.csv"))
    assert report.problems == []
    return intake


def counts(intake: Intake, measure: str, stratum: str = "", window: tuple[date, date] = YEAR_TO_SEPTEMBER) -> dict:
    rows = intake.observations
    return {
        rows.geoid[at]: rows.value[at]
        for at in range(len(rows))
        if (rows.measure[at], rows.stratum[at], (rows.start[at], rows.end[at])) == (measure, stratum, window)
    }


@pytest.mark.parametrize(
    ("measure", "nation"), [("drug_overdose_deaths_12m", 67_152), ("deaths_all_causes_12m", 2_850_437)]
)
def test_the_states_add_up_to_the_publishers_nation_in_one_window(states: Intake, measure: str, nation: int) -> None:
    found = counts(states, measure)
    assert len(found) == 51
    assert sum(found.values()) == nation


def test_new_york_state_includes_its_city(states: Intake) -> None:
    assert counts(states, "drug_overdose_deaths_12m")["36"] == 2_115 + 1_473
    assert counts(states, "drug_overdose_deaths_12m", "substance=heroin")["36"] == 623 + 637
    assert any("New York State is the sum" in note for note in states.notes)


def test_massachusetts_is_as_reported_and_not_as_predicted(states: Intake) -> None:
    assert counts(states, "drug_overdose_deaths_12m")["25"] == 2_257
    assert any("predicted counts were left out" in note for note in states.notes)


def test_every_count_is_a_provisional_window_of_twelve_months_by_occurrence(states: Intake) -> None:
    rows = states.observations
    assert all(rows.provisional)
    assert set(rows.basis) == {Basis.OCCURRENCE}
    assert {
        (end.year - start.year, end.month - start.month) for start, end in zip(rows.start, rows.end, strict=True)
    } == {(1, 0)}


def test_no_place_stands_for_the_nation_or_a_city(states: Intake) -> None:
    assert len(states.places) == 51
    assert {place.level for place in states.places} == {Level.STATE}
    assert {"11", "25", "36"} <= {place.geoid for place in states.places}
    assert "00" not in states.observations.geoid
    assert any("the United States" in note for note in states.notes)


def test_the_file_counts_every_row_it_has(shared: Path, states: Intake) -> None:
    with (shared / "us/cdc_vsrr_state_2019.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    used = [row for row in rows if row["State"] != "US" and not row["Indicator"].startswith("Percent")]
    assert states.rows_accepted == len(used)


def test_a_hidden_count_an_unreported_one_and_zero_are_three_things() -> None:
    text = STATE_HEADER + state_row("MA", "", footnote="Suppressed") + state_row("CT", "") + state_row("VT", "0")
    intake, report = read_text(cdc_vsrr_state.SOURCE, text)
    rows = intake.observations
    assert report.problems == []
    assert list(zip(rows.geoid, rows.value, rows.state, strict=True)) == [
        ("25", None, "suppressed"), ("09", None, "not_reported"), ("50", 0.0, "value")
    ]  # fmt: skip


def test_new_york_without_its_city_is_no_number() -> None:
    intake, _ = read_text(cdc_vsrr_state.SOURCE, STATE_HEADER + state_row("NY", "2,115"))
    assert (intake.observations.value, intake.observations.state) == ([None], ["not_reported"])


def test_bad_state_rows_are_listed_with_row_column_and_value() -> None:
    text = STATE_HEADER + "".join(
        (
            state_row("ZZ", "5"),
            state_row("MA", "5.5"),
            state_row("MA", "5", month="Smarch"),
            state_row("MA", "5", indicator="Number of Cats"),
            state_row("CT", "5").replace("12 month-ending", "1 month"),
            state_row("VT", "5").replace("2018", "2027"),
        )
    )
    _, report = read_text(cdc_vsrr_state.SOURCE, text)
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "State", "ZZ"),
        (3, "Data Value", "5.5"),
        (4, "Month", "2018 Smarch"),
        (5, "Indicator", "Number of Cats"),
        (6, "Period", "1 month"),
        (7, "Month", "2027 September"),
    ]


def test_a_repeated_state_month_and_indicator_is_a_problem() -> None:
    _, report = read_text(cdc_vsrr_state.SOURCE, STATE_HEADER + state_row("MA", "5") + state_row("MA", "6"))
    assert [problem.row for problem in report.problems] == [3]


def test_the_api_answer_for_one_county_reads_as_its_seventy_two_windows(shared: Path) -> None:
    path = shared / "us/cdc_vsrr_county_sample.json"
    file = RawFile.open(path)
    assert cdc_vsrr_county.recognises(file)
    intake, report = read(cdc_vsrr_county.SOURCE, file)
    wanted = sum(int(entry["provisional_drug_overdose"]) for entry in json.loads(path.read_text("utf-8")))
    rows = intake.observations
    assert report.problems == []
    assert (len(rows), sum(value or 0 for value in rows.value)) == (72, wanted)
    assert (rows.value[0], rows.start[0], rows.end[0]) == (352, date(2019, 2, 1), date(2020, 2, 1))
    assert (set(rows.geoid), set(rows.basis), all(rows.provisional)) == ({"48113"}, {Basis.RESIDENCE}, True)
    assert intake.as_of == date(2026, 7, 5)
    assert {(place.geoid, place.name) for place in intake.places} == {("48113", "Dallas County"), ("48", "Texas")}


def test_a_file_of_one_county_speaks_for_that_county_only(shared: Path) -> None:
    intake, _ = read(cdc_vsrr_county.SOURCE, RawFile.open(shared / "us/cdc_vsrr_county_sample.json"))
    assert [(part.scope, part.start, part.end) for part in intake.coverage] == [
        ("48113", date(2019, 2, 1), date(2026, 1, 1))
    ]


def entry(**fields: str) -> dict[str, str]:
    plain = {"data_as_of": "2026-07-05T00:00:00.000", "year": "2020", "month": "2", "state_name": "Alabama",
             "countyname": "Autauga", "fips": "1001"}  # fmt: skip
    return plain | fields


def test_a_missing_key_is_a_hidden_count_and_the_code_gets_its_zero_back() -> None:
    text = json.dumps([entry(), entry(month="3", provisional_drug_overdose="0")])
    intake, report = read_text(cdc_vsrr_county.SOURCE, text)
    rows = intake.observations
    assert report.problems == []
    assert list(zip(rows.geoid, rows.value, rows.state, strict=True)) == [
        ("01001", None, "suppressed"), ("01001", 0.0, "value")
    ]  # fmt: skip


def test_the_csv_says_the_same_as_the_api() -> None:
    row = "07/05/2026,2020,2,AL,Alabama,Autauga,{},01,1,3,{},{},0.1,,02/29/2020,01/31/2020,12/31/2025\n"
    rows_ = row.format("1001", "", "Suppressed") + row.format("01003", '"1,012"', "")
    text = COUNTY_HEADER + rows_ + row.format("01005", "", "Data not sent")
    assert cdc_vsrr_county.recognises(RawFile("x.csv", text.encode()))
    intake, report = read_text(cdc_vsrr_county.SOURCE, text)
    rows = intake.observations
    assert report.problems == []
    assert list(zip(rows.geoid, rows.value, rows.state, strict=True)) == [
        ("01001", None, "suppressed"), ("01003", 1012.0, "value"), ("01005", None, "not_reported")
    ]  # fmt: skip
    assert intake.as_of == date(2026, 7, 5)


def test_bad_county_records_are_listed_by_their_number() -> None:
    short = entry()
    del short["fips"]
    faulty = [entry(provisional_drug_overdose="-1"), entry(fips="99001"), short, entry(data_as_of="soon")]
    _, report = read_text(cdc_vsrr_county.SOURCE, json.dumps(faulty))
    assert [(problem.row, problem.column) for problem in report.problems] == [
        (1, "provisional_drug_overdose"), (2, "fips"), (3, "fips"), (4, "data_as_of")
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['[{"data_as_of": "2026', "[]", "{}", '["x"]'])
def test_broken_json_is_a_problem_and_no_traceback(text: str) -> None:
    intake, report = read_text(cdc_vsrr_county.SOURCE, text)
    assert report.problems
    assert len(intake.observations) == 0
