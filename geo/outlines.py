"""Borders of larger places, made by joining the smaller ones inside them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def dissolve(geometries: Iterable[BaseGeometry], groups: Iterable[str]) -> dict[str, BaseGeometry]:
    """The union of the shapes of each group, by group in sorted order; shapes of group "" are left out."""
    members: dict[str, list[BaseGeometry]] = {}
    for geometry, group in zip(geometries, groups, strict=True):
        if group:
            members.setdefault(group, []).append(geometry)
    return {group: _union(members[group]) for group in sorted(members)}


def _union(geometries: list[BaseGeometry]) -> BaseGeometry:
    shapes = np.array(geometries, dtype=object)
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)
