"""This month, what changed and the targets as sections: the screen's own sentences, charts and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isnan, nan

from dashboard.exports.desk import Desk
from dashboard.exports.paper import Point, Reading, Row, Section, Sheet, Tile
from dashboard.figures.chart import TrendChart
from dashboard.figures.glide import GlideChart
from dashboard.figures.render_svg import Picture
from dashboard.periods import parse_day
from dashboard.views.asking import build_query
from dashboard.views.target_chart import glide_chart
from dashboard.views.target_standing import Assessed
from dashboard.views.target_words import FEWEST_FOR_A_RATE, STATUS_WORDS, amount
from dashboard.views.targets import AskedTargets, TargetCard, asked_targets, card_of, headline, target_rows
from dashboard.views.this_month import Card, ThisMonth
from dashboard.views.what_changed import AskedChanges, complete, known_before, what_changed
from dashboard.views.words import count_words, day_words

MOST_GLIDES = 4
FIRST = ("Targets that moved", "Changes beyond chance", "Old numbers that changed", "Overdue", "New numbers")
"""What changed, in the order in which a paper has room for it."""
NO_NUMBER = "no number"
TARGET_HEAD = ("Status", "Target", "Now (90% interval)", "From, to", "Owner", "Due")


def month(desk: Desk, shown: ThisMonth, area: str) -> Section:
    """The page This month."""
    tiles = tuple(Tile(card.name, card.figure, card.unit, card.sentence, card.change) for card in shown.cards)
    charts = tuple(card.trend for card in shown.cards if card.trend)
    notes = [f"{status.title}: published {day_words(status.as_of)}, older than a year." for status in shown.late]
    numbers = Sheet("this-month", "The numbers a meeting starts with",
                    tuple(_card_row(desk, card, area) for card in shown.cards))  # fmt: skip
    trends = Sheet("trends", "The same numbers, year by year",
                   tuple(row for chart in charts for row in trend_rows(chart)))  # fmt: skip
    table = Reading("This month", ("What", "Number", "Since the period before"), tuple(
        (tile.name, f"{tile.figure}{'' if '%' in tile.figure else ' '}{tile.unit}".strip(), tile.change)
        for tile in tiles))  # fmt: skip
    return Section("this-month", "This month", shown.headline, tiles, charts, tables=(table,),
                   sheets=(numbers, trends), notes=tuple(notes))  # fmt: skip


def _card_row(desk: Desk, card: Card, area: str) -> Row:
    """The cell behind a card, asked as the card asked it."""
    cells = desk.reader.read(build_query(desk.reader, replace(card.evidence, within="", place=area)))
    return {"indicator": card.evidence.indicator, "name": card.name, **cells.rows()[0], "said": card.sentence,
            "change": card.change}  # fmt: skip


def trend_rows(chart: TrendChart) -> Iterator[Row]:
    """Every point of a chart as a row; None where there is no number, and `state` says why."""
    for series in chart.series:
        for day, point in zip(series.x, series.points, strict=True):
            yield {
                "chart": chart.title, "line": series.label, "period": point.label, "middle_of_period": day,
                "value": point.value, "lower": point.lower, "upper": point.upper, "count": point.numerator,
                "unit": chart.axis, "state": point.state, "provisional": point.provisional,
            }  # fmt: skip


def changed(desk: Desk, area: str, as_of: str) -> Section:
    """The page What changed, since the first of the month before."""
    asked = complete(desk.reader, AskedChanges(place=area, as_of=as_of), desk.today)
    then = desk.on(asked.since) if known_before(desk.reader, parse_day(asked.since)) else None
    shown = what_changed(desk.reader, then, asked, desk.today)
    found = [Point(item.words, part.title) for part in shown.sections for item in part.items]
    points = tuple(sorted(found, key=lambda one: FIRST.index(one.under) if one.under in FIRST else len(FIRST)))
    rows = tuple({"section": point.under, "since": asked.since, "sentence": point.words} for point in points)
    nothing = tuple(f"{part.title}: {part.nothing}" for part in shown.sections if not part.items)
    notes = tuple(part.note for part in shown.sections if part.note)
    sheet = Sheet("what-changed", shown.headline, rows, (*nothing, *notes))
    return Section("what-changed", "What changed", shown.headline, points=points, sheets=(sheet,), notes=nothing)


def targets(desk: Desk, area: str, as_of: str) -> Section | None:  # noqa: ARG001
    """The targets of the coalition whose area this is, what needs it most first; None where it has none."""
    ids = [str(row["id"]) for row in desk.reader.coalitions if row["catchment"] == area]
    having = [id_ for id_ in ids if any(target.coalition == id_ for target in desk.reader.targets())]
    if not having:
        return None
    asked = AskedTargets(coalition=having[0])
    found = asked_targets(desk.reader, asked, desk.today)
    cards = [card_of(desk.reader, one) for one in found]
    place = desk.reader.gazetteer.name(area)
    table = Reading("Targets", TARGET_HEAD, tuple(
        (STATUS_WORDS[card.status], _for_whom(card, place), now_words(one), _ends(one), card.owner,
         day_words(card.due)) for card, one in zip(cards, found, strict=True)))  # fmt: skip
    points = tuple(Point(" ".join(filter(None, (card.standing, card.sure))), card.name) for card in cards)
    drawn = [chart for one in found if (chart := glide_chart(desk.reader, one)) and chart.has_values][:MOST_GLIDES]
    charts: tuple[Picture, ...] = tuple(drawn)
    rows = (
        Sheet("targets", "Targets and where they stand", tuple(target_rows(desk.reader, desk.today, asked))),
        Sheet("target-paths", "Targets over time", tuple(row for chart in drawn for row in glide_rows(chart))),
    )
    return Section("targets", "Targets", headline([one.status for one in found]), figures=charts, points=points,
                   tables=(table,), sheets=rows)  # fmt: skip


def _for_whom(card: TargetCard, place: str) -> str:
    """`Contact within 72 hours, housing: unhoused`: for whom, as far as it is not everyone in the paper's place."""
    whom = card.whom.replace(f" in {place}", "")
    whom = "" if whom == "Everyone" else whom.removeprefix("Everyone, ").removeprefix("Everyone ")
    return f"{card.name}, {whom[:1].lower()}{whom[1:]}" if whom else card.name


def now_words(one: Assessed) -> str:
    """`48.7% (41.1% to 56.3%)`; the events alone where they are too few for a rate, and why there is no number."""
    standing, indicator = one.standing, one.indicator
    events = one.window.counted.events if one.window else nan
    if indicator is None or isnan(standing.value):
        return NO_NUMBER if isnan(events) else count_words(indicator, events) if indicator else NO_NUMBER
    if 0 < events < FEWEST_FOR_A_RATE:
        return f"{count_words(indicator, events)}: too few for a rate"
    ends = (standing.lower, standing.upper)
    said = [amount(indicator, value, (standing.value, *ends)) for value in (standing.value, *ends)]
    return said[0] if isnan(standing.lower) else f"{said[0]} ({said[1]} to {said[2]})"


def _ends(one: Assessed) -> str:
    target, indicator = one.target, one.indicator
    if indicator is None:
        return f"{target.baseline:g} to {target.target:g}"
    ends = (target.baseline, target.target)
    return " to ".join(amount(indicator, value, ends) for value in ends)


def glide_rows(chart: GlideChart) -> Iterator[Row]:
    """Every point of a target's chart, with where the path to the target is on that day."""
    for row in trend_rows(chart.trend):
        path = chart.path_at(str(row["middle_of_period"]))
        yield {**row, "path": None if path is None else round(path, 4)}
