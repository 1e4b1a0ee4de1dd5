"""The paper says what the screens say: the same sentences, the same numbers, and nothing that agreements hold back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fake_reader import FakeReader, years
from pptx import Presentation

from dashboard.domain import Level, Query
from dashboard.errors import InvalidQuery
from dashboard.exports.compose import compose
from dashboard.exports.desk import AskedPaper, Desk, Stopped
from dashboard.exports.forms import FORMS, Form, export, form_of
from dashboard.indicators import registry
from dashboard.periods import Period
from dashboard.views.meeting_record import MeetingRecord, RecordedAction, Told
from dashboard.views.this_month import this_month

TODAY = date(2026, 3, 31)
KNOWN = tuple(registry().indicators.values())
DEATHS = registry().indicators["opioid_overdose_death_rate"]


def reader() -> FakeReader:
    told = FakeReader(KNOWN, home="ours")
    told.reports(DEATHS.numerator.measures[0], "2019-2023")
    told.loaded("state", "2024-01-01")
    for year in years(2019, 2023):
        told.tell("ours", year, 30, 100_000, of=DEATHS)
        told.tell("25", year, 300, 1_000_000, of=DEATHS)
    return told


def desk(told: FakeReader, **named: Any) -> Desk:
    query = Query(DEATHS.id, (Period.parse("2023"),), Level.TOWN, within="ours")
    return Desk(told, TODAY, lambda _: told, lambda _: None, lambda _: query, "For members of the coalition.", **named)


def quiet(*_: object) -> None:
    """Nobody listens."""


def test_the_paper_says_the_sentence_and_the_number_of_the_screen():
    told = reader()
    paper = compose(desk(told), AskedPaper(), quiet)
    shown = this_month(told, "ours", TODAY)
    assert paper.headline == shown.headline
    section = paper.section("this-month")
    assert section
    assert [tile.figure for tile in section.tiles] == [card.figure for card in shown.cards] == ["30"]
    assert section.sheets[0].rows[0]["numerator"] == 30


def test_what_agreements_hold_back_is_said_and_whom_the_paper_is_for():
    paper = compose(desk(reader(), withheld=("Clinic: not signed.",)), AskedPaper(), quiet)
    assert paper.withheld == ("Clinic: not signed.",)
    assert paper.whom == "For members of the coalition."


def test_an_area_that_is_not_there_is_refused():
    with pytest.raises(InvalidQuery, match="no place 'Nowhere'"):
        compose(desk(reader()), AskedPaper("Nowhere"), quiet)


def test_a_store_without_towns_has_nothing_to_take_home():
    with pytest.raises(InvalidQuery, match="nothing to take home"):
        compose(desk(FakeReader(KNOWN, places=(), sets=())), AskedPaper(), quiet)


def test_a_place_of_which_nobody_reports_anything_makes_a_paper_that_says_so():
    paper = compose(desk(FakeReader(KNOWN, home="ours")), AskedPaper(), quiet)
    assert "Nobody reports numbers for Our towns yet." in paper.headline


@pytest.mark.parametrize("form", [form for form in FORMS.values() if form.id not in ("funders", "meeting")])
def test_a_coalition_of_which_nobody_reports_anything_takes_home_what_there_is(form: Form, tmp_path: Path):
    out = tmp_path / f"empty{form.suffix}"
    export(desk(FakeReader(KNOWN, home="ours")), form, AskedPaper(), out, quiet)
    assert out.stat().st_size > 0


def test_an_export_that_is_stopped_leaves_no_file(tmp_path: Path):
    def stopped(_: str, share: float) -> None:
        if share > 0.6:
            raise Stopped

    with pytest.raises(Stopped):
        export(desk(reader()), FORMS["workbook"], AskedPaper(), tmp_path / "book.xlsx", stopped)
    assert list(tmp_path.iterdir()) == []


def test_tables_for_funders_without_any_number_are_refused(tmp_path: Path):
    with pytest.raises(InvalidQuery, match="funders"):
        export(desk(reader()), form_of("funders"), AskedPaper(), tmp_path / "book.xlsx", quiet)


def test_a_funder_of_which_nobody_reports_anything_is_named_beside_the_tables_that_are_filled():
    told, money = reader(), registry().indicators["settlement_funds_received"]
    told.reports(money.numerator.measures[0], "2023-2025")
    section = compose(desk(told), AskedPaper(), quiet).section("funders")
    assert section
    assert [sheet.name for sheet in section.sheets] == ["funder-settlement-report"]
    assert "Nobody reports anything that CDC OD2A: LOCAL asks for yet." in section.sheets[0].notes
    assert {row["state"] for row in section.sheets[0].rows} == {"not_reported", "not counted here"}


def test_a_form_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InvalidQuery, match="brief, slides, workbook, csv, funders, figures, meeting"):
        form_of("poster")


def test_what_a_meeting_decided_goes_along_in_every_form(tmp_path: Path):
    record = MeetingRecord(
        "November meeting", "10 November 2026", "", "1 decision and 1 action.", (), ("Open a second hand-out point",),
        (RecordedAction("Call the landlord", "Ann", "1 December 2026", "Open"),),
        (Told("Long queue", "Peer", "today"),), (),
    )  # fmt: skip
    made = desk(reader(), meeting=record)
    section = compose(made, AskedPaper(meeting="november"), quiet).section("meeting")
    assert section
    assert [row["text"] for row in section.sheets[0].rows] == ["Open a second hand-out point", "Call the landlord"]
    for name in ("brief", "slides", "workbook"):
        out = tmp_path / f"meeting{FORMS[name].suffix}"
        export(made, FORMS[name], AskedPaper(meeting="november"), out, quiet)
        assert out.stat().st_size > 0
    told = [shape.text_frame.text for slide in Presentation(str(tmp_path / "meeting.pptx")).slides
            for shape in slide.shapes if shape.has_text_frame]  # fmt: skip
    assert any("Open a second hand-out point" in text for text in told)
