"""Workbook and CSV package: the same rows, numbers as numbers, states as words, nothing that a spreadsheet runs."""

import csv
import io
import json
import random
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from paper_maker import NOBODY, any_paper, any_trend
from python_calamine import CalamineWorkbook

from dashboard.exports.columns import kind_of
from dashboard.exports.packages import csv_package
from dashboard.exports.paper import Paper, Section, Sheet
from dashboard.exports.sections import trend_rows
from dashboard.exports.workbook import workbook

EMPTY = ""
"""How an empty cell is read."""


def sheet_of(paper: Paper, name: str, folder: Path) -> list[dict[str, object]]:
    workbook(paper, folder / "book.xlsx", lambda *_: None)
    head, *rows = opened(folder).get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def opened(folder: Path) -> CalamineWorkbook:
    return CalamineWorkbook.from_path(str(folder / "book.xlsx"))


def packed(paper: Paper, folder: Path) -> ZipFile:
    csv_package(paper, folder / "tables.zip", lambda *_: None)
    return ZipFile(folder / "tables.zip")


def test_notes_come_first_and_tell_day_audience_sources_states_and_what_is_not_shown(paper: Paper, tmp_path: Path):
    workbook(paper, tmp_path / "book.xlsx", lambda *_: None)
    book = opened(tmp_path)
    assert book.sheet_names == ["Notes", "trends", "towns"]
    told = " ".join(str(cell) for row in book.get_sheet_by_name("Notes").to_python() for cell in row)
    for words in ("31 March 2026", "For members of the coalition.", "Death register", "Nobody told us. It is not zero.",
                  "Clinic: its agreement has ended."):  # fmt: skip
        assert words in told


def test_a_long_note_has_the_room_that_it_needs(paper: Paper, tmp_path: Path):
    workbook(replace(paper, withheld=("word " * 100,)), tmp_path / "book.xlsx", lambda *_: None)
    with ZipFile(tmp_path / "book.xlsx") as parts:
        heights = re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', parts.read("xl/worksheets/sheet1.xml").decode())
    assert heights == ["75"]  # five lines of a hundred letters; every other row has the usual height


def test_numbers_are_numbers_zero_is_zero_and_what_is_absent_is_empty_with_its_state_in_words(
    paper: Paper, tmp_path: Path
):
    ash, birch, cedar, dogwood = sheet_of(paper, "towns", tmp_path)
    assert (ash["numerator"], ash["rate"], ash["provisional"]) == (12, 24.1, True)
    assert (birch["numerator"], birch["state"], birch["state in words"]) == (
        EMPTY, "suppressed", "hidden to protect people")  # fmt: skip
    assert (cedar["numerator"], cedar["state in words"]) == (0, "value")
    assert (dogwood["rate"], dogwood["state in words"]) == (EMPTY, "not reported")


def test_a_text_that_looks_like_a_formula_stays_a_text(paper: Paper, tmp_path: Path):
    assert str(sheet_of(paper, "towns", tmp_path)[1]["place"]).endswith(NOBODY)
    with ZipFile(tmp_path / "book.xlsx") as parts:
        assert not [name for name in parts.namelist() if "sheet" in name and b"<f>" in parts.read(name)]
    with packed(paper, tmp_path) as archive:
        assert f"'{NOBODY}" in archive.read("towns.csv").decode()


def test_the_description_names_every_column_of_every_file_with_its_type(paper: Paper, tmp_path: Path):
    with packed(paper, tmp_path) as archive:
        described = json.loads(archive.read("datapackage.json"))
        for resource in described["resources"]:
            head = next(csv.reader(io.StringIO(archive.read(resource["path"]).decode())))
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == head
            assert all(field["description"] for field in fields)
            assert resource["schema"]["missingValues"] == [""]
    types = {field["name"]: field["type"] for field in described["resources"][-1]["schema"]["fields"]}
    assert types == {"place": "string", "numerator": "integer", "rate": "number", "state": "string",
                     "provisional": "boolean"}  # fmt: skip
    assert "The state" in described["sources"][0]["title"]


def test_every_cell_is_of_the_type_that_the_description_promises(tmp_path: Path):
    reads = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__, "string": str}
    with packed(any_paper(random.Random(8)), tmp_path) as archive:
        for resource in json.loads(archive.read("datapackage.json"))["resources"]:
            types = {field["name"]: reads[field["type"]] for field in resource["schema"]["fields"]}
            for row in csv.DictReader(io.StringIO(archive.read(resource["path"]).decode())):
                for name, cell in row.items():
                    assert cell == "" or types[name](cell) is not None


def test_workbook_and_csv_hold_the_numbers_of_the_figure_whatever_their_states(paper: Paper, tmp_path: Path):
    chance = random.Random(11)
    rows = tuple(row for _ in range(60) for row in trend_rows(any_trend(chance)))
    only = replace(paper, sections=(Section("s", "S", "S.", sheets=(Sheet("trends", "Trends", rows),)),))
    book = sheet_of(only, "trends", tmp_path)
    with packed(only, tmp_path) as archive:
        read = list(csv.DictReader(io.StringIO(archive.read("trends.csv").decode())))
    for row, in_book, in_csv in zip(rows, book, read, strict=True):
        assert (in_book["value"], in_book["state"]) == (EMPTY if row["value"] is None else row["value"], row["state"])
        assert in_csv["value"] == ("" if row["value"] is None else str(row["value"]))


def test_a_column_without_any_number_is_text_and_true_is_no_number():
    assert kind_of([None, None]) == "string"
    assert kind_of([True, None]) == "boolean"
    assert kind_of([1, 2.5]) == "number"
    assert kind_of([1, "x"]) == "string"
