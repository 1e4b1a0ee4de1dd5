"""Whether a number may be shown: one question, every agreement behind it, and the reason where it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.agreements.agreement import EVERYTHING, Agreement, Asker, Audience, OnExpiry, Standing, Unit, day_after
from dashboard.domain import Level, Period

COARSER = (Level.TOWN, Level.PLANNING_AREA, Level.CATCHMENT, Level.COUNTY, Level.REGION, Level.STATE)
"""Levels from the finest to the coarsest."""
PLACES = {
    Level.TOWN: "towns", Level.PLANNING_AREA: "planning areas", Level.CATCHMENT: "coalitions' areas",
    Level.COUNTY: "counties", Level.REGION: "regions", Level.STATE: "whole states",
}  # fmt: skip
PERIODS = {
    Unit.DAY: "days", Unit.MONTH: "whole months", Unit.QUARTER: "whole quarters",
    Unit.YEAR: "whole calendar years", Unit.FISCAL_YEAR: "whole fiscal years from July",
}  # fmt: skip
READERS = {
    Audience.PUBLIC: "the public", Audience.MEMBER: "members", Audience.LAW_ENFORCEMENT: "law-enforcement members",
    Audience.STEWARD: "stewards", Audience.PUBLISHER: "publishers", Audience.ADMINISTRATOR: "administrators",
    Audience.AUDITOR: "auditors",
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One question about a number. `level` or `period` None asks whether it may be shown at any.

    `stratum` is "" or "dimension=value" pairs joined by ";". `release` is the count below which the release being made
    hides; None is a live question.
    """

    asker: Asker
    indicator: str
    today: date
    level: Level | None = None
    period: Period | None = None
    stratum: str = ""
    release: int | None = None


@dataclass(frozen=True)
class Decision:
    """Whether a number may be shown, and if not why, in a sentence."""

    shown: bool
    reason: str = ""


SHOWN = Decision(shown=True)


def decide(agreements: Iterable[Agreement], request: Request, *, whose: str = "") -> Decision:
    """Whether any agreement of one partner or source shows a number; without any it does not.

    `whose` names the partner or source for the sentence. Several agreements are alternatives: an old one and its
    successor, or one for each purpose. The reason is that of the newest.
    """
    reason = ""
    for agreement in agreements:
        reason = _why_not(agreement, request)
        if not reason:
            return SHOWN
    return Decision(shown=False, reason=reason or f"There is no agreement with {whose or 'whoever reported this'}.")


def strictest(parents: Iterable[Decision]) -> Decision:
    """The decision on a figure that several numbers go into: the first that is not shown hides it."""
    return next((decision for decision in parents if not decision.shown), SHOWN)


def _why_not(agreement: Agreement, request: Request) -> str:
    """Why an agreement does not show a number; "" where it does."""
    return next((reason for check in CHECKS if (reason := check(agreement, request))), "")


def _force(agreement: Agreement, request: Request) -> str:
    with_whom = f"The agreement with {agreement.name}"
    standing = agreement.standing(request.today)
    if standing is Standing.UNFINISHED:
        return f"{with_whom} leaves open: {', '.join(agreement.open_terms)}."
    if standing is Standing.UNSIGNED:
        return f"{with_whom} is not signed yet."
    if standing is Standing.NOT_YET:
        return f"{with_whom} begins on {agreement.valid_from}."
    return "" if standing is Standing.IN_FORCE else _after_the_end(agreement, request)


def _after_the_end(agreement: Agreement, request: Request) -> str:
    ended = f"The agreement with {agreement.name} ended on {agreement.valid_to}"
    assert agreement.valid_to is not None
    if agreement.on_expiry is OnExpiry.HIDE:
        return f"{ended}."
    if agreement.on_expiry is OnExpiry.KEEP_PUBLIC and request.release is None:
        return f"{ended}: what was made public stays in the releases."
    if request.period is not None and request.period.end > day_after(agreement.valid_to):
        return f"{ended}: later periods are not shown."
    return ""


def _indicator(agreement: Agreement, request: Request) -> str:
    assert agreement.indicators is not None
    if agreement.indicators & {*EVERYTHING, request.indicator}:
        return ""
    return f"The agreement with {agreement.name} does not allow this indicator."


def _group(agreement: Agreement, request: Request) -> str:
    assert agreement.groups is not None
    asked = {part.partition("=")[0] for part in request.stratum.split(";") if part}
    if agreement.groups & EVERYTHING or asked <= agreement.groups:
        return ""
    return f"The agreement with {agreement.name} does not allow groups by {' and '.join(sorted(asked))}."


def _place(agreement: Agreement, request: Request) -> str:
    assert agreement.finest_place is not None
    if request.level is None or COARSER.index(request.level) >= COARSER.index(agreement.finest_place):
        return ""
    return f"The agreement with {agreement.name} shows no places smaller than {PLACES[agreement.finest_place]}."


def _window(agreement: Agreement, request: Request) -> str:
    unit, period = agreement.finest_period, request.period
    assert unit is not None
    if period is None or (unit.begins_on(period.start) and unit.begins_on(period.end)):
        return ""
    return f"The agreement with {agreement.name} shows {PERIODS[unit]} only."


def _embargo(agreement: Agreement, request: Request) -> str:
    days = timedelta(days=agreement.embargo_days or 0)
    if not days or request.period is None or request.period.end + days <= request.today:
        return ""
    return f"The agreement with {agreement.name} shows a period {agreement.embargo_days} days after its end."


def _reader(agreement: Agreement, request: Request) -> str:
    audience = request.asker.audience_in(agreement.coalition)
    smallest, readers = agreement.smallest_cell(audience), READERS[audience]
    if request.release is None and smallest != 0 and audience is Audience.PUBLIC is not request.asker.audience:
        return f"The agreement with {agreement.name} is for the people of another coalition."
    if smallest is None:
        return f"The agreement with {agreement.name} does not let {readers} see this."
    if request.release is None and smallest > 0:
        why = f" and no count under {smallest}" if smallest > 1 else ""
        return f"The agreement with {agreement.name} shows {readers} no live numbers{why}: {MADE_FOR_IT}"
    if request.release is not None and smallest > max(request.release, 1):
        return f"The agreement with {agreement.name} hides counts under {smallest}; this release shows smaller ones."
    return ""


MADE_FOR_IT = "read the release made for it."
CHECKS: tuple[Callable[[Agreement, Request], str], ...] = (
    _force, _indicator, _group, _place, _window, _embargo, _reader,
)  # fmt: skip
