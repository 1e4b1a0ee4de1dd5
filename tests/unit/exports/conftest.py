"""A small paper with every state, written by hand."""

from datetime import date

import pytest
from paper_maker import NOBODY, SQUARE, trend

from dashboard.domain import State
from dashboard.exports.paper import MapFigure, Paper, Point, Reading, Section, Sheet, Source, Tile
from dashboard.exports.sections import trend_rows
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import GlideChart


@pytest.fixture
def line() -> TrendChart:
    states = (State.VALUE, State.SUPPRESSED, State.NOT_REPORTED, State.UNSTABLE, State.VALUE)
    return trend((10.0, None, None, 9.0, 12.0), tuple(map(str, states)))


@pytest.fixture
def steps() -> CascadeChart:
    return CascadeChart("After an overdose", "Of 20 overdoses, 12 were followed.", "overdoses", (
        CascadeStep("Known overdoses", 20, 20), CascadeStep("Contact", 12, 20, ended=3),
        CascadeStep("Medication started", None, 20, state=State.SUPPRESSED),
    ))  # fmt: skip


@pytest.fixture
def paper(line: TrendChart, steps: CascadeChart) -> Paper:
    aim = GlideChart("Contact by the next day", "Behind: 40%.", "percent", 1, line.series[0],
                     ("2019-07-02", 10.0), ("2025-07-02", 22.0), target_label="Target for 2025")  # fmt: skip
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 800"><path d="{SQUARE}"/></svg>'
    towns = MapFigure("Deaths, 2023", "12 deaths in Ash.", svg, (("1", "under 12"), ("s", "hidden to protect people")),
                      ("Place", "Deaths"), (("Ash", "12 deaths"), ("Birch", "hidden to protect people")))  # fmt: skip
    rows = (
        {"place": "Ash", "numerator": 12, "rate": 24.1, "state": "value", "provisional": True},
        {"place": NOBODY, "numerator": None, "rate": None, "state": "suppressed", "provisional": False},
        {"place": "Cedar", "numerator": 0, "rate": 0, "state": "value", "provisional": False},
        {"place": "Dogwood", "numerator": None, "rate": None, "state": "not_reported", "provisional": False},
    )
    aims = Reading("Targets", ("Status", "Target", "Now", "From, to", "Owner", "Due"),
                   (("Behind", "Contact", "40%", "10% to 80%", "Ann", "2027"),))  # fmt: skip
    month = Section("this-month", "This month", "Deaths in Ash: 12.", (Tile("Deaths", "12", "deaths", "12.", "Up."),),
                    (line,), sheets=(Sheet("trends", "Trends", tuple(trend_rows(line))),))  # fmt: skip
    sections = (
        month,
        Section("what-changed", "What changed", "One thing.", points=(Point("A <b>sentence</b>.", "Overdue"),)),
        Section("targets", "Targets", "1 target: 1 behind.", figures=(aim,), tables=(aims,)),
        Section("after-an-overdose", "After an overdose", steps.sentence, figures=(steps,)),
        Section("towns", "Towns", "12 deaths in Ash.", figures=(towns,), sheets=(Sheet("towns", "Towns", rows),)),
    )
    return Paper(
        "Overdose response in <Ash>", "Ash", "Deaths in Ash: 12.", date(2026, 3, 31), "For members of the coalition.",
        sections, (Source("Death register", "The state", "public domain", date(2026, 1, 1)),),
        ("Clinic: its agreement has ended.",),
    )  # fmt: skip
