"""Who the shapes of a boundary file are: by code, by an older or newer code, or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shapely.geometry import Point

from dashboard.domain import Jurisdiction, Level
from dashboard.gazetteer.states import state_name
from data_loaders.contract import Report
from data_loaders.places import PlaceIndex
from geo.columns import text
from geo.reading import joined
from geo.shapes import Shape

LEVELS = {2: Level.STATE, 5: Level.COUNTY, 10: Level.TOWN}
POSITION = (("lat", "lon"), ("intptlat", "intptlon"), ("intptlat20", "intptlon20"))
COUNTY_WORDS = (
    " County",
    " Parish",
    " Borough",
    " Census Area",
    " Municipality",
    " Municipio",
    " Planning Region",
    " city",
)


def placed(shapes: Sequence[Shape], places: PlaceIndex, report: Report) -> list[Shape]:
    """The shapes with our stable geoid and its county; every shape that cannot be placed becomes a problem."""
    unnamed = [shape for shape in shapes if not shape.geoid]
    state = _state_of_names(unnamed, places) if unnamed else ""
    found = [_by_code(shape, places) if shape.geoid else _by_name(shape, state, places, report) for shape in shapes]
    return joined([shape for shape in found if shape is not None])


def jurisdictions(shapes: Iterable[Shape], places: PlaceIndex) -> list[Jurisdiction]:
    """The places that the shapes are, with the counties and states they lie in, each once, by geoid."""
    shapes = list(shapes)
    repeated = Counter((shape.geoid[:2], shape.name) for shape in shapes)
    known = {shape.geoid: _jurisdiction(shape, repeated[shape.geoid[:2], shape.name] > 1, places) for shape in shapes}
    for shape in shapes:
        if shape.county and shape.county not in known:
            name = county_name(shape, places)
            known[shape.county] = Jurisdiction(shape.county, name, Level.COUNTY, shape.county[:2])
        state = shape.geoid[:2]
        known.setdefault(state, Jurisdiction(state, state_name(state), Level.STATE, state))
    return [known[geoid] for geoid in sorted(known)]


def county_name(shape: Shape, places: PlaceIndex) -> str:
    """The name of the county a town lies in, as the file or else the store has it."""
    known = places.get(shape.county)
    stated = text(shape.properties.get("county"))
    if known:
        return known.name
    if not stated or stated.isdigit():
        return f"County {shape.county}"
    return stated if stated.endswith(COUNTY_WORDS) else f"{stated} County"


def _by_code(shape: Shape, places: PlaceIndex) -> Shape:
    """Connecticut's planning-region codes are exchanged for the stable ones where the store knows both."""
    home = places.by_code(shape.geoid)
    if home is None or home.geoid == shape.geoid:
        return shape
    return replace(
        shape, geoid=home.geoid, county=home.county, properties={**shape.properties, "geoid_2022": shape.geoid}
    )


def _by_name(shape: Shape, state: str, places: PlaceIndex, report: Report) -> Shape | None:
    county = text(shape.properties.get("county"))
    home = places.find(shape.name, state=state, county=county) if state else None
    if home is None:
        near = ", ".join(places.suggest(shape.name, state=state))
        fix = f"Did the file mean {near}?" if near else "Load a boundary or town file with Census codes first."
        report.problem("A shape has no code, and no known town has its name.", fix, column="name", value=shape.name)
        return None
    return replace(shape, geoid=home.geoid, name=home.name, county=home.county)


def _state_of_names(shapes: Sequence[Shape], places: PlaceIndex) -> str:
    """The state in which most of the names are towns' names; "" when none is known anywhere."""
    states = sorted({place.state for place in places})
    hits = {state: sum(places.find(shape.name, state=state) is not None for shape in shapes) for state in states}
    best = max(states, key=lambda state: hits[state], default="")
    return best if best and hits[best] else ""


def _jurisdiction(shape: Shape, name_repeats: bool, places: PlaceIndex) -> Jurisdiction:
    level = LEVELS[len(shape.geoid)]
    county = shape.county if level == Level.TOWN else ""
    latitude, longitude = _position(shape)
    known = places.get(shape.geoid)
    name = known.name if known else _name(shape, level, name_repeats)
    return Jurisdiction(shape.geoid, name, level, shape.geoid[:2], county, latitude, longitude)


def _name(shape: Shape, level: Level, name_repeats: bool) -> str:
    """A county by its full name, and so a town whose short name its state has twice."""
    if level == Level.STATE:
        return state_name(shape.geoid)
    full = text(shape.properties.get("namelsad") or shape.properties.get("namelsad20"))
    if level == Level.COUNTY:
        return full or f"{shape.name} County"
    return full if name_repeats and full else shape.name


def _position(shape: Shape) -> tuple[float, float]:
    """Latitude and longitude: the publisher's internal point, or a point of ours where that lies outside the shape."""
    for columns in POSITION:
        latitude, longitude = (_number(shape.properties.get(column)) for column in columns)
        if latitude is not None and longitude is not None and shape.geometry.covers(Point(longitude, latitude)):
            return latitude, longitude
    inside = shape.geometry.representative_point()
    return round(inside.y, 6), round(inside.x, 6)


def _number(value: object) -> float | None:
    """A coordinate; the Census writes "+42.3678582"."""
    try:
        return float(text(value))
    except ValueError:
        return None
