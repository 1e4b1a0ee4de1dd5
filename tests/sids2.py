"""Sudden infant deaths in North Carolina's 100 counties (sids2), the map on which published figures rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from numpy.typing import NDArray

from geo.adjacency import adjacency

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Sids:
    """Names, deaths and births of 1974-78 and 1979-84, centroids in degrees rounded to 6 decimals, queen neighbours."""

    names: tuple[str, ...]
    deaths: dict[str, Numbers]
    births: dict[str, Numbers]
    latitude: Numbers
    longitude: Numbers
    neighbours: list[list[int]]

    def named(self, *names: str) -> set[int]:
        """Positions of counties."""
        return {self.names.index(name) for name in names}


@cache
def sids() -> Sids:
    """The counties as libpysal packs them, read without importing libpysal, which takes seconds."""
    package = find_spec("libpysal")
    if package is None or package.origin is None:
        pytest.skip("sids2 comes with libpysal: install the extra 'test'")
    table = pyogrio.read_dataframe(Path(package.origin).parent / "examples" / "sids2" / "sids2.shp")
    points = table.geometry.centroid
    return Sids(
        tuple(table["NAME"]),
        {year: table[f"SID{year}"].to_numpy(float) for year in ("74", "79")},
        {year: table[f"BIR{year}"].to_numpy(float) for year in ("74", "79")},
        points.y.round(6).to_numpy(),
        points.x.round(6).to_numpy(),
        adjacency(list(table.geometry)),
    )
