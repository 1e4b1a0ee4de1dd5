"""Dividing one polygon among points, so that areas and middles come out as wanted (a power diagram)."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
SAMPLES_PER_CELL = 300
ROUNDS = 20
STEP = 0.1
"""How far weights and sites move each round towards what is wanted; faster steps swing and lose cells."""
LEASH = 0.3
"""How far a site may move from its point, in radii of a disc of the wanted area."""


def partition(outline: Polygon, points: Floats, areas: Floats | None = None) -> list[BaseGeometry]:
    """One shape for each point, in order; together they are the outline. Everything in degrees, points shape (n, 2).

    Without `areas` each shape holds what is nearest to its point (Voronoi). With them, sites and weights are moved
    until shapes have about these shares of the outline and lie about their points: a power diagram with its areas
    given (Aurenhammer, Hoffmann, Aronov: Minkowski-type theorems and least-squares clustering, Algorithmica 1998).
    """
    if len(points) == 1:
        return [outline]
    squeeze = np.array([np.cos(np.radians(float(points[:, 1].mean()))), 1.0])
    flat = shapely.transform(outline, lambda xy: xy * squeeze)
    sites, weights = points * squeeze, np.zeros(len(points))
    if areas is not None:
        sites, weights = _settled(flat, sites, areas / areas.sum() * flat.area)
    shapes = [flat.intersection(_cell(at, sites, weights, flat)) for at in range(len(sites))]
    return [shapely.transform(shape, lambda xy: xy / squeeze) for shape in _whole(shapes)]


def _settled(outline: Polygon, points: Floats, targets: Floats) -> tuple[Floats, Floats]:
    """Sites and weights whose cells have about the target areas and their middles about the points.

    They begin as the discs of the target areas about the points, whose power diagram is close already.
    """
    samples = _samples(outline, SAMPLES_PER_CELL * len(points))
    share = outline.area / len(samples)
    sites, weights = points.copy(), targets / np.pi
    for _ in range(ROUNDS):
        owner = np.argmin((sites**2).sum(axis=1) - weights - 2 * samples @ sites.T, axis=1)
        counts = np.bincount(owner, minlength=len(points))
        weights = weights + STEP * (targets - counts * share)
        sites = _leashed(points, sites + STEP * (points - _middles(owner, counts, samples, points)), targets)
    return sites, weights


def _middles(owner: NDArray[np.int64], counts: NDArray[np.int64], samples: Floats, points: Floats) -> Floats:
    """The middle of the samples each site owns; its point where it owns none."""
    sums = np.column_stack([np.bincount(owner, samples[:, axis], len(points)) for axis in (0, 1)])
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], points)


def _leashed(points: Floats, sites: Floats, targets: Floats) -> Floats:
    strayed = sites - points
    length = np.maximum(np.linalg.norm(strayed, axis=1), 1e-12)
    allowed = np.minimum(1, LEASH * np.sqrt(targets / np.pi) / length)
    return points + strayed * allowed[:, None]


def _samples(outline: Polygon, count: int) -> Floats:
    """About `count` points on an even grid inside the outline."""
    west, south, east, north = outline.bounds
    step = (outline.area / count) ** 0.5
    x, y = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    shapely.prepare(outline)
    inside = shapely.contains_xy(outline, x.ravel(), y.ravel())
    return np.column_stack([x.ravel()[inside], y.ravel()[inside]])


def _cell(at: int, sites: Floats, weights: Floats, outline: Polygon) -> Polygon:
    """The convex cell of one site: the outline's box, cut by the power line towards each other site."""
    west, south, east, north = outline.bounds
    corners = np.array([[west, south], [east, south], [east, north], [west, north]])
    for other in range(len(sites)):
        if other != at and len(corners):
            normal = sites[other] - sites[at]
            limit = (sites[other] @ sites[other] - sites[at] @ sites[at] - weights[other] + weights[at]) / 2
            corners = _cut(corners, corners @ normal - limit)
    return Polygon(corners) if len(corners) >= 3 else Polygon()


def _cut(corners: Floats, beyond: Floats) -> Floats:
    """The corners of a convex polygon where `beyond` is not positive, with the points where its edges cross zero."""
    kept = []
    for here in range(len(corners)):
        after = (here + 1) % len(corners)
        if beyond[here] <= 0:
            kept.append(corners[here])
        if (beyond[here] < 0 < beyond[after]) or (beyond[after] < 0 < beyond[here]):
            along = beyond[here] / (beyond[here] - beyond[after])
            kept.append(corners[here] + along * (corners[after] - corners[here]))
    return np.array(kept)


def _whole(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Pieces that the coast cut off from their cell go to the cell they border on most."""
    parts = [sorted(shapely.get_parts(shape), key=lambda part: -part.area) for shape in shapes]
    bodies = [pieces[0] if pieces else Polygon() for pieces in parts]
    for piece in [piece for pieces in parts for piece in pieces[1:]]:
        if piece.area == 0:
            continue
        shared = [(-piece.boundary.intersection(body.boundary).length, piece.distance(body)) for body in bodies]
        to = shared.index(min(shared))
        bodies[to] = bodies[to].union(piece)
    return bodies
