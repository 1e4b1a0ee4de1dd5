"""Figures and rows for tests of exports, with every state, written by hand or drawn by chance."""

import random
from datetime import date

from dashboard.domain import State
from dashboard.exports.paper import MapFigure, Paper, Section, Sheet, Source, Tile
from dashboard.exports.sections import glide_rows, trend_rows
from dashboard.figures.cascade import CascadeChart, CascadeStep
from dashboard.figures.chart import Series, TrendChart
from dashboard.figures.glide import Forecast, GlideChart

YEARS = ("2019", "2020", "2021", "2022", "2023")
DAYS = tuple(f"{year}-07-02" for year in YEARS)
NOBODY = "=HYPERLINK(1)"
SQUARE = "M0 0L1000 0L1000 800L0 800Z"


def trend(values: tuple[float | None, ...], states: tuple[str, ...], *, title: str = "Deaths") -> TrendChart:
    """One line with intervals two below and three above."""
    low, high = (tuple(None if v is None else round(v + by, 4) for v in values) for by in (-2.0, 3.0))
    series = Series("Ash", YEARS, DAYS, values, low, high, values, states, (False,) * 4 + (True,))
    return TrendChart(title, f"{title} in Ash, 2023: 12.", "deaths", 100_000, (series,))


def any_trend(chance: random.Random) -> TrendChart:
    """A line whose states are drawn by chance; what has a state without a number has none."""
    states = tuple(chance.choice(list(State)) for _ in YEARS)
    shown = (State.VALUE, State.UNSTABLE)
    values = tuple(round(chance.uniform(2, 90), 2) if state in shown else None for state in states)
    return trend(values, tuple(map(str, states)))


def any_glide(chance: random.Random) -> GlideChart:
    """A line by chance against a target, with or without a forecast; its path begins before the line does."""
    line = any_trend(chance).series[0]
    ahead = Forecast(("2024",), ("2024-07-02",), (chance.randrange(5, 40) + 0.5,), (3.0,), (70.0,))
    ends = ("2018-07-02", chance.randrange(10, 20) + 0.0), ("2025-07-02", chance.randrange(20, 40) + 0.0)
    return GlideChart("Contact", "Behind.", "percent", 100, line, *ends, ahead if chance.random() < 0.5 else None)


def any_cascade(chance: random.Random) -> CascadeChart:
    """Steps by chance; what is hidden or not reported has no number."""
    steps = tuple(_step(chance, label) for label in ("Known", "Contact", "Engaged", "Started"))
    return CascadeChart("After an overdose", "Some were followed.", "overdoses", steps)


def _step(chance: random.Random, label: str) -> CascadeStep:
    state = chance.choice(list(State))
    if state in (State.SUPPRESSED, State.NOT_REPORTED):
        return CascadeStep(label, None, 90, state=state)
    reached, ended = chance.randrange(0, 60), chance.choice((None, 0, chance.randrange(1, 30)))
    return CascadeStep(label, reached, 90, ended, state=state, provisional=chance.random() < 0.3)


def any_map(chance: random.Random) -> MapFigure:
    """A map by chance, its towns as texts."""
    said = ("12 deaths", "0 deaths", "hidden to protect people", "not reported")
    rows = tuple((town, chance.choice(said)) for town in ("Ash", "Birch", "Cedar"))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 800"><path d="{SQUARE}"/></svg>'
    return MapFigure("Towns", "Ash leads.", svg, (("1", "under 12"), ("s", said[2])), ("Place", "Deaths"), rows)


def any_paper(chance: random.Random) -> Paper:
    """A paper of one section a figure, each with the rows of its figure, all by chance."""
    line, aim, steps, towns = any_trend(chance), any_glide(chance), any_cascade(chance), any_map(chance)
    rows = tuple(trend_rows(line))
    month = Section("this-month", "This month", "Deaths.", (Tile("Deaths", "12", "deaths", "12.", "Up."),), (line,),
                    sheets=(Sheet("trends", "Trends", rows),))  # fmt: skip
    sections = (month, Section("targets", "Targets", "1 target.", figures=(aim,),
                               sheets=(Sheet("target-paths", "Paths", tuple(glide_rows(aim))),)),
                Section("after-an-overdose", "After an overdose", "Some.", figures=(steps,)),
                Section("towns", "Towns", "Ash leads.", figures=(towns,)))  # fmt: skip
    source = Source("Death register", "The state", "public domain", date(2026, 1, 1))
    return Paper("Overdose response in Ash", "Ash", "Deaths.", date(2026, 3, 31), "For members.", sections, (source,))
