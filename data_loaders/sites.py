"""Facilities out of listings: addresses, ZIP codes, points and doubles, the same way for every publisher."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from dashboard.domain import Facility, Level
from dashboard.gazetteer.states import state_code
from dashboard.intake import Intake
from data_loaders.contract import Context, Report

_LATITUDES = (-15.0, 72.0)
"""From American Samoa to the north of Alaska."""
_EAST_OF_DATE_LINE = (-180.0, -64.0)
_WEST_OF_DATE_LINE = (144.0, 180.0)
"""Guam, the Northern Marianas and the last of the Aleutians."""


@dataclass(frozen=True)
class Site:
    """One row of a listing, as text; `state` is the postal abbreviation, `key` the publisher's own id if it has one."""

    row: int
    name: str
    street: str
    city: str
    state: str
    zip: str
    services: tuple[str, ...]
    rooms: str = ""
    county: str = ""
    latitude: str = ""
    longitude: str = ""
    key: str = ""


@dataclass
class Listing:
    """The facilities of one file, doubles merged; `finish` says what was noticed."""

    source: str
    context: Context
    report: Report
    facilities: dict[str, Facility] = field(default_factory=dict)
    _rows: int = 0
    _without_point: list[int | str] = field(default_factory=list)
    _false_points: list[int | str] = field(default_factory=list)
    _unplaced: set[int | str] = field(default_factory=set)
    _known_states: set[str] | None = None

    def add(self, site: Site) -> None:
        """Take one row; a second row of the same name, street and town is merged into the first."""
        self._rows += 1
        fault = _fault(site)
        if fault:
            column, value, rule, fix = fault
            self.report.problem(rule, fix, row=site.row, column=column, value=value)
            return
        facility = self._facility(site)
        known = self.facilities.setdefault(facility.id, facility)
        if known is not facility:
            self.facilities[facility.id] = _merged(known, facility)

    def finish(self, intake: Intake) -> None:
        """Hand over all facilities, in the order of the file, with sentences on what was noticed."""
        intake.facilities = list(self.facilities.values())
        intake.rows_accepted = self._rows
        doubles = self._rows - len(self.facilities)
        points, false_points, cities = len(self._without_point), len(self._false_points), len(self._unplaced)
        unplaced = _some(sorted(self._unplaced, key=str))
        sentences = (
            (doubles, "Rows that repeat a site (same name, street and city), merged into it: {}."),
            (points, f"Sites without coordinates: {{}} (rows {_some(self._without_point)})."),
            (false_points, f"Points outside the United States, left out: {{}} (rows {_some(self._false_points)})."),
            (cities, f"Cities that are no town or village we know, their sites have no town: {{}} ({unplaced})."),
        )
        intake.notes += [sentence.format(f"{number:,}") for number, sentence in sentences if number]
        intake.notes.append("Every site is listed by its publisher and verified by nobody yet.")

    def _facility(self, site: Site) -> Facility:
        postcode = zip_code(site.zip)
        street = ", ".join(part for part in (site.street, site.rooms) if part)
        latitude, longitude = self._point(site)
        return Facility(
            id=_id(self.source, site),
            name=site.name,
            services=tuple(dict.fromkeys(site.services)),
            address=f"{street}, {site.city}, {site.state} {postcode}".strip(", "),
            town=self._town(site, postcode),
            latitude=latitude,
            longitude=longitude,
        )

    def _point(self, site: Site) -> tuple[float | None, float | None]:
        if not (site.latitude and site.longitude):
            self._without_point.append(site.row)
            return None, None
        latitude, longitude = float(site.latitude), float(site.longitude)
        if not in_united_states(latitude, longitude):
            self._false_points.append(site.row)
            return None, None
        return latitude, longitude

    def _town(self, site: Site, postcode: str) -> str:
        """Geoid of the town by its name or a village's, else by the ZIP hint; empty where no towns are known."""
        places, state = self.context.places, state_code(site.state)
        if state not in self._states_with_towns():
            return ""
        for name in (site.city, postcode[:5]):
            found = places.find(name, state=state, level=Level.TOWN, county=site.county)
            if found:
                return found.geoid
        self._unplaced.add(f"{site.city} ({site.state})")
        return ""

    def _states_with_towns(self) -> set[str]:
        if self._known_states is None:
            self._known_states = {place.state for place in self.context.places if place.level is Level.TOWN}
        return self._known_states


def zip_code(text: str) -> str:
    """Five digits, or five-four, with the leading zeros that spreadsheets drop; empty when there are no digits."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return ""
    if len(digits) <= 5:
        return digits.zfill(5)
    digits = digits.zfill(9)
    return f"{digits[:5]}-{digits[5:]}"


def in_united_states(latitude: float, longitude: float) -> bool:
    """True inside the box around the states and territories; (0, 0) and swapped pairs are outside."""
    south, north = _LATITUDES
    spans = (_EAST_OF_DATE_LINE, _WEST_OF_DATE_LINE)
    return south <= latitude <= north and any(west <= longitude <= east for west, east in spans)


def _fault(site: Site) -> tuple[str, str, str, str] | None:
    """(column, value, rule, fix) of the first thing that makes a row unusable."""
    if not site.name:
        return "name", "", "a site needs a name", "fill it in, or remove the row"
    if len(site.state) != 2 or not state_code(site.state):
        return "state", site.state, "a state is a two-letter abbreviation", "write it like MA"
    for column, value in (("latitude", site.latitude), ("longitude", site.longitude)):
        if value and not re.fullmatch(r"[+-]?\d+(\.\d*)?", value):
            return column, value, "a coordinate is decimal degrees", "write it like 42.36, or leave it blank"
    return None


def _id(source: str, site: Site) -> str:
    parts = (site.key, site.name, site.street, site.city, site.state)
    text = "|".join(" ".join(part.casefold().split()) for part in parts)
    return f"{source}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _merged(known: Facility, other: Facility) -> Facility:
    """The first row, with the services of both, and the other's point where the first has none."""
    services = tuple(dict.fromkeys(known.services + other.services))
    if known.latitude is None:
        return replace(known, services=services, latitude=other.latitude, longitude=other.longitude)
    return replace(known, services=services)


def _some(values: Collection[int | str], most: int = 12) -> str:
    shown = ", ".join(str(value) for value in list(values)[:most])
    return shown + (", ..." if len(values) > most else "")
