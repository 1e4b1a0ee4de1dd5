"""Where a site of a coalition's list is: by its point, by its town, and whether the two agree."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.domain import Jurisdiction, Level
from dashboard.gazetteer.states import state_code
from data_loaders.contract import Context
from data_loaders.own_cells import Cells
from data_loaders.sites import in_united_states
from data_loaders.values import BadValue, number
from geo.distance import great_circle_km

SEA_KM = 2.0
"""Farther than this from every town's border a point is in the sea or in another state."""
FAR_KM = 40.0
"""Without shapes: farther than this from every town's centre."""
ELSEWHERE_KM = 10.0
"""Without shapes: a point so far from its town's centre, and nearer to another's, is not in its town."""
BORDER_KM = 0.5
"""Nearer than this to a town's border a point may be in either of two."""
BLANK = "Correct the coordinates, or leave them blank and give the town."


@dataclass
class Placing:
    """The place of one row. `flags` are sentences about a point that does not lie in its stated town."""

    context: Context
    cells: Cells
    town: str = ""
    state: str = ""
    latitude: float | None = None
    longitude: float | None = None
    at_centre: bool = False
    flags: list[str] = field(default_factory=list)

    def place(self) -> Placing:
        """Find point, state and town; what cannot be meant goes into the report. Returns itself."""
        self.state = self._state()
        stated = self._stated_town()
        point = self._point()
        self.state = self.state or (stated.state if stated else "")
        if point is not None:
            self.latitude, self.longitude = point
            self._compare(stated, *point)
        elif stated is not None:
            self.town = stated.geoid
            self.latitude, self.longitude, self.at_centre = stated.latitude, stated.longitude, True
        return self

    def _state(self) -> str:
        text = self.cells.text("state")
        code = state_code(text) if text else ""
        if text and not code:
            self.cells.fault("state", "There is no such state.", "Write it like MA.")
        return code

    def _stated_town(self) -> Jurisdiction | None:
        """The town that is named; a name nobody knows is a fault where the towns of its state are known."""
        name, places = self.cells.text("town"), self.context.places
        if not name:
            return None
        found = places.find(name, state=self.state, level=Level.TOWN)
        if found is None and (not self.state or places.of_state(self.state)):
            near = ", ".join(places.suggest(name, state=self.state)) if self.state else ""
            fix = f"Did you mean {near}?" if near else "Check the spelling, and give the state, as in MA."
            self.cells.fault("town", "No town is called so, or several are.", fix)
        return found

    def _point(self) -> tuple[float, float] | None:
        """The coordinates, or None where there are none or they cannot be meant (which is reported)."""
        texts = self.cells.text("latitude"), self.cells.text("longitude")
        if not any(texts):
            if not self.cells.text("town"):
                self.cells.fault(
                    "town", "A site needs coordinates or a town.", "Fill in latitude and longitude, or town."
                )
            return None
        point = [self._degrees(name) for name in ("latitude", "longitude")]
        if point[0] is None or point[1] is None:
            return None
        fault = _impossible(point[0], point[1])
        if fault:
            self.cells.fault("latitude", *fault)
            return None
        return point[0], point[1]

    def _degrees(self, name: str) -> float | None:
        try:
            found, _ = number(self.cells.text(name))
        except BadValue:
            found = None
        if found is None:
            self.cells.fault(name, "A coordinate is decimal degrees.", "Write both like 42.36 and -71.06, or neither.")
        return found

    def _compare(self, stated: Jurisdiction | None, latitude: float, longitude: float) -> None:
        """The town by the point where shapes or centres tell it; said where it is not the stated one."""
        self.town = stated.geoid if stated else ""
        told = bool(self.state)
        centre, km_to_centre = self._nearest_centre(latitude, longitude)
        self.state = self.state or (centre[:2] if km_to_centre <= FAR_KM else "")
        shapes = self.context.shapes
        by_shape = shapes.nearest(self.state, latitude, longitude) if shapes and self.state else None
        geoid, km = by_shape or (centre, km_to_centre)
        if not geoid:
            return
        if km > (SEA_KM if by_shape else FAR_KM):
            if told:
                self.cells.fault("latitude", f"The point lies in the sea or outside the state, {km:.0f} km off.", BLANK)
            else:
                self.state = ""  # perhaps across the border of a state whose towns are not known
            return
        self.town = self.town or geoid
        inside = km <= BORDER_KM if by_shape else stated is not None and self._far(stated, latitude, longitude)
        here = self.context.places.get(geoid)
        if stated and here and here != stated and inside:
            self.flags.append(
                f"Row {self.cells.row}: '{self.cells.text('name')[:60]}' is said to be in {stated.name}, but its point "
                f"lies in {here.name}. It is kept as stated: correct the town or the coordinates."
            )

    def _nearest_centre(self, latitude: float, longitude: float) -> tuple[str, float]:
        """The town (of the stated state, if any) whose centre is nearest, and the km; ("", inf) where none is known."""
        fitting = (place for place in self.context.places if place.level == Level.TOWN)
        towns = [
            (town.geoid, town.latitude, town.longitude)
            for town in fitting
            if town.state.startswith(self.state) and town.latitude is not None and town.longitude is not None
        ]
        if not towns:
            return "", float("inf")
        geoids, north, east = zip(*towns, strict=True)
        km = great_circle_km([latitude], [longitude], north, east)[0]
        return geoids[int(km.argmin())], float(km.min())

    def _far(self, stated: Jurisdiction, latitude: float, longitude: float) -> bool:
        if stated.latitude is None or stated.longitude is None:
            return False
        return bool(
            great_circle_km([latitude], [longitude], [stated.latitude], [stated.longitude])[0, 0] > ELSEWHERE_KM
        )


def _impossible(latitude: float, longitude: float) -> tuple[str, str] | None:
    """(rule, fix) for a point that nobody can mean; None for one in the United States."""
    if latitude == 0 and longitude == 0:
        return "The point is (0, 0), which a program writes when it found no address.", BLANK
    if in_united_states(latitude, longitude):
        return None
    if in_united_states(longitude, latitude):
        return "Latitude and longitude are swapped.", "Swap the two: latitude is about 42, longitude about -71."
    if in_united_states(latitude, -longitude):
        return "The longitude has lost its minus sign.", "West of Greenwich longitudes are negative, such as -71.06."
    return "The point lies outside the United States.", BLANK
