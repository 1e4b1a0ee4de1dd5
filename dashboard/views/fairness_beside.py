"""Beside the comparison of groups: how complete their recording is, priority groups, and wider windows to pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan

from dashboard.domain import Cells, Indicator, Level, Period, Query, State
from dashboard.figures.chart import IntervalChart
from dashboard.figures.words import number
from dashboard.views.asking import WINDOWS, resolve_period, state_of
from dashboard.views.cascade_asking import span_words
from dashboard.views.cascade_beside import interval_row, newest
from dashboard.views.fairness_asking import AskedFairness, values
from dashboard.views.source import ViewReader
from dashboard.views.words import DIMENSION_WORDS, value_words

AIM = 95.0
UNKNOWN = ("not recorded", "unknown", "not known")


@dataclass(frozen=True)
class Offer:
    """A wider window or place in which more groups have a number: the words and the request."""

    words: str
    asked: AskedFairness


def recording(
    reader: ViewReader, asked: AskedFairness, query: Query, groups: Sequence[Cells], whole: Cells
) -> tuple[str, ...]:
    """What is known about how completely groups are recorded; always something, because silence would mislead."""
    name = DIMENSION_WORDS.get(asked.by, asked.by).lower()
    said = [*_race_known(reader, asked, query), *_added_up(groups, whole, name), *_unknown(asked, reader, query, whole)]
    if not said:
        return (f"How completely {name} is recorded, nobody reports: a difference may be one of recording.",)
    return tuple(said)


def _race_known(reader: ViewReader, asked: AskedFairness, query: Query) -> list[str]:
    known = reader.registry.indicators.get("group_recorded")
    if known is None or asked.by != "race" or not reader.series_of(known):
        return []
    period = newest(reader, known, asked.place)
    cells = reader.read(replace(query, indicator=known.id, periods=(period,), partner="")) if period else None
    if cells is None or period is None or isnan(cells.rate[0]):
        return ["For how many records race and ethnicity are known is not reported here."]
    share = float(cells.rate[0])
    below = f", below the {AIM:.0f}% aimed at: a difference may be one of recording" if share < AIM else ""
    return [f"Race and ethnicity are known for {number(share)}% of records here ({span_words(period)}){below}."]


def _added_up(groups: Sequence[Cells], whole: Cells, name: str) -> list[str]:
    """How much of the whole the groups hold, where every group is told."""
    counts, everyone = [float(cells.numerator[0]) for cells in groups], float(whole.numerator[0])
    if any(isnan(count) for count in counts) or isnan(everyone) or not everyone or sum(counts) > everyone:
        return []
    share = 100 * sum(counts) / everyone
    return [f"By {name}, the groups hold {number(sum(counts))} of all {number(everyone)} ({number(share)}%)."]


def _unknown(asked: AskedFairness, reader: ViewReader, query: Query, whole: Cells) -> list[str]:
    """The share whose group is not recorded, where that is told as a group of its own."""
    indicator = reader.registry.indicator(asked.indicator)
    named = [value for value in values(reader, asked, indicator) if value.lower().replace("_", " ") in UNKNOWN]
    counts = [float(reader.read(replace(query, stratum=f"{asked.by}={value}")).numerator[0]) for value in named]
    everyone = float(whole.numerator[0])
    if not counts or isnan(sum(counts)) or not everyone > 0:
        return []
    return [f"For {number(100 * sum(counts) / everyone)}% of them it is not recorded."]


def priority_groups(reader: ViewReader, asked: AskedFairness) -> IntervalChart | None:
    """Of people in each priority group who were known to need support, the share reached."""
    indicator = reader.registry.indicators.get("priority_group_reached")
    period = newest(reader, indicator, asked.place) if indicator else None
    if indicator is None or period is None:
        return None
    level = reader.gazetteer.level_of(asked.place)
    base = Query(indicator.id, (period,), level, (asked.place,))
    strata = sorted({row["stratum"] for row in reader.series_of(indicator) if row["stratum"]})
    told = [(stratum.partition("=")[2], reader.read(replace(base, stratum=stratum))) for stratum in strata]
    rows = [interval_row(value_words(value), cells) for value, cells in told]
    if not any(row.value is not None for row in rows):
        return None
    said = (
        "Of people known to need support, the share reached. One person can be in several groups. "
        f"{span_words(period)}."
    )
    return IntervalChart("Priority groups reached", said, "percent", 1, tuple(rows))


def wider(reader: ViewReader, asked: AskedFairness, indicator: Indicator, without: int) -> tuple[Offer, ...]:
    """Longer windows and larger places in which more groups have a number; none where every group has one."""
    if not without:
        return ()
    state = state_of(reader, asked.place)
    now = resolve_period(reader, indicator, asked.period, state)
    longer = [replace(asked, period=f"{months}m") for months in WINDOWS if months > now.months]
    larger = [replace(asked, place=id_) for id_ in _larger(reader, asked.place)]
    offers: list[tuple[int, Offer]] = []
    both = [replace(one, period=longest.period) for longest in longer[-1:] for one in larger]
    for wanted in [*longer, *larger, *both]:
        left, of = _without(reader, wanted, indicator)
        if left < min([without, *(offer_left for offer_left, _ in offers)]):
            offers.append((left, Offer(_words(reader, wanted, asked, of - left, of), wanted)))
    return tuple(offer for _, offer in offers)


def _larger(reader: ViewReader, place: str) -> list[str]:
    """The coalition area a town lies in, its county and its state, smallest first."""
    gazetteer = reader.gazetteer
    level, towns = gazetteer.level_of(place), set(gazetteer.towns_of(place))
    state = state_of(reader, place)
    if level is Level.STATE:
        return []
    sets = [s.id for s in gazetteer.sets if s.level is Level.CATCHMENT and s.id != place and towns <= set(s.members)]
    return [*sets, state]


def _without(reader: ViewReader, asked: AskedFairness, indicator: Indicator) -> tuple[int, int]:
    """How many groups still have no number in a request, and how many groups there are."""
    state = state_of(reader, asked.place)
    period: Period = resolve_period(reader, indicator, asked.period, state)
    level = reader.gazetteer.level_of(asked.place)
    query = Query(indicator.id, (period,), level, (asked.place,), partner=asked.partner)
    named = values(reader, asked, indicator)
    cells = [reader.read(replace(query, stratum=f"{asked.by}={value}")) for value in named]
    return sum(isnan(one.rate[0]) or one.state[0] == State.SUPPRESSED for one in cells), len(cells)


def _words(reader: ViewReader, wanted: AskedFairness, asked: AskedFairness, have: int, of: int) -> str:
    parts = [f"{wanted.period.removesuffix('m')} months"] if wanted.period != asked.period else []
    parts += [reader.gazetteer.name(wanted.place)] if wanted.place != asked.place else []
    return f"Pool to {' and '.join(parts)}: {have} of {of} groups {'has' if have == 1 else 'have'} a number"
