"""What is wrong with a partner's sheet is told at its cell, all of it in one pass; nothing wrong is made up."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from dashboard import gazetteer
from dashboard.indicators import registry
from dashboard.intake import Intake
from data_loaders.contract import Context
from data_loaders.places import PlaceIndex
from data_loaders.sheets.grid import Cell, Grid
from data_loaders.sheets.known import Known
from data_loaders.sheets.mapping import Role, SheetMapping
from data_loaders.sheets.problems import SheetReport, cell_name
from data_loaders.sheets.proposal import Proposal, answer, propose
from data_loaders.sheets.reading import read_sheet

TODAY = date(2026, 11, 22)
PLACES = PlaceIndex(*gazetteer.towns("MA"))
KNOWN = Known(PLACES, registry().measures, "river_valley", TODAY)
Rows = Sequence[Sequence[Cell]]


def grid(rows: Rows, *, sheet: str = "Kits", merged: tuple[tuple[int, int, int, int], ...] = ()) -> list[Grid]:
    width = max(map(len, rows))
    return [Grid(sheet, tuple((*row, *([None] * (width - len(row)))) for row in rows), merged)]


def understood(grids: list[Grid], answers: Mapping[str, str] | None = None) -> Proposal:
    proposal = propose(grids, KNOWN)
    for question in proposal.questions:
        proposal = answer(proposal, {question.id: (answers or {}).get(question.id, question.options[0][0])})
    return proposal


def read(grids: list[Grid], mapping: SheetMapping | None) -> tuple[Intake, SheetReport]:
    assert mapping is not None
    report = SheetReport("kits.xlsx")
    return read_sheet(grids, mapping, Context(PLACES, TODAY), report), report


def told(rows: Rows, **answers: str) -> list[tuple[str, str]]:
    """(cell, value) of every problem of a sheet."""
    grids = grid(rows)
    _, report = read(grids, understood(grids, answers).mapping)
    assert all(problem.sheet == "Kits" and problem.rule and problem.fix for problem in report.problems)
    return [(cell_name(problem), problem.value) for problem in report.problems]


HEADER = ["Town", "Jan 2026", "Feb 2026", "Mar 2026"]


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    rows = [
        ["Referrals to treatment"], HEADER, ["Athol", 3.0, 2.5, 1.0], ["Orrange", 1.0, 0.0, 0.0],
        ["Gardner", "several", 2.0, -4.0], ["Athol", 1.0, 1.0, 1.0],
    ]  # fmt: skip
    assert sorted(told(rows)) == [
        ("A4", "Orrange"), ("B5", "several"), ("B6", ""), ("C3", "2.5"), ("C6", ""), ("D5", "-4"), ("D6", ""),
    ]  # fmt: skip


def test_an_unknown_town_is_told_with_the_nearest_names() -> None:
    grids = grid([["Referrals"], HEADER, ["Athol", 1.0, 2.0, 3.0], ["Orrange", 1.0, 2.0, 3.0]])
    _, report = read(grids, understood(grids).mapping)
    assert [problem.fix.startswith("Did you mean Orange") for problem in report.problems] == [True]


def test_a_total_that_disagrees_is_told_at_its_cell_with_both_numbers() -> None:
    rows = [["Referrals"], [*HEADER, "Total"], ["Athol", 3.0, 4.0, 1.0, 8.0], ["Orange", 1.0, 1.0, 1.0, 5.0],
            ["Gill", 1.0, 0.0, 0.0, 1.0], ["Total", 5.0, 6.0, 2.0, 14.0]]  # fmt: skip
    grids = grid(rows)
    _, report = read(grids, understood(grids).mapping)
    assert [(cell_name(one), one.rule) for one in report.problems] == [
        ("C6", "The total says 6, its parts add up to 5."),
        ("E4", "The total says 5, its parts add up to 3."),
    ]


def test_a_total_over_hidden_parts_only_has_to_be_large_enough() -> None:
    rows = [["Referrals"], HEADER, ["Athol", 3.0, "<5", 1.0], ["Orange", 1.0, 2.0, "*"], ["Total", 4.0, 6.0, 0.0]]
    assert told(rows) == [("D5", "0")]


def test_a_total_of_different_people_is_not_checked_over_months() -> None:
    rows = [["Different people reached"], [*HEADER, "Total"], ["Athol", 3.0, 4.0, 1.0, 5.0],
            ["Orange", 1.0, 1.0, 1.0, 2.0], ["Gill", 0.0, 1.0, 1.0, 1.0]]  # fmt: skip
    grids = grid(rows)
    proposal = understood(grids, {"measure-1": "people_reached"})
    intake, report = read(grids, proposal.mapping)
    assert report.problems == []
    assert set(intake.observations.measure) == {"people_reached"}


def test_a_number_over_merged_cells_belongs_to_no_cell() -> None:
    grids = grid([["Referrals"], HEADER, ["Athol", 3.0, 2.0, 1.0], ["Orange", 9.0, None, 4.0]], merged=((3, 1, 3, 2),))
    _, report = read(grids, understood(grids).mapping)
    assert [cell_name(problem) for problem in report.problems] == ["B4"]


def test_villages_are_added_to_their_town_and_that_is_told() -> None:
    grids = grid([["Referrals"], HEADER, ["Turners Falls", 3.0, "<5", 1.0], ["Montague", 2.0, 2.0, 0.0]])
    intake, report = read(grids, understood(grids).mapping)
    assert report.problems == []
    assert intake.observations.value == [5.0, None, 1.0]
    assert intake.observations.state == ["value", "suppressed", "value"]
    assert any("3 numbers are sums" in note for note in intake.notes)


def test_villages_of_a_measure_that_does_not_add_are_refused() -> None:
    rows = [["Days to first dose, median"], HEADER, ["Turners Falls", 3.0, 4.0, 1.0], ["Montague", 2.0, 2.0, 0.0]]
    told_at = told(rows, **{"measure-1": "days_to_first_dose_median"})
    assert [cell for cell, _ in told_at] == ["B4", "C4", "D4"]


def test_rows_that_are_no_town_are_left_out_and_told_with_their_numbers() -> None:
    rows = [
        ["Referrals"],
        HEADER,
        ["Athol", 3.0, 4.0, 1.0],
        ["Unknown", 7.0, 0.0, 2.0],
        ["Out of state", 1.0, 1.0, 1.0],
    ]
    grids = grid(rows)
    intake, report = read(grids, understood(grids).mapping)
    assert (report.problems, intake.rows_refused, len(intake.observations)) == ([], 2, 3)
    assert any("Unknown (7, 0, 2)" in note for note in intake.notes)


def test_an_added_month_needs_no_question_and_an_added_measure_does() -> None:
    rows = [["Naloxone kits"], HEADER, ["Athol", 3.0, 4.0, 1.0], ["Orange", 3.0, 4.0, 1.0]]
    first = understood(grid(rows), {"basis": "residence"})
    assert first.mapping is not None
    remembered = Known(PLACES, registry().measures, "river_valley", TODAY,
                       remembered={first.fingerprint: first.mapping})  # fmt: skip
    longer = [rows[0], [*HEADER, "Apr 2026"], *([*row, 5.0] for row in rows[2:])]
    again = propose(grid(longer), remembered)
    assert (again.remembered, again.questions) == (True, ())
    assert again.mapping == first.mapping
    other = [rows[0], [*HEADER, "Referrals made"], *([*row, 5.0] for row in rows[2:])]
    assert not propose(grid(other), remembered).remembered


def test_a_file_of_another_layout_is_not_read_by_an_old_mapping() -> None:
    mapping = understood(grid([["Referrals"], HEADER, ["Athol", 3.0, 4.0, 1.0], ["Orange", 1.0, 1.0, 1.0]])).mapping
    _, report = read(grid([["Town", "Month", "Kits"], ["Athol", "Jan 2026", 3.0], ["Gill", "Jan 2026", 1.0]]), mapping)
    assert len(report.problems) == 1


def test_months_without_a_year_are_asked_about_again_when_the_year_turns() -> None:
    rows = [["Referrals"], ["Town", "Jan", "Feb", "Mar"], ["Athol", 3.0, 4.0, 1.0], ["Orange", 3.0, 4.0, 1.0]]
    first = understood(grid(rows), {"year": "2026"}).mapping
    assert first is not None
    for today, asked in ((date(2026, 12, 20), []), (date(2027, 5, 2), ["year"])):
        known = Known(PLACES, registry().measures, "river_valley", today, remembered={first.fingerprint: first})
        assert [question.id for question in propose(grid(rows), known).questions] == asked


def test_each_column_says_what_it_is_and_why() -> None:
    proposal = propose(grid([["Referrals"], [*HEADER, "Notes"], ["Athol", 3.0, 4.0, 1.0, "van broke"],
                             ["Orrange", 1.0, 1.0, 1.0], ["Gill", 1.0, 1.0, 1.0]]), KNOWN)  # fmt: skip
    (table,) = proposal.tables
    assert (table.span, table.title) == ("A2:E5", "Referrals")
    town, month, *_, notes = table.columns
    assert (town.cell, town.role, town.evidence) == ("A2", Role.PLACE, "2 of 3 cells are towns of Massachusetts.")
    assert (month.cell, month.role, month.counts) == ("B2", Role.NUMBER, "referrals")
    assert notes.role == Role.IGNORED


def test_no_more_than_three_questions_are_asked_and_the_rest_gets_the_careful_answer() -> None:
    header = ["Town", "Widgets", "Gizmos", "Gadgets", "Thingies", "Doodads"]
    proposal = propose(grid([header, ["Athol", 1.0, 2.0, None, 4.0, "-"], ["Gill", 1.0, None, 3.0, 4.0, 5.0]]), KNOWN)
    assert [question.id for question in proposal.questions] == ["measure-1", "measure-2", "measure-3"]
    done = answer(proposal, dict.fromkeys(("measure-1", "measure-2", "measure-3"), "referrals"))
    assert done.questions == ()
    assert done.mapping is not None
    assert (done.mapping.blank, done.mapping.dash) == ("not_reported", "not_reported")


@pytest.mark.parametrize("rows", [[[None]], [["Only a title"]], [["a", "b"], ["c", "d"]], []])
def test_a_sheet_without_a_table_gives_no_mapping_or_a_problem(rows: list[list[Cell]]) -> None:
    grids = grid(rows) if rows else []
    proposal = understood(grids)
    if proposal.mapping is not None:
        _, report = read(grids, proposal.mapping)
        assert report.problems


def test_the_same_month_twice_across_is_no_sum() -> None:
    rows = [["Referrals"], ["Town", "Jan 2026", "January 2026"], ["Athol", 3.0, 4.0], ["Orange", 3.0, 4.0]]
    assert told(rows) == [("C3", ""), ("C4", "")]


def test_the_same_town_written_in_two_ways_is_no_sum() -> None:
    rows = [["Referrals"], HEADER, ["Athol", 3.0, 4.0, 1.0], ["Town of ATHOL", 3.0, 4.0, 1.0]]
    assert [cell for cell, _ in told(rows)] == ["B4", "C4", "D4"]


def test_a_town_forgotten_in_one_row_is_not_taken_from_the_row_above() -> None:
    rows = [["Town", "Month", "Referrals"], ["Athol", "Jan 2026", 3.0], [None, "Feb 2026", 4.0],
            ["Gill", "Jan 2026", 1.0], ["Gill", "Feb 2026", 1.0]]  # fmt: skip
    assert told(rows) == [("A3", "")]


LONG = [["Town", "Month", "Measure", "Number"], ["Athol", "Jan 2026", "Referrals made", 3.0],
        ["Gill", "Jan 2026", "Warm handoffs", 1.0]]  # fmt: skip


def next_month(rows: Rows, first: SheetMapping | None) -> Proposal:
    assert first is not None
    remembered = {first.fingerprint: first}
    return propose(grid(rows), Known(PLACES, registry().measures, "river_valley", TODAY, remembered=remembered))


def test_a_measure_named_for_the_first_time_is_read_when_its_words_are_known() -> None:
    rows = [*LONG, ["Gill", "Feb 2026", "MOUD starts", 5.0]]
    proposal = next_month(rows, understood(grid(LONG)).mapping)
    assert (proposal.remembered, proposal.questions) == (True, ())
    intake, report = read(grid(rows), proposal.mapping)
    assert (report.problems, intake.observations.measure[-1]) == ([], "medication_starts")


def test_a_name_that_nobody_knows_is_asked_about_once() -> None:
    rows = [*LONG, ["Gill", "Feb 2026", "Widgets", 5.0]]
    proposal = next_month(rows, understood(grid(LONG)).mapping)
    assert ["Widgets" in question.text for question in proposal.questions] == [True]
    done = answer(proposal, {proposal.questions[0].id: "services_delivered"})
    intake, report = read(grid(rows), done.mapping)
    assert (report.problems, intake.observations.measure[-1]) == ([], "services_delivered")
    assert next_month(rows, done.mapping).questions == ()


def test_dashes_that_were_not_there_before_are_asked_about_once() -> None:
    rows = [["Referrals"], HEADER, ["Athol", 3.0, 4.0, 1.0], ["Gill", 1.0, 2.0, 0.0]]
    dashed = [*rows[:3], ["Gill", 1.0, 2.0, "-"]]
    proposal = next_month(dashed, understood(grid(rows)).mapping)
    assert [question.id for question in proposal.questions] == ["dash"]
    done = answer(proposal, {"dash": "zero"})
    assert read(grid(dashed), done.mapping)[0].observations.value[-1] == 0.0
    assert next_month(dashed, done.mapping).questions == ()


def test_row_numbers_and_shares_are_no_counts() -> None:
    rows = [[None, "Town", "Dollars spent", "Percentage spent", "Left"], [1.0, "Athol", 300.0, "30%", "70%"],
            [2.0, "Gill", 500.0, "50%", "50%"]]  # fmt: skip
    (table,) = propose(grid(rows), KNOWN).tables
    assert [column.role for column in table.columns] == [
        Role.IGNORED, Role.PLACE, Role.NUMBER, Role.IGNORED, Role.IGNORED,
    ]  # fmt: skip


def test_a_column_that_is_added_to_another_says_so() -> None:
    rows = [["Town", "Month", "Test strips", "Syringes distributed"], ["Athol", "Jan 2026", 3.0, 4.0],
            ["Gill", "Jan 2026", 1.0, 0.0]]  # fmt: skip
    (table,) = propose(grid(rows), KNOWN).tables
    assert "Added to 'Test strips'" in table.columns[3].evidence


def test_groups_without_everyone_are_kept_and_that_is_told() -> None:
    rows = [["Town", "Month", "Sex", "Referrals"], ["Athol", "Jan 2026", "F", 3.0], ["Athol", "Jan 2026", "M", 1.0]]
    intake, report = read(grid(rows), understood(grid(rows)).mapping)
    assert (report.problems, intake.observations.stratum) == ([], ["sex=female", "sex=male"])
    assert any("Only groups are given of referrals" in note for note in intake.notes)
