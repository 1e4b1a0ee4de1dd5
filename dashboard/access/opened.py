"""Which sites count: listed by somebody, or verified open to the public. The two are never mixed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.access.rules import rules
from dashboard.domain import Facility
from dashboard.opening import hours_a_week
from dashboard.periods import add_months
from dashboard.services import Service

MOBILE = "mobile"


def offers(facility: Facility, service: Service) -> bool:
    """Whether a site lists any of the words that count as this service."""
    return bool(set(service.offers) & set(facility.services))


def open_hours(facility: Facility) -> float | None:
    """Hours a week that a site is open: as told, else read from its hours in words; None where unknown."""
    return facility.hours_a_week if facility.hours_a_week is not None else hours_a_week(facility.hours)


def is_open(facility: Facility, today: date) -> bool:
    """Whether a site is verified open: checked within the last 12 months, accepting (or unknown), and open at least 8
    hours a week where its hours are known. A mobile stop counts whatever hours it keeps. The numbers are settings."""
    if facility.verified_on is None or facility.accepting is False:
        return False
    if not add_months(today, -rules().verified_months) <= facility.verified_on <= today:
        return False
    hours = open_hours(facility)
    return hours is None or hours >= rules().hours_a_week or (MOBILE in facility.services and hours > 0)


def sites_of(
    facilities: Iterable[Facility], service: Service, today: date, *, listed: bool = False
) -> tuple[Facility, ...]:
    """The sites of a service that have a point, by id: those verified open, or with `listed` every one not closed.

    A site that is not accepting anybody is in neither.
    """
    chosen = [
        facility
        for facility in facilities
        if offers(facility, service)
        and facility.latitude is not None
        and facility.longitude is not None
        and facility.accepting is not False
        and (listed or is_open(facility, today))
    ]
    return tuple(sorted(chosen, key=lambda facility: facility.id))


def has_verified(facilities: Iterable[Facility], service: Service, today: date) -> bool:
    """Whether any site of the service is verified open: then only those count by default, else all that are listed."""
    return bool(sites_of(facilities, service, today))
