"""The handful of numbers a meeting starts with, each with its sentence and the way to its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dashboard.agreements.question import questions_among
from dashboard.domain import Cells, Indicator, Period, Query, State, add_months
from dashboard.figures.chart import TrendChart
from dashboard.figures.flags import Flag
from dashboard.figures.words import digits_for, number
from dashboard.views import choices
from dashboard.views.asking import Asked, build_query, state_of
from dashboard.views.bring_numbers import SourceStatus, source_statuses
from dashboard.views.period_before import verdict_since
from dashboard.views.series import trend
from dashboard.views.shapes import home_area
from dashboard.views.source import ViewReader
from dashboard.views.targets import targets_headline
from dashboard.views.words import cell_words, count_words, headline_words, per_words, period_words, short_words

STARTERS = (
    "opioid_overdose_death_rate", "overdose_death_rate_any_drug", "nonfatal_overdose_rate",
    "naloxone_in_hand_at_discharge", "contact_next_day", "medication_started_31d", "naloxone_kits_per_100k",
    "treatment_admissions_rate", "missed_follow_up_recovered_7d", "settlement_funds_spent",
    "overdose_deaths_provisional_12m",
)  # fmt: skip
MOST_CARDS = 6
LATE_DAYS = 365
NO_FIGURE = "–"
__all__ = ["Card", "ThisMonth", "home_area", "this_month"]


@dataclass(frozen=True)
class Card:
    """One number: its name, how large it is, what it says, how it moved, and the request that is its evidence.

    `asked` tells of partners' questions about it, `said` what the coalition said about it; those of number 0 stand
    outside of the picture's time.
    """

    name: str
    figure: str
    unit: str
    headline: str
    sentence: str
    change: str
    evidence: Asked
    trend: TrendChart | None
    asked: str = ""
    said: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class ThisMonth:
    """The page: whose numbers, the cards, which sources are old, and how the area's targets stand ("" without any)."""

    place: str
    area: str
    headline: str
    cards: tuple[Card, ...]
    late: tuple[SourceStatus, ...]
    targets: str = ""


def this_month(reader: ViewReader, area: str, today: date) -> ThisMonth:
    """The starting numbers of an area (a set, county or state)."""
    state = state_of(reader, area)
    reported = [id_ for id_ in STARTERS if reader.series_of(reader.registry.indicator(id_), state)]
    found = (_card(reader, reader.registry.indicator(id_), area) for id_ in reported)
    known = sorted((card for card in found if card), key=lambda card: card.figure == NO_FIGURE)
    cards = tuple(known[:MOST_CARDS])
    used = {row["source"] for id_ in reported for row in reader.series_of(reader.registry.indicator(id_), state)}
    late = tuple(s for s in source_statuses(reader, today) if s.age_days > LATE_DAYS and s.source in used)
    name = reader.gazetteer.name(area)
    headline = cards[0].headline if cards else f"Nobody reports numbers for {name} yet."
    return ThisMonth(name, area, headline, cards, late, targets_headline(reader, area, today))


def _card(reader: ViewReader, indicator: Indicator, area: str) -> Card | None:
    asked = Asked(indicator.id, place=area, period=_window(reader, indicator, area))
    query = build_query(reader, asked)
    cells = reader.read(query)
    if cells.state[0] == State.NOT_REPORTED:
        return None
    figure, unit = _figure(indicator, cells)
    period = query.periods[0]
    words = period_words(period)
    return Card(
        name=indicator.name,
        figure=figure,
        unit=unit,
        headline=headline_words(indicator, cells, 0, reader.gazetteer.name(area), period),
        sentence=f"{words[:1].upper()}{words[1:]}: {cell_words(indicator, cells, 0)}.",
        change=_change(reader, indicator, query, cells),
        evidence=Asked(indicator.id, within=area, period=asked.period),
        trend=trend(reader, indicator, [query], [""], months=12),
        asked=questions_among(cells.notes),
    )


def _window(reader: ViewReader, indicator: Indicator, area: str) -> str:
    offered = [choice.value for choice in choices.periods(reader, indicator, state_of(reader, area))]
    return "12m" if "12m" in offered or not offered else offered[0]


def _figure(indicator: Indicator, cells: Cells) -> tuple[str, str]:
    """The number a card shows large: a proportion as percent, everything else as its count."""
    count, rate = float(cells.numerator[0]), float(cells.rate[0])
    if indicator.kind == "proportion" and rate == rate:
        return f"{number(rate, digits_for([rate]))}%", per_words(indicator)
    if count != count:
        return NO_FIGURE, ""
    return ("$" if indicator.kind == "money" else "") + number(
        count
    ), "" if indicator.kind == "money" else indicator.unit


def _change(reader: ViewReader, indicator: Indicator, query: Query, cells: Cells) -> str:
    """How the number stands beside the period before; a word for the change only beyond chance."""
    period = query.periods[0]
    before = Period(add_months(period.start, -period.months), period.start)
    span = reader.span(indicator, state_of(reader, *query.geoids))
    if not period.months or span is None or before.start < span.start:
        return "There is no period before it to compare with."
    earlier = reader.read(replace(query, periods=(before,)))
    verdict = verdict_since(indicator, cells, earlier)
    if verdict is None:
        return f"The period before: {cell_words(indicator, earlier, 0)}."
    past = _past(indicator, earlier)
    if verdict == "no clear difference":
        return f"No clear change from the period before ({past})."
    return f"{verdict.capitalize()} than the period before ({past}), beyond chance."


def _past(indicator: Indicator, earlier: Cells) -> str:
    count = float(earlier.numerator[0])
    if indicator.kind != "proportion":
        return count_words(indicator, count)
    return f"{short_words(indicator, earlier, 0)}, {number(count)} of {number(float(earlier.denominator[0]))}"
