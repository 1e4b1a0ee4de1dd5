"""What may be chosen on screen for an indicator: only what somebody reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.domain import Basis, Indicator, Level, Period
from dashboard.gazetteer import state_letters, state_name
from dashboard.indicators import THEMES
from dashboard.views.asking import WINDOWS, state_of
from dashboard.views.shapes import home_state
from dashboard.views.source import ViewReader
from dashboard.views.words import (
    BASIS_WORDS,
    DIMENSION_WORDS,
    LEVEL_WORDS,
    THEME_WORDS,
    group_words,
    period_label,
)

MOST_WINDOWS = 180
MOST_TOWNS = 2_000
"""In one menu, as many as New England has: more belong to several states, of which one is looked at."""
YEAR = 12
SET_LEVELS = (Level.CATCHMENT, Level.REGION, Level.PLANNING_AREA)


@dataclass(frozen=True)
class Choice:
    """One entry of a menu; a heading cannot be chosen."""

    value: str
    label: str
    heading: bool = False


def indicators(reader: ViewReader, state: str = "") -> list[Choice]:
    """Indicators that somebody reports, by theme."""
    reported = [i for i in reader.registry.indicators.values() if reader.series_of(i, state)]
    choices: list[Choice] = []
    for theme in THEMES:
        named = sorted((i for i in reported if i.theme == theme), key=lambda indicator: indicator.name)
        choices += _under(THEME_WORDS[theme], (Choice(i.id, i.name) for i in named))
    return choices


def first_indicator(reader: ViewReader, state: str = "") -> str:
    """The indicator a page opens on: overdose deaths where they are reported, else the first there is."""
    ids = [choice.value for choice in indicators(reader, state) if not choice.heading]
    preferred = ("opioid_overdose_death_rate", "overdose_death_rate_any_drug")
    return next((id_ for id_ in preferred if id_ in ids), ids[0] if ids else preferred[0])


def periods(reader: ViewReader, indicator: Indicator, state: str = "") -> list[Choice]:
    """The last 12, 24 and 36 months, then single years, newest first; only what the data can fill."""
    span = reader.span(indicator, state)
    if span is None:
        return []
    if not reader.adds_over_time(indicator):
        windows = sorted(
            published_windows(reader, indicator, state),
            key=lambda window: (window.end, -abs(window.months - indicator.months)),
            reverse=True,
        )
        return [Choice(str(window), period_label(window)) for window in windows[:MOST_WINDOWS]]
    to = period_label(Period.ending(span.end, 1))
    lengths = [months for months in WINDOWS if reader.holds(indicator, Period.ending(span.end, months), state)]
    newest = [Choice(f"{months}m", f"{months} months to {to}") for months in lengths]
    return newest + [Choice(str(year), period_label(year)) for year in _years(reader, indicator, span, state)]


def published_windows(reader: ViewReader, indicator: Indicator, state: str) -> set[Period]:
    """The publisher's own windows of a year or more, or all where none is as long; they may overlap."""
    windows = {window for row in reader.series_of(indicator, state) for window in reader.windows(row)}
    return {window for window in windows if window.months >= YEAR} or windows


def bases(reader: ViewReader, indicator: Indicator, state: str = "") -> list[Choice]:
    """Residence, occurrence, as far as they are reported."""
    reported = {row["basis"] for row in reader.series_of(indicator, state)}
    return [
        Choice(b.value, BASIS_WORDS[b].capitalize()) for b in BASIS_WORDS if b.value in reported and b is not Basis.NONE
    ]


def groups(reader: ViewReader, indicator: Indicator, state: str = "") -> list[Choice]:
    """Population groups that are reported, by dimension; "" is everyone."""
    strata = {
        row["stratum"] for row in reader.series_of(indicator, state) if row["stratum"] and ";" not in row["stratum"]
    }
    choices = [Choice("", "Everyone")]
    for dimension in sorted({stratum.partition("=")[0] for stratum in strata}):
        within = sorted(stratum for stratum in strata if stratum.startswith(f"{dimension}="))
        named = (Choice(stratum, group_words(stratum)) for stratum in within)
        choices += _under(DIMENSION_WORDS.get(dimension, dimension), named)
    return choices


def partners(reader: ViewReader, indicator: Indicator, state: str = "") -> list[Choice]:
    """Partners that report this indicator; "" is all."""
    reporting = {row["partner"] for row in reader.series_of(indicator, state) if row["partner"]}
    named = sorted((reader.partners[id_]["name"], id_) for id_ in reporting if id_ in reader.partners)
    return [Choice("", "All partners"), *(Choice(id_, name) for name, id_ in named)]


def kept(value: str, offered: Sequence[Choice]) -> str:
    """A value that is offered, else the first one that is."""
    values = [choice.value for choice in offered if not choice.heading]
    return value if value in values else next(iter(values), "")


def rates(indicator: Indicator) -> list[Choice]:
    """As counted (raw) or smoothed, for events among residents."""
    return [Choice("", "As counted"), *([Choice("smoothed", "Smoothed")] if indicator.kind == "rate" else [])]


def areas(reader: ViewReader) -> list[Choice]:
    """Where to look: states, counties and sets of towns."""
    gazetteer = reader.gazetteer
    with_places = gazetteer.finest_in.keys()
    states = [place for place in gazetteer.of_level[Level.STATE] if place.geoid in with_places]
    choices = [Choice(place.geoid, place.name) for place in states]
    for level in SET_LEVELS:
        choices += _under(LEVEL_WORDS[level], told_apart(reader, (s.id for s in gazetteer.sets if s.level is level)))
    counties = (place.geoid for place in gazetteer.of_level[Level.COUNTY] if place.state in with_places)
    return choices + _under("Counties", told_apart(reader, counties))


def towns(reader: ViewReader, within: str = "") -> list[Choice]:
    """Towns by name."""
    return told_apart(reader, reader.gazetteer.towns_of(within))


def places(reader: ViewReader, *chosen: str) -> list[Choice]:
    """Areas, then towns by name: of the chosen places' states alone where a menu of all would be too long to use."""
    if len(reader.gazetteer.finest_in[""]) <= MOST_TOWNS:
        return [*areas(reader), *_under("Towns", towns(reader))]
    known = (id_ for id_ in chosen if id_ in reader.gazetteer.number or id_ in reader.gazetteer.set_by_id)
    states = list(dict.fromkeys(state_of(reader, id_) for id_ in known)) or [home_state(reader)]
    named = [choice for state in states for choice in towns(reader, state)]
    heading = f"Towns of {' and '.join(map(state_name, states))} (of another state: open it first)"
    return [*areas(reader), *_under(heading, named)]


def told_apart(reader: ViewReader, ids: Iterable[str]) -> list[Choice]:
    """Places or sets by name; those of two states that share a name carry their state's letters."""
    named = sorted((reader.gazetteer.name(id_), id_) for id_ in ids)
    times = Counter(name for name, _ in named)
    return [
        Choice(id_, f"{name}, {state_letters(state_of(reader, id_))}" if times[name] > 1 else name)
        for name, id_ in named
    ]


def colour_by(reader: ViewReader, state: str) -> list[Choice]:
    """Whose number colours the map: the finest places of a state, or the areas they belong to."""
    finest = reader.gazetteer.finest(state)
    sets = [level for level in (Level.PLANNING_AREA, Level.REGION) if _has_sets(reader, level)]
    levels = dict.fromkeys([finest, *(sets if finest is Level.TOWN else []), Level.COUNTY])
    return [Choice(level.value, LEVEL_WORDS[level]) for level in levels]


def _has_sets(reader: ViewReader, level: Level) -> bool:
    return any(place_set.level is level for place_set in reader.gazetteer.sets)


def _years(reader: ViewReader, indicator: Indicator, span: Period, state: str) -> list[Period]:
    """Calendar years, or the fiscal years where only those are reported; newest first."""
    either = (
        (Period.of_months(year, 1, 12), Period.of_months(year - 1, 7, 12))
        for year in range(span.end.year, span.start.year - 1, -1)
    )
    filled = (next((year for year in pair if reader.holds(indicator, year, state)), None) for pair in either)
    return [year for year in filled if year]


def _under(heading: str, named: Iterable[Choice]) -> list[Choice]:
    found = list(named)
    return [Choice(f"-{heading}", heading, heading=True), *found] if found else []
