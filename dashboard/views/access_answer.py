"""Access to a service as screens ask for it: a request in words, and the towns' minutes at the chosen threshold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from dashboard.access import Access, Ground, Reach, decide, ground, has_verified, reach
from dashboard.domain import Facility, FloatArray
from dashboard.errors import InvalidQuery
from dashboard.figures.words import lower
from dashboard.services import Service, service, services
from dashboard.views.asking import find_place
from dashboard.views.choices import Choice
from dashboard.views.shapes import home_state
from dashboard.views.source import ViewReader

LEAST_MINUTES, MOST_MINUTES = 1, 240
VERIFIED, LISTED = "verified", "listed"
NO_TOWN = Choice("", "Choose a town")
Flags = NDArray[np.bool_]
_kept: WeakKeyDictionary[ViewReader, dict[tuple[object, ...], Reach]] = WeakKeyDictionary()
"""Minutes by reader (one a data version), so that a changed threshold costs no more than comparing numbers."""


@dataclass(frozen=True)
class AskedAccess:
    """What decides minutes and thresholds, in words; empty means the default."""

    service: str = ""
    within: str = ""
    urban: str = ""
    rural: str = ""
    sites: str = ""


@dataclass(frozen=True)
class AccessAnswer:
    """n towns at a threshold. Minutes are inf where no road leads, NaN where no site counts; people NaN if unknown."""

    access: Access
    place: str
    urban: float
    rural: float
    overdose_unit: str
    listed: int
    """How many sites of the service are listed, whether they count or not."""

    @property
    def reach(self) -> Reach:
        """Minutes to every site."""
        return self.access.reach

    @property
    def ground(self) -> Ground:
        """The towns."""
        return self.access.reach.ground

    @property
    def service(self) -> Service:
        """What is looked for."""
        return self.access.reach.service

    @property
    def sites(self) -> tuple[Facility, ...]:
        """The sites that count."""
        return self.access.reach.sites

    @property
    def desert(self) -> Flags:
        """Towns beyond the threshold, (n,)."""
        return self.access.desert

    @property
    def minutes(self) -> FloatArray:
        """To the nearest site, (n,)."""
        found = self.reach.nearest
        return found.minutes if found else np.full(len(self.ground.geoid), np.nan)

    @property
    def second_minutes(self) -> FloatArray:
        """To the second nearest site, (n,)."""
        found = self.reach.nearest
        return found.second_minutes if found else np.full(len(self.ground.geoid), np.nan)

    def site_of(self, row: int, *, second: bool = False) -> Facility | None:
        """The nearest site of a town (or the next); None where no road leads to one."""
        found = self.reach.nearest
        at = int((found.second_site if second else found.site)[row]) if found else -1
        return self.sites[at] if at >= 0 else None


def access_answer(reader: ViewReader, asked: AskedAccess, today: date) -> AccessAnswer:
    """The answer to a completed request."""
    found = reach_of(reader, asked, today)
    urban, rural = read_minutes(asked.urban), read_minutes(asked.rural)
    unit = lower(reader.registry.indicator(found.ground.need).name) if found.ground.need else ""
    listed = sum(1 for site in reader.facilities() if set(site.services) & set(found.service.offers))
    place = reader.gazetteer.name(asked.within)
    return AccessAnswer(decide(found, urban=urban, rural=rural), place, urban, rural, unit, listed)


def reach_of(reader: ViewReader, asked: AskedAccess, today: date) -> Reach:
    """Minutes from the towns of an area to the sites that count; kept while the data stay the same."""
    key = (asked.service, asked.within, asked.sites, today)
    kept = _kept.setdefault(reader, {})
    if key not in kept:
        same = (found.ground for other, found in list(kept.items()) if (other[1], other[3]) == (asked.within, today))
        towns = next(same, None) or ground(reader, asked.within, today)
        kept[key] = reach(towns, service(asked.service), reader.facilities(), today, listed=asked.sites == LISTED)
    return kept[key]


def complete_access(reader: ViewReader, asked: AskedAccess, today: date) -> AskedAccess:
    """A request with every default in words; InvalidQuery for an unknown service or place and for odd minutes."""
    chosen = service(asked.service or first_service(reader))
    urban = read_minutes(asked.urban or f"{chosen.urban_minutes:g}")
    rural = read_minutes(asked.rural or f"{chosen.rural_minutes:g}")
    within = find_place(reader, asked.within) if asked.within else home_state(reader)
    sites = asked.sites or (VERIFIED if has_verified(reader.facilities(), chosen, today) else LISTED)
    if sites not in (VERIFIED, LISTED):
        raise InvalidQuery(f"The sites '{sites[:40]}' are neither {VERIFIED} nor {LISTED}.")
    return AskedAccess(chosen.id, within, f"{urban:g}", f"{rural:g}", sites)


def first_service(reader: ViewReader) -> str:
    """The first service of which a site is known."""
    return next(choice.value for choice in offered_services(reader) if not choice.heading)


def read_minutes(text: str) -> float:
    """Minutes from text; InvalidQuery unless they are a number from 1 to 240."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = float("nan")
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise InvalidQuery(
            f"A threshold of '{text[:20]}' minutes cannot be used: "
            f"give a number from {LEAST_MINUTES} to {MOST_MINUTES}."
        )
    return minutes


def offered_services(reader: ViewReader) -> list[Choice]:
    """Every service, those with a site in this store first."""
    offered = {word for site in reader.facilities() for word in site.services}
    known = [each for each in services().values() if offered & set(each.offers)]
    others = [each for each in services().values() if not offered & set(each.offers)]
    none = [Choice("-none", "No site is known", heading=True)] if known and others else []
    return [Choice(each.id, each.name) for each in known] + none + [Choice(each.id, each.name) for each in others]


def offered_sites() -> list[Choice]:
    """Which sites may count."""
    return [Choice(VERIFIED, "Verified open"), Choice(LISTED, "All that are listed")]


def thresholds_of(service_id: str) -> tuple[str, str]:
    """A service's own minutes in urban and rural towns, as text."""
    own = service(service_id)
    return f"{own.urban_minutes:g}", f"{own.rural_minutes:g}"
