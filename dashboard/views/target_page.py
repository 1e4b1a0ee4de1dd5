"""One target in depth: its picture, its history, and the same numbers by town, partner and population group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from dashboard.domain import Cells, Indicator, Level, Query, State, Target, TargetVersion
from dashboard.errors import InvalidQuery
from dashboard.figures.glide import GlideChart
from dashboard.figures.words import digits_for, number
from dashboard.views import choices
from dashboard.views.asking import state_of
from dashboard.views.source import ViewReader
from dashboard.views.target_chart import glide_chart
from dashboard.views.target_standing import assess
from dashboard.views.target_windows import place_of, query_of
from dashboard.views.targets import TargetCard, card_of, key_of
from dashboard.views.words import cell_words, count_words, day_words, period_words

MOST_ROWS = 60
FIELD_WORDS = {
    "baseline": "baseline", "baseline_period": "period of the baseline", "target": "target", "due": "due day",
    "owner": "owner", "indicator": "indicator", "place": "place", "stratum": "population group", "partner": "partner",
    "strategy": "strategy", "contributors": "partners who contribute", "process": "process indicator",
}  # fmt: skip


@dataclass(frozen=True)
class PartRow:
    """One town, partner or group: its number, and the way on: a target of its own, or a form for one."""

    name: str
    said: str
    status: str
    href: str
    link: str


@dataclass(frozen=True)
class Part:
    """Rows of one kind; `missing` says what stands there when there are none."""

    title: str
    rows: tuple[PartRow, ...]
    missing: str


@dataclass(frozen=True)
class HistoryRow:
    """One version: when, who, why, and what became what."""

    when: str
    who: str
    why: str
    changed: str


@dataclass(frozen=True)
class TargetPage:
    """Everything the page of one target says."""

    card: TargetCard
    definition: str
    beside: TargetCard | None
    process: str
    chart: GlideChart | None
    parts: tuple[Part, ...]
    history: tuple[HistoryRow, ...]


def target_page(reader: ViewReader, target: Target, today: date) -> TargetPage:
    """The page of one target."""
    assessed = assess(reader, target, today)
    indicator = assessed.indicator
    process = reader.registry.indicators.get(target.process)
    beside = next(
        (t for t in reader.targets() if t.coalition == target.coalition and t.indicator == target.process), None
    )
    period = assessed.window.period if assessed.window else None
    parts: tuple[Part, ...] = ()
    if indicator is not None and period is not None:
        query = replace(query_of(reader, target), periods=(period,))
        when = period_words(period)
        parts = (
            Part(f"By town, {when}", _towns(reader, target, query, today), "No towns lie inside it."),
            Part(f"By partner, {when}", _partners(reader, target, query, today), "No partner reports this here."),
            Part(f"By population group, {when}", _groups(reader, target, query, today), "Nobody reports groups here."),
        )
    return TargetPage(
        card=card_of(reader, assessed), definition=indicator.definition if indicator else "",
        beside=card_of(reader, assess(reader, beside, today)) if beside else None,
        process=process.name if process else "", chart=glide_chart(reader, assessed),
        parts=tuple(sorted(parts, key=lambda part: not part.rows)),
        history=history_rows(reader.target_history(target)),
    )  # fmt: skip


def history_rows(versions: Sequence[TargetVersion]) -> tuple[HistoryRow, ...]:
    """Versions, newest first, each with what it changed."""
    rows = []
    for at, version in enumerate(versions):
        before = versions[at - 1].target if at else None
        changed = changes(before, version.target) if before else "First version."
        rows.append(HistoryRow(day_words(version.saved_at.date()), version.who, version.why, changed))
    return tuple(reversed(rows))


def changes(before: Target, after: Target) -> str:
    """`Target from 60 to 80; owner from … to ….`"""
    said = [
        f"{FIELD_WORDS[field.name]} from {_shown(getattr(before, field.name))} to {_shown(getattr(after, field.name))}"
        for field in fields(Target)
        if field.name in FIELD_WORDS and getattr(before, field.name) != getattr(after, field.name)
    ]
    text = "; ".join(said) or "nothing"
    return f"{text[:1].upper()}{text[1:]}."


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return day_words(value)
    return (", ".join(value) if isinstance(value, tuple) else str(value)) or "none"


def _towns(reader: ViewReader, target: Target, query: Query, today: date) -> tuple[PartRow, ...]:
    place = query.geoids[0]
    inside = [geoid for geoid in reader.gazetteer.towns_of(place) if geoid != place][:MOST_ROWS]
    each = ((replace(target, place=geoid), reader.gazetteer.name(geoid)) for geoid in inside)
    rows = (_row(reader, part, name, query, today) for part, name in each)
    return tuple(sorted((row for row in rows if row), key=lambda row: row.name))


def _partners(reader: ViewReader, target: Target, query: Query, today: date) -> tuple[PartRow, ...]:
    indicator = reader.registry.indicator(target.indicator)
    offered = choices.partners(reader, indicator, state_of(reader, *query.geoids))
    each = ((replace(target, partner=choice.value), choice.label) for choice in offered if choice.value)
    return _known(_row(reader, part, name, query, today) for part, name in each)


def _groups(reader: ViewReader, target: Target, query: Query, today: date) -> tuple[PartRow, ...]:
    indicator = reader.registry.indicator(target.indicator)
    offered = choices.groups(reader, indicator, state_of(reader, *query.geoids))
    each = (choice for choice in offered if choice.value and not choice.heading)
    return _known(_row(reader, replace(target, stratum=c.value), c.label, query, today) for c in each)


def _known(rows: Iterable[PartRow | None]) -> tuple[PartRow, ...]:
    return tuple(row for row in rows if row)[:MOST_ROWS]


def _said(indicator: Indicator, cells: Cells) -> str:
    """`72% (52 to 86), 18 of 25`: a cell without its unit, which stands at the head of the page."""
    rate, count, below = (float(column[0]) for column in (cells.rate, cells.numerator, cells.denominator))
    if rate != rate:
        return cell_words(indicator, cells, 0)
    digits = digits_for([rate])
    lower, upper = (number(float(column[0]), digits) for column in (cells.lower, cells.upper))
    between = f" ({lower} to {upper})" if cells.lower[0] == cells.lower[0] else ""
    part = indicator.kind == "proportion"
    counted = f"{number(count)} of {number(below)}" if part else f"from {count_words(indicator, count)}"
    unstable = ", unstable" if cells.state[0] == State.UNSTABLE else ""
    return f"{number(rate, digits)}{'%' if part else ''}{between}, {counted}{unstable}"


def _row(reader: ViewReader, part: Target, name: str, query: Query, today: date) -> PartRow | None:
    """One part's number in the same window; None where nobody reports it."""
    indicator = reader.registry.indicator(part.indicator)
    place = place_of(reader, part)
    level = reader.gazetteer.level_of(place) if part.place else query.level
    asked = replace(query, level=Level(level), geoids=(place,), stratum=part.stratum, partner=part.partner)
    try:
        cells = reader.read(asked)
    except InvalidQuery:
        return None
    if cells.state[0] == State.NOT_REPORTED:
        return None
    said = _said(indicator, cells)
    same = (part.coalition, part.indicator, place, part.stratum, part.partner)
    for known in reader.targets():
        if (known.coalition, known.indicator, place_of(reader, known), known.stratum, known.partner) == same:
            status = assess(reader, known, today, seed=None).status.value
            return PartRow(name, said, status, f"/targets?{urlencode({'target': key_of(known)})}", "Its target")
    form = {"target": "new", "indicator": part.indicator, "place": place, "group": part.stratum,
            "partner": part.partner}  # fmt: skip
    wanted = urlencode({name: value for name, value in form.items() if value})
    return PartRow(name, said, "", f"/targets?{wanted}", "Set a target")
