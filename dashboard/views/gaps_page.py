"""The page of priority gaps: where need is high and access is poor, who is in need, and the next step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from dashboard.errors import InvalidQuery
from dashboard.figures.words import number
from dashboard.views.access_answer import AccessAnswer, AskedAccess, access_answer, complete_access
from dashboard.views.access_words import counted_words, nothing_words, overdose_words, service_words, threshold_words
from dashboard.views.asking import state_of, write_address
from dashboard.views.blank_map import blank_paint
from dashboard.views.choices import Choice
from dashboard.views.gap_list import Gap, hanging, out_of_reach
from dashboard.views.gap_map import EVENTS, HIGH, RATE, Need, need_of, paint
from dashboard.views.shapes import shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.town_access import TownAccess, town_access

PATH = "/places/gaps"
CSV = "/csv/priority-gaps.csv"
NEEDS = (Choice(RATE, "Rate of overdoses, smoothed"), Choice(EVENTS, "Number of overdoses"))


@dataclass(frozen=True)
class AskedGaps:
    """A request in words, as the address bar carries it; empty means the default."""

    service: str = ""
    within: str = ""
    place: str = ""
    urban: str = ""
    rural: str = ""
    sites: str = ""
    need: str = ""
    as_of: str = ""

    @property
    def access(self) -> AskedAccess:
        """The part of the request that decides minutes and thresholds."""
        return AskedAccess(self.service, self.within, self.urban, self.rural, self.sites)


@dataclass(frozen=True)
class GapsPage:
    """Everything the page says, in the order it is read."""

    asked: AskedGaps
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]
    town: TownAccess | None = None
    beyond: tuple[Gap, ...] = ()
    fragile: tuple[Gap, ...] = ()
    known: bool = False
    """Whether there is a site and a need, so that no gap means that there is none."""
    geometry: str = ""
    csv: str = ""


def gaps_page(reader: ViewReader, asked: AskedGaps, today: date) -> GapsPage:
    """The page for a request; InvalidQuery names what is unknown or out of bounds."""
    asked = complete(reader, asked, today)
    answer = access_answer(reader, asked.access, today)
    need = need_of(reader, answer, asked.need)
    shapes = shapes_for(reader, asked.within)
    gaps = out_of_reach(answer, reader.neighbours(state_of(reader, asked.within)))
    return GapsPage(
        asked, headline(answer, need, gaps), notes(answer, need),
        paint(answer, need, shapes.geoids if shapes else (), asked.place),
        town=town_access(answer, asked.place) if asked.place in answer.ground.geoid else None,
        beyond=_known_on(asked.as_of, gaps), fragile=_known_on(asked.as_of, hanging(answer, need)),
        known=bool(answer.sites) and need is not None,
        geometry=f"/geo/{shapes.sha}.json" if shapes else "", csv=write_address(CSV, asked),
    )  # fmt: skip


def _known_on(as_of: str, gaps: list[Gap]) -> tuple[Gap, ...]:
    """The gaps with links that keep to the day whose knowledge is shown."""
    if not as_of:
        return tuple(gaps)
    return tuple(replace(gap, link=(gap.link[0], f"{gap.link[1]}&as_of={as_of}")) for gap in gaps)


def complete(reader: ViewReader, asked: AskedGaps, today: date) -> AskedGaps:
    """A request with every default in words."""
    access = complete_access(reader, asked.access, today)
    need = asked.need or RATE
    if need not in (RATE, EVENTS):
        raise InvalidQuery(f"The need '{need[:40]}' is neither {RATE} nor {EVENTS}.")
    place = reader.gazetteer.place(asked.place).geoid if asked.place else ""
    return replace(
        asked, service=access.service, within=access.within, urban=access.urban, rural=access.rural,
        sites=access.sites, need=need, place=place,
    )  # fmt: skip


def headline(answer: AccessAnswer, need: Need | None, gaps: list[Gap]) -> str:
    """One sentence: how many towns have both, and how many people that is."""
    if not answer.sites:
        return nothing_words(answer)
    if need is None:
        return f"No overdoses are reported by town in {answer.place}, so need and access cannot be put together."
    if not gaps:
        return (
            f"No town of {answer.place} lies beyond {threshold_words(answer)} of the nearest {service_words(answer)}."
        )
    both = answer.desert & (need.third == HIGH)
    overdoses = float(np.nansum(answer.ground.overdoses[answer.desert]))
    many = f"{number(overdoses)} {answer.overdose_unit}" if overdoses else "No overdoses that are known of"
    towns = "1 town" if answer.desert.sum() == 1 else f"{number(answer.desert.sum())} towns"
    high = "none of them is" if not both.any() else "1 is" if both.sum() == 1 else f"{number(both.sum())} are"
    return (
        f"{many} were in the {towns} of {answer.place} beyond {threshold_words(answer)} of the nearest "
        f"{service_words(answer)}; {high} in the highest third of need."
    )


def notes(answer: AccessAnswer, need: Need | None) -> tuple[str, ...]:
    """What need is, what the minutes assume, and when the overdoses happened."""
    same = "The rates of the towns do not differ beyond chance, so all stand in the middle third." if (
        need and need.same
    ) else ""  # fmt: skip
    thirds = f"Need: thirds of the towns by {need.label}." if need and not need.same else ""
    counted = counted_words(answer) if answer.sites else ""
    return tuple(filter(None, (thirds, same, answer.reach.travel, counted, overdose_words(answer))))


def refused_page(reader: ViewReader, asked: AskedGaps, error: InvalidQuery) -> GapsPage:
    """The page for a request that cannot be answered: the reason in words, and a map that claims nothing."""
    try:
        shapes = shapes_for(reader, asked.within)
    except InvalidQuery:
        shapes = None
    return GapsPage(asked, str(error), (), blank_paint(shapes), geometry=f"/geo/{shapes.sha}.json" if shapes else "")
