"""Two places, groups, partners or indicators side by side, and whether they differ by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain import Indicator
from dashboard.figures.chart import IntervalChart
from dashboard.figures.tables import Table
from dashboard.views import choices
from dashboard.views.asking import state_of
from dashboard.views.choices import Choice
from dashboard.views.compare_asking import EVERYONE, AskedCompare, Side, complete, periods_of, sides
from dashboard.views.compare_verdict import MORE, Told, verdict
from dashboard.views.place_page import interval_row
from dashboard.views.source import ViewReader
from dashboard.views.words import axis_per, counted_words, day_words, group_words, period_words, unit_words

HEAD = ("What is told", "First", "Second")
SOURCES = "The two come from different sources, which may count differently: a difference may be one of counting."


@dataclass(frozen=True)
class Menus:
    """What can be chosen, for the first side and the second."""

    indicators: Sequence[Choice]
    places: Sequence[Choice]
    groups: Sequence[Choice]
    partners: Sequence[Choice]
    periods: Sequence[Choice]
    groups2: Sequence[Choice]
    partners2: Sequence[Choice]


@dataclass(frozen=True)
class Compared:
    """The answer: the sentence, what each side says, notes, and a picture where both have one unit."""

    asked: AskedCompare
    headline: str
    said: tuple[str, ...]
    notes: tuple[str, ...]
    chart: IntervalChart | None
    table: Table


def compared(reader: ViewReader, asked: AskedCompare) -> Compared:
    """Both sides of a request; InvalidQuery when it names something unknown."""
    asked = complete(reader, asked)
    pair = sides(reader, asked)
    spans = periods_of(reader, *pair, asked.period)
    names = _names(reader, *pair)
    first, second = (
        Told(side, name, period, reader.read(side.query(reader, period)))
        for side, name, period in zip(pair, names, spans, strict=True)
    )
    known = [reader.registry.indicator(side.indicator) for side in pair]
    judged = verdict(reader, known[0], first, second)
    said = tuple(_sentence(reader, indicator, told) for indicator, told in zip(known, (first, second), strict=True))
    return Compared(
        asked, judged, said, _notes(judged, first, second), _chart(reader, known, first, second),
        _table(reader, known, first, second),
    )  # fmt: skip


def menus(reader: ViewReader, asked: AskedCompare) -> Menus:
    """What a completed request may be changed to."""
    state = state_of(reader, asked.place)
    first = reader.registry.indicator(asked.indicator)
    second = reader.registry.indicator(asked.indicator2 or asked.indicator)
    places = choices.places(reader, asked.place, asked.place2)
    return Menus(
        choices.indicators(reader, state), places, choices.groups(reader, first, state),
        choices.partners(reader, first, state), choices.periods(reader, first, state),
        _with_everyone(choices.groups(reader, second, state)), _with_everyone(choices.partners(reader, second, state)),
    )  # fmt: skip


def _with_everyone(offered: Sequence[Choice]) -> list[Choice]:
    """The same, where the blank means as on the first side and another word means all."""
    return [Choice(EVERYONE, offered[0].label), *offered[1:]] if offered else []


def _names(reader: ViewReader, one: Side, two: Side) -> tuple[str, str]:
    """What tells the sides apart; the place where nothing else does."""
    return _name(reader, one, two), _name(reader, two, one)


def _name(reader: ViewReader, side: Side, other: Side) -> str:
    place = reader.gazetteer.name(side.place)
    parts = [place] if side.place != other.place else []
    parts += [group_words(side.group)] if side.group != other.group else []
    if side.partner != other.partner:
        parts.append(str(reader.partners[side.partner]["name"]) if side.partner else "All partners")
    if side.indicator != other.indicator:
        parts.append(reader.registry.indicator(side.indicator).name)
    return ", ".join(parts) or place


def _sentence(reader: ViewReader, indicator: Indicator, told: Told) -> str:
    side = told.side
    group = group_words(side.group)
    whom = f", {group[:1].lower()}{group[1:]}" if side.group else ""
    by = f", by {reader.partners[side.partner]['name']}" if side.partner else ""
    where = reader.gazetteer.name(side.place)
    words = counted_words(indicator, told.cells, 0)
    return f"{indicator.name} in {where}{whom}{by}, {period_words(told.period)}: {words}."


def _notes(judged: str, first: Told, second: Told) -> tuple[str, ...]:
    sources = [told.cells.source[0] for told in (first, second)]
    said = []
    if all(sources) and sources[0] != sources[1]:
        said.append(SOURCES)
    if any(bool(told.cells.provisional[0]) for told in (first, second)):
        said.append("Provisional: numbers of the newest months may still change.")
    if MORE in judged:
        said.append("One comparison was made. Whoever tries many will find some by chance.")
    return tuple(dict.fromkeys([*said, *first.cells.notes, *second.cells.notes]))


def _chart(reader: ViewReader, known: Sequence[Indicator], first: Told, second: Told) -> IntervalChart | None:
    """Both on one axis, where they are of one unit and at least one has a rate."""
    if (unit_words(known[0]), axis_per(known[0])) != (unit_words(known[1]), axis_per(known[1])):
        return None
    rows = tuple(interval_row(told.cells, 0, told.name) for told in (first, second))
    if not any(row.value is not None for row in rows):
        return None
    sentence = " ".join(f"{row.label}: {row.point.said(1)}." for row in rows)
    return IntervalChart(_title(reader, known, first, second), sentence, unit_words(known[0]), axis_per(known[0]), rows)


def _title(reader: ViewReader, known: Sequence[Indicator], first: Told, second: Told) -> str:
    """What the picture shows where it stands alone: the indicator, place, group and period that both sides share."""
    one, two = first.side, second.side
    return ", ".join(filter(None, (
        known[0].name if one.indicator == two.indicator else "Side by side",
        reader.gazetteer.name(one.place) if one.place == two.place else "",
        group_words(one.group) if one.group == two.group and one.group else "",
        period_words(first.period) if first.period == second.period else "",
    )))  # fmt: skip


def _table(reader: ViewReader, known: Sequence[Indicator], first: Told, second: Told) -> Table:
    both = list(zip(known, (first, second), strict=True))
    titles = {str(load["source"]): str(load["title"]) for load in reader.loads}
    rows = [
        ("Indicator", *(indicator.name for indicator in known)),
        ("Who and where", *(told.name for _, told in both)),
        ("Period", *(period_words(told.period) for _, told in both)),
        ("Number", *(counted_words(indicator, told.cells, 0) for indicator, told in both)),
        ("Source", *(titles.get(told.cells.source[0]) or told.cells.source[0] or "–" for _, told in both)),
        ("As published on", *(day_words(told.cells.as_of[0]) or "–" for _, told in both)),
    ]
    return HEAD, [tuple(row) for row in rows]
