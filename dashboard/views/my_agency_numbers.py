"""A partner's newest numbers twice: as the meeting would see them now, and as the partner's own steward does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan

from dashboard.domain import Cells, Indicator, Level, Period, Query, State, add_months
from dashboard.errors import InvalidQuery
from dashboard.figures.words import STATE_WORDS, number
from dashboard.views.period_before import verdict_since
from dashboard.views.source import ViewReader
from dashboard.views.words import cell_words, counted_words, period_words

COLUMNS = ("Number", "Period", "What the meeting sees", "Since the period before", "What only you see")
AS_THE_MEETING = "the same"
NOT_SHOWN = "not shown to the meeting"


@dataclass(frozen=True)
class AgencyNumber:
    """One indicator of a partner in its newest period: what the meeting sees, and what only the partner does.

    `own` is "" where both see the same, `change` is as the meeting sees it, `notes` are reasons and questions.
    """

    indicator: str
    name: str
    period: Period
    meeting: str
    change: str
    own: str
    notes: tuple[str, ...] = ()
    shown: bool = True

    @property
    def key(self) -> str:
        """How a form names this number."""
        return f"{self.indicator}|{self.period}"

    def row(self, *, steward: bool) -> tuple[str, ...]:
        """A row of the table; without the last column for whoever is not the steward."""
        meeting = " ".join((self.meeting + ".", *self.notes)) if self.notes else self.meeting
        told = (self.name, period_words(self.period), meeting, self.change)
        return (*told, self.own or AS_THE_MEETING) if steward else told


def agency_numbers(meeting: ViewReader, own: ViewReader, partner: str) -> tuple[AgencyNumber, ...]:
    """Every indicator that a partner reports, by name, in the newest period known to `own`, the steward's reader.

    Without rights of a steward `own` is whoever looks: then nothing is told that only the steward may see.
    """
    level, area = area_of(own, partner)
    found = []
    for indicator in own.registry.indicators.values():
        period = _newest(own, indicator, partner)
        if period is not None:
            asked = Query(indicator.id, (period,), level, (area,), partner=partner)
            found.append(_number(meeting, own, indicator, asked))
    return tuple(sorted(found, key=lambda each: each.name))


def area_of(reader: ViewReader, partner: str) -> tuple[Level, str]:
    """The area a partner's numbers are added up over: its own catchment, its coalition's, else its state."""
    row = reader.partners[partner]
    coalitions = {str(each["id"]): str(each["catchment"]) for each in reader.coalitions}
    for area in (str(row.get("catchment", "")), coalitions.get(str(row.get("coalition_id", "")), "")):
        if area in reader.gazetteer.set_by_id:
            return Level.CATCHMENT, area
    state = next((place.geoid for place in reader.gazetteer.places if place.level is Level.STATE), "")
    return Level.STATE, state


def _newest(reader: ViewReader, indicator: Indicator, partner: str) -> Period | None:
    """The newest period of a partner's own series; None where it reports nothing of an indicator."""
    rows = [row for row in reader.series_of(indicator) if row["partner"] == partner and not row["stratum"]]
    windows: Iterable[Period] = (window for row in rows for window in reader.windows(row))
    return max(windows, key=lambda window: (window.end, window.start), default=None)


def _number(meeting: ViewReader, own: ViewReader, indicator: Indicator, asked: Query) -> AgencyNumber:
    theirs, mine = _read(meeting, asked), _read(own, asked)
    said, only = _words(indicator, theirs), _words(indicator, mine)
    shown = theirs is not None and theirs.state[0] != State.NOT_REPORTED
    return AgencyNumber(
        indicator.id, indicator.name, asked.periods[0], said if shown else NOT_SHOWN,
        _change(meeting, indicator, asked, theirs) if shown else "", only if only != said else "",
        theirs.notes if theirs else (), shown,
    )  # fmt: skip


def _read(reader: ViewReader, asked: Query) -> Cells | None:
    """The answer; None where the partner never reported anything of the kind to this reader."""
    try:
        return reader.read(asked)
    except InvalidQuery:
        return None


def _words(indicator: Indicator, cells: Cells | None) -> str:
    if cells is None:
        return STATE_WORDS[State.NOT_REPORTED]
    provisional = ", provisional" if cells.provisional[0] and not isnan(float(cells.numerator[0])) else ""
    return f"{counted_words(indicator, cells, 0)}{provisional}"


def _change(reader: ViewReader, indicator: Indicator, asked: Query, cells: Cells | None) -> str:
    """How the number stands beside the period before; also whether chance alone explains it, where that can be told."""
    period = asked.periods[0]
    before = Period(add_months(period.start, -period.months), period.start) if period.months else None
    earlier = _read(reader, replace(asked, periods=(before,))) if before else None
    if cells is None or earlier is None or before is None:
        return "nothing to compare with"
    now, then = float(cells.numerator[0]), float(earlier.numerator[0])
    if isnan(now) or isnan(then):
        return f"{period_words(before)}: {cell_words(indicator, earlier, 0)}"
    moved = "as many as" if now == then else f"{number(abs(now - then))} {'more' if now > then else 'fewer'} than"
    return f"{moved} {period_words(before)}{_beyond_chance(indicator, cells, earlier)}"


def _beyond_chance(indicator: Indicator, cells: Cells, earlier: Cells) -> str:
    verdict = verdict_since(indicator, cells, earlier)
    if verdict is None:
        return ""
    return "; no clear difference" if verdict == "no clear difference" else f"; {verdict}, beyond chance"
