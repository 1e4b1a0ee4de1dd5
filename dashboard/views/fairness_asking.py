"""What the fairness page is asked, and what may be chosen on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain import Indicator
from dashboard.errors import InvalidQuery
from dashboard.views import choices
from dashboard.views.asking import find_partner, find_place, state_of
from dashboard.views.choices import Choice
from dashboard.views.source import ViewReader
from dashboard.views.this_month import home_area
from dashboard.views.words import DIMENSION_WORDS, value_words

FIRST = ("contact_7d", "event_medication_started_31d", "opioid_overdose_death_rate")
DIMENSIONS_FIRST = ("race", "housing", "age", "sex")
DIVIDED = ("rate", "proportion")
EVERYONE_ELSE = Choice("", "Everyone else")


@dataclass(frozen=True)
class AskedFairness:
    """A request in words; `by` is a dimension, `reference` one of its values ("" = everyone else)."""

    indicator: str = ""
    place: str = ""
    period: str = ""
    by: str = ""
    reference: str = ""
    partner: str = ""
    as_of: str = ""


def complete(reader: ViewReader, asked: AskedFairness) -> AskedFairness:
    """A request with its defaults and ids; InvalidQuery where it names something unknown, or nobody counts groups."""
    place = find_place(reader, asked.place) if asked.place else home_area(reader)
    state = state_of(reader, place)
    offered = [choice.value for choice in indicators(reader, state) if not choice.heading]
    if not offered:
        raise InvalidQuery("Nobody reports any indicator by population group yet.")
    preferred = next((id_ for id_ in FIRST if id_ in offered), offered[0])
    indicator = reader.registry.indicator(asked.indicator or preferred)
    asked = replace(asked, indicator=indicator.id, place=place, partner=find_partner(reader, asked.partner))
    asked = replace(
        asked,
        by=choices.kept(asked.by, dimensions(reader, indicator, state)),
        partner=choices.kept(asked.partner, choices.partners(reader, indicator, state)),
        period=asked.period or _first_period(reader, indicator, state),
    )
    return replace(asked, reference=choices.kept(asked.reference, references(reader, asked)))


def _first_period(reader: ViewReader, indicator: Indicator, state: str) -> str:
    offered = choices.periods(reader, indicator, state)
    return choices.kept(f"{indicator.months}m", offered)


def indicators(reader: ViewReader, state: str) -> list[Choice]:
    """Indicators with a denominator that somebody reports by group, by theme."""
    known = {
        id_ for id_, one in reader.registry.indicators.items() if one.kind in DIVIDED and _values(reader, one, state)
    }
    found: list[Choice] = []
    for choice in choices.indicators(reader, state):
        if choice.heading and found and found[-1].heading:
            found.pop()
        if choice.heading or choice.value in known:
            found.append(choice)
    return found[:-1] if found and found[-1].heading else found


def dimensions(reader: ViewReader, indicator: Indicator, state: str) -> list[Choice]:
    """The dimensions an indicator is reported by, those about people first."""
    found = dict.fromkeys(stratum.partition("=")[0] for stratum in _values(reader, indicator, state))
    order = [name for name in DIMENSIONS_FIRST if name in found] + sorted(set(found) - set(DIMENSIONS_FIRST))
    return [Choice(name, DIMENSION_WORDS.get(name, value_words(name))) for name in order]


def references(reader: ViewReader, asked: AskedFairness) -> list[Choice]:
    """Whom a group may be compared with: everyone else, or one of the groups."""
    indicator = reader.registry.indicator(asked.indicator)
    return [EVERYONE_ELSE, *(Choice(v, value_words(v)) for v in values(reader, asked, indicator))]


def values(reader: ViewReader, asked: AskedFairness, indicator: Indicator) -> list[str]:
    """The values of the chosen dimension, in their order."""
    strata = _values(reader, indicator, state_of(reader, asked.place))
    return [value for name, _, value in (s.partition("=") for s in strata) if name == asked.by]


def _values(reader: ViewReader, indicator: Indicator, state: str) -> list[str]:
    """Every group an indicator is reported by, one dimension at a time."""
    rows = reader.series_of(indicator, state)
    return sorted({row["stratum"] for row in rows if row["stratum"] and ";" not in row["stratum"]})
