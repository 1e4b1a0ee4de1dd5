"""What is known while files are loaded: places and residents of the store, and of the files already accepted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import Engine, select

from dashboard.domain import Jurisdiction, Level
from dashboard.intake import Intake, PlaceCode
from dashboard.store import schema
from dashboard.store.places import known_places
from data_loaders.places import PlaceIndex

EPOCH = date(1970, 1, 1)


class Standing:
    """Places, aliases, codes and residents; grows with every accepted intake, written or not (a dry run)."""

    def __init__(self, engine: Engine) -> None:
        self.places: dict[str, Jurisdiction] = {}
        self._aliases: list[tuple[str, str]] = []
        self._codes: list[PlaceCode] = []
        self.residents: dict[str, dict[int, float]] = defaultdict(dict)
        self.registered: frozenset[str] = frozenset()
        """Content of the files accepted in this call."""
        self._index: PlaceIndex | None = None
        places, self._aliases, self._codes = known_places(engine)
        self.places = {place.geoid: place for place in places}
        self._read_residents(engine)

    @property
    def index(self) -> PlaceIndex:
        """The places as they are now."""
        if self._index is None:
            self._index = PlaceIndex(self.places.values(), self._aliases, self._codes)
        return self._index

    def towns(self) -> dict[str, str]:
        """The known towns: geoid -> state."""
        return {place.geoid: place.state for place in self.places.values() if place.level == Level.TOWN}

    def add(self, *intakes: Intake) -> Standing:
        """Take over what intakes say about places and residents, and return this; known places keep their names."""
        for intake in intakes:
            self._add(intake)
        return self

    def _add(self, intake: Intake) -> None:
        self.registered = self.registered | {intake.sha256}
        if intake.places or intake.aliases or intake.place_codes:
            self.places = {place.geoid: place for place in intake.places} | self.places
            self._aliases = [*self._aliases, *intake.aliases]
            self._codes = [*self._codes, *intake.place_codes]
            self._index = None
        rows = intake.observations
        for measure, geoid, start, stratum, value in zip(
            rows.measure, rows.geoid, rows.start, rows.stratum, rows.value, strict=True
        ):
            if measure == "population" and not stratum and value is not None:
                self._keep(geoid, start.year, value)

    def copy(self) -> Standing:
        """A copy that may grow while this one stays as it is."""
        copy = object.__new__(Standing)
        copy.places, copy._aliases, copy._codes = self.places, self._aliases, self._codes
        copy.residents = defaultdict(dict, {geoid: dict(years) for geoid, years in self.residents.items()})
        copy._index, copy.registered = self._index, self.registered
        return copy

    def _read_residents(self, engine: Engine) -> None:
        observation, series, place = schema.observation, schema.series, schema.place
        query = (
            select(place.c.geoid, observation.c.start_day, observation.c.value)
            .join(series, observation.c.series_id == series.c.id)
            .join(place, observation.c.place_id == place.c.id)
            .where(series.c.measure == "population", series.c.stratum == "", observation.c.value.is_not(None))
        )
        with engine.connect() as connection:
            for geoid, start_day, value in connection.execute(query):
                self._keep(geoid, (EPOCH + timedelta(days=start_day)).year, value)

    def _keep(self, geoid: str, year: int, value: float) -> None:
        """The highest of several figures for a year: they only bound what a count of people can be."""
        years = self.residents[geoid]
        years[year] = max(value, years.get(year, 0.0))
