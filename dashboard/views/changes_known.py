"""What became known: new loads, numbers that were revised, and who is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import isnan

from dashboard.domain import Indicator, Period, Query, State, add_months
from dashboard.figures.words import STATE_WORDS, number
from dashboard.indicators import THEMES
from dashboard.views.asking import state_of
from dashboard.views.cascade_asking import serving, span_words
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.words import count_words, day_words, month_words

MONTHS = 12
DAYS_A_MONTH = 30.4375
MOST_LATE_PERIODS = 8


def new_loads(reader: ViewReader, since: date) -> list[str]:
    """One sentence a source of which something was loaded since a day, the newest first."""
    by_source: dict[str, list[dict[str, object]]] = {}
    for load in reversed([dict(load) for load in reader.loads]):
        if date.fromisoformat(str(load["loaded_at"])[:10]) > since:
            by_source.setdefault(str(load["title"]), []).append(load)
    return [
        f"{title}: {len(loads)} file{'' if len(loads) == 1 else 's'} loaded, "
        f"{number(sum(int(str(load['rows_accepted'])) for load in loads))} rows, "
        f"published {day_words(str(loads[0]['as_of']))}."
        for title, loads in by_source.items()
    ]


def revisions(reader: ViewReader, then: ViewReader, base: Query) -> list[tuple[str, str]]:
    """What was shown then and is another number now: a sentence and the indicator, for the newest year known then.

    Only numbers that were a number then: what was missing and came in is new, not revised. Outcomes come first, large
    revisions before small ones.
    """
    return [(words, indicator) for _, words, indicator in sorted(_revisions(reader, then, base))]


def _revisions(reader: ViewReader, then: ViewReader, base: Query) -> Iterator[tuple[tuple[int, float], str, str]]:
    for indicator in reader.registry.indicators.values():
        state = state_of(reader, *base.geoids)
        span = then.span(indicator, state)
        if span is None or not then.adds_over_time(indicator) or not _told(then, indicator, base):
            continue
        period = Period.ending(span.end, MONTHS)
        query = replace(base, indicator=indicator.id, periods=(period,))
        was, is_now = _count(then, query), _count(reader, query)
        if isnan(was[0]) or was == is_now:
            continue
        now = STATE_WORDS[State(is_now[1])] if isnan(is_now[0]) else count_words(indicator, is_now[0])
        size = abs(is_now[0] / was[0] - 1) if was[0] and not isnan(is_now[0]) else 1.0
        yield (
            (THEMES.index(indicator.theme), -size),
            f"{indicator.name}, {span_words(period)}: {count_words(indicator, was[0])} as shown then, {now} now.",
            indicator.id,
        )


def _told(reader: ViewReader, indicator: Indicator, base: Query) -> bool:
    rows = reader.series_of(indicator)
    return not base.stratum or any(row["stratum"] == base.stratum for row in rows)


def _count(reader: ViewReader, query: Query) -> tuple[float, str]:
    cells = reader.read(query)
    state = cells.state[0] if isnan(cells.numerator[0]) else State.VALUE
    return float(cells.numerator[0]), str(state)


def overdue(reader: ViewReader, base: Query, today: date) -> list[str]:
    """Sources whose next numbers should be here by now, then partners of the place who fell silent."""
    return [*_late_sources(reader, today), *_silent_partners(reader, base)]


def _late_sources(reader: ViewReader, today: date) -> Iterator[str]:
    """A source is overdue when its usual distance between publications (else its own period) has passed twice.

    One that tells of residents alone never is: a census counts until the next one.
    """
    counted = {name for each in reader.registry.indicators.values() for name in each.numerator.measures}
    by_source: dict[str, list[dict[str, object]]] = {}
    for load in reader.loads:
        by_source.setdefault(str(load["source"]), []).append(dict(load))
    for source, loads in by_source.items():
        if counted.isdisjoint(row["measure"] for row in reader.series_from(source)):
            continue
        published = sorted({date.fromisoformat(str(load["as_of"])) for load in loads})
        usual = _usual_days(reader, source, published)
        if usual and today > published[-1] + timedelta(days=2 * usual):
            yield (
                f"{loads[-1]['title']}: last published {day_words(published[-1])}; newer numbers usually come every "
                f"{_months_words(usual)}."
            )


def _months_words(days: float) -> str:
    months = max(1, round(days / DAYS_A_MONTH))
    return "month" if months == 1 else f"{months} months"


def _usual_days(reader: ViewReader, source: str, published: list[date]) -> float:
    """The median days between publications; of a single one its shortest period; 0 for a source without periods."""
    gaps = sorted((b - a).days for a, b in pairwise(published))
    if gaps:
        return float(gaps[len(gaps) // 2])
    months = [row["months"] for row in reader.series_from(source) if row["months"]]
    return DAYS_A_MONTH * min(months) if months else 0.0


def _silent_partners(reader: ViewReader, base: Query) -> Iterator[str]:
    """Partners who serve the place, have reported before, and did not report the newest period."""
    named = sorted((str(row["name"]), id_) for id_, row in reader.partners.items())
    offered = [Choice(id_, name) for name, id_ in named if base.partner in ("", id_)]
    for choice in serving(reader, offered, base.geoids[0]):
        last = _last_told(reader, base, choice.value)
        if last:
            yield f"{choice.label}: nothing reported since {month_words(last - timedelta(days=1))}."


def _last_told(reader: ViewReader, base: Query, partner: str) -> date | None:
    """The end of the newest period a silent partner reported; None for one that is up to date or never reported."""
    for indicator in reader.registry.indicators.values():
        months = {row["months"] for row in reader.series_of(indicator) if row["partner"] == partner and row["months"]}
        span = reader.span(indicator, state_of(reader, *base.geoids))
        if months and span and reader.adds_over_time(indicator):
            return _silence(
                reader, replace(base, indicator=indicator.id, partner=partner, stratum=""), span, min(months)
            )
    return None


def _silence(reader: ViewReader, query: Query, span: Period, months: int) -> date | None:
    end = span.end
    while (end.month - 1) % months:
        end = add_months(end, -1)
    for back in range(MOST_LATE_PERIODS):
        period = Period.ending(add_months(end, -months * back), months)
        if reader.read(replace(query, periods=(period,))).state[0] != State.NOT_REPORTED:
            return period.end if back else None
    return None
