"""Which places touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

TOUCHING_DEGREES = 1e-6
"""About a tenth of a metre: shapes that meet on the ground may differ by a rounding in the file."""


def adjacency(
    geometries: Sequence[BaseGeometry], *, corners: bool = True, reach: float = TOUCHING_DEGREES
) -> list[list[int]]:
    """For each shape the sorted positions of those it touches; an island's list is empty.

    With `corners` two shapes that share a single point are neighbours (queen), else they must share a border (rook).
    `reach` is the gap, in the shapes' own units, that still counts as touching.
    """
    shapes = np.array(list(geometries), dtype=object)
    here, there = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=reach)
    pairs = sorted((int(a), int(b)) for a, b in zip(here, there, strict=True) if a != b)
    neighbours: list[list[int]] = [[] for _ in shapes]
    for a, b in pairs:
        if corners or _share_border(shapes[a], shapes[b], reach):
            neighbours[a].append(b)
    return neighbours


def _share_border(a: BaseGeometry, b: BaseGeometry, reach: float) -> bool:
    """True when the boundary of one runs along the other for more than the width of the gap allowed."""
    near = a.boundary.intersection(b.buffer(reach))
    return bool(near.length > 10 * reach)
