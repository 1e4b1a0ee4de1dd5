"""One town's access to a service: its nearest sites, what it is called and why, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.domain import Facility
from dashboard.figures.words import number
from dashboard.views.access_answer import AccessAnswer
from dashboard.views.access_words import nothing_words, service_words
from dashboard.views.words import day_words


@dataclass(frozen=True)
class TownAccess:
    """What the panel says of a town."""

    name: str
    kind: str
    sentences: tuple[str, ...]


def town_access(answer: AccessAnswer, geoid: str) -> TownAccess:
    """The town's minutes, its verdict with the reason, and what would change it."""
    row = answer.ground.geoid.index(geoid)
    kind = "Urban town" if answer.ground.urban[row] else "Rural town"
    return TownAccess(answer.ground.name[row], kind, sentences(answer, row))


def sentences(answer: AccessAnswer, row: int) -> tuple[str, ...]:
    """The verdict, the two nearest sites, and what would change the verdict; each a sentence."""
    if not answer.sites:
        return (nothing_words(answer),)
    return tuple(filter(None, (verdict(answer, row), nearest_words(answer, row), change_words(answer, row))))


def verdict(answer: AccessAnswer, row: int) -> str:
    """Desert or within reach, and whether the answer is in doubt or hangs on one site."""
    minutes, limit = answer.minutes[row], answer.access.threshold[row]
    called = service_words(answer)
    if not np.isfinite(minutes):
        return f"A desert for this service: no road leads to any {called}."
    far = f"{minutes_words(minutes)} to the nearest {called}, with a threshold of {number(limit)}"
    if answer.desert[row]:
        return f"A desert for this service: {far}."
    fragile = " It hangs on one site: if that closed, the town would become a desert." if _fragile(answer, row) else ""
    return f"Within reach: {far}.{fragile}"


def nearest_words(answer: AccessAnswer, row: int) -> str:
    """The nearest site and the next, with what is known of each."""
    first, second = answer.site_of(row), answer.site_of(row, second=True)
    if first is None:
        return ""
    said = f"Nearest: {site_facts(first)}."
    if second is None:
        return f"{said} There is no other by road."
    return f"{said} The next, {minutes_words(answer.second_minutes[row])} away: {site_facts(second)}."


def change_words(answer: AccessAnswer, row: int) -> str:
    """At which threshold the verdict turns, and whether the estimate is near it."""
    minutes, limit = answer.minutes[row], answer.access.threshold[row]
    if not np.isfinite(minutes):
        return "A boat, a van or a site on the island would change that; a longer threshold would not."
    doubt = " The minutes are an estimate within a quarter of the threshold: borderline." if (
        answer.access.borderline[row]
    ) else ""  # fmt: skip
    if answer.desert[row]:
        turns = (
            f"With a threshold of {number(np.ceil(minutes))} minutes, or a site {number(limit)} minutes away or less"
        )
        return f"{turns}, it would be none.{doubt}"
    return f"With a threshold under {number(np.ceil(minutes))} minutes it would be a desert.{doubt}"


def site_facts(site: Facility) -> str:
    """`Rowan Exchange, Athol (verified on 3 May 2026; Mon-Fri 10-18)`."""
    verified = f"verified on {day_words(site.verified_on)}" if site.verified_on else "listed, not verified"
    opened = site.mobile_days or site.hours or "hours not known"
    return f"{site.name} ({verified}; {opened})"


def minutes_words(minutes: float) -> str:
    """`12 minutes`, `1 minute`, `under a minute`."""
    whole = round(float(minutes))
    return "under a minute" if whole < 1 else "1 minute" if whole == 1 else f"{number(whole)} minutes"


def _fragile(answer: AccessAnswer, row: int) -> bool:
    return bool(answer.access.fragile[row])
