"""Screen, table, workbook, CSV, slides and brief say the same numbers, whatever their states."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from paper_maker import any_paper
from pptx import Presentation
from python_calamine import CalamineWorkbook

from dashboard.exports.brief_pdf import brief_pdf
from dashboard.exports.packages import csv_package
from dashboard.exports.paper import MapFigure, Paper
from dashboard.exports.pictures import table_of
from dashboard.exports.slides import slides
from dashboard.exports.workbook import workbook
from dashboard.figures import render_plotly
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import GlideChart

FIRST_DAY = date(1899, 12, 30)
Values = Sequence[float | None]


def quiet(*_: object) -> None:
    """Nobody listens."""


def figures(paper: Paper) -> list[Any]:
    return [figure for section in paper.sections for figure in section.figures]


def measured(figure: Any) -> Values:
    """The numbers of a figure in its own order, taken from what the views handed over."""
    if isinstance(figure, CascadeChart):
        return [step.reached for step in figure.steps]
    return (figure.series if isinstance(figure, GlideChart) else figure.series[0]).value


def on_the_screen(chart: TrendChart) -> dict[str, float]:
    """The marks of a line as the browser draws them, by day; what stands on the axis as a cross is none."""
    found = [one for one in render_plotly.figure(chart)["data"] if one.get("name") == chart.series[0].label]
    return {x: y for one in found for x, y in zip(one["x"], one["y"], strict=True)}


def charts(file: Path) -> list[Any]:
    return [shape.chart for slide in Presentation(str(file)).slides for shape in slide.shapes if shape.has_chart]


def hold_together(paper: Paper, folder: Path) -> None:
    """Write every export of a paper, open each and compare it with the figures."""
    for make, name in ((slides, "s.pptx"), (workbook, "w.xlsx"), (csv_package, "c.zip"), (brief_pdf, "b.pdf")):
        make(paper, folder / name, quiet)
    drawn = [figure for figure in figures(paper) if not isinstance(figure, MapFigure)]
    for figure, chart in zip(drawn, charts(folder / "s.pptx"), strict=True):
        first = list(chart.plots[0].series[0].values)
        shown = first if not isinstance(figure, GlideChart) else _on_days(chart, figure)
        assert tuple(shown) == tuple(measured(figure)), figure.title
        _edited_numbers_are_drawn_numbers(chart)
    line = drawn[0]
    assert on_the_screen(line) == {x: v for x, v in zip(line.series[0].x, measured(line), strict=True) if v is not None}
    for figure, sheet in zip(drawn, paper.sheets, strict=False):
        assert [row["value"] for row in sheet.rows] == list(measured(figure))
    _tables_hold(paper, folder)
    _words_hold(paper, folder)


def _on_days(chart: Any, figure: GlideChart) -> Values:
    """The values of a chart by days on the days of the figure; days are counted as spreadsheets count them."""
    days = [str(FIRST_DAY + timedelta(float(day))) for day in chart.plots[0].categories]
    told = dict(zip(days, chart.plots[0].series[0].values, strict=True))
    return [told[day] for day in figure.series.x]


def _edited_numbers_are_drawn_numbers(chart: Any) -> None:
    """Who opens "Edit data" finds the numbers that are drawn, and an empty cell where there is none."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert [str(name) for name in head[1:]] == [series.name for series in chart.plots[0].series]
    for at, series in enumerate(chart.plots[0].series, 1):
        assert [None if row[at] == "" else row[at] for row in rows] == list(series.values)


def _tables_hold(paper: Paper, folder: Path) -> None:
    """Workbook and CSV hold the rows, a number for a number and nothing where there is none."""
    book = CalamineWorkbook.from_path(str(folder / "w.xlsx"))
    with ZipFile(folder / "c.zip") as archive:
        for sheet in paper.sheets:
            told = list(csv.DictReader(io.StringIO(archive.read(f"{sheet.name}.csv").decode())))
            head, *cells = book.get_sheet_by_name(sheet.name).to_python()
            for row, text, cell in zip(sheet.rows, told, cells, strict=True):
                in_book = dict(zip(head, cell, strict=True))
                for name in ("value", "lower", "upper"):
                    wanted = row[name]
                    assert text[name] == ("" if wanted is None else str(wanted))
                    assert in_book[name] == ("" if wanted is None else wanted)
                assert text["state"] == in_book["state"] == row["state"]


def _words_hold(paper: Paper, folder: Path) -> None:
    """Alternative texts and the notes of slides say each row as the table on the screen does."""
    deck = Presentation(str(folder / "s.pptx"))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)
    with pikepdf.open(folder / "b.pdf") as pdf:
        said = " ".join(
            str(one["/Alt"]) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        )
    for figure in figures(paper):
        for row in table_of(figure)[1]:
            assert " · ".join(row) in notes
            if not isinstance(figure, GlideChart):  # a brief draws no target
                assert f"{row[0]}: {row[1]}" in said


@pytest.mark.parametrize("seed", [1])
def test_every_export_says_the_numbers_of_the_screen(seed: int, tmp_path: Path) -> None:
    hold_together(any_paper(random.Random(seed)), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_every_export_says_the_numbers_of_the_screen_in_many_states(seed: int, tmp_path: Path) -> None:
    hold_together(any_paper(random.Random(seed)), tmp_path)
