"""The slides: charts hold the numbers of the figure, what is absent is a gap, everything drawn is described."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from paper_maker import any_trend
from pptx import Presentation

from dashboard.domain import State
from dashboard.exports.paper import Paper
from dashboard.exports.slide_charts import NO_NUMBER, after_breaks, cascade_columns, glide, glide_columns, trend
from dashboard.exports.slide_parts import Deck, size_for
from dashboard.exports.slide_words import reading_words, step_words
from dashboard.exports.slides import slides
from dashboard.figures.cascade import CascadeChart
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import Forecast, GlideChart


def opened(paper: Paper, folder: Path) -> Any:
    slides(paper, folder / "slides.pptx", lambda *_: None)
    return Presentation(str(folder / "slides.pptx"))


def test_charts_are_native_the_map_is_a_picture_and_all_of_them_are_described(paper: Paper, tmp_path: Path):
    deck = opened(paper, tmp_path)
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    assert sum(shape.has_chart for shape in shapes) == 3
    drawn = [shape for shape in shapes if shape.has_chart or shape.shape_type == 13]
    assert len(drawn) > 3
    assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in drawn)


def test_every_slide_begins_with_a_sentence_and_says_its_day_and_whom_it_is_for(paper: Paper, tmp_path: Path):
    for slide in opened(paper, tmp_path).slides:
        assert slide.shapes.title.text_frame.text
        told = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "As known on 31 March 2026. For members of the coalition." in told


def test_the_last_slide_tells_the_four_states_and_the_sources(paper: Paper, tmp_path: Path):
    last = list(opened(paper, tmp_path).slides)[-1]
    told = " ".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    for words in ("Not reported: Nobody told us", "Hidden to protect people", "Unstable", "Death register"):
        assert words in told


def test_a_chart_holds_the_numbers_of_the_figure_whatever_their_states():
    chance, slide = random.Random(7), Deck().slide("A sentence.")
    for _ in range(40):
        chart = any_trend(chance)
        trend(slide, chart, "alternative")
        drawn = [shape for shape in slide.shapes if shape.has_chart][-1].chart
        assert tuple(drawn.plots[0].series[0].values) == chart.series[0].value


def test_what_is_absent_is_a_gap_and_its_reason_is_told(line: TrendChart):
    slide = Deck().slide("A sentence.")
    trend(slide, line, "alternative")
    chart = next(shape for shape in slide.shapes if shape.has_chart).chart
    xml = chart._chartSpace.xml
    assert '<c:dispBlanksAs val="gap"/>' in xml
    assert tuple(chart.plots[0].series[0].values) == (10.0, None, None, 9.0, 12.0)
    assert "2020: hidden to protect people; 2021: not reported" in reading_words(line)


def test_whiskers_reach_as_far_as_the_interval(line: TrendChart):
    slide = Deck().slide("A sentence.")
    trend(slide, line, "alternative")
    drawn = next(shape for shape in slide.shapes if shape.has_chart).chart._chartSpace
    plus, minus = ([float(v.text) for v in drawn.xpath(f".//c:errBars/c:{end}//c:v")] for end in ("plus", "minus"))
    assert (plus, minus) == ([3.0, 3.0, 3.0], [2.0, 2.0, 2.0])


def test_marks_of_a_target_stand_on_their_days_where_its_path_begins_before_its_line(line: TrendChart):
    aim = GlideChart("Contact", "Behind.", "percent", 100, line.series[0], ("2018-07-02", 8.0), ("2025-07-02", 22.0))
    slide = Deck().slide("A sentence.")
    glide(slide, aim, "alternative")
    drawn = next(shape for shape in slide.shapes if shape.has_chart).chart._chartSpace
    first = drawn.xpath(".//c:ser")[0]
    assert [int(one.get("val")) for one in first.xpath("./c:dPt/c:idx")] == [4, 5]  # 2022 unstable, 2023 provisional
    assert [int(one.get("idx")) for one in first.xpath("./c:errBars/c:plus//c:pt")] == [1, 4, 5]


def test_words_below_a_chart_name_what_is_marked_and_what_is_expected(line: TrendChart):
    ahead = Forecast(("2024",), ("2024-07-02",), (14.5,), (9.0,), (21.0,))
    aim = GlideChart("Contact", "Behind.", "percent", 100, line.series[0], None, ("2025-07-02", 22.0), ahead)
    assert reading_words(aim) == (
        "Whiskers: the 95% interval. Hollow: provisional, may still change (2023). "
        "Diamond: few events, unstable (2022). "
        "Not drawn, because there is no number: 2020: hidden to protect people; 2021: not reported. "
        "Expected for 2024, if this goes on: 14.5, 90% chance of 9.0 to 21.0."
    )


def test_words_below_a_cascade_name_its_provisional_and_unstable_steps(steps: CascadeChart):
    known, contact, medication = steps.steps
    few = replace(contact, state=State.UNSTABLE, provisional=True)
    assert step_words(replace(steps, steps=(known, few, medication))).endswith("Contact: unstable, provisional.")


def test_sentences_are_as_large_as_their_box_lets_them_be():
    assert size_for(["Short."], 12.0, 4.0) == 22
    assert size_for(["word " * 60] * 6, 12.0, 4.0) < 18
    assert size_for(["word " * 600] * 6, 12.0, 4.0) == 12


def test_no_line_is_drawn_over_a_change_of_definition(line: TrendChart):
    assert after_breaks(line.series[0], [("2022-12-01", "Withdrawal counted from here")]) == [4]
    assert after_breaks(line.series[0], []) == []


def test_a_step_without_a_number_is_hatched_and_no_number(steps: CascadeChart):
    columns = dict(cascade_columns(steps))
    assert columns["Reached"] == [20, 12, None]
    assert columns["Not yet reached"] == [0, 5, None]
    assert columns[NO_NUMBER] == [None, None, 20]


def test_the_path_to_a_target_is_straight(paper: Paper):
    section = paper.section("targets")
    assert section
    days, columns = glide_columns(section.figures[0])  # type: ignore[arg-type]
    path = dict(zip(days, dict(columns)["Path to the target"], strict=True))
    assert [path[day] for day in (days[0], days[-1])] == [10.0, 22.0]
    assert path[days[2]] == pytest.approx(10 + 12 * (days[2] - days[0]).days / (days[-1] - days[0]).days)
