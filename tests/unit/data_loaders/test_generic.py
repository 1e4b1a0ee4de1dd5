"""A long or a wide table of anybody, described by a mapping file."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dashboard import gazetteer
from dashboard.domain import Level, State
from dashboard.intake import Coverage, Intake
from dashboard.store import schema
from dashboard.store.engine import connect
from data_loaders import mapping as mappings
from data_loaders.contract import Context, Report
from data_loaders.load import Status, load_files
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.sources import generic

NOW = datetime(2026, 11, 21, 12)
SOURCE = """
[source]
id = "river_valley"
title = "River Valley Outreach, monthly sheet"
publisher = "River Valley Outreach"
licence = "by agreement"
"""
LONG = (
    SOURCE
    + """
[place]
column = "Town"
state = "MA"
skip = ["Total"]
[period]
column = "Month"
[values]
measure = "opioid_deaths"
column = "Deaths"
suppressed = ["few"]
not_reported = ["-"]
zero = ["none"]
[partner]
column = "Partner"
names = { "River Valley" = "river_valley", "Harbor House" = "harbor_house" }
[strata]
sex = "Sex"
age = "Age"
[rules]
basis = "residence"
absence = "zero"
as_of = 2026-01-31
"""
)
WIDE = (
    SOURCE
    + """
[place]
code_column = "GEOID"
[period]
columns = "all"
[values]
measure = "opioid_deaths"
"""
)


def read(mapping: str, text: str) -> tuple[Intake, Report]:
    report = Report("file.csv")
    table = mappings.parse(mapping, "file.mapping.toml", report)
    assert table is not None, report.problems
    context = Context(PlaceIndex(*gazetteer.towns("MA")), NOW.date())
    return generic.source_of(table).read(RawFile("file.csv", text.encode()), context, report), report


def shown(intake: Intake) -> list[tuple[object, ...]]:
    rows = intake.observations
    return list(zip(rows.geoid, rows.start, rows.value, rows.state, rows.stratum, rows.partner, strict=True))


def test_a_long_table_becomes_observations() -> None:
    intake, report = read(
        LONG,
        "Town,Month,Deaths,Partner,Sex,Age\n"
        "athol,2025-01,3,River Valley,Female,25-34\n"
        "GILL,January 2025,none,Harbor House,All,All\n"
        "Gill,2025-02,few,Harbor House,Male,All\n"
        "Gill,2025-03,-,Harbor House,Male,All\n"
        "Total,2025-03,9,Harbor House,Male,All\n",
    )
    athol, gill, january = "2502702480", "2501125730", date(2025, 1, 1)
    assert report.problems == []
    assert shown(intake) == [
        (athol, january, 3, State.VALUE, "age=25-34;sex=Female", "river_valley"),
        (gill, january, 0, State.VALUE, "", "harbor_house"),
        (gill, date(2025, 2, 1), None, State.SUPPRESSED, "sex=Male", "harbor_house"),
        (gill, date(2025, 3, 1), None, State.NOT_REPORTED, "sex=Male", "harbor_house"),
    ]
    assert (intake.rows_accepted, intake.rows_refused, intake.as_of) == (4, 1, date(2026, 1, 31))
    assert intake.coverage == [
        Coverage("opioid_deaths", january, date(2025, 4, 1), Level.TOWN, "residence", "harbor_house", "25", "zero"),
        Coverage("opioid_deaths", january, date(2025, 2, 1), Level.TOWN, "residence", "river_valley", "25", "zero"),
    ]


def test_a_wide_table_has_its_periods_across() -> None:
    intake, report = read(WIDE, "GEOID,Note,2024Q4,2025Q1\n2502702480,x,3,<5\n2501125730,,0,\n")
    assert report.problems == []
    assert [row[:4] for row in shown(intake)] == [
        ("2502702480", date(2024, 10, 1), 3, State.VALUE),
        ("2502702480", date(2025, 1, 1), None, State.SUPPRESSED),
        ("2501125730", date(2024, 10, 1), 0, State.VALUE),
        ("2501125730", date(2025, 1, 1), None, State.NOT_REPORTED),
    ]


def test_periods_apart_are_covered_apart() -> None:
    intake, _ = read(WIDE, "GEOID,2018,2019,2022\n2502702480,1,2,3\n")
    assert [(part.start.year, part.end.year) for part in intake.coverage] == [(2018, 2020), (2022, 2023)]


def test_several_measures_may_stand_in_one_row() -> None:
    mapping = SOURCE + (
        '[place]\ncolumn = "Town"\nstate = "25"\n[period]\nconstant = "FY2023"\n'
        '[values.columns]\n"Received" = "settlement_received"\n"Deaths" = "opioid_deaths"\n'
    )
    intake, report = read(mapping, 'Town,Deaths,Received\nAthol,2,"$34,623.50"\n')
    assert report.problems == []
    assert sorted(zip(intake.observations.measure, intake.observations.value, strict=True)) == [
        ("opioid_deaths", 2), ("settlement_received", 34623.5),
    ]  # fmt: skip


def test_every_bad_cell_of_a_row_is_reported() -> None:
    _, report = read(LONG, "Town,Month,Deaths,Partner,Sex,Age\nAthens,soon,2.5,Nobody,a=b,All\n")
    assert [(problem.row, problem.column, problem.value) for problem in report.problems] == [
        (2, "Town", "Athens"), (2, "Partner", "Nobody"), (2, "Age, Sex", "All, a=b"), (2, "Month", "soon"),
        (2, "Deaths", "2.5"),
    ]  # fmt: skip
    assert all(problem.rule and problem.fix and problem.file for problem in report.problems)


def test_dates_in_two_orders_are_reported_with_both_rows() -> None:
    rows = "athol,31/12/2024,1,River Valley,All,All\nathol,12/30/2024,1,River Valley,All,All\n"
    _, report = read(LONG, "Town,Month,Deaths,Partner,Sex,Age\n" + rows)
    mixed = [problem for problem in report.problems if "two orders" in problem.rule]
    assert [(problem.row, problem.column, problem.value) for problem in mixed] == [
        (2, "Month", "31/12/2024"), (3, "Month", "12/30/2024"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("[place]", "[plase]"), "unknown section [plase]"),
        (('column = "Town"', 'colunm = "Town"'), "unknown key 'colunm' in [place]"),
        (('id = "river_valley"\n', ""), "needs id"),
        (('id = "river_valley"', 'id = "ma_opioid_deaths"'), "of a source this program reads itself"),
        (('licence = "by agreement"\n', ""), "needs licence"),
        (('state = "MA"', 'state = "Atlantis"'), "no state 'Atlantis'"),
        (('measure = "opioid_deaths"', 'measure = "deaths"'), "no measure 'deaths'"),
        (('basis = "residence"', 'basis = "home"'), "basis 'home'"),
        (('absence = "zero"', 'absence = "nothing"'), "absence 'nothing'"),
        (("as_of = 2026-01-31", 'as_of = "today"'), "as_of"),
        (("[period]", "[period"), "not TOML"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_fault(change: tuple[str, str], fault: str) -> None:
    report = Report("file.csv")
    assert mappings.parse(LONG.replace(*change), "file.mapping.toml", report) is None
    assert any(fault in problem.rule for problem in report.problems), report.problems


def test_all_faults_of_a_mapping_are_told_at_once() -> None:
    report = Report("file.csv")
    mappings.parse(LONG.replace('"MA"', '"Atlantis"').replace('"residence"', '"home"'), "m.toml", report)
    assert len(report.problems) == 2


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return connect(f"sqlite:///{tmp_path / 'store.db'}")


def test_a_mapping_beside_the_file_loads_it_into_an_empty_store(tmp_path: Path, store: Engine) -> None:
    (tmp_path / "sheet.csv").write_text("Town,Month,Deaths,Partner,Sex,Age\nAthol,2025-01,3,River Valley,All,All\n")
    (tmp_path / "sheet.mapping.toml").write_text(LONG)
    (first,) = load_files(store, [tmp_path / "sheet.csv"], now=NOW)
    (again,) = load_files(store, [tmp_path / "sheet.csv"], now=NOW)
    assert (first.status, first.source, first.rows_accepted) == (Status.LOADED, "river_valley", 1)
    assert any("351 built-in towns of Massachusetts" in note for note in first.notes)
    assert again.status == Status.NO_CHANGE
    with store.connect() as connection:
        sources = connection.execute(select(schema.load.c.source).order_by(schema.load.c.id)).scalars().all()
    assert sources == ["gazetteer", "river_valley"]


def test_a_corrected_mapping_loads_the_same_file_anew(tmp_path: Path, store: Engine) -> None:
    (tmp_path / "sheet.csv").write_text("Town,Month,Deaths,Partner,Sex,Age\nAthol,2025-01,3,River Valley,All,All\n")
    for text in (LONG, LONG.replace('"residence"', '"occurrence"')):
        (tmp_path / "other.toml").write_text(text)
        (outcome,) = load_files(store, [tmp_path / "sheet.csv"], mapping=tmp_path / "other.toml", now=NOW)
        assert outcome.status == Status.LOADED


def test_a_generic_table_without_a_mapping_says_what_it_needs(tmp_path: Path, store: Engine) -> None:
    (tmp_path / "sheet.csv").write_text("Town,Deaths\nAthol,3\n")
    (outcome,) = load_files(store, [tmp_path / "sheet.csv"], source="generic_table", now=NOW)
    assert outcome.status == Status.REFUSED
    assert "mapping" in outcome.problems[0].rule
