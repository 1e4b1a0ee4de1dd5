"""What was said stands on a chart at the time it speaks of, as a number with its words below."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.domain import Level
from dashboard.figures.chart import Series, TrendChart
from dashboard.figures.flags import Flag, labels
from dashboard.figures.glide import GlideChart
from dashboard.figures.render_plotly import figure as plotly
from dashboard.figures.render_svg import figure as svg
from dashboard.meetings import About, Decision, Note, Story
from dashboard.views.said_flags import MOST_FLAGS, flagged

YEARS = tuple(str(year) for year in range(2020, 2025))


def line(x: tuple[str, ...]) -> Series:
    absent = (None,) * len(x)
    return Series("Deaths", x, x, (5.0,) * len(x), absent, absent, absent, ("value",) * len(x), (False,) * len(x))


CHART = TrendChart("Deaths", "Five a year.", "deaths", 1, (line(tuple(f"{year}-07-01" for year in YEARS)),))
MONTHLY = replace(CHART, series=(line(tuple(f"2024-{month:02d}-15" for month in range(1, 13))),))


def decided(id_: str = "d", on: date = date(2023, 5, 4), period: str = "") -> Decision:
    return Decision(
        coalition="ours", id=id_, text="Call **everybody**", on=on, about=About(indicator="deaths", period=period)
    )


@pytest.mark.parametrize(
    ("period", "x"),
    [("", "2023-05-04"), ("2022", "2022-07-02"), ("2021Q1", "2021-02-15"), ("2024-03-09", "2024-03-09")],
)
def test_an_entry_stands_at_the_time_it_speaks_of_else_on_its_day(period, x):
    chart = flagged(CHART, [decided(period=period)], level=Level.TOWN)
    assert chart.flags == (Flag(x, 1, "Decision, 4 May 2023", "Call everybody", "#said-d"),)


def test_flags_are_numbered_in_the_order_of_time():
    said = [decided("c", date(2024, 1, 1)), decided("a", date(2021, 1, 1)), decided("b", date(2022, 1, 1))]
    flags = flagged(CHART, said, level=Level.TOWN).flags
    assert [(flag.number, flag.href) for flag in flags] == [(1, "#said-a"), (2, "#said-b"), (3, "#said-c")]


@pytest.mark.parametrize(("on", "shown"), [("2018-01-01", 0), ("2019-09-01", 1), ("2025-06-30", 1), ("2026-01-01", 0)])
def test_what_lies_outside_of_a_charts_time_stands_in_no_flag(on, shown):
    assert len(flagged(CHART, [decided(on=date.fromisoformat(on))], level=Level.TOWN).flags) == shown


def test_of_many_the_newest_are_flags():
    said = [decided(f"d{n}", date(2022, 1, 1 + n)) for n in range(20)]
    flags = flagged(CHART, said, level=Level.TOWN).flags
    assert [flag.href for flag in flags] == [f"#said-d{n}" for n in range(20 - MOST_FLAGS, 20)]


@pytest.mark.parametrize(
    ("chart", "level", "shown"),
    [
        (CHART, Level.PLANNING_AREA, 1),
        (CHART, Level.TOWN, 0),
        (MONTHLY, Level.PLANNING_AREA, 0),
        (CHART, Level.STATE, 1),
    ],
)
def test_a_story_is_a_flag_on_areas_and_quarters_alone(chart, level, shown):
    story = Story(coalition="ours", id="s", text="Somebody came.", role="resident", on=date(2024, 6, 1),
                  about=About(place="area", period="2024Q2"))  # fmt: skip
    assert len(flagged(chart, [story], level=level).flags) == shown


def test_long_words_are_cut_between_words():
    note = Note(coalition="ours", id="n", text="word " * 60, role="resident", on=date(2023, 1, 1))
    words = flagged(CHART, [note], level=Level.TOWN).flags[0].words
    assert words.endswith(" word…")
    assert len(words) <= 121


def test_both_pictures_carry_the_numbers_and_a_chart_without_flags_is_as_it_was():
    marked = flagged(CHART, [decided()], level=Level.TOWN)
    assert ">1</text>" in svg(marked)
    assert [note["text"] for note in plotly(marked)["layout"]["annotations"] if note.get("bgcolor")] == ["1"]
    assert 'fill-opacity="0.45"' not in svg(CHART)
    assert "<rect" not in svg(CHART)


def test_a_target_carries_flags_up_to_its_day():
    glide = GlideChart("Deaths", "On track.", "deaths", 1, CHART.series[0], ("2020-12-31", 5.0), ("2027-12-31", 2.0))
    marked = flagged(glide, [decided(on=date(2026, 1, 1))], level=Level.TOWN)
    assert ">1</text>" in svg(marked)


def test_flags_that_would_touch_are_one():
    flags = [Flag(f"2024-01-0{n}", n, "", "") for n in (1, 2, 3)] + [Flag("2024-12-01", 4, "", "")]
    found = labels(flags, lambda iso: float(date.fromisoformat(iso).toordinal()))
    assert [label for _, label in found] == ["1–3", "4"]
