"""Fairness: an indicator by population group, beside everyone else or one group, and how far its recording bears it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isnan

from dashboard.disparity import NONE, Counted, Disparity, disparity
from dashboard.domain import Cells, Indicator, Query
from dashboard.figures.chart import IntervalChart, SmallMultiples
from dashboard.figures.tables import Table
from dashboard.figures.words import digits_for, number
from dashboard.signals import adjusted
from dashboard.views.asking import resolve_period, state_of
from dashboard.views.cascade_asking import span_words
from dashboard.views.cascade_beside import interval_row
from dashboard.views.fairness_asking import AskedFairness, complete, values
from dashboard.views.fairness_beside import Offer, priority_groups, recording, wider
from dashboard.views.series import trend
from dashboard.views.source import ViewReader
from dashboard.views.words import DIMENSION_WORDS, axis_per, short_words, unit_words, value_words

LEVEL = 0.05
NO_DIFFERENCE = "no clear difference"


@dataclass(frozen=True)
class Group:
    """One group: its cells, how it stands beside whom it is compared with, and the words for that."""

    value: str
    cells: Cells
    beside: Disparity
    words: str


@dataclass(frozen=True)
class Fairness:
    """The page's answer; `recording` is said before any comparison."""

    asked: AskedFairness
    recording: tuple[str, ...]
    headline: str
    chart: IntervalChart | None
    table: Table
    over_time: SmallMultiples | None
    priority: IntervalChart | None
    offers: tuple[Offer, ...]
    groups: tuple[Group, ...] = field(default=(), repr=False)

    def rows(self) -> list[dict[str, object]]:
        """What is shown, as rows for the CSV; an absent number is None."""
        return [_csv_row(self.asked, group) for group in self.groups]


def fairness(reader: ViewReader, asked: AskedFairness) -> Fairness:
    """An indicator by group; InvalidQuery when the request names something unknown."""
    asked = complete(reader, asked)
    indicator = reader.registry.indicator(asked.indicator)
    query = query_of(reader, asked, indicator)
    whole = reader.read(query)
    groups = _groups(reader, asked, indicator, query, whole)
    against = value_words(asked.reference).lower() if asked.reference else "everyone else"
    where = f"{reader.gazetteer.name(asked.place)}, {span_words(query.periods[0])}"
    headline = _headline(indicator, asked, groups, where, against)
    return Fairness(
        asked, recording(reader, asked, query, [group.cells for group in groups], whole), headline,
        _chart(indicator, groups, whole, headline), _table(indicator, groups, against),
        _over_time(reader, indicator, query, asked, groups), priority_groups(reader, asked),
        wider(reader, asked, indicator, sum(isnan(g.cells.rate[0]) for g in groups)), tuple(groups),
    )  # fmt: skip


def query_of(reader: ViewReader, asked: AskedFairness, indicator: Indicator) -> Query:
    """The query for everyone."""
    period = resolve_period(reader, indicator, asked.period, state_of(reader, asked.place))
    level = reader.gazetteer.level_of(asked.place)
    return Query(indicator.id, (period,), level, (asked.place,), partner=asked.partner)


def _groups(reader: ViewReader, asked: AskedFairness, indicator: Indicator, query: Query, whole: Cells) -> list[Group]:
    named = values(reader, asked, indicator)
    cells = {value: reader.read(replace(query, stratum=f"{asked.by}={value}")) for value in named}
    adds = all("stratum" in reader.registry.measures[m].adds_over for m in _measures(indicator))
    beside = {value: _beside(asked, indicator, cells, value, whole if adds else None) for value in named}
    sure = dict(zip(named, adjusted([beside[value].p for value in named]), strict=True))
    return [Group(v, cells[v], beside[v], _verdict(asked, v, beside[v], sure[v])) for v in named]


def _measures(indicator: Indicator) -> list[str]:
    below = indicator.denominator.measures if indicator.denominator else ()
    return [*indicator.numerator.measures, *below]


def _beside(
    asked: AskedFairness, indicator: Indicator, cells: dict[str, Cells], value: str, whole: Cells | None
) -> Disparity:
    """A group beside the reference; beside everyone else only where groups add up to the whole."""
    group = _counted(cells[value])
    if asked.reference:
        other = _counted(cells[asked.reference])
        return NONE if value == asked.reference else _disparity(indicator, group, other)
    return NONE if whole is None else _disparity(indicator, group, _counted(whole).without(group))


def _disparity(indicator: Indicator, group: Counted, other: Counted) -> Disparity:
    return disparity(group, other, proportion=indicator.kind == "proportion", per=indicator.per)


def _counted(cells: Cells) -> Counted:
    return Counted(float(cells.numerator[0]), float(cells.denominator[0]))


def _verdict(asked: AskedFairness, value: str, beside: Disparity, sure: float) -> str:
    """Higher or lower only beyond chance with all groups looked at together."""
    if value == asked.reference:
        return "compared with"
    if isnan(beside.ratio):
        return "too few or not known, so not compared"
    if not sure <= LEVEL:
        return NO_DIFFERENCE
    return "higher, beyond chance" if beside.ratio > 1 else "lower, beyond chance"


def _headline(indicator: Indicator, asked: AskedFairness, groups: list[Group], where: str, against: str) -> str:
    """Who differs beyond chance, then that the rest do not; never an order of groups."""
    by = DIMENSION_WORDS.get(asked.by, asked.by).lower()
    start = f"{indicator.name} by {by} in {where}"
    told = [group for group in groups if "beyond chance" in group.words]
    if told:
        said = "; ".join(
            f"{g.words.split(',')[0]} for {value_words(g.value)} ({short_words(indicator, g.cells, 0)})" for g in told
        )
        return f"{start}: {said} than for {against}, beyond chance."
    if any(group.words == NO_DIFFERENCE for group in groups):
        return f"{start}: no group differs from {against} beyond chance."
    return f"{start}: too few events, or too little recorded, to compare groups."


def _chart(indicator: Indicator, groups: list[Group], whole: Cells, headline: str) -> IntervalChart | None:
    rows = [interval_row(value_words(g.value), g.cells, highlight="beyond" in g.words) for g in groups]
    everyone = float(whole.rate[0])
    reference = None if isnan(everyone) else (everyone, "everyone")
    known = any(row.value is not None for row in rows)
    return (
        IntervalChart(indicator.name, headline, unit_words(indicator), axis_per(indicator), tuple(rows), reference)
        if known
        else None
    )


def _table(indicator: Indicator, groups: list[Group], against: str) -> Table:
    """A row a group: its number, ratio and difference with limits, and the word for it."""
    unit = "percentage points" if indicator.kind == "proportion" else f"per {indicator.per:,}"
    head = ("Group", "Number", f"Ratio to {against}", f"Difference, {unit}", "In a word")
    return head, [
        (value_words(g.value), short_words(indicator, g.cells, 0), _with_limits(g.beside.ratio, g.beside.ratio_limits),
         _with_limits(g.beside.difference, g.beside.difference_limits, sign=True), g.words)
        for g in groups
    ]  # fmt: skip


def _with_limits(value: float, limits: tuple[float, float], *, sign: bool = False) -> str:
    if isnan(value):
        return "–"
    digits = digits_for([value, *limits]) if sign else 2
    plus = "+" if sign and value > 0 else ""
    return f"{plus}{number(value, digits)} ({number(limits[0], digits)} to {number(limits[1], digits)})"


def _over_time(
    reader: ViewReader, indicator: Indicator, query: Query, asked: AskedFairness, groups: list[Group]
) -> SmallMultiples | None:
    """Years, one small chart a group, on one scale; only groups that were ever told."""
    charts = []
    for group in groups:
        one = trend(reader, indicator, [replace(query, stratum=f"{asked.by}={group.value}")], [""], months=12)
        if one and len(one.series[0].x) > 1 and any(v is not None for v in one.series[0].value):
            charts.append(replace(one, title=value_words(group.value)))
    if not charts or any(chart.per != charts[0].per or chart.unit != charts[0].unit for chart in charts):
        charts = [chart for chart in charts if chart.unit == unit_words(indicator)]
    said = f"{indicator.name} over the years, one picture a group, all on one scale."
    return SmallMultiples("Over time", said, tuple(charts)) if charts else None


def _csv_row(asked: AskedFairness, group: Group) -> dict[str, object]:
    cells = group.cells.rows()[0]
    beside, limits = group.beside, group.beside.ratio_limits
    compared = {
        "ratio": beside.ratio, "ratio_lower": limits[0], "ratio_upper": limits[1], "difference": beside.difference,
        "difference_lower": beside.difference_limits[0], "difference_upper": beside.difference_limits[1],
    }  # fmt: skip
    shown = {name: None if isnan(value) else round(value, 4) for name, value in compared.items()}
    said = {"compared_with": asked.reference or "everyone else", "in_a_word": group.words}
    return {"group": f"{asked.by}={group.value}"} | cells | shown | said
