"""A funder's table, filled from the same indicators as the screen; what nobody counts is said, never a zero."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Cells, FloatArray, Indicator, Level, Period, Query, State, add_months
from dashboard.errors import InvalidQuery
from dashboard.figures.words import STATE_WORDS, digits_for, number
from dashboard.funders import Asked, Funder, funder
from dashboard.views.asking import resolve_period, state_of
from dashboard.views.shapes import home_area
from dashboard.views.source import ViewReader
from dashboard.views.words import cell_words, day_words, per_words, period_label, period_words

IN_WORDS = "not counted here"
COLUMNS = ("What is asked", "Answered by", "Period", "Numerator", "Denominator", "Rate", "State", "Note")


@dataclass(frozen=True)
class FunderRow:
    """One row. Numbers are None where there is none, and `state` (of domain.State, or IN_WORDS) says why.

    `indicator` is "" where the row is told in words. `rate` is per `per`, in words `per_words`; `said` is the cell in
    one sentence; `period` is the one that was really read (a fiscal year where only that is published).
    """

    asked: str
    indicator: str
    name: str
    period: str
    note: str
    state: str
    said: str
    numerator: float | None = None
    denominator: float | None = None
    rate: float | None = None
    lower: float | None = None
    upper: float | None = None
    per: int = 1
    per_words: str = ""
    provisional: bool = False
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class FunderTable:
    """One funder's table for a place and period; `notes` say where the definitions come from and what is not sure."""

    id: str
    title: str
    sentence: str
    place: str
    period: str
    rows: tuple[FunderRow, ...]
    notes: tuple[str, ...]
    source: str
    address: str


def funder_table(
    reader: ViewReader, name: str, period: Period, *, partner: str | None = None, place: str = ""
) -> FunderTable:
    """The table of the funder with the id `name`, for a place ("" is the home area) and one partner or all of them.

    InvalidQuery for a funder, place or partner that is not there.
    """
    wanted = funder(name)
    place = place or home_area(reader)
    whose = f", as {reader.partners[partner]['name']} reports" if partner else ""
    rows = tuple(_row(reader, row, _query(reader, place, period, partner or "")) for row in wanted.rows)
    counted = [row for row in rows if row.indicator]
    known = sum(row.numerator is not None for row in counted)
    where = f"{reader.gazetteer.name(place)}{whose}, {period_words(period)}"
    sentence = f"{wanted.name} for {where}: {known} of {len(counted)} counted rows have a number."
    return FunderTable(
        wanted.id, wanted.title, sentence, reader.gazetteer.name(place), str(period), rows, _notes(wanted),
        wanted.source, wanted.address,
    )  # fmt: skip


def newest_period(reader: ViewReader, name: str, place: str = "") -> Period:
    """The newest reporting period that half of a funder's reported rows reach; InvalidQuery without any."""
    wanted, state = funder(name), state_of(reader, place or home_area(reader))
    known = reader.registry.indicators
    asked = [known[row.indicator] for row in wanted.rows if row.indicator in known]
    ends = sorted(span.end for indicator in asked if (span := reader.span(indicator, state)))
    if not ends:
        raise InvalidQuery(f"Nobody reports anything that {wanted.name} asks for yet.")
    newest = ends[len(ends) // 2].replace(day=1)
    back = (newest.month - wanted.begins) % wanted.months if wanted.begins else 0
    return Period.ending(add_months(newest, -back), wanted.months)


def _notes(wanted: Funder) -> tuple[str, ...]:
    source = f"Definitions: {wanted.source}; read on {day_words(wanted.reviewed_on)}."
    return tuple(filter(None, (source, wanted.uncertain)))


def _query(reader: ViewReader, place: str, period: Period, partner: str) -> Query:
    return Query("", (period,), Level(reader.gazetteer.level_of(place)), (place,), partner=partner)


def _row(reader: ViewReader, row: Asked, query: Query) -> FunderRow:
    indicator = reader.registry.indicators.get(row.indicator)
    if indicator is None:
        return FunderRow(row.asked, "", "", str(query.periods[0]), row.note, IN_WORDS, IN_WORDS)
    period = resolve_period(reader, indicator, str(query.periods[0]), state_of(reader, *query.geoids))
    empty = FunderRow(
        row.asked, indicator.id, indicator.name, str(period), row.note, State.NOT_REPORTED,
        STATE_WORDS[State.NOT_REPORTED], per=indicator.per, per_words=per_words(indicator),
    )  # fmt: skip
    try:
        return _filled(empty, indicator, reader.read(replace(query, indicator=indicator.id, periods=(period,))))
    except InvalidQuery as refused:  # such a count has no such parts: nobody can have reported it
        return replace(empty, note=f"{row.note} {refused}".strip())


def _filled(row: FunderRow, indicator: Indicator, cells: Cells) -> FunderRow:
    digits = 0 if indicator.kind == "rate" else 4
    return replace(
        row, note=" ".join(filter(None, (row.note, *cells.notes))), state=cells.state[0],
        said=cell_words(indicator, cells, 0), numerator=_plain(cells.numerator),
        denominator=_plain(cells.denominator, digits), rate=_plain(cells.rate), lower=_plain(cells.lower),
        upper=_plain(cells.upper), provisional=bool(cells.provisional[0]), source=cells.source[0],
        as_of=cells.as_of[0],
    )  # fmt: skip


def _plain(column: FloatArray, digits: int = 4) -> float | None:
    value = float(column[0])
    return None if value != value else round(value, digits)


def funder_rows(table: FunderTable) -> list[tuple[str, ...]]:
    """The table as texts under COLUMNS, for a screen, a page or a slide."""
    return [
        (row.asked, row.name or "–", period_label(Period.parse(row.period)), *_texts(row), row.note or "–")
        for row in table.rows
    ]


def _texts(row: FunderRow) -> tuple[str, str, str, str]:
    state = IN_WORDS if row.state == IN_WORDS else STATE_WORDS.get(State(row.state), "") or "value"
    mark = f"{state}, provisional" if row.provisional else state
    digits = digits_for([row.rate])
    rate = "–" if row.rate is None else f"{number(row.rate, digits)}{'%' if row.per == 100 else f' per {row.per:,}'}"
    return _shown(row.numerator), _shown(row.denominator), rate, mark


def _shown(value: float | None) -> str:
    return "–" if value is None else number(value, digits_for([value]))
