"""From words people write (a place, a period, a level) to the exact terms of a query."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from rapidfuzz import process

from dashboard.domain import Basis, Indicator, Level, Period, Query
from dashboard.errors import InvalidQuery
from dashboard.gazetteer import state_code
from dashboard.periods import parse_day
from dashboard.views.source import ViewReader

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Word = TypeVar("Word", Level, Basis)
WINDOWS = (12, 24, 36)


@dataclass(frozen=True)
class Asked:
    """A request in words, as the command line and the address bar carry it; empty means the default.

    `rates` is how a map of towns shows them, raw or smoothed.
    """

    indicator: str
    place: str = ""
    level: str = ""
    within: str = ""
    period: str = ""
    basis: str = ""
    group: str = ""
    partner: str = ""
    as_of: str = ""
    rates: str = ""


def build_query(reader: ViewReader, asked: Asked) -> Query:
    """The query for a request; InvalidQuery names what is unknown and the nearest known."""
    indicator = reader.registry.indicator(asked.indicator)
    level = choose(Level, asked.level, "level") if asked.level else None
    geoids: tuple[str, ...] = ()
    if asked.place:
        id_ = find_place(reader, asked.place, level)
        level, geoids = reader.gazetteer.level_of(id_), (id_,)
    within = find_place(reader, asked.within) if asked.within else ""
    return Query(
        indicator=indicator.id,
        periods=(resolve_period(reader, indicator, asked.period, state_of(reader, *geoids, within)),),
        level=level or finest_level(reader, within),
        geoids=geoids,
        within=within,
        basis=choose(Basis, asked.basis, "basis") if asked.basis else None,
        stratum=asked.group,
        partner=find_partner(reader, asked.partner),
        as_of=parse_day(asked.as_of) if asked.as_of else None,
    )


def resolve_period(reader: ViewReader, indicator: Indicator, text: str, state: str = "") -> Period:
    """The period that "2018", "36m" or "" (the indicator's own window) means for this indicator's data.

    A calendar year that only the publisher's fiscal years could answer is the fiscal year of that name, and is called
    so (FY).
    """
    newest = reader.span(indicator, state)
    end = newest.end if newest else date(2020, 1, 1)
    months = re.fullmatch(r"([1-9]\d{0,2})m", text.strip(), re.ASCII) if text else None
    if months or not text:
        return Period.ending(end, int(months[1]) if months else default_months(reader, indicator, state))
    period = Period.parse(text)
    return period if reader.holds(indicator, period, state) else _fiscal(reader, indicator, period, state)


def _fiscal(reader: ViewReader, indicator: Indicator, period: Period, state: str) -> Period:
    """The fiscal years of the same name where they are reported, else the period itself."""
    if period.start.month != 1 or not period.months or period.months % 12:
        return period
    fiscal = Period.of_months(period.start.year - 1, 7, period.months)
    return fiscal if reader.holds(indicator, fiscal, state) else period


def default_months(reader: ViewReader, indicator: Indicator, state: str = "") -> int:
    """The window a map opens on: the indicator's own, no longer than what was ever reported."""
    newest = reader.span(indicator, state)
    if not newest:
        return indicator.months
    published = sorted({row["months"] for row in reader.series_of(indicator, state) if row["months"]})
    if not reader.adds_over_time(indicator):
        return published[-1] if published else indicator.months
    return min(indicator.months, newest.months or indicator.months)


def state_of(reader: ViewReader, *ids: str) -> str:
    """The state that the first named place or set lies in (where most of its towns lie); "" when none is named."""
    for id_ in filter(None, ids):
        if id_ in reader.gazetteer.number:
            return reader.gazetteer.place(id_).state
        states = [reader.gazetteer.place(geoid).state for geoid in reader.gazetteer.towns_of(id_)]
        return max(set(states), key=states.count) if states else ""
    return ""


def finest_level(reader: ViewReader, within: str) -> Level:
    """Towns, or counties in a state of which no town is known; "" means towns."""
    return reader.gazetteer.finest(state_of(reader, within)) if within else Level.TOWN


def find_place(reader: ViewReader, name: str, level: Level | None = None) -> str:
    """The id of a place or set from its id, "Boston", "Franklin, CT" or "Worcester County"; towns win over the rest."""
    gazetteer = reader.gazetteer
    if name in gazetteer.number or name in gazetteer.set_by_id:
        return name
    plain, state, wanted = _plain_name(name)
    level = level or wanted
    named = [place for place in gazetteer.places if fold(place.name).removesuffix(" county") == plain]
    found = [(place.geoid, place.level) for place in named if not state or place.state == state]
    found += [(place_set.id, place_set.level) for place_set in gazetteer.sets if fold(place_set.name) == plain]
    found = [(id_, found_level) for id_, found_level in found if level in (None, found_level)]
    for preferred in (Level.TOWN, Level.COUNTY, Level.STATE, *Level):
        ids = [id_ for id_, found_level in found if found_level is preferred]
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise InvalidQuery(
                f"'{name}' names {len(ids)} places ({', '.join(ids)}). Add the state, as in 'Franklin, CT'."
            )
    raise InvalidQuery(f"There is no place '{name[:60]}' in this store.{_nearest(reader, plain)}")


def find_partner(reader: ViewReader, name: str) -> str:
    """The id of a partner from its id or name; "" stays ""."""
    if not name or name in reader.partners:
        return name
    for id_, row in reader.partners.items():
        if fold(row["name"]) == fold(name):
            return id_
    near = process.extract(name, [row["name"] for row in reader.partners.values()], limit=3)
    known = ", ".join(choice for choice, _, _ in near) or "no partner has reported yet"
    raise InvalidQuery(f"There is no partner '{name[:60]}' in this store. Nearest: {known}.")


LEFT_OUT = {"basis": "way of counting", "group": "population group", "partner": "partner", "rates": "way to show rates",
            "step": "step", "by": "grouping", "reference": "reference group", "follow": "number of days",
            "counted": "way of counting", "months": "number of months", "first": "comparison", "second": "comparison",
            "third": "comparison", "fourth": "comparison"}  # fmt: skip
BY_NAME = ("partner", "first", "second", "third", "fourth")
"""May be written as names, which become ids."""


def left_out(asked: DataclassInstance, shown: DataclassInstance) -> tuple[str, ...]:
    """What an address asks for and the page does not show because nobody reports it here: a sentence each."""
    wanted, given = asdict(asked), asdict(shown)
    return tuple(
        f"This address asks for the {LEFT_OUT[name]} '{wanted[name][:60]}', which is not known here: it is left out."
        for name in LEFT_OUT
        if wanted.get(name, "") not in ("", given.get(name)) and not (name in BY_NAME and given[name])
    )


def write_address(path: str, asked: DataclassInstance) -> str:
    """The address of a page's request (a dataclass of texts); what is empty is left out."""
    named = {name: value for name, value in asdict(asked).items() if value}
    return f"{path}?{urlencode(named)}" if named else path


def choose(words: type[Word], text: str, what: str) -> Word:
    """The member of an enum that `text` names; InvalidQuery lists the members."""
    try:
        return words(text)
    except ValueError:
        raise InvalidQuery(f"The {what} '{text[:40]}' is not one of {', '.join(words)}.") from None


def fold(name: str) -> str:
    """A name without case, punctuation and doubled blanks."""
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold()).split())


def _plain_name(name: str) -> tuple[str, str, Level | None]:
    head, _, tail = name.rpartition(",")
    state = state_code(tail.strip()) if head else ""
    plain = fold(head if state else name)
    if plain.endswith(" county"):
        return plain.removesuffix(" county"), state, Level.COUNTY
    return plain, state, None


def _nearest(reader: ViewReader, plain: str) -> str:
    names: Iterable[str] = {place.name for place in reader.gazetteer.places} | {s.name for s in reader.gazetteer.sets}
    near = process.extract(plain, sorted(names), limit=3, processor=fold)
    return f" Did you mean {', '.join(choice for choice, _, _ in near)}?" if near else ""
