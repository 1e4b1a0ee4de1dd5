"""Areas of a query: which towns add up to what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Jurisdiction, Level, PlaceSet
from dashboard.errors import InvalidQuery

SET_LEVELS = (Level.REGION, Level.PLANNING_AREA, Level.CATCHMENT)


@dataclass(frozen=True)
class Areas:
    """Areas of one level. `of_town[p]` and `of_direct[p]` give the area of place p, -1 for none.

    `of_town` adds towns up; `of_direct` names places that are themselves the area. `towns[a]` counts an area's towns.
    """

    geoids: list[str]
    names: list[str]
    of_town: NDArray[np.int32]
    of_direct: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.geoids)

    @cached_property
    def towns(self) -> NDArray[np.int64]:
        """Number of towns in each area."""
        return np.bincount(self.of_town[self.of_town >= 0], minlength=len(self))


class Gazetteer:
    """The places and sets of one data version, and the areas that queries ask for."""

    def __init__(self, places: list[dict[str, Any]], place_sets: list[dict[str, Any]]) -> None:
        self.places = [
            Jurisdiction(row["geoid"], row["name"], Level(row["level"]), row["state"], row["county"],
                         row["latitude"], row["longitude"])
            for row in places
        ]  # fmt: skip
        self.sets = [PlaceSet(row["id"], row["name"], Level(row["level"]), tuple(row["members"])) for row in place_sets]
        self.number = {place.geoid: number for number, place in enumerate(self.places)}
        self.set_by_id = {place_set.id: place_set for place_set in self.sets}
        self._with_towns = {place.state for place in self.places if place.level is Level.TOWN}
        self._areas: dict[tuple[Level, str, tuple[str, ...]], Areas] = {}

    def name(self, id_: str) -> str:
        """The name of a place or set; InvalidQuery when there is none."""
        return self.set_by_id[id_].name if id_ in self.set_by_id else self.place(id_).name

    def place(self, geoid: str) -> Jurisdiction:
        """The place with this geoid; InvalidQuery when there is none."""
        if geoid not in self.number:
            raise InvalidQuery(f"There is no place '{geoid[:60]}' in this store.")
        return self.places[self.number[geoid]]

    def level_of(self, id_: str) -> Level:
        """The level of a place or set."""
        return self.set_by_id[id_].level if id_ in self.set_by_id else self.place(id_).level

    def finest(self, state: str) -> Level:
        """The finest level whose places are known in a state: towns, or counties where no town is known."""
        return Level.TOWN if state in self._with_towns else Level.COUNTY

    def is_finest(self, place: Jurisdiction) -> bool:
        """Whether a place is of the finest level of its state."""
        return place.level is self.finest(place.state)

    def towns_of(self, id_: str) -> list[str]:
        """Geoids of the towns (counties where no town is known) inside a place or set, in the store's order.

        "" means all.
        """
        if id_ in self.set_by_id:
            members = {geoid for geoid in self.set_by_id[id_].members if geoid in self.number}
            return sorted(members, key=self.number.__getitem__)
        if id_:
            self.place(id_)
        towns = (place for place in self.places if self.is_finest(place))
        return [place.geoid for place in towns if not id_ or id_ in (place.geoid, place.county, place.state)]

    def areas(self, level: Level, within: str = "", geoids: tuple[str, ...] = ()) -> Areas:
        """Areas of a level, limited to `geoids` or to what lies `within` a place or set; cached."""
        key = (level, within, geoids)
        if key not in self._areas:
            if len(self._areas) > 500:
                self._areas.clear()
            self._areas[key] = self._build(level, within, geoids)
        return self._areas[key]

    def _build(self, level: Level, within: str, geoids: tuple[str, ...]) -> Areas:
        ids = list(geoids) or self._ids(level, within)
        for id_ in ids:
            if self.level_of(id_) is not level:
                raise InvalidQuery(f"'{self.name(id_)}' is not a {level.value}.")
        of_town = np.full(len(self.places), -1, dtype=np.int32)
        of_direct = np.full(len(self.places), -1, dtype=np.int32)
        for number, id_ in enumerate(ids):
            if id_ in self.number:
                of_direct[self.number[id_]] = number
        self._assign_towns(of_town, level, ids)
        return Areas(ids, [self.name(id_) for id_ in ids], of_town, of_direct)

    def _assign_towns(self, of_town: NDArray[np.int32], level: Level, ids: list[str]) -> None:
        position = {id_: number for number, id_ in enumerate(ids)}
        if level in SET_LEVELS:
            for id_ in reversed(ids):  # where sets overlap, the first one named keeps the town
                members = [self.number[geoid] for geoid in self.set_by_id[id_].members if geoid in self.number]
                of_town[members] = position[id_]
            return
        for number, place in enumerate(self.places):
            if self.is_finest(place):
                county = place.county if place.level is Level.TOWN else place.geoid
                own = {Level.TOWN: place.geoid, Level.COUNTY: county, Level.STATE: place.state}[level]
                of_town[number] = position.get(own, -1)

    def _ids(self, level: Level, within: str) -> list[str]:
        inside = set(self.towns_of(within)) if within else None
        if level in SET_LEVELS:
            return [s.id for s in self.sets if s.level is level and (inside is None or inside & set(s.members))]
        if level is Level.TOWN:
            return [geoid for geoid in self.towns_of(within) if self.level_of(geoid) is Level.TOWN]
        places = [place for place in self.places if place.level is level]
        if inside is None:
            return [place.geoid for place in places]
        parents = {
            (town.county or town.geoid) if level is Level.COUNTY else town.state
            for town in self.places
            if town.geoid in inside
        }
        return [place.geoid for place in places if place.geoid in parents or place.geoid == within]
