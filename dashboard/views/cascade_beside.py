"""What stands beside the cascade with denominators of its own: kept up, outreach, services, safety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.cascade import cascades
from dashboard.domain import Cells, Indicator, Period, Query
from dashboard.figures.chart import IntervalChart, IntervalRow, numbers
from dashboard.figures.tables import Table
from dashboard.views import choices
from dashboard.views.asking import state_of
from dashboard.views.cascade_asking import AskedCascade, span_words
from dashboard.views.cascade_counts import nearest_window
from dashboard.views.source import ViewReader
from dashboard.views.words import cell_words, value_words

MONTHS = 12


@dataclass(frozen=True)
class Beside:
    """Charts and tables for the parts below the cascade; None where nobody reports any of it."""

    kept_up: IntervalChart | None
    services: IntervalChart | None
    safety: IntervalChart | None
    outreach: Table
    safety_said: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One indicator here: its name (with whose number it is, where not all of what was asked for), period, cells."""

    indicator: Indicator
    label: str
    period: Period
    cells: Cells


def interval_row(label: str, cells: Cells, *, highlight: bool = False) -> IntervalRow:
    """The first cell of an answer as a row of a chart."""
    value, lower, upper, count = (
        numbers(column)[0] for column in (cells.rate, cells.lower, cells.upper, cells.numerator)
    )
    return IntervalRow(label, value, lower, upper, cells.state[0], count, highlight, bool(cells.provisional[0]))


def beside(reader: ViewReader, asked: AskedCascade) -> Beside:
    """Everything beside the cascade of a completed request, each of the newest twelve months it is reported for."""
    panel = cascades().panel
    kept, outreach, safety = (_lines(reader, asked, ids) for ids in (panel.kept_up, panel.outreach, panel.safety))
    shares = [line for line in safety if line.indicator.kind == "proportion"]
    rest = [line for line in safety if line.indicator.kind != "proportion"]
    return Beside(
        kept_up=_chart("Kept up and recovered", "Each of its own number, not of the overdoses above", kept),
        services=_services(reader, asked, panel.services),
        safety=_chart("Safety governance", "Low threshold must not be low accountability", shares),
        outreach=_outreach(outreach),
        safety_said=tuple(f"{line.label}: {cell_words(line.indicator, line.cells, 0)}." for line in rest),
    )


def _lines(reader: ViewReader, asked: AskedCascade, ids: Sequence[str]) -> list[Line]:
    known = (reader.registry.indicator(id_) for id_ in ids)
    return [line for indicator in known if (line := _line(reader, asked, indicator))]


def _line(reader: ViewReader, asked: AskedCascade, indicator: Indicator) -> Line | None:
    period = newest(reader, indicator, asked.place)
    if period is None:
        return None
    query, whose = _fitting(reader, asked, indicator, period)
    return Line(indicator, f"{indicator.name}{whose}", period, reader.read(query))


def newest(reader: ViewReader, indicator: Indicator, place: str) -> Period | None:
    """The newest twelve months that an indicator is reported for; None when it never is."""
    span = reader.span(indicator, state_of(reader, place))
    return nearest_window(reader, indicator, Period.ending(span.end, MONTHS)) if span else None


def _fitting(reader: ViewReader, asked: AskedCascade, indicator: Indicator, period: Period) -> tuple[Query, str]:
    """The query as narrow as it is reported, and the words for where it is wider than asked for."""
    level = reader.gazetteer.level_of(asked.place)
    query = Query(indicator.id, (period,), level, (asked.place,), stratum=asked.group, partner=asked.partner)
    told = {(row["stratum"], row["partner"]) for row in reader.series_of(indicator)}
    if (query.stratum, query.partner) in told or not (query.stratum or query.partner):
        return query, ""
    return replace(query, stratum="", partner=""), " (everyone, all partners)"


def _chart(title: str, sentence: str, lines: Sequence[Line]) -> IntervalChart | None:
    if not lines:
        return None
    when = dict.fromkeys(span_words(line.period) for line in lines)
    rows = tuple(interval_row(line.label, line.cells) for line in lines)
    return IntervalChart(title, f"{sentence}. {'; '.join(when)}.", "percent", 1, rows)


def _outreach(lines: Sequence[Line]) -> Table:
    """What, how many, and when; where all are of one period it stands in the head."""
    when = list(dict.fromkeys(span_words(line.period) for line in lines))
    said = [(line.label, cell_words(line.indicator, line.cells, 0), span_words(line.period)) for line in lines]
    if len(when) == 1:
        return ("What", f"How many, {when[0]}"), [row[:2] for row in said]
    return ("What", "How many", "When"), [tuple(row) for row in said]


def _services(reader: ViewReader, asked: AskedCascade, id_: str) -> IntervalChart | None:
    """Services by kind, the most frequent first."""
    indicator = reader.registry.indicator(id_)
    period = newest(reader, indicator, asked.place)
    state = state_of(reader, asked.place)
    kinds = [c.value for c in choices.groups(reader, indicator, state) if c.value.startswith("kind=")]
    if period is None or not kinds:
        return None
    level = reader.gazetteer.level_of(asked.place)
    base = Query(id_, (period,), level, (asked.place,))
    found = [(kind, reader.read(replace(base, stratum=kind))) for kind in kinds]
    rows = [
        IntervalRow(value_words(kind.partition("=")[2]), numbers(cells.numerator)[0], state=cells.state[0],
                    provisional=bool(cells.provisional[0]))
        for kind, cells in found
    ]  # fmt: skip
    rows.sort(key=lambda row: -(row.value or 0))
    said = f"Delivered to people reached after an overdose, {span_words(period)}. One visit may deliver several."
    return IntervalChart("Services by kind", said, indicator.unit, 1, tuple(rows))
