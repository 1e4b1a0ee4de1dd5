"""Where a row belongs: a Connecticut town, Connecticut without a town, another state, or nobody knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data_loaders.places import PlaceIndex
from data_loaders.sources.examiner.schemas import PlaceColumns

STATE = "09"
COUNTIES = frozenset(
    {"fairfield", "hartford", "litchfield", "middlesex", "new haven", "new london", "tolland", "windham"}
)
IN_STATE = frozenset({"ct", "connecticut"})
UNSAID = frozenset({"", "unknown", "uk", "usa", "homeless"})
FALSE_POINTS = ("(41.575155, -72.738288)", "(41.57350273")
"""The state's centroid, as two geocoders wrote it where the city is missing."""


class Found(StrEnum):
    """What the cells say."""

    TOWN = "town"
    STATE_ONLY = "in Connecticut, town unknown"
    ELSEWHERE = "outside Connecticut"
    NOWHERE = "nothing recorded"
    UNRECOGNISED = "a name that is no place in Connecticut"


@dataclass(frozen=True)
class Placement:
    """`geoid` is the town's, empty unless `found` is TOWN."""

    found: Found
    geoid: str = ""


@dataclass
class Placer:
    """Places the rows of one pair of columns and counts, by name, what it could not place."""

    places: PlaceIndex
    columns: PlaceColumns
    counts: Counter[Found] = field(default_factory=Counter)
    unplaced: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    false_points: int = 0
    _known: dict[tuple[str, str, str], Placement] = field(default_factory=dict)

    def place(self, row: Mapping[str, str]) -> Placement:
        """Where this row belongs; each row must be asked once, because it is counted."""
        cells = (row[self.columns.city], row[self.columns.county], row[self.columns.state])
        if cells not in self._known:
            self._known[cells] = self._decide(*cells)
        placement = self._known[cells]
        self.counts[placement.found] += 1
        if placement.found in (Found.STATE_ONLY, Found.UNRECOGNISED) and cells[0].lower() not in UNSAID:
            self.unplaced[cells[0]] += 1
        if placement.found is Found.ELSEWHERE:
            self.elsewhere[cells[2] or cells[1]] += 1
        point = row[self.columns.point] if self.columns.point else ""
        self.false_points += any(false in point for false in FALSE_POINTS)
        return placement

    def _decide(self, city: str, county: str, state: str) -> Placement:
        said_here = state.lower() in IN_STATE
        here_by_county = county.lower() in COUNTIES
        if not said_here and (state.lower() not in UNSAID or not (here_by_county or county.lower() in UNSAID)):
            return Placement(Found.ELSEWHERE)
        home = self._town(city, county)
        if home:
            return Placement(Found.TOWN, home)
        if said_here or here_by_county:
            return Placement(Found.STATE_ONLY)
        return Placement(Found.NOWHERE if city.lower() in UNSAID else Found.UNRECOGNISED)

    def _town(self, city: str, county: str) -> str:
        if city.lower() in UNSAID:
            return ""
        found = self.places.find(plain_city(city), state=STATE, county=county)
        return found.geoid if found else ""


def plain_city(city: str) -> str:
    """A city cell without the state and ZIP code that some rows add: "COVENTRY CT 06238" is COVENTRY."""
    text = re.sub(r"\s+", " ", city).strip(" ,.")
    text = re.sub(r",?\s*\d{5}(-\d{4})?$", "", text).strip(" ,.")
    text = re.sub(r"[ ,]+CT$", "", text, flags=re.IGNORECASE)
    return re.sub(r"^CT ", "", text, flags=re.IGNORECASE).strip(" ,.")
