"""Sheets of a coalition's registers: good rows become entries, every fault is told by row and column."""

from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from dashboard import gazetteer
from dashboard.intake import Intake
from dashboard.registers import register, registers
from data_loaders.choose import choose
from data_loaders.contract import Context, Members, Report
from data_loaders.places import PlaceIndex
from data_loaders.rawfile import RawFile
from data_loaders.register_sheet import marks, read_sheet
from data_loaders.registry import recognise

TODAY = date(2026, 11, 22)
MONEY = "fund,step,amount,from,to,strategy,town,population,led_by,grant"
GOOD = 'settlement,spent,"$34,623.50",2025-07-01,2026-06-30,Naloxone,Athol,everyone,health,A-1'
MEMBERS = Members(
    coalitions={"ours": "Our coalition"}, partners={("ours", "ems"): "River EMS"}, sets={"area": "Our coalition"}
)


def load(kept: str, *rows: str, members: Members = MEMBERS) -> tuple[Intake, Report]:
    report = Report("sheet.csv")
    context = Context(PlaceIndex(*gazetteer.towns("MA")), TODAY, members=members)
    return read_sheet(register(kept), RawFile("sheet.csv", "\n".join(rows).encode()), context, report), report


def test_a_good_row_becomes_an_entry() -> None:
    intake, report = load("funding", MONEY, GOOD)
    assert report.problems == []
    (entry,) = intake.entries
    assert (entry.coalition, entry.text("fund"), entry.values["amount"]) == ("ours", "settlement", 34623.5)
    assert entry.text("town").startswith("25027")  # Athol lies in Worcester County


def test_all_means_the_whole_area_of_the_coalition() -> None:
    intake, report = load("strategies", "strategy,town,status", "Naloxone,all,running")
    assert report.problems == []
    assert intake.entries[0].text("town") == "area"


def test_every_fault_of_every_row_is_told_with_row_and_column() -> None:
    _, report = load("strategies", "strategy,town,status,lead", "Naloxone,Nowhere,begun,nobody", ",Athol,running,ems")
    told = [(problem.row, problem.column) for problem in report.problems]
    assert told == [(2, "town"), (2, "status"), (2, "lead"), (3, "strategy")]


def test_the_same_entry_twice_is_a_fault_of_the_second() -> None:
    _, report = load("strategies", "strategy,town,status", "Naloxone,Athol,running", "naloxone,Athol,planned")
    (problem,) = report.problems
    assert (problem.row, "first on row 2" in problem.rule) == (3, True)


def test_a_column_that_the_register_does_not_have_is_a_fault() -> None:
    _, report = load("seats", "seat,votes,held,name", "Chair,yes,vacant,Ann Smith")
    assert [(problem.row, problem.column) for problem in report.problems] == [(1, "name")]


def test_where_there_are_two_coalitions_a_row_says_whose_it_is() -> None:
    two = Members(coalitions={"ours": "Our coalition", "theirs": "Their coalition"})
    _, report = load("seats", "seat,votes,held", "Chair,yes,vacant", members=two)
    assert [(problem.row, problem.column) for problem in report.problems] == [(2, "coalition")]
    intake, report = load("seats", "coalition,seat,votes,held", "theirs,Chair,yes,vacant", members=two)
    assert report.problems == []
    assert intake.entries[0].coalition == "theirs"


@pytest.mark.parametrize("kept", registers())
def test_a_sheet_is_known_by_its_columns(kept: str) -> None:
    head = ",".join(marks(register(kept)))
    assert [source.id for source in recognise(RawFile("any.csv", f"{head}\n".encode()))] == [f"register_{kept}"]


def test_a_workbook_is_read_as_its_first_sheet(tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("Money")
        for n, name in enumerate(MONEY.split(",")):
            sheet.write_string(0, n, name)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for n, cell in enumerate(("state", "received", 1200.5)):
            sheet.write(1, n, cell)
        sheet.write_datetime(1, 3, date(2025, 7, 1), day)
        sheet.write_datetime(1, 4, date(2026, 6, 30), day)
    chosen = choose(path)
    assert chosen.source is not None
    assert chosen.source.id == "register_funding"
    assert chosen.file is not None
    report = Report("any.xlsx")
    context = Context(PlaceIndex(*gazetteer.towns("MA")), TODAY, members=MEMBERS)
    intake = chosen.source.read(chosen.file, context, report)
    assert report.problems == []
    assert intake.entries[0].values == {
        "fund": "state", "step": "received", "amount": 1200.5, "from": "2025-07-01", "to": "2026-06-30",
    }  # fmt: skip
