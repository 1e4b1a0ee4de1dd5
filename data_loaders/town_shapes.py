"""Which town a point lies in, by the shapes that the store holds."""

from __future__ import annotations

import re
from functools import reduce

import numpy as np
import orjson
import shapely
from sqlalchemy import Engine, select

from dashboard.domain import Level
from dashboard.store import schema
from geo.projection import to_mercator

_RING = re.compile(r"M([^z]*)z")
_NUMBER = re.compile(r"-?\d+")


class TownShapes:
    """The newest real shapes of towns (not schematic ones) of each state, read when first asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, tuple[list[str], shapely.STRtree] | None] = {}

    def nearest(self, state: str, latitude: float, longitude: float) -> tuple[str, float] | None:
        """The town of a state in or next to which a point lies, and the km to its border (0 inside).

        None where no shapes of the state are loaded. Borders are true to about 200 m.
        """
        if state not in self._known:
            self._known[state] = self._read(state)
        known = self._known[state]
        if known is None:
            return None
        geoids, tree = known
        point = shapely.Point(to_mercator(np.array([[longitude, latitude]]))[0])
        at, metres = tree.query_nearest(point, return_distance=True, all_matches=False)
        return geoids[int(at[0])], float(metres[0]) * float(np.cos(np.radians(latitude))) / 1000

    def _read(self, state: str) -> tuple[list[str], shapely.STRtree] | None:
        table = schema.boundary
        query = (
            select(table.c.body)
            .where(table.c.state == state, table.c.level == Level.TOWN, table.c.schematic.is_(False))
            .order_by(table.c.vintage.desc(), table.c.loaded_at.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            body = connection.scalar(query)
        if body is None:
            return None
        told = orjson.loads(body)
        origin, unit = np.array(told["origin"]), float(told["unit_m"])
        return told["geoid"], shapely.STRtree([_shape(path, origin, unit) for path in told["path"]])


def _shape(path: str, origin: np.ndarray, unit: float) -> shapely.Geometry:
    """The polygon of a path: rings one in another are holes."""
    rings = []
    for found in _RING.findall(path):
        steps = np.array([int(number) for number in _NUMBER.findall(found)]).reshape(-1, 2)
        points = np.cumsum(steps, axis=0)  # the first pair is absolute, the others are steps
        metres = np.column_stack([points[:, 0] + origin[0], origin[1] - points[:, 1]]) * unit
        rings.append(shapely.make_valid(shapely.Polygon(metres)))
    return reduce(shapely.symmetric_difference, rings)
