"""The numbers behind a target: its newest complete window, and the periods before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from dashboard.agreements.question import questions_among
from dashboard.domain import Cells, Indicator, Period, Query, State, Target, add_months
from dashboard.errors import InvalidQuery
from dashboard.targets.forecast import History
from dashboard.targets.status import Counted
from dashboard.views.asking import state_of
from dashboard.views.shapes import home_area
from dashboard.views.source import ViewReader

YEAR, QUARTER = 12, 3
MOST_STEPS = 40
"""Periods to look back for the newest complete window."""
MOST_PERIODS = 20
"""Periods of history that a forecast leans on."""


@dataclass(frozen=True)
class Window:
    """The newest complete window of a target: what was counted in it, and by which source.

    `asked` tells of partners' questions about it.
    """

    period: Period
    counted: Counted
    source: str
    provisional: bool
    asked: str = ""


def place_of(reader: ViewReader, target: Target) -> str:
    """The place or set of a target; the coalition's catchment where it names none."""
    if target.place:
        return target.place
    own = next((str(row["catchment"]) for row in reader.coalitions if row["id"] == target.coalition), "")
    return own or home_area(reader)


def query_of(reader: ViewReader, target: Target) -> Query:
    """The question a target asks, without its periods."""
    place = place_of(reader, target)
    if place not in reader.gazetteer.number and place not in reader.gazetteer.set_by_id:
        raise InvalidQuery(f"the place '{place[:60]}' is not in this store")
    return Query(
        target.indicator, (), reader.gazetteer.level_of(place), (place,), stratum=target.stratum, partner=target.partner
    )


def baseline_of(target: Target) -> Period:
    """The window of the baseline; InvalidQuery when it cannot be read."""
    return Period.parse(target.baseline_period)


def months_of(target: Target) -> int:
    """Length of every window of a target: that of its baseline."""
    return baseline_of(target).months or YEAR


def due_window(target: Target) -> Period:
    """The window that ends with the due day."""
    return Period.ending(target.due + timedelta(days=1), months_of(target))


def newest_window(reader: ViewReader, indicator: Indicator, target: Target) -> Window | None:
    """The newest window of the baseline's length that is complete; None when there is none."""
    query = query_of(reader, target)
    for period in _candidates(reader, indicator, query, months_of(target)):
        cells = reader.read(replace(query, periods=(period,)))
        if not np.isnan(cells.numerator[0]):
            asked = questions_among(cells.notes)
            return Window(period, counted(indicator, cells, 0), cells.source[0], bool(cells.provisional[0]), asked)
    return None


def hidden(reader: ViewReader, indicator: Indicator, target: Target) -> bool:
    """Whether the newest window is known but may not be shown."""
    query = query_of(reader, target)
    for period in _candidates(reader, indicator, query, months_of(target))[:1]:
        return reader.read(replace(query, periods=(period,))).state[0] == State.SUPPRESSED
    return False


def counted(indicator: Indicator, cells: Cells, row: int) -> Counted:
    """One cell as what was counted; plain counts stand over 1."""
    plain = indicator.denominator is None
    below = 1.0 if plain else float(cells.denominator[row])
    return Counted(indicator.kind, float(cells.numerator[row]), below, 1.0 if plain else float(indicator.per))


def _candidates(reader: ViewReader, indicator: Indicator, query: Query, months: int) -> list[Period]:
    """Windows of one length that may be complete, newest first."""
    state = state_of(reader, *query.geoids)
    if not reader.adds_over_time(indicator):
        return _published(reader, indicator, query, months)
    span = reader.span(indicator, state)
    if span is None:
        return []
    step = shortest(reader, indicator, query)
    ends = (add_months(span.end, -step * back) for back in range(MOST_STEPS))
    return [Period.ending(end, months) for end in ends if add_months(end, -months) >= span.start]


def _published(reader: ViewReader, indicator: Indicator, query: Query, months: int) -> list[Period]:
    rows = _own_series(reader, indicator, query)
    windows = {window for row in rows for window in reader.windows(row) if window.months == months}
    return sorted(windows, key=lambda window: window.end, reverse=True)[:MOST_STEPS]


def _own_series(reader: ViewReader, indicator: Indicator, query: Query) -> list[dict[str, object]]:
    rows = reader.series_of(indicator, state_of(reader, *query.geoids))
    return [row for row in rows if row["stratum"] == query.stratum and row["partner"] == query.partner]


def shortest(reader: ViewReader, indicator: Indicator, query: Query) -> int:
    """The shortest period, in months, in which the numbers of a target come; a year where that is unknown."""
    lengths = [int(str(row["months"])) for row in _own_series(reader, indicator, query) if row["months"]]
    return min(lengths, default=YEAR)


def expected_by(reader: ViewReader, indicator: Indicator, target: Target, window: Window) -> date:
    """The day by which newer numbers should be here: one period and the source's usual lag after the window."""
    step = shortest(reader, indicator, query_of(reader, target))
    return add_months(window.period.end, step) + timedelta(days=reader.usual_lag_days(indicator, window.source))


def periods_before(reader: ViewReader, indicator: Indicator, target: Target, end: date) -> tuple[Period, ...]:
    """Periods of one length that end on `end`, side by side and after the last break, oldest first.

    Quarters where they are published as finely; else windows as long as the baseline.
    """
    query = query_of(reader, target)
    state = state_of(reader, *query.geoids)
    months = months_of(target)
    fine = reader.adds_over_time(indicator) and shortest(reader, indicator, query) <= QUARTER
    step = QUARTER if fine and months % QUARTER == 0 else months
    span = reader.span(indicator, state)
    broken = [day for day, _ in reader.breaks(indicator, state) if day < end]
    first = max([span.start if span else end, *broken])
    found: list[Period] = []
    while len(found) < MOST_PERIODS and add_months(end, -step) >= first:
        found.append(Period.ending(end, step))
        end = add_months(end, -step)
    return tuple(reversed(found))


def history_of(
    reader: ViewReader, indicator: Indicator, target: Target, periods: tuple[Period, ...]
) -> tuple[History, tuple[Period, ...]]:
    """The periods up to the newest that are known without a gap, and their counts."""
    if not periods:
        return History(np.array([]), np.array([])), ()
    cells = reader.read(replace(query_of(reader, target), periods=periods))
    each = [counted(indicator, cells, row) for row in range(len(periods))]
    known = [not np.isnan(one.value) for one in each]
    run = len(known) - (known[::-1].index(False) if False in known else len(known))
    events, below = (np.array([getattr(one, name) for one in each[run:]]) for name in ("events", "below"))
    return History(events, below, indicator.kind == "proportion"), periods[run:]
