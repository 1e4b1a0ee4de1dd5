"""Grids of any cells at all: nothing crashes, and whatever is wrong is told with its place."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import gazetteer
from dashboard.indicators import registry
from data_loaders.contract import Context
from data_loaders.places import PlaceIndex
from data_loaders.sheets.grid import Cell, Grid
from data_loaders.sheets.known import Known
from data_loaders.sheets.mapping import SheetMapping
from data_loaders.sheets.problems import SheetReport
from data_loaders.sheets.proposal import answer, propose
from data_loaders.sheets.reading import read_sheet

TODAY = date(2026, 11, 22)
BOTH = [gazetteer.towns(state) for state in ("MA", "CT")]
PLACES = PlaceIndex(*([*one, *other] for one, other in zip(*BOTH, strict=True)))
KNOWN = Known(PLACES, registry().measures, "river_valley", TODAY)
WORDS = st.sampled_from(
    ["Town", "Month", "Athol", "Orange", "Turners Falls", "Franklin County", "Total", "Jan", "Feb 2026", "FY26", "Q1",
     "2025", "7/1/2025 - 6/30/2026", "Kits", "Naloxone kits", "Overdoses", "Female", "18-24", "<5", "*", "-", "n/a",
     "Unknown", "#REF!", "1,204", "12*", "Total kits", "Notes", "Agency:", "Year", "%", "(1-4)", "County", "FIPS",
     "02/30/2026", "Jan 9999", "Sept-Dec", "FY99999", "2500107175"]
)  # fmt: skip
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), WORDS, WORDS, st.text(max_size=12), st.integers(-5, 3000), st.floats(), st.booleans(),
    st.dates(), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(0, 40).map(float),
)  # fmt: skip


NUMBERS: st.SearchStrategy[Cell] = st.one_of(st.integers(0, 40).map(float), st.integers(0, 40).map(float), CELLS)
TOWNS = st.sampled_from(["Athol", "Orange", "Turners Falls", "Gardner", "Hartford", "Total", "Unknown", None])
LABELS: dict[str, st.SearchStrategy[Cell]] = {
    "Town": TOWNS,
    "Month": st.sampled_from(["Jan 2026", "February 2026", "Mar", date(2026, 1, 1), "soon", None]),
    "Measure": st.sampled_from(["Naloxone kits", "Referrals made", "Overdoses", "Widgets", None]),
    "Sex": st.sampled_from(["F", "Male", "All", "a=b", None]),
    "Site": st.sampled_from(["Van", "Main Street", None]),
    "County": st.sampled_from(["Franklin", "Worcester County", None]),
}
HEADS = st.sampled_from(
    [*LABELS, "Jan 2026", "Feb", "Q2 FY26", "2025", "Naloxone kits", "Referrals made", "Total", "Female", "18-24",
     "Widgets", "9999-12-31", "Notes", None]
)  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> list[Grid]:
    """One or two sheets, of any cells or nearly a table, with merged areas anywhere, inside or outside of them."""
    found = []
    for _ in range(draw(st.integers(1, 2))):
        width = draw(st.integers(0, 7))
        rows = draw(st.lists(st.tuples(*([CELLS] * width)), max_size=9))
        if width > 1 and draw(st.booleans()):
            head = draw(st.tuples(st.just("Town"), *([HEADS] * (width - 1))))
            columns = [LABELS.get(one, NUMBERS) for one in head]
            body = draw(st.lists(st.tuples(*columns), min_size=1, max_size=7))
            rows = [*rows[:1], head, *body]
        areas = st.tuples(*([st.integers(-1, 9)] * 4))
        found.append(Grid(draw(st.text(max_size=8)), tuple(rows), tuple(draw(st.lists(areas, max_size=2)))))
    return found


def hold(sheets: list[Grid], choice: int) -> None:
    """Propose, answer and read; every problem has a rule, what to do, and a place inside the sheet."""
    proposal = propose(sheets, KNOWN)
    for _ in range(12):
        if not proposal.questions:
            break
        assert len(proposal.questions) <= 3
        question = proposal.questions[0]
        assert question.text
        assert question.options
        proposal = answer(proposal, {question.id: question.options[choice % len(question.options)][0]})
    assert proposal.questions == ()
    if proposal.mapping is None:
        assert proposal.tables == ()
        return
    report = SheetReport("fuzz.xlsx")
    mapping = SheetMapping.from_json(proposal.mapping.to_json())
    intake = read_sheet(sheets, mapping, Context(PLACES, TODAY), report)
    assert len(report.rows) == len(intake.observations)
    for problem in report.problems:
        assert problem.rule
        assert problem.fix
        assert problem.rule.startswith("No number") or any(_inside(problem.sheet, problem.row, one) for one in sheets)
    assert report.problems or len(intake.observations)


def _inside(sheet: str, row: int | None, grid: Grid) -> bool:
    return sheet == grid.sheet and row is not None and 1 <= row <= len(grid.rows)


@given(sheets=grids(), choice=st.integers(0, 30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_grid_crashes_and_every_problem_has_its_place(sheets: list[Grid], choice: int) -> None:
    hold(sheets, choice)


@pytest.mark.long
@given(sheets=grids(), choice=st.integers(0, 30))
@settings(max_examples=5_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_none_of_5000_grids_crashes(sheets: list[Grid], choice: int) -> None:
    hold(sheets, choice)
