"""What was said about charts side by side: one number for one entry, on every chart that it speaks of."""

from dataclasses import replace
from datetime import date

from dashboard.domain import Level
from dashboard.figures.chart import Series, SmallMultiples, TrendChart
from dashboard.figures.render_plotly import figure as plotly
from dashboard.figures.render_svg import figure as svg
from dashboard.meetings import Decision, Note
from dashboard.views.said_panels import PanelSaid, flagged_panels

YEARS = tuple(str(year) for year in range(2020, 2025))
NONE = (None,) * len(YEARS)
LINE = Series("Deaths", YEARS, tuple(f"{year}-07-01" for year in YEARS), (5.0,) * 5, NONE, NONE, NONE, ("value",) * 5,
              (False,) * 5)  # fmt: skip
ASH = TrendChart("Ash", "Five a year.", "deaths", 1, (LINE,))
PANELS = SmallMultiples("Deaths", "Five a year each.", (ASH, replace(ASH, title="Birch")))
BOTH = Decision(coalition="ours", id="both", text="Call everybody.", on=date(2023, 5, 4))
BIRCH = Note(coalition="ours", id="birch", text="The shelter moved.", role="resident", on=date(2021, 5, 4))


def marked(*, most: int = 9) -> SmallMultiples:
    return flagged_panels(
        PANELS, [PanelSaid([BOTH], Level.TOWN), PanelSaid([BOTH, BIRCH], Level.TOWN, "/birch")], most=most
    )


def test_an_entry_has_one_number_on_every_chart_and_says_where_it_stands_alone() -> None:
    first, second = marked().charts
    assert [flag.number for flag in first.flags] == [2]
    assert [flag.number for flag in second.flags] == [1, 2]
    told = [(flag.number, flag.head, flag.href) for flag in marked().flags]
    assert told == [(1, "Note, 4 May 2021, Birch", "/birch#said-birch"), (2, "Decision, 4 May 2023", "#said-both")]


def test_of_many_the_newest_of_all_charts_are_flags() -> None:
    assert [flag.href for flag in marked(most=1).flags] == ["#said-both"]


def test_both_pictures_carry_the_numbers_and_begin_all_plots_at_one_height() -> None:
    drawn = plotly(marked(), columns=2)["layout"]
    heads = [
        (note["xref"], note["text"]) for note in drawn["annotations"] if note.get("bgcolor") and note["text"] in "12"
    ]
    assert heads == [("x", "2"), ("x2", "1"), ("x2", "2")]
    assert drawn["xaxis"]["range"] == drawn["xaxis2"]["range"]
    words = svg(marked(), 700)
    assert [words.count(f'font-size="12">{number}</text>') for number in (1, 2)] == [1, 2]
    assert 'fill-opacity="0.45"' not in svg(PANELS, 700)
