"""The naloxone page: kits against need, by channel, and where the next kits should go."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from dashboard.errors import InvalidQuery
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.figures.words import number
from dashboard.naloxone import Share
from dashboard.views import choices
from dashboard.views.access_answer import counted_words, nothing_words
from dashboard.views.asking import find_place, state_of
from dashboard.views.blank_map import blank_paint
from dashboard.views.listing import Listing
from dashboard.views.naloxone_kits import KITS, Saturation, Unit, channels, next_kits, saturation, units
from dashboard.views.naloxone_map import paint
from dashboard.views.shapes import home_state, shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.town_access import TownAccess, minutes_words
from dashboard.views.words import BASIS_WORDS, group_words, period_words

PATH = "/places/naloxone"
DEFAULT_KITS, MOST_KITS = "1000", 100_000
SHOWN = 8
"""Places of the list that stand open."""


@dataclass(frozen=True)
class AskedNaloxone:
    """A request in words, as the address bar carries it; empty means the default. `kits` are those still to give."""

    within: str = ""
    place: str = ""
    basis: str = ""
    kits: str = ""


@dataclass(frozen=True)
class NaloxonePage:
    """Everything the page says, in the order it is read."""

    asked: AskedNaloxone
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]
    town: TownAccess | None = None
    channels: IntervalChart | None = None
    allocation: Listing | None = None
    geometry: str = ""


def naloxone_page(reader: ViewReader, asked: AskedNaloxone, today: date) -> NaloxonePage:
    """The page for a request; InvalidQuery names what is unknown or out of bounds."""
    asked = complete(reader, asked)
    found = saturation(reader, asked.within, asked.basis, today)
    shapes = shapes_for(reader, asked.within)
    places = units(reader, found)
    return NaloxonePage(
        asked, headline(found), notes(found), paint(found, shapes.geoids if shapes else (), asked.place),
        town=town_kits(found, places, asked.place) if asked.place in found.access.ground.geoid else None,
        channels=by_channel(channels(reader, found)),
        allocation=allocation(next_kits(places, int(asked.kits)), int(asked.kits), reported=found.reported),
        geometry=f"/geo/{shapes.sha}.json" if shapes else "",
    )  # fmt: skip


def complete(reader: ViewReader, asked: AskedNaloxone) -> AskedNaloxone:
    """A request with every default in words."""
    within = find_place(reader, asked.within) if asked.within else home_state(reader)
    kits = asked.kits or DEFAULT_KITS
    if not re.fullmatch(r"[1-9]\d{0,5}", kits, re.ASCII) or int(kits) > MOST_KITS:
        raise InvalidQuery(f"'{kits[:20]}' is not a number of kits from 1 to {MOST_KITS:,}.")
    indicator = reader.registry.indicator(KITS)
    basis = choices.kept(asked.basis, choices.bases(reader, indicator, state_of(reader, within)))
    place = reader.gazetteer.place(asked.place).geoid if asked.place else ""
    return replace(asked, within=within, kits=kits, basis=basis, place=place)


def headline(found: Saturation) -> str:
    """One sentence on kits and need of the whole area; need alone where nobody reports kits."""
    need, least, most = (float(np.nansum(each)) for each in (found.need, found.least, found.most))
    place = found.access.place
    between = f"({number(round(least, -2))} to {number(round(most, -2))})"
    if not found.reported:
        modelled = f"the modelled need is about {number(round(need, -2))} a year {between}"
        return f"Nobody reports naloxone kits by town in {place} yet; {modelled}."
    kits = float(np.nansum(found.kits))
    return (
        f"{number(kits)} two-dose naloxone kits were handed out in {place} in {period_words(found.period)}, "
        f"{number(100 * kits / need)}% of a modelled need of about {number(round(need, -2))} {between}."
    )


def notes(found: Saturation) -> tuple[str, ...]:
    """Where need comes from, what is counted where, and which free points stand on the map."""
    rule = found.rule
    need = (
        f"Need: {number(rule.per_100k)} kits per 100,000 residents a year ({number(rule.lower)} to "
        f"{number(rule.upper)}), so that naloxone is used in 80% of witnessed overdoses; {rule.source}. An order of "
        "magnitude, not a quota."
    )
    basis = f"Kits counted {BASIS_WORDS[basis]}." if found.reported and (basis := _basis(found)) else ""
    unknown = int((~np.isfinite(found.kits)).sum())
    missing = f"The kits of {number(unknown)} towns are not known." if unknown and found.reported else ""
    points = counted_words(found.access) if found.access.sites else nothing_words(found.access)
    return tuple(filter(None, (need, rule.note, basis, missing, points)))


def _basis(found: Saturation) -> Any:
    return next((basis for basis in BASIS_WORDS if basis.value == found.basis and BASIS_WORDS[basis]), None)


def town_kits(found: Saturation, places: list[Unit], geoid: str) -> TownAccess:
    """One town: kits against need where it is large enough, else through the area that serves it."""
    row = found.access.ground.geoid.index(geoid)
    unit = next((each for each in places if row in each.rows), None)
    said = [_kits_words(found, row)]
    if unit and not found.large[row]:
        handed = "kits not known" if unit.kits != unit.kits else f"{number(unit.kits)} kits"
        said.append(f"Served through {unit.name}: {handed}, about {number(unit.need)} needed.")
    if found.access.sites:
        minutes = found.access.minutes[row]
        site = found.access.site_of(row)
        said.append(
            f"{minutes_words(minutes).capitalize()} to the nearest free point: {site.name}."
            if site
            else "No road leads to a free naloxone point."
        )
    ratio = found.ratio[row]
    said.append(
        f"{number(ratio, 1)} kits to residents for each opioid death among them."
        if ratio == ratio
        else "No ratio of kits to deaths: nobody is known to have died here, or kits are not known."
    )
    kind = "Town of 10,000 people and more" if found.large[row] else "Town under 10,000 people"
    return TownAccess(found.access.ground.name[row], kind, tuple(said))


def _kits_words(found: Saturation, row: int) -> str:
    kits = found.kits[row]
    if kits != kits:
        return "Nobody reports how many kits were handed out here, or the number is hidden."
    if not found.large[row]:
        return f"{number(kits)} kits handed out; too few people for a modelled need of its own."
    need, least, most = found.need[row], found.least[row], found.most[row]
    return (
        f"{number(kits)} kits handed out, {number(100 * kits / need)}% of the {number(need)} modelled to be needed "
        f"({number(least)} to {number(most)})."
    )


def by_channel(told: dict[str, float]) -> IntervalChart | None:
    """Kits by channel; None where no channel is reported."""
    total = sum(told.values())
    if not total:
        return None
    rows = tuple(IntervalRow(group_words(stratum).removeprefix("Channel: "), kits) for stratum, kits in told.items())
    first = max(told, key=lambda stratum: told[stratum])
    share = number(100 * told[first] / total)
    sentence = f"Most came through one channel: {group_words(first).removeprefix('Channel: ').lower()}, {share}%."
    return IntervalChart("By channel", sentence, "kits", 1, rows)


def allocation(pairs: list[tuple[Unit, Share]], kits: int, *, reported: bool) -> Listing:
    """Where the next kits go, place by place, with the reason, and the rule in words."""
    rows = tuple((unit.name, number(share.kits), _reason(unit, share, reported)) for unit, share in pairs if share.kits)
    rule = (
        "Shared in proportion to what each place lacks of its modelled need, in whole kits that add up exactly; once "
        "nobody lacks any, in proportion to need. Towns under 10,000 people are served through their planning area or "
        "county."
    )
    alone = "" if reported else " Nobody reports kits here, so need alone decides."
    left = sum(1 for unit, _ in pairs if unit.kits != unit.kits) if reported else 0
    unknown = f" {number(left)} places report no kits and get none here: ask them first." if left else ""
    return Listing(
        f"Where the next {number(kits)} kits should go",
        rule + alone + unknown,
        ("Place", "Kits", "Why"),
        rows,
        first=SHOWN,
    )


def _reason(unit: Unit, share: Share, reported: bool) -> str:
    if not reported:
        return f"needs about {number(unit.need)} a year"
    partly = " (kits of some of its towns are not known)" if unit.partly else ""
    if share.shortfall > 0:
        return f"lacks {number(share.shortfall)} of the {number(unit.need)} needed{partly}"
    return f"has what it needs ({number(unit.kits)} of {number(unit.need)}); shares in what is left{partly}"


def refused_page(reader: ViewReader, asked: AskedNaloxone, error: InvalidQuery) -> NaloxonePage:
    """The page for a request that cannot be answered: the reason in words, and a map that claims nothing."""
    try:
        shapes = shapes_for(reader, asked.within)
    except InvalidQuery:
        shapes = None
    geometry = f"/geo/{shapes.sha}.json" if shapes else ""
    return NaloxonePage(asked, str(error), (), blank_paint(shapes), geometry=geometry)
