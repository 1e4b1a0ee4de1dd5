"""The funnel of an area's towns: each at the events it would expect, between limits that chance alone explains."""

from __future__ import annotations

import numpy as np

from dashboard.domain import Cells, FloatArray, Query
from dashboard.figures.funnel import FunnelChart, FunnelLimits, FunnelPoint
from dashboard.figures.words import number
from dashboard.views.source import ViewReader
from dashboard.views.words import axis_per, period_words, unit_words
from geo.funnel import limits

LEVELS = ((0.95, "95%"), (0.998, "99.8%"))
STEPS = 60
FEWEST = 10
"""Events that a town needs to be drawn: with fewer it has no rate of its own."""


def town_funnel(reader: ViewReader, query: Query) -> FunnelChart | None:
    """The funnel of the towns of a query that have a rate; None where the rate of all of them is not known."""
    indicator, cells = reader.registry.indicator(query.indicator), reader.read(query)
    expected = expected_events(cells)
    known = np.isfinite(expected) & (expected > 0)
    if not known.any():
        return None
    overall = float(np.nansum(cells.numerator[known]) / np.nansum(cells.denominator[known]))
    low, high = limits(np.where(known, expected, 1.0), LEVELS[-1][0])
    shown = known & (cells.numerator >= FEWEST)
    points = tuple(_point(cells, row, expected[row], low[row], high[row]) for row in np.flatnonzero(shown).tolist())
    name = reader.gazetteer.name(query.within)
    return FunnelChart(
        title="Which towns differ by more than chance",
        sentence=_sentence(points, int(known.sum()), name, period_words(query.periods[0])),
        unit=unit_words(indicator), per=axis_per(indicator), size_label=f"{indicator.unit} expected", points=points,
        limits=tuple(_limits(level, label, points, overall * cells.per) for level, label in LEVELS),
        reference=(round(overall * cells.per, 4), f"All of {name}"),
    )  # fmt: skip


def expected_events(cells: Cells) -> FloatArray:
    """What each place would count at the rate of all of them that are known; NaN where it is not known."""
    known = np.isfinite(cells.numerator) & np.isfinite(cells.denominator)
    people = float(cells.denominator[known].sum())
    rate = float(cells.numerator[known].sum()) / people if people else np.nan
    return np.where(known, cells.denominator * rate, np.nan)


def _point(cells: Cells, row: int, expected: float, low: float, high: float) -> FunnelPoint:
    count, rate = float(cells.numerator[row]), float(cells.rate[row])
    beyond = "above" if count > high else "below" if count < low else ""
    return FunnelPoint(
        label=cells.place[row], size=round(float(expected), 2), value=None if rate != rate else round(rate, 2),
        state=cells.state[row], numerator=count, flagged=bool(beyond),
        note=f"{beyond} what chance explains (99.8%)" if beyond else "", provisional=bool(cells.provisional[row]),
    )  # fmt: skip


def _limits(level: float, label: str, points: tuple[FunnelPoint, ...], rate: float) -> FunnelLimits:
    """Limits as rates, over the sizes at which towns are drawn."""
    drawn = [point.size for point in points] or [FEWEST]
    sizes = np.geomspace(max(min(drawn), 1.0), max(*drawn, FEWEST + 1), STEPS)
    low, high = limits(sizes, level)
    columns = (np.round(column, 3).tolist() for column in (sizes, low / sizes * rate, high / sizes * rate))
    return FunnelLimits(label, *map(tuple, columns))


def _sentence(points: tuple[FunnelPoint, ...], known: int, name: str, period: str) -> str:
    """How many towns lie outside, and how many would by chance."""
    if not points:
        return f"No town of {name} has the 10 events that a rate needs in {period}."
    above = sum(point.note.startswith("above") for point in points)
    below = sum(point.note.startswith("below") for point in points)
    few = known - len(points)
    left_out = f" Left out: {few} with fewer than {FEWEST} events." if few else ""
    by_chance = len(points) * (1 - LEVELS[-1][0])
    beside = f"about {number(by_chance, 1)}" if by_chance >= 0.05 else "hardly any"
    return (
        f"Above what chance alone explains: {above} of {len(points)} towns; below it: {below}. "
        f"By chance {beside} would lie outside.{left_out}"
    )
