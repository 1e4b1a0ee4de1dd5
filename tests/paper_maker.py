"""Figures and rows for tests of exports, with every state, written by hand or drawn by chance."""

import random

from dashboard.domain import State
from dashboard.figures.chart import Series, TrendChart

YEARS = ("2019", "2020", "2021", "2022", "2023")
DAYS = tuple(f"{year}-07-02" for year in YEARS)
NOBODY = "=HYPERLINK(1)"
SQUARE = "M0 0L1000 0L1000 800L0 800Z"


def trend(values: tuple[float | None, ...], states: tuple[str, ...], *, title: str = "Deaths") -> TrendChart:
    """One line with intervals two below and three above."""
    low, high = (tuple(None if v is None else v + by for v in values) for by in (-2.0, 3.0))
    series = Series("Ash", YEARS, DAYS, values, low, high, values, states, (False,) * 4 + (True,))
    return TrendChart(title, f"{title} in Ash, 2023: 12.", "deaths", 100_000, (series,))


def any_trend(chance: random.Random) -> TrendChart:
    """A line whose states are drawn by chance; what has a state without a number has none."""
    states = tuple(chance.choice(list(State)) for _ in YEARS)
    shown = (State.VALUE, State.UNSTABLE)
    values = tuple(round(chance.uniform(2, 90), 2) if state in shown else None for state in states)
    return trend(values, tuple(map(str, states)))
