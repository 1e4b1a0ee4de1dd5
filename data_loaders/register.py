"""The built-in towns as an intake of their own, for a store that knows no towns of a state yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from dashboard import gazetteer
from dashboard.domain import Basis, Level, SourceCard
from dashboard.intake import Coverage, Intake
from data_loaders.contract import Source, Stage

SOURCE_ID = "gazetteer"
AS_OF = date(2020, 4, 1)
CARD = SourceCard(
    SOURCE_ID,
    "Built-in towns of Massachusetts and Connecticut",
    "U.S. Census Bureau; Connecticut Department of Public Health (populations of Connecticut)",
    "public domain facts",
    "https://www.census.gov/geographies/reference-files.html",
    "Names, codes, counties, positions, and residents in 2010 and 2020, so that any one file finds its places.",
)


def candidates(source: Source, known_towns: Mapping[str, str]) -> list[str]:
    """The built-in states whose towns a source may speak of: its own state.

    A source without one may mean any state when it names places itself, or while the store knows no town.
    `known_towns` is geoid -> state. A state whose towns the store knows by other codes is left alone.
    """
    anywhere = source.stage == Stage.PLACES or not known_towns
    wanted = [source.state] if source.state else list(gazetteer.FILES) if anywhere else []
    return [code for code in wanted if code in gazetteer.FILES and _same_codes(code, known_towns)]


def _same_codes(state: str, known_towns: Mapping[str, str]) -> bool:
    known = {geoid for geoid, home in known_towns.items() if home == state}
    return not known or not known.isdisjoint(place.geoid for place in gazetteer.towns(state)[0])


def states_used(intake: Intake) -> set[str]:
    """The two-digit codes of the states in which an intake says anything."""
    geoids = set(intake.observations.geoid)
    geoids.update(place.geoid for place in intake.places)
    geoids.update(geoid for geoid, _alias in intake.aliases)
    geoids.update(code.geoid for code in intake.place_codes)
    geoids.update(facility.town for facility in intake.facilities)
    geoids.update(geoid for places in intake.place_sets for geoid in places.members)
    geoids.update(shapes.state for shapes in intake.boundaries)
    return {geoid[:2] for geoid in geoids}


def built_in(state: str) -> Intake:
    """The state, counties and towns of a built-in state, with the residents of every town in 2010 and 2020."""
    places, aliases, codes = gazetteer.towns(state)
    residents = gazetteer.populations(state)
    digest = hashlib.sha256(repr((places, aliases, codes, residents)).encode()).hexdigest()
    intake = Intake(SOURCE_ID, gazetteer.FILES[state], digest, AS_OF, places=places, aliases=aliases, place_codes=codes)
    for geoid, year, count in residents:
        intake.observations.add("population", geoid, _year(year), float(count), basis=Basis.RESIDENCE)
    intake.coverage = [
        Coverage("population", *_year(year), Level.TOWN, basis=Basis.RESIDENCE, scope=state)
        for year in gazetteer.POPULATION_YEARS
    ]
    intake.rows_accepted = sum(place.level == Level.TOWN for place in places)
    return intake


def sentence(intake: Intake) -> str:
    """What is said about it."""
    return (
        f"The {intake.rows_accepted} built-in towns of {intake.places[0].name} are registered first, with their "
        "other names and their residents in 2010 and 2020."
    )


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)
