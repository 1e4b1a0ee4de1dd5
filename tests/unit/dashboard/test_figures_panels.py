"""Funnels, thresholds, cascades and glide paths: their tables, captions and pictures."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from dashboard.figures import render_svg
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.chart import Series
from dashboard.figures.funnel import FunnelChart, FunnelLimits, FunnelPoint
from dashboard.figures.glide import Forecast, GlideChart
from dashboard.figures.palette import ACCENT
from dashboard.figures.steps import StepChart, StepLine
from layouts.components.figure import svg_figure

SVG = "{http://www.w3.org/2000/svg}"
POINTS = (
    FunnelPoint("Holyoke", 14.0, 71.0, numerator=37, flagged=True, note="above the 99.8% limits"),
    FunnelPoint("Gill <West>", 0.5, 40.2, "unstable", 1),
    FunnelPoint("Lee", 2.0, None, "suppressed", 3),
    FunnelPoint("Newton", 80.0, 25.0, numerator=75, provisional=True),
)
LIMITS = tuple(FunnelLimits(label, (1.0, 10.0, 100.0), (0.0, 10.0 - n, 20.0), (150.0, 50.0 + n, 32.0))
               for n, label in enumerate(("95%", "99.8%")))  # fmt: skip
FUNNEL = FunnelChart("Funnel", "One town lies outside.", "deaths", 100_000, "deaths expected", POINTS, LIMITS,
                     (26.8, "Massachusetts"))  # fmt: skip
VERIFIED = StepLine("Verified", (10, 20, 30, 40), (900, 500, None, 100), ("value", "value", "suppressed", "value"))
LISTED = StepLine("Listed", (20, 40), (400.0, 50.0))
STEPS = StepChart("Threshold", "500 people.", "minutes", "residents", (VERIFIED, LISTED), (25, "25 minutes"))
CASCADE = CascadeChart(
    "After an overdose",
    "62 of 81 were reached.",
    "overdoses",
    (
        CascadeStep("Known", 81, 81),
        CascadeStep("Contact", 62, 81, lower=66, upper=84),
        CascadeStep("Offered", 40, 81, ended=30, provisional=True),
        CascadeStep("Started", 3, 81, state="unstable"),
        CascadeStep("Retained", None, 81, state="suppressed"),
        CascadeStep("Retained a year", None, None, state="not_reported"),
    ),
)
SERIES = Series("Deaths", ("2022", "2023", "2024"), ("2022-07-01", "2023-07-01", "2024-07-01"), (12, None, 9),
                (8, None, 5), (17, None, 14), (12, None, 9), ("value", "suppressed", "unstable"),
                (False, False, True))  # fmt: skip
FORECAST = Forecast(("2025",), ("2025-07-01",), (8.25,), (4,), (13,))
GLIDE = GlideChart("Deaths", "On track.", "deaths", 1, SERIES, ("2022-07-01", 12.0), ("2026-07-01", 8.0), FORECAST,
                   interval="90%")  # fmt: skip
EMPTY = GlideChart("Deaths", "No data.", "deaths", 1, replace(SERIES, value=(None,) * 3), None, ("2026-12-31", 8.0))
ALL = [FUNNEL, STEPS, CASCADE, replace(CASCADE, shared=False), GLIDE, EMPTY, replace(FUNNEL, points=(), limits=())]


def test_a_funnel_says_every_place_with_its_size_and_its_standing() -> None:
    head, rows = FUNNEL.table()
    assert head == ("Place", "Deaths expected", "Deaths per 100,000", "Deaths", "Compared with the limits")
    assert rows == [
        ("Holyoke", "14.0", "71.0", "37", "above the 99.8% limits"),
        ("Gill <West>", "0.5", "40.2, unstable", "1", "inside"),
        ("Lee", "2.0", "hidden to protect people", "hidden to protect people", "–"),
        ("Newton", "80.0", "25.0, provisional", "75", "inside"),
    ]


def test_a_hidden_place_of_a_funnel_has_no_number_anywhere() -> None:
    alone = replace(FUNNEL, points=(FunnelPoint("Lee", 2.0, None, "suppressed", 777),))
    assert "777" not in render_svg.figure(alone) + str(alone.table())


def test_a_funnel_names_and_fills_only_the_places_outside() -> None:
    root = ElementTree.fromstring(render_svg.figure(FUNNEL))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "Holyoke" in words
    assert "Newton" not in words
    filled = [path[0].text for path in root.iter(f"{SVG}path") if path.get("fill") == ACCENT]
    assert filled == ["Holyoke: 71.0"]


def test_steps_hold_their_value_until_the_next() -> None:
    assert [STEPS.value_at(VERIFIED, x) for x in (9, 10, 19.9, 20, 35, 99)] == [None, 900, 900, 500, None, 100]


def test_the_table_of_steps_has_a_row_for_every_threshold() -> None:
    head, rows = STEPS.table()
    assert head == ("Minutes", "Verified", "Listed")
    assert rows == [
        ("10", "900", "–"),
        ("20", "500", "400"),
        ("30", "hidden to protect people", "400"),
        ("40", "100", "50"),
    ]


def test_a_line_of_steps_is_drawn_level_and_upright_and_stops_where_a_number_is_absent() -> None:
    drawn = render_svg.figure(replace(STEPS, lines=(VERIFIED,), marker=None))
    runs = re.findall(rf'<path d="([^"]+)" fill="none" stroke="{ACCENT}"', drawn)
    assert len(runs) == 2
    points = [tuple(map(float, pair.split())) for pair in runs[0][1:].split("L")]
    assert len(points) == 4
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))


def test_the_chosen_threshold_says_the_number_of_every_line() -> None:
    drawn = render_svg.figure(STEPS)
    assert "Verified, 25 minutes: 500" in drawn
    assert "Listed, 25 minutes: 400" in drawn


def test_a_cascade_says_who_is_reached_and_who_not_yet() -> None:
    head, rows = CASCADE.table()
    assert head == ("Step", "Reached", "Not yet reached", "Declined for now or already in care",
                    "Of how many overdoses", "Percent reached", "95% interval", "Note")  # fmt: skip
    assert rows[1] == ("Contact", "62", "19", "–", "81", "77", "66 to 84", "–")
    assert rows[2] == ("Offered", "40", "11", "30", "81", "49", "–", "provisional")
    assert rows[4][1:3] == ("hidden to protect people",) * 2
    assert rows[5][1] == "not reported"


def test_the_words_beside_a_bar_carry_the_base_and_the_interval() -> None:
    said = [step.said for step in CASCADE.steps]
    assert said[1] == "62 of 81 (77%, 66 to 84)"
    assert said[3] == "3 of 81 (4%), unstable"
    assert said[4:] == ["hidden to protect people", "not reported"]


def test_more_reached_than_there_are_leaves_nobody_invented() -> None:
    assert CascadeStep("Odd", 9, 7).not_yet is None
    assert CascadeStep("Nobody", 0, 0).share is None


def bars(chart: CascadeChart) -> dict[str, list[float]]:
    """Widths of the rectangles of each step, from back to front."""
    root = ElementTree.fromstring(render_svg.figure(chart, width=402))
    groups = [group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]
    return {
        (group.findtext(f"{SVG}title") or "").split(":")[0]: [
            float(r.get("width") or 0) for r in group.iter(f"{SVG}rect")
        ]
        for group in groups
    }


def test_bars_are_as_long_as_their_counts() -> None:
    chart = replace(CASCADE, steps=(CascadeStep("Known", 80, 80), CascadeStep("Started", 20, 40, ended=10)))
    assert bars(chart) == {"Known": [400, 400], "Started": [200, 100, 50]}


def test_steps_without_a_shared_base_are_separate_whole_bars_and_the_caption_says_so() -> None:
    chart = replace(CASCADE, steps=(CascadeStep("Known", 80, 80), CascadeStep("Started", 20, 40)), shared=False)
    assert bars(chart) == {"Known": [400, 400], "Started": [400, 200]}
    assert "base of its own" in chart.reading
    assert "base of its own" not in CASCADE.reading


def test_the_glide_path_is_the_straight_line_from_baseline_to_target() -> None:
    assert GLIDE.path_at("2022-07-01") == 12
    assert GLIDE.path_at("2026-07-01") == 8
    # 2022-07-01 to 2026-07-01 is 1,461 days, to 2024-07-01 731 of them
    assert GLIDE.path_at("2024-07-01") == pytest.approx(12 - 4 * 731 / 1461)
    assert GLIDE.path_at("2027-01-01") is None
    assert EMPTY.path_at("2023-01-01") is None


def test_the_table_of_a_glide_path_goes_on_through_the_forecast_to_the_target() -> None:
    head, rows = GLIDE.table()
    assert head == ("Period", "Deaths", "90% interval", "Path to the target", "Note")
    assert rows == [
        ("2022", "12", "8 to 17", "12.0", "–"),
        ("2023", "hidden to protect people", "–", "11.0", "–"),
        ("2024", "9", "5 to 14", "10.0", "unstable, provisional"),
        ("2025", "8.2", "4 to 13", "9.0", "forecast, 90% band"),
        ("Target, by 2026-07-01", "8", "–", "8", "target"),
    ]


def test_a_glide_path_says_its_target_and_when() -> None:
    assert "Target 8, Jul 2026" in render_svg.figure(GLIDE)
    assert "the 90% interval" in GLIDE.reading
    assert "forecast" not in replace(GLIDE, forecast=None).reading


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [326, 560])
def test_a_panel_is_well_formed_named_and_described(chart: render_svg.Picture, width: int) -> None:
    text = render_svg.figure(chart, width=width)
    root = ElementTree.fromstring(text)
    named = {element.get("id"): element.text for element in root}
    title, sentence = (root.get("aria-labelledby") or "").split()
    assert (named[title], named[sentence]) == (chart.title, chart.sentence)
    assert not re.search(r"<script|<style| style=|\son\w+=|href=|nan|None", text)


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [326, 560])
def test_everything_in_a_panel_lies_inside_it(chart: render_svg.Picture, width: int) -> None:
    root = ElementTree.fromstring(render_svg.figure(chart, width=width))
    high = float(root.get("height") or 0)
    places = [
        pair for path in root.iter(f"{SVG}path") for pair in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))
    ]
    assert all(0 <= float(x) <= width and 0 <= float(y) <= high for x, y in places)
    sides = [(float(r.get("x")) + float(r.get("width")), float(r.get("y")) + 18) for r in root.iter(f"{SVG}rect")]
    assert all(x <= width and y <= high for x, y in sides)


@pytest.mark.parametrize("chart", ALL)
def test_a_panel_becomes_a_figure_with_its_sentence_and_its_table(chart: render_svg.Picture) -> None:
    found = str(svg_figure(chart, width=340))
    assert chart.sentence in found
    assert "data-cells" in found


def test_a_cascade_of_nothing_but_absent_numbers_is_its_table_alone() -> None:
    nothing = replace(CASCADE, steps=(CascadeStep("Known", None, None, state="not_reported"),))
    assert "Img(" not in str(svg_figure(nothing))
    assert "Img(" in str(svg_figure(CASCADE))
