"""Areas of a query: which towns add up to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.domain import Jurisdiction, Level, PlaceSet
from dashboard.errors import InvalidQuery

MOST_CELLS = 4_000_000
"""Places of all areas that are kept, 8 bytes each."""
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

    @cached_property
    def finest_in(self) -> Mapping[str, Sequence[str]]:
        """State or county -> geoids of its finest places, in the store's order; "" -> all of them."""
        found: dict[str, list[str]] = {"": []}
        for place in filter(self.is_finest, self.places):
            for id_ in dict.fromkeys(("", place.state, place.county)):
                found.setdefault(id_, []).append(place.geoid)
        return found

    @cached_property
    def of_level(self) -> Mapping[Level, Sequence[Jurisdiction]]:
        """Places by level, in the store's order."""
        return {level: [place for place in self.places if place.level is level] for level in Level}

    def towns_of(self, id_: str) -> list[str]:
        """Geoids of the towns (counties where no town is known) inside a place or set, in the store's order.

        "" means all.
        """
        if id_ in self.set_by_id:
            members = {geoid for geoid in self.set_by_id[id_].members if geoid in self.number}
            return sorted(members, key=self.number.__getitem__)
        if id_ and self.is_finest(self.place(id_)):
            return [id_]
        return list(self.finest_in.get(id_, ()))

    def areas(self, level: Level, within: str = "", geoids: tuple[str, ...] = ()) -> Areas:
        """Areas of a level, limited to `geoids` or to what lies `within` a place or set; cached."""
        key = (level, within, geoids)
        if key not in self._areas:
            if len(self._areas) * len(self.places) > MOST_CELLS:
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
        for id_ in ids:
            of_town[[self.number[geoid] for geoid in self.towns_of(id_)]] = position[id_]

    def _ids(self, level: Level, within: str) -> list[str]:
        inside = set(self.towns_of(within)) if within else None
        if level in SET_LEVELS:
            return [s.id for s in self.sets if s.level is level and (inside is None or inside & set(s.members))]
        if level is Level.TOWN:
            return [geoid for geoid in self.towns_of(within) if self.level_of(geoid) is Level.TOWN]
        places = self.of_level[level]
        if inside is None:
            return [place.geoid for place in places]
        towns = map(self.place, inside)
        parents = {(town.county or town.geoid) if level is Level.COUNTY else town.state for town in towns}
        return [place.geoid for place in places if place.geoid in parents or place.geoid == within]
