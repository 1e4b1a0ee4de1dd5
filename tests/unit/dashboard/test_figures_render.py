"""What draws the charts: plain dicts for Plotly, and SVG that needs nothing else."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboard.figures import render_plotly, render_svg
from dashboard.figures.chart import IntervalChart, IntervalRow, Series, SmallMultiples, TrendChart
from dashboard.figures.palette import PAPER
from dashboard.figures.scale import apart, ticks, time_ticks, wrapped

SVG = "{http://www.w3.org/2000/svg}"
YEARS = tuple(str(year) for year in range(2014, 2025))


def series(label="Boston", absent=(), provisional=2, state="value"):
    value = tuple(None if i in absent else 20.0 + i for i in range(11))
    limits = [tuple(None if v is None else v + shift for v in value) for shift in (-4, 4)]
    states = tuple("suppressed" if i in absent else state for i in range(11))
    late = tuple(i >= 11 - provisional for i in range(11))
    return Series(label, YEARS, tuple(f"{year}-07-01" for year in YEARS), value, *limits, value, states, late)


def trend(*lines, breaks=()):
    return TrendChart("Opioid deaths", "30 per 100,000 in 2024.", "deaths", 100_000, lines or (series(),), breaks)


ROWS = (
    IntervalRow("Men", 38.2, 35.1, 41.6, numerator=540),
    IntervalRow("Women", 15.1, 13.2, 17.3, highlight=True),
    IntervalRow("Asian", None, state="unstable", numerator=7),
)
GROUPS = IntervalChart("By group", "Men die most often.", "deaths", 100_000, ROWS, (26.8, "Massachusetts"))
PANELS = SmallMultiples("Towns", "Four towns.", tuple(trend(series(str(i))) for i in range(4)))
ALL = [
    trend(),
    trend(series(), series("Worcester <West>", absent=(3, 4))),
    GROUPS,
    PANELS,
    trend(series(absent=range(11))),
]


def markers(figure):
    return [trace for trace in figure["data"] if trace.get("mode") == "markers"]


@pytest.mark.parametrize("chart", ALL)
def test_a_plotly_figure_is_plain_and_small(chart):
    text = json.dumps(render_plotly.figure(chart), separators=(",", ":"))
    assert len(text) < 16_000
    assert "NaN" not in text


@pytest.mark.parametrize("chart", ALL)
def test_plotly_itself_finds_nothing_wrong_with_the_figure(chart):
    graph_objects = pytest.importorskip("plotly.graph_objects")
    found = render_plotly.figure(chart)
    assert len(graph_objects.Figure(found).data) == len(found["data"])


def test_the_toolbar_and_its_upload_are_off():
    assert render_plotly.GRAPH_CONFIG == {"displayModeBar": False, "showSendToCloud": False, "responsive": True}


def test_a_line_stops_where_a_number_is_absent():
    found = render_plotly.figure(trend(series(absent=(4,), provisional=0)))
    lines = [trace["x"] for trace in found["data"] if trace.get("mode") == "lines"]
    assert [(line[0][:4], line[-1][:4]) for line in lines] == [("2014", "2017"), ("2019", "2024")]
    crosses = markers(found)[-1]
    assert crosses["x"] == ["2018-07-01"]
    assert "hidden to protect people" in crosses["text"][0]


def test_no_line_crosses_a_break_and_the_break_is_named():
    found = render_plotly.figure(trend(series(provisional=0), breaks=(("2020-01-01", "Coding changed"),)))
    assert all(not (line["x"][0] < "2020" < line["x"][-1]) for line in found["data"] if line.get("mode") == "lines")
    assert found["layout"]["shapes"][0]["x0"] == "2020-01-01"
    assert any("Coding" in note["text"] for note in found["layout"]["annotations"])


def test_provisional_points_are_hollow_and_their_line_is_dashed():
    found = render_plotly.figure(trend())
    assert markers(found)[0]["marker"]["color"][-2:] == [PAPER, PAPER]
    assert markers(found)[0]["marker"]["color"][-3] != PAPER
    dashed = [trace for trace in found["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert [trace["x"][0][:4] for trace in dashed] == ["2022"]


def test_the_value_axis_begins_at_zero_unless_the_chart_says_otherwise():
    assert render_plotly.figure(trend())["layout"]["yaxis"]["range"][0] == 0
    free = TrendChart("Deaths", "s", "deaths", 1, (series(),), y_from_zero=False)
    assert render_plotly.figure(free)["layout"]["yaxis"]["range"][0] > 0


def test_hovering_reads_in_words():
    text = markers(render_plotly.figure(trend()))[0]["text"][-1]
    assert text == "<b>Boston, 2024</b><br>30 (26 to 34), provisional<br>deaths per 100,000"


def test_names_from_files_cannot_become_markup():
    chart = trend(series("<a href='x'>Boston</a>"), series("B & C"))
    for text in (json.dumps(render_plotly.figure(chart)), render_svg.figure(chart)):
        assert "<a href" not in text


def test_small_multiples_share_one_scale():
    high = trend(Series("High", YEARS[:1], ("2014-07-01",), (480.0,), (None,), (None,), (480,), ("value",), (False,)))
    layout = render_plotly.figure(SmallMultiples("Towns", "s", (trend(), high)))["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["yaxis"]["range"][1] >= 480


def test_a_long_name_above_a_small_multiple_takes_more_lines_and_more_room():
    short, long = (
        render_plotly.figure(SmallMultiples("Places", "s", (replace(trend(), title=title),)))["layout"]
        for title in ("Boston", "Franklin County and North Quabbin")
    )
    assert "<b>Franklin County<br>and North Quabbin</b>" in [note["text"] for note in long["annotations"]]
    assert long["margin"]["t"] > short["margin"]["t"]


def test_rows_without_a_number_say_why():
    notes = [note["text"] for note in render_plotly.figure(GROUPS)["layout"]["annotations"]]
    assert "<i>7, too few for a rate</i>" in notes
    assert "Massachusetts 26.8" in notes
    assert "7, too few for a rate" in render_svg.figure(GROUPS)


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [326, 560])
def test_an_svg_is_well_formed_named_and_described(chart, width):
    root = ElementTree.fromstring(render_svg.figure(chart, width=width))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root}
    title, sentence = root.get("aria-labelledby").split()
    assert (named[title], named[sentence]) == (chart.title, chart.sentence)
    assert root.get("viewBox").split()[2] == str(width)


@pytest.mark.parametrize("chart", ALL)
def test_an_svg_needs_no_script_and_no_style(chart):
    text = render_svg.figure(chart)
    assert not re.search(r"<script|<style| style=|\son\w+=|href=|nan|None", text)


def test_one_trend_is_a_few_kilobytes_of_svg():
    assert len(render_svg.figure(trend())) < 6_000


def test_everything_drawn_lies_inside_the_svg():
    root = ElementTree.fromstring(render_svg.figure(trend(series(), series("Worcester")), width=326, height=240))
    places = [re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d")) for path in root.iter(f"{SVG}path")]
    for x, y in (place for path in places for place in path):
        assert 0 <= float(x) <= 326
        assert 0 <= float(y) <= 240


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 43, [0, 10, 20, 30, 40, 50]), (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 0.9, [0, 0.2, 0.4, 0.6, 0.8, 1])],
)
def test_ticks_are_round_and_reach_over_the_values(low, high, expected):
    assert ticks(low, high) == expected


def test_the_last_period_is_always_named():
    found = time_ticks([trend()], 150)
    assert found[-1] == ("2024-07-01", "2024")
    assert 1 < sum(bool(label) for _, label in found) < 6


def test_labels_are_moved_apart_and_keep_their_order():
    moved = apart([50, 51, 10], [10, 10, 10], 0, 100)
    assert moved[1] - moved[0] >= 10
    assert moved[2] == 10
    assert apart([99, 100], [10, 10], 0, 100) == [85, 95]


def test_long_labels_are_broken_between_words():
    assert wrapped("Franklin County and North Quabbin", 14) == ["Franklin", "County and", "North Quabbin"]


def test_figures_load_neither_plotly_nor_dash():
    code = "import sys, dashboard.figures.render_plotly, dashboard.figures.render_svg, dashboard.figures.classes; "
    code += "print(sorted(m for m in ('plotly', 'dash', 'pandas', 'sqlalchemy', 'scipy') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
