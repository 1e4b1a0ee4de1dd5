"""Which column of a boundary file is the code, the name and the county."""

from __future__ import annotations

from collections.abc import Mapping

from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.shapes import BoundaryError, Shape

GEOID = ("geoid", "geoid20", "geoid10")
NAME = ("name", "name20", "name10", "municipal", "town", "town20", "municipality", "town_name", "city_town")
STATE_PART = ("statefp", "statefp20", "statefp10")
COUNTY_PART = ("countyfp", "countyfp20", "countyfp10")
TOWN_PART = ("cousubfp", "cousubfp20", "cousubfp10")
COUNTY_GEOID = ("county_fips", "county_geoid", "fips_stco", "fipsstco")
CODE_LENGTHS = (2, 5, 10)
"""Digits of a state, county and county subdivision code of the Census."""


def place_of(properties: Mapping[str, object], geometry: BaseGeometry | None = None) -> Shape:
    """The place that one row of a boundary file names; code, name and county are "" where the row has none.

    BoundaryError for a code of another size, such as a ZIP code area or a census tract.
    """
    row = {str(column).lower(): value for column, value in properties.items()}
    geoid = _geoid(row)
    county = geoid[:5] if len(geoid) == 10 else _digits(_first(row, COUNTY_GEOID), 5)
    return Shape(geoid, _first(row, NAME), geometry or Polygon(), county, row)


def text(value: object) -> str:
    """A cell as trimmed text; absent values are "" and 25001.0 is "25001"."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _geoid(row: Mapping[str, object]) -> str:
    """The Census code, with the leading zero of states 01-09 put back where a program has dropped it."""
    code = _first(row, GEOID)
    if code and not any(column.startswith("zcta") for column in row):
        for length in CODE_LENGTHS:
            if code.isdigit() and length - (length > 2) <= len(code) <= length:
                return code.zfill(length)
    if code:
        raise BoundaryError(
            f"The code '{code[:20]}' is not one of a state (2 digits), county (5) or county subdivision (10)."
        )
    state, county, town = (_first(row, parts) for parts in (STATE_PART, COUNTY_PART, TOWN_PART))
    return _digits(state, 2) + _digits(county, 3) + _digits(town, 5)


def _first(row: Mapping[str, object], columns: tuple[str, ...]) -> str:
    return next((found for column in columns if (found := text(row.get(column)))), "")


def _digits(code: str, length: int) -> str:
    return code.zfill(length) if code.isdigit() and len(code) <= length else ""
