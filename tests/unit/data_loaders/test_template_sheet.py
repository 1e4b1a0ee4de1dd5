"""The sheet made for a partner: it opens, offers lists, and loads with no question."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from dashboard import gazetteer
from dashboard.indicators import registry
from data_loaders.contract import Context
from data_loaders.places import PlaceIndex
from data_loaders.sheets.identifying import faults
from data_loaders.sheets.known import Known
from data_loaders.sheets.problems import SheetReport, cell_name
from data_loaders.sheets.proposal import propose
from data_loaders.sheets.reading import read_sheet
from data_loaders.sheets.safe import read_grids
from data_loaders.sheets.template import template

TODAY = date(2026, 11, 22)
PLACES = PlaceIndex(*gazetteer.towns("MA"))
KNOWN = Known(PLACES, registry().measures, "river_valley", TODAY)


def test_a_filled_in_template_loads_with_no_question(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template("River Valley", KNOWN))
    numbers, *others = read_grids(path)
    rows = [
        ("Athol", "September 2026", "two-dose naloxone kits handed out", 12.0, "Where people live", None),
        ("Athol", "September 2026", "two-dose naloxone kits handed out", 7.0, "Where it happened", "library"),
        ("Orange", "September 2026", "referrals", 0.0, None, None),
        ("Gill", "October 2026", "outreach visits", "Suppressed", None, None),
    ]
    grids = [replace(numbers, rows=(*numbers.rows, *rows)), *others]
    assert faults(grids) == []
    proposal = propose(grids, KNOWN)
    assert proposal.questions == ()
    assert proposal.mapping is not None
    report = SheetReport("template.xlsx")
    read = read_sheet(grids, proposal.mapping, Context(PLACES, TODAY), report).observations
    assert report.problems == []
    columns = (read.measure, read.geoid, read.start, read.value, read.state, map(str, read.basis))
    assert sorted(zip(*columns, strict=True)) == [
        ("naloxone_kits", "2502702480", date(2026, 9, 1), 7.0, "value", "occurrence"),
        ("naloxone_kits", "2502702480", date(2026, 9, 1), 12.0, "value", "residence"),
        ("outreach_visits", "2501125730", date(2026, 10, 1), None, "suppressed", "none"),
        ("referrals", "2501151265", date(2026, 9, 1), 0.0, "value", "none"),
    ]  # fmt: skip


def test_a_row_that_does_not_say_whose_town_it_is_is_told(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template("River Valley", KNOWN))
    numbers, *_ = read_grids(path)
    row = ("Athol", "September 2026", "two-dose naloxone kits handed out", 12.0, None, None)
    good = ("Gill", "September 2026", "two-dose naloxone kits handed out", 12.0, "Where people live", None)
    grids = [replace(numbers, rows=(*numbers.rows, good, row))]
    proposal = propose(grids, KNOWN)
    assert proposal.mapping is not None
    report = SheetReport("template.xlsx")
    read_sheet(grids, proposal.mapping, Context(PLACES, TODAY), report)
    assert [cell_name(problem) for problem in report.problems] == ["E3"]


def test_the_lists_hold_every_town_and_no_cell_is_a_formula() -> None:
    with zipfile.ZipFile(BytesIO(template("=River Valley+1", KNOWN))) as book:
        texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    numbers, lists = texts["xl/worksheets/sheet1.xml"], texts["xl/worksheets/sheet3.xml"]
    assert len(re.findall("<dataValidation ", numbers)) == 4
    assert len(re.findall(r'<c r="A\d+"', lists)) == 352
    assert not any("<f>" in text for name, text in texts.items() if name.startswith("xl/worksheets"))


def test_a_partner_is_offered_its_own_measures_where_they_are_known() -> None:
    with zipfile.ZipFile(BytesIO(template("River Valley", KNOWN, measures=["referrals"]))) as book:
        lists = book.read("xl/worksheets/sheet3.xml").decode()
    assert len(re.findall(r'<c r="C\d+"', lists)) == 2
