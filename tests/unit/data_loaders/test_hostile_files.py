"""Bad input: one report with every problem, nothing written, nothing lost."""

import codecs
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from dashboard.store import schema
from dashboard.store.engine import connect
from data_loaders.contract import Problem
from data_loaders.load import Outcome, Status, load_files
from data_loaders.report import render, rows

NOW = datetime(2026, 11, 21, 12)
MAPPING = """
[source]
id = "sheet"
title = "A partner's sheet"
publisher = "A partner"
licence = "by agreement"
[place]
column = "Town"
state = "MA"
[period]
column = "Date"
[values]
measure = "opioid_deaths"
column = "Deaths"
[rules]
basis = "residence"
"""
CODES = MAPPING.replace('column = "Town"', 'code_column = "Town"')
HEADER = "Town,Date,Deaths\n"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return connect(f"sqlite:///{tmp_path / 'store.db'}")


def load(store: Engine, folder: Path, content: str | bytes, mapping: str | None = MAPPING) -> Outcome:
    path = folder / "sheet.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "sheet.mapping.toml").unlink(missing_ok=True)
    if mapping:
        (folder / "sheet.mapping.toml").write_text(mapping)
    (outcome,) = load_files(store, [path], now=NOW)
    return outcome


def written(store: Engine) -> int:
    with store.connect() as connection:
        tables = (schema.load, schema.place, schema.observation)
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def refused(store: Engine, folder: Path, content: str | bytes, mapping: str | None = MAPPING) -> tuple[Problem, ...]:
    """The problems of a file that must be refused with nothing written."""
    outcome = load(store, folder, content, mapping)
    assert outcome.status == Status.REFUSED
    assert written(store) == 0
    assert all(problem.file == "sheet.csv" and problem.rule and problem.fix for problem in outcome.problems)
    return outcome.problems


def stated(store: Engine) -> list[tuple[str, float | None, int]]:
    """What the store holds of the sheet: place name, value, status (0 value, 1 suppressed, 2 not reported)."""
    observation, series, place = schema.observation, schema.series, schema.place
    query = (
        select(place.c.name, observation.c.value, observation.c.status)
        .join(series, series.c.id == observation.c.series_id)
        .join(place, place.c.id == observation.c.place_id)
        .where(series.c.source == "sheet")
        .order_by(place.c.name)
    )
    with store.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]  # type: ignore[misc]


@pytest.mark.parametrize("mapping", [MAPPING, None], ids=["mapped", "to be recognised"])
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "web page"),
        (b"Town,Date,Deaths\nAthol,2024,\x003\n", "NUL"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "NUL"),
    ],
    ids=["empty", "blank", "only a mark", "web page", "nul", "picture"],
)
def test_what_is_no_table_is_refused(
    store: Engine, tmp_path: Path, content: bytes, rule: str, mapping: str | None
) -> None:
    (problem,) = refused(store, tmp_path, content, mapping)
    assert rule in problem.rule


def test_a_file_of_nobody_is_refused_with_the_nearest_sources(store: Engine, tmp_path: Path) -> None:
    (problem,) = refused(store, tmp_path, "Town,FIPS,Year,Colour\nAthol,1,2018,red\n", None)
    assert problem.row == 1
    assert "misses" in problem.fix


def test_a_file_that_is_not_there_is_refused(store: Engine, tmp_path: Path) -> None:
    outcomes = load_files(store, [tmp_path / "none.csv", tmp_path], now=NOW)
    assert [outcome.status for outcome in outcomes] == [Status.REFUSED, Status.REFUSED]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_a_good_file_loads(store: Engine, tmp_path: Path, encoding: str) -> None:
    outcome = load(store, tmp_path, (HEADER + "Goshén,2024,1\n").encode(encoding))
    assert outcome.status == Status.LOADED
    assert stated(store) == [("Goshen", 1, 0)]


def test_every_ragged_row_is_in_the_report(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "Athol,2024\nGill,2024,1\nOrange,2024,1,204\n")
    assert [problem.row for problem in problems] == [2, 4]


def test_missing_columns_are_all_in_the_report(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, "Place,When,Deaths\nAthol,2024,1\n")
    assert [problem.column for problem in problems] == ["Town", "Date"]


def test_a_column_that_stands_twice_is_in_the_report_with_the_bad_cells(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, "Town,Date,Deaths,Deaths\nAthol,2024,-1,1\n")
    assert [(problem.row, problem.column) for problem in problems] == [(1, "Deaths"), (2, "Deaths")]


def test_suppressed_not_reported_and_zero_stay_three_things(store: Engine, tmp_path: Path) -> None:
    cells = ["<5", "*", "(1-4)", "†", "-9999", "", "NA", "0", '"1,204"']
    towns = ["Athol", "Barre", "Colrain", "Deerfield", "Erving", "Florida", "Gill", "Hawley", "Leominster"]
    lines = "".join(f"{town},2024,{cell}\n" for town, cell in zip(towns, cells, strict=True))
    assert load(store, tmp_path, HEADER + lines).status == Status.LOADED
    assert stated(store) == [
        ("Athol", None, 1), ("Barre", None, 1), ("Colrain", None, 1), ("Deerfield", None, 1), ("Erving", None, 1),
        ("Florida", None, 2), ("Gill", None, 2), ("Hawley", 0, 0), ("Leominster", 1204, 0),
    ]  # fmt: skip


def test_fractions_negatives_and_words_in_counts_are_all_in_the_report(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "Athol,2024,2.5\nBarre,2024,-3\nColrain,2024,many\nErving,2024,12±\n")
    assert [(problem.row, problem.column, problem.value) for problem in problems] == [
        (2, "Deaths", "2.5"), (3, "Deaths", "-3"), (4, "Deaths", "many"), (5, "Deaths", "12±"),
    ]  # fmt: skip


def test_unknown_towns_are_all_in_the_report_with_suggestions(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "Springfeild,2024,1\nAthol,2024,1\n,2024,1\n")
    assert [problem.row for problem in problems] == [2, 4]
    assert "Springfield" in problems[0].fix


def test_codes_without_their_leading_zero_are_restored(store: Engine, tmp_path: Path) -> None:
    mapping = CODES.replace('state = "MA"', 'state = "CT"')
    outcome = load(store, tmp_path, HEADER + "901301080,2024,1\n911002060,2024,2\n", mapping)
    assert outcome.status == Status.LOADED
    assert stated(store) == [("Andover", 1, 0), ("Avon", 2, 0)]


def test_an_unknown_code_is_in_the_report(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "2599999999,2024,1\n25001,2024,1\n", CODES)
    assert [problem.value for problem in problems] == ["2599999999", "25001"]


def test_dates_in_two_orders_are_refused(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "Athol,31/12/2024,1\nBarre,12/30/2024,1\n")
    assert {problem.row for problem in problems if "two orders" in problem.rule} == {2, 3}


def test_a_count_above_the_population_is_refused(store: Engine, tmp_path: Path) -> None:
    # Gosnold had 70 residents in 2020, Monroe 118.
    problems = refused(store, tmp_path, HEADER + "Gosnold,2020,71\nMonroe,2020,118\nMonroe,2021,119\n")
    assert [(problem.row, problem.column, problem.value) for problem in problems] == [
        (2, "Deaths", "71"), (4, "Deaths", "119"),
    ]  # fmt: skip
    assert problems[0].rule == "The count is above the 70 residents of Gosnold in 2020."


def test_a_large_count_is_repeated_as_it_was_written(store: Engine, tmp_path: Path) -> None:
    (problem,) = refused(store, tmp_path, HEADER + "Gosnold,2020,9999999\n")
    assert problem.value == "9999999"


def test_future_periods_are_refused(store: Engine, tmp_path: Path) -> None:
    problems = refused(store, tmp_path, HEADER + "Athol,2027,1\nBarre,2025,1\nGill,2028-01,1\nErving,2026-11,1\n")
    assert [(problem.row, "future" in problem.rule) for problem in problems] == [(2, True), (4, True)]
    assert [problem.value for problem in problems] == ["2027", "2028-01"]


def test_a_row_that_stands_twice_is_refused_with_the_first(store: Engine, tmp_path: Path) -> None:
    (problem,) = refused(store, tmp_path, HEADER + "Athol,2024,1\nBarre,2024,1\nATHOL,2024,2\n")
    assert problem.row == 4
    assert "first on row 2" in problem.rule


def test_faults_of_every_kind_come_in_one_report(store: Engine, tmp_path: Path) -> None:
    lines = "Athens,2024,1\nBarre,soon,1\nColrain,2024,-1\nDeerfield,2024\nErving,2030,1\nGosnold,2024,99\n"
    problems = refused(store, tmp_path, HEADER + lines)
    assert [problem.row for problem in problems] == [2, 3, 4, 5, 6, 7]


def test_a_thirteenth_month_is_called_no_month(store: Engine, tmp_path: Path) -> None:
    (problem,) = refused(store, tmp_path, HEADER + "Athol,2019-13,1\n")
    assert "names no month" in problem.rule


def test_a_town_called_na_loads(store: Engine, tmp_path: Path) -> None:
    # A place named by an earlier file: load it through the store's own tables, as a boundary file would.
    with store.begin() as connection:
        connection.execute(
            schema.place.insert().values(
                geoid="2500100001", name="NA", level="town", state="25", county="25001", latitude=None, longitude=None
            )
        )
    assert load(store, tmp_path, HEADER + "NA,2024,1\n").status == Status.LOADED
    assert stated(store) == [("NA", 1, 0)]


def test_the_same_file_again_is_no_change_and_no_error(store: Engine, tmp_path: Path) -> None:
    load(store, tmp_path, HEADER + "Athol,2024,1\n")
    before = written(store)
    again = load(store, tmp_path, HEADER + "Athol,2024,1\n")
    assert (again.status, again.problems, written(store)) == (Status.NO_CHANGE, (), before)


def test_a_dry_run_reports_and_writes_nothing(store: Engine, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(HEADER + "Athol,2024,1\n")
    path.with_name("sheet.mapping.toml").write_text(MAPPING)
    (outcome,) = load_files(store, [path], dry_run=True, now=NOW)
    assert (outcome.status, outcome.rows_accepted, written(store)) == (Status.WOULD_LOAD, 1, 0)


def test_a_bad_file_does_not_stop_a_good_one(store: Engine, tmp_path: Path) -> None:
    for name, line in (("a", "Athens,2024,1\n"), ("b", "Athol,2024,1\n")):
        (tmp_path / f"{name}.csv").write_text(HEADER + line)
        (tmp_path / f"{name}.mapping.toml").write_text(MAPPING)
    outcomes = load_files(store, [tmp_path / "a.csv", tmp_path / "b.csv"], now=NOW)
    assert [outcome.status for outcome in outcomes] == [Status.REFUSED, Status.LOADED]


def test_real_data_never_join_a_demonstration(store: Engine, tmp_path: Path) -> None:
    with store.begin() as connection:
        connection.execute(schema.setting.insert().values(coalition_id="", key="demonstration", value="1"))
    outcome = load(store, tmp_path, HEADER + "Athol,2024,1\n")
    assert outcome.status == Status.REFUSED
    assert any("demonstration" in problem.rule for problem in outcome.problems)


def test_the_report_prints_every_problem_and_cannot_steer_the_terminal(store: Engine, tmp_path: Path) -> None:
    from io import StringIO

    from rich.console import Console

    outcome = load(store, tmp_path, HEADER + "[red]\x1b[2J,2024,1\nBarre,2024,-1\n")
    printed = StringIO()
    Console(file=printed, width=200).print(render([outcome]))
    assert "\x1b" not in printed.getvalue()
    assert "[red]" in printed.getvalue()
    assert "nothing written, 2 problems" in printed.getvalue()
    plain = rows([outcome])
    assert [row["row"] for row in plain] == ["2", "3"]
    assert set(plain[0]) == {"file", "sheet", "row", "column", "value", "rule", "fix"}
