"""Official boundaries from the Census by network, through the optional package pygris."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dashboard.domain import Level
from dashboard.errors import LoadRefused
from dashboard.gazetteer.states import state_code

YEAR = 2020
"""The places' stable codes are those of this census; Connecticut's newer ones are not counties'."""
BY_HAND = (
    "Or fetch the county subdivisions of the state from the Census by hand (TIGER/Line, cousub) and give the .zip:"
    " coalition load boundaries FILE."
)


def download(states: Iterable[str], level: Level, folder: Path) -> list[Path]:
    """Fetch the generalised 1:500,000 boundaries of each state into `folder` as GeoJSON files; returns their paths.

    `states` are codes, postal letters or names; `level` is town or county. LoadRefused says what is missing: an
    unknown state, the package, or the network.
    """
    codes = {state: state_code(state) for state in states}
    unknown = sorted(state for state, code in codes.items() if not code)
    if unknown or not codes:
        raise LoadRefused(f"No state is called '{', '.join(unknown)}'; give postal letters such as MA.")
    fetch = _fetcher(level)
    folder.mkdir(parents=True, exist_ok=True)
    return [_save(fetch, code, level, folder) for code in sorted(set(codes.values()))]


def _fetcher(level: Level) -> Callable[..., Any]:
    if level not in (Level.TOWN, Level.COUNTY):
        raise LoadRefused(f"Boundaries can be downloaded for towns and counties, not for level {level}.")
    try:
        import pygris
    except ImportError as error:
        raise LoadRefused(
            f"Downloading boundaries needs an optional package: pip install 'coalition-dashboard[download]'. {BY_HAND}"
        ) from error
    fetch: Callable[..., Any] = pygris.county_subdivisions if level == Level.TOWN else pygris.counties
    return fetch


def _save(fetch: Callable[..., Any], state: str, level: Level, folder: Path) -> Path:
    try:
        shapes = fetch(state=state, year=YEAR, cb=True, cache=False, timeout=60)
    except (OSError, ValueError) as error:  # requests' errors are OSErrors; pygris tells of a failed one by ValueError
        raise LoadRefused(
            f"The boundaries of state {state} could not be downloaded ({type(error).__name__}):"
            f" is there a network? {BY_HAND}"
        ) from error
    if shapes is None:
        raise LoadRefused(f"The Census sent no boundaries for state {state}: is there a network? {BY_HAND}")
    path = folder / f"census_{level}_{state}_{YEAR}.geojson"
    path.write_text(shapes.to_crs("EPSG:4326").to_json(drop_id=True), encoding="utf-8")
    return path
