"""Formula injection leaves in no export: every writer of CSV and XLSX is known here, and each is tried."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from dashboard.exports.csv_text import harmless, to_csv

ROOT = Path(__file__).parents[2]
PACKAGES = ("callbacks", "commands", "dashboard", "data_loaders", "layouts", "public", "geo")
WRITES = re.compile(r"csv\.(?:writer|DictWriter)\(|\bWorkbook\(|\.to_csv\(|\.to_excel\(")
CSV_WRITERS = {"dashboard/exports/csv_text.py", "commands/show.py", "public/downloads.py"}
BOOK_WRITERS = {"dashboard/exports/workbook.py", "data_loaders/sheets/template.py", "data_loaders/register_template.py"}
NO_EXPORTS = {"data_loaders/pull/answers.py", "data_loaders/register_sheet.py"}
"""Tables that the program writes for its own loaders to read."""
RUNS = ("=1+1", "+1", "-1+1", "-", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1",
        "=cmd|'/c calc'!A1", "-2+3+cmd|' /C calc'!A0", "=HYPERLINK(\"//x.example\")", "+1 413 555 0100")  # fmt: skip


def sources() -> dict[str, str]:
    paths = [*ROOT.glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def test_every_writer_of_tables_is_known() -> None:
    assert {name for name, text in sources().items() if WRITES.search(text)} == CSV_WRITERS | BOOK_WRITERS | NO_EXPORTS


@pytest.mark.parametrize("name", sorted(CSV_WRITERS))
def test_every_cell_of_a_csv_goes_through_what_makes_it_harmless(name: str) -> None:
    text = sources()[name]
    assert text.count("writerows({name: harmless(value) for") == len(re.findall(r"csv\.DictWriter\(", text)) == 1
    assert "writerow(" not in text


@pytest.mark.parametrize("name", sorted(BOOK_WRITERS))
def test_no_workbook_turns_texts_into_formulas_or_links(name: str) -> None:
    text = sources()[name]
    assert '"strings_to_formulas": False' in text
    assert '"strings_to_urls": False' in text
    assert "write_formula" not in text


@pytest.mark.parametrize("text", RUNS)
def test_a_text_that_would_run_stands_quoted_in_a_csv(text: str) -> None:
    ((name,),) = [row.values() for row in csv.DictReader(io.StringIO(to_csv([{"place": text}]), newline=""))]
    assert name == f"'{text}"


@pytest.mark.parametrize("number", [-3, -0.5, "-3", "-0.5", "-12345.678"])
def test_a_negative_number_stays_a_number(number: object) -> None:
    assert harmless(number) == number
    assert to_csv([{"change": number}]).split() == ["change", str(number)]


def test_a_workbook_written_so_holds_no_formula() -> None:
    content = io.BytesIO()
    with Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        page = book.add_worksheet()
        for row, text in enumerate(RUNS):
            page.write(row, 0, text)
        page.write(len(RUNS), 0, -3)
    with zipfile.ZipFile(content) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert "<v>-3</v>" in cells
