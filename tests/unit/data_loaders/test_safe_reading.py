"""Partners' files are read in a process of its own: good ones as they are, hostile ones refused within their time."""

import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hostile_files import GOOD_CELLS, Hostile, hostile, mutated, ods, sheet_xml, workbook

from dashboard.errors import LoadRefused
from data_loaders.rawfile import Unreadable
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.safe import ROOT, read_grids
from data_loaders.sheets.wire import from_plain, to_plain

LONGEST_ANSWER = 30.0
HOSTILE = hostile()
SAMPLE = [one for one in HOSTILE if one.kind in {
    "a cell in the last corner", "an external entity", "macros renamed", "links to a file", "an encrypted part",
    "a part named ../../etc/cron.d/x", "a sheet of spaces", "an ODS that repeats", "cut short", "one endless line",
    "a wrong dimension", "UTF-16", "entities in UTF-16 be", "very many merged areas",
}]  # fmt: skip


def put(folder: Path, one: Hostile) -> Path:
    path = folder / one.name
    path.write_bytes(one.content)
    return path


def answered(folder: Path, one: Hostile) -> str:
    """What reading says: "read", or the sentence of the refusal; anything else fails the test."""
    began = time.monotonic()
    try:
        grids = read_grids(put(folder, one))
    except LoadRefused as refusal:
        said = str(refusal)
    else:
        assert all(grid.rows for grid in grids)
        said = "read"
    assert time.monotonic() - began < LONGEST_ANSWER
    return said


def test_a_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "kits.xlsx"
    path.write_bytes(workbook())
    assert read_grids(path) == [Grid("Kits", (("Town", "Kits"), ("Athol", 3), ("Orange", 5)))]


def test_an_open_document_is_read_cell_by_cell(tmp_path: Path) -> None:
    cells = (
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-05-01"/></table:table-row>'
    )
    path = tmp_path / "kits.ods"
    path.write_bytes(ods(cells))
    assert read_grids(path) == [Grid("Kits", ((date(2026, 5, 1),),))]


def test_merged_areas_end_where_the_table_ends(tmp_path: Path) -> None:
    areas = '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A900:XFD900"/><mergeCell ref="A2:A3"/></mergeCells>'
    path = tmp_path / "kits.xlsx"
    path.write_bytes(workbook(sheet=sheet_xml(GOOD_CELLS).replace("</sheetData>", f"</sheetData>{areas}")))
    assert read_grids(path)[0].merged == ((0, 0, 0, 1), (1, 0, 2, 0))


def test_a_title_above_a_text_table_does_not_hide_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "kits.csv"
    path.write_bytes(b"Kits handed out\nTown;May\nAthol;1,5\nOrange;2\n")
    assert read_grids(path)[0].rows == (("Kits handed out", None), ("Town", "May"), ("Athol", "1,5"), ("Orange", "2"))


def test_a_table_that_begins_lower_down_keeps_its_addresses(tmp_path: Path) -> None:
    path = tmp_path / "kits.xlsx"
    path.write_bytes(workbook('<row r="3"><c r="C3"><v>7</v></c></row>'))
    assert read_grids(path)[0].rows == ((None, None, None), (None, None, None), (None, None, 7))


@pytest.mark.parametrize("one", SAMPLE, ids=lambda one: one.kind)
def test_a_hostile_file_is_answered_in_time(one: Hostile, tmp_path: Path) -> None:
    said = answered(tmp_path, one)
    assert (said == "read") == one.harmless, said


@pytest.mark.long
@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: one.kind)
def test_every_hostile_file_is_answered_in_time(one: Hostile, tmp_path: Path) -> None:
    said = answered(tmp_path, one)
    assert one.harmless or said != "read", said


@pytest.mark.long
@pytest.mark.parametrize("seed", range(130))
def test_a_file_with_random_damage_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    answered(tmp_path, mutated(seed))


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kits.xlsx"
    path.write_bytes(workbook())
    with pytest.raises(Unreadable, match="too long"):
        read_grids(path, seconds=0)


def test_a_file_beyond_the_size_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(2 << 30)  # two gigabytes that take no room
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        read_grids(path)


def test_the_reading_process_reaches_no_network_and_writes_no_file(tmp_path: Path) -> None:
    script = (
        "import socket, sys; sys.path.insert(0, sys.argv[1])\n"
        "from data_loaders.sheets.child import lock_down\n"
        "lock_down(5, 1 << 30)\n"
        "for attempt in (lambda: socket.create_connection(('127.0.0.1', int(sys.argv[2]))),\n"
        "                lambda: open(sys.argv[3], 'w')):\n"
        "    try:\n        attempt()\n    except OSError:\n        print('refused')\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        command = [sys.executable, "-I", "-c", script, str(ROOT), port, str(tmp_path / "written")]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert ran.stdout.split() == ["refused", "refused"], ran.stderr


def test_sheets_survive_being_written_down() -> None:
    grids = [Grid("Kits", (("Town", date(2026, 5, 1), None), (3, 2.5, True)), ((0, 0, 0, 2),))]
    assert from_plain(to_plain(grids)) == grids
