"""The page of service deserts: a request in words becomes sentences, a map, charts and lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.errors import InvalidQuery
from dashboard.figures.chart import IntervalChart
from dashboard.figures.steps import StepChart
from dashboard.views.access_answer import AskedAccess, access_answer, complete_access
from dashboard.views.access_groups import group_residents
from dashboard.views.asking import write_address
from dashboard.views.blank_map import blank_paint
from dashboard.views.desert_lists import borderline_towns, by_group, fragile_towns, sensitivity, site_listing
from dashboard.views.deserts import desert_map
from dashboard.views.listing import Listing
from dashboard.views.shapes import shapes_for
from dashboard.views.source import ViewReader
from dashboard.views.town_access import TownAccess, town_access

CSV = "/csv/deserts.csv"


@dataclass(frozen=True)
class AskedDeserts:
    """A request in words, as the address bar carries it; empty means the default. Minutes are text."""

    service: str = ""
    within: str = ""
    place: str = ""
    urban: str = ""
    rural: str = ""
    sites: str = ""
    as_of: str = ""

    @property
    def access(self) -> AskedAccess:
        """The part of the request that decides minutes and thresholds."""
        return AskedAccess(self.service, self.within, self.urban, self.rural, self.sites)


@dataclass(frozen=True)
class DesertPage:
    """Everything the page says, in the order it is read."""

    asked: AskedDeserts
    headline: str
    notes: tuple[str, ...]
    paint: dict[str, Any]
    town: TownAccess | None = None
    sensitivity: StepChart | None = None
    groups: IntervalChart | None = None
    listings: tuple[Listing, ...] = ()
    geometry: str = ""
    csv: str = ""


def desert_page(reader: ViewReader, asked: AskedDeserts, today: date) -> DesertPage:
    """The page for a request; InvalidQuery names what is unknown or out of bounds."""
    asked = complete(reader, asked, today)
    answer = access_answer(reader, asked.access, today)
    shapes = shapes_for(reader, asked.within)
    drawn = desert_map(answer, shapes.geoids if shapes else (), asked.place)
    names = {geoid: reader.gazetteer.name(geoid) for geoid in {site.town for site in answer.sites if site.town}}
    return DesertPage(
        asked, drawn.headline, drawn.notes, drawn.paint,
        town=town_access(answer, asked.place) if asked.place in answer.ground.geoid else None,
        sensitivity=sensitivity(answer),
        groups=by_group(answer, group_residents(reader, answer, today)),
        listings=(fragile_towns(answer), borderline_towns(answer), site_listing(answer, names)) if answer.sites else (),
        geometry=f"/geo/{shapes.sha}.json" if shapes else "", csv=write_address(CSV, asked),
    )  # fmt: skip


def complete(reader: ViewReader, asked: AskedDeserts, today: date) -> AskedDeserts:
    """A request with every default in words."""
    filled = complete_access(reader, asked.access, today)
    place = reader.gazetteer.place(asked.place).geoid if asked.place else ""
    return replace(
        asked, service=filled.service, within=filled.within, urban=filled.urban, rural=filled.rural,
        sites=filled.sites, place=place,
    )  # fmt: skip


def refused_page(reader: ViewReader, asked: AskedDeserts, error: InvalidQuery) -> DesertPage:
    """The page for a request that cannot be answered: the reason in words, and a map that claims nothing."""
    try:
        shapes = shapes_for(reader, asked.within)
    except InvalidQuery:
        shapes = None
    return DesertPage(asked, str(error), (), blank_paint(shapes), geometry=f"/geo/{shapes.sha}.json" if shapes else "")
