"""The naloxone page: kits against need, by channel, and where the next kits should go."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.errors import InvalidQuery
from dashboard.figures.chart import IntervalChart, IntervalRow
from dashboard.figures.words import number
from dashboard.naloxone import Share
from dashboard.views import choices
from dashboard.views.asking import find_place, state_of, write_address
from dashboard.views.blank_map import blank_paint
from dashboard.views.listing import Listing
from dashboard.views.naloxone_kits import KITS, Unit, channels, next_kits, saturation, units
from dashboard.views.naloxone_map import paint
from dashboard.views.naloxone_words import headline, notes, town_kits
from dashboard.views.shapes import home_state, shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.town_access import TownAccess
from dashboard.views.words import group_words

PATH = "/places/naloxone"
CSV = "/csv/naloxone.csv"
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
    as_of: str = ""


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
    csv: str = ""


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
        geometry=f"/geo/{shapes.sha}.json" if shapes else "", csv=write_address(CSV, asked),
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
