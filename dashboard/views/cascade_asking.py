"""What the page after an overdose is asked, and what may be chosen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.cascade import Path, cascades, closed_end
from dashboard.domain import Indicator, Period
from dashboard.errors import InvalidQuery
from dashboard.periods import add_months
from dashboard.views import choices
from dashboard.views.asking import WINDOWS, find_partner, find_place, state_of
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area
from dashboard.views.words import MONTHS, month_words, period_label

COUNTED = (Choice("same", "The same events at every step"), Choice("apart", "Each step by its own count"))
LONGEST_TILE = 3
YEAR = 12
QUARTERS_OFFERED = 8


@dataclass(frozen=True)
class AskedCascade:
    """A request in words; `group` is a stratum (a setting or a population group), `beside` place:ID or partner:ID."""

    path: str = ""
    place: str = ""
    period: str = ""
    group: str = ""
    partner: str = ""
    follow: str = ""
    counted: str = ""
    beside: str = ""
    as_of: str = ""


def followed(asked: AskedCascade) -> int:
    """How many days the events of a completed request are followed."""
    return int(asked.follow)


def complete(reader: ViewReader, asked: AskedCascade) -> AskedCascade:
    """A request with its defaults and ids; InvalidQuery for a path, place or partner that is not there."""
    known = cascades().paths
    if asked.path and asked.path not in known:
        raise InvalidQuery(f"The path '{asked.path[:40]}' is not one of {', '.join(known)}.")
    path = known[asked.path or next(iter(known))]
    place = find_place(reader, asked.place) if asked.place else home_area(reader)
    asked = replace(asked, path=path.id, place=place, partner=find_partner(reader, asked.partner))
    asked = replace(
        asked,
        group=choices.kept(asked.group, groups(reader, path, asked)),
        partner=choices.kept(asked.partner, partners(reader, path, asked)),
        follow=choices.kept(asked.follow, follows(path)),
        counted=choices.kept(asked.counted, COUNTED),
        beside=_beside(reader, asked),
    )
    return replace(asked, period=asked.period or choices.kept("", periods(reader, path, asked)))


def _beside(reader: ViewReader, asked: AskedCascade) -> str:
    kind, _, name = asked.beside.partition(":")
    if not name:
        return ""
    if kind not in ("place", "partner"):
        raise InvalidQuery(f"'{asked.beside[:40]}' is not a place or partner to compare with.")
    id_ = find_place(reader, name) if kind == "place" else find_partner(reader, name)
    same = id_ == (asked.place if kind == "place" else asked.partner)
    return "" if same else f"{kind}:{id_}"


def base_of(reader: ViewReader, path: Path) -> Indicator:
    """The indicator that counts a path's index events."""
    return reader.registry.indicator(path.base)


def closed_day(reader: ViewReader, path: Path, days: int, asked: AskedCascade) -> date | None:
    """The day up to which index events have had their time; None where nobody reports any."""
    base, state = base_of(reader, path), state_of(reader, asked.place)
    span = reader.span(base, state)
    lengths = {row["months"] for row in reader.series_of(base, state) if row["months"]}
    short = [months for months in lengths if months <= LONGEST_TILE]
    return closed_end(span.end, days, max(short) if short else YEAR) if span else None


def periods(reader: ViewReader, path: Path, asked: AskedCascade) -> list[Choice]:
    """The last 12, 24 and 36 months whose events have had their time, then single years and quarters, newest first."""
    base, state = base_of(reader, path), state_of(reader, asked.place)
    closed = closed_day(reader, path, followed(asked), asked)
    if closed is None:
        return []
    windows = [Period.ending(closed, months) for months in WINDOWS]
    years = [Period.of_months(year, 1, 12) for year in range(closed.year, closed.year - 5, -1)]
    quarters = [Period.ending(add_months(closed, -3 * n), 3) for n in range(QUARTERS_OFFERED)]
    found = dict.fromkeys([*windows, *(year for year in years if year.end <= closed), *quarters])
    return [Choice(str(one), _label(one)) for one in found if reader.holds(base, one, state)]


def _label(period: Period) -> str:
    """Its length and end, or the year or quarter it is; twelve months to June are no fiscal year here."""
    if period.months == YEAR and period.start.month != 1:
        return f"12 months to {month_words(period.end - timedelta(days=1))}"
    return period_label(period)


def span_words(period: Period) -> str:
    """2025 · January to March 2026 · July 2025 to June 2026."""
    last = period.end - timedelta(days=1)
    whole = period.start.month == 1 and last.month == YEAR
    years = str(last.year) if period.start.year == last.year else f"{period.start.year} to {last.year}"
    if whole or period.months == 1:
        return years if whole else month_words(last)
    first = MONTHS[period.start.month - 1] if period.start.year == last.year else month_words(period.start)
    return f"{first} to {month_words(last)}"


def groups(reader: ViewReader, path: Path, asked: AskedCascade) -> list[Choice]:
    """Everyone, then settings, then population groups that the index events are counted by."""
    return choices.groups(reader, base_of(reader, path), state_of(reader, asked.place))


def partners(reader: ViewReader, path: Path, asked: AskedCascade) -> list[Choice]:
    """Partners who count the index events and serve any of the chosen place's towns, and all of them together."""
    offered = choices.partners(reader, base_of(reader, path), state_of(reader, asked.place))
    return serving(reader, offered, asked.place)


def serving(reader: ViewReader, offered: Sequence[Choice], place: str) -> list[Choice]:
    """The choices whose partner serves any of a place's towns; "" stays."""
    here = set(reader.gazetteer.towns_of(place))
    return [choice for choice in offered if not choice.value or _serves(reader, choice.value, here)]


def _serves(reader: ViewReader, partner: str, towns: set[str]) -> bool:
    """Whether a partner's catchment holds any of the towns; one that is not known may serve them."""
    catchment = reader.gazetteer.set_by_id.get(str(reader.partners[partner]["catchment"]))
    return catchment is None or not towns.isdisjoint(catchment.members)


def follows(path: Path) -> list[Choice]:
    """How long events may be followed."""
    return [Choice(str(follow.days), follow.label) for follow in path.follow]


def besides(reader: ViewReader, path: Path, asked: AskedCascade) -> list[Choice]:
    """Nothing, another place, another partner."""
    state = state_of(reader, asked.place)
    areas = [Choice(c.value if c.heading else f"place:{c.value}", c.label, c.heading) for c in choices.areas(reader)]
    offered = [Choice(f"partner:{c.value}", c.label) for c in partners(reader, path, asked) if c.value]
    heading = [Choice("-partners", "Partners", heading=True)] if offered else []
    towns = [Choice(f"place:{c.value}", c.label) for c in choices.towns(reader, state)]
    return [Choice("", "Nothing"), *areas, *heading, *offered, Choice("-towns", "Towns", heading=True), *towns]
