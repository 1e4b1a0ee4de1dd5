"""What was said about a chart, as flags on it: each stands at the time it speaks of, else on the day it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from dashboard.domain import Level
from dashboard.errors import InvalidQuery
from dashboard.figures.chart import TrendChart
from dashboard.figures.flags import Flag
from dashboard.figures.glide import GlideChart
from dashboard.meetings import Story
from dashboard.meetings.plain_text import in_one_line
from dashboard.meetings.rules import COARSE, QUARTER_MONTHS
from dashboard.periods import Period, parse_day
from dashboard.views.memory import Spoken, head_of

MOST_FLAGS, LONGEST = 9, 120
BEYOND = 0.25
"""Of its own length an axis is drawn further for what was said after its last number."""
Flagged = TypeVar("Flagged", TrendChart, GlideChart)


def flagged(chart: Flagged, said: Sequence[Spoken], *, level: Level, most: int = MOST_FLAGS) -> Flagged:
    """A chart with the newest of what was said about it; what lies outside of its time stands in no flag.

    Stories are flags on charts of planning areas or larger and of quarters or longer alone.
    """
    found = standing(chart, said, level=level)[-most:]
    return replace(chart, flags=tuple(flag(number, day, entry) for number, (day, entry) in enumerate(found, 1)))


def standing(chart: TrendChart | GlideChart, said: Sequence[Spoken], *, level: Level) -> list[tuple[date, Spoken]]:
    """What may stand on a chart, with its day, in the order of time."""
    days = [date.fromisoformat(x[:10]) for series in _series(chart) for x in series]
    if not days:
        return []
    first, last, step = min(days), max(days), _step(days)
    ahead = last + max((last - first) * BEYOND, step)
    told = ((stands_at(one), one) for one in said if not isinstance(one, Story) or _may_tell(level, step))
    return sorted(((day, one) for day, one in told if first - step <= day <= ahead), key=lambda pair: pair[0])


def flag(number: int, day: date, entry: Spoken, where: str = "", page: str = "") -> Flag:
    """An entry as a flag; `where` says of which chart where there are several, `page` on which page it stands whole."""
    head = f"{head_of(entry)}, {where}" if where else head_of(entry)
    return Flag(day.isoformat(), number, head, in_short(entry.text), f"{page}#said-{entry.id}")


def stands_at(entry: Spoken) -> date:
    """The day an entry stands at: the middle of the time it speaks of, else the day on which it was said."""
    try:
        period = Period.parse(entry.about.period)
    except InvalidQuery:
        return _day(entry.about.period) or entry.on
    return period.start + timedelta(days=period.days // 2)


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except InvalidQuery:
        return None


def _series(chart: TrendChart | GlideChart) -> list[tuple[str, ...]]:
    if isinstance(chart, TrendChart):
        return [series.x for series in chart.series]
    ends = tuple(end[0] for end in (chart.baseline, chart.target) if end)
    return [chart.series.x, ends]


def _step(days: Sequence[date]) -> timedelta:
    """The days between two neighbouring points; a year where there is one point."""
    each = sorted(set(days))
    return min((after - before for before, after in pairwise(each)), default=timedelta(days=365))


def _may_tell(level: Level, step: timedelta) -> bool:
    return level in COARSE and step >= timedelta(days=QUARTER_MONTHS * 28)


def in_short(text: str) -> str:
    """A text in one line, cut between words."""
    line = in_one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"
