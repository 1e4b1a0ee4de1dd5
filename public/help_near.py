"""Where naloxone is free: by town, and the nearest places of a town that has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.domain import Facility
from dashboard.figures.words import capital
from geo.distance import great_circle_km
from public.scene import Scene
from public.snapshot import Snapshot

FREE_NALOXONE = "naloxone"
NEAREST = 3
KM_A_MILE = 1.609344


@dataclass(frozen=True)
class SiteWords:
    """One place to go, in words; `miles` is "" in the town itself."""

    name: str
    address: str
    hours: str
    checked: str
    miles: str = ""


def free_sites(snapshot: Snapshot) -> list[Facility]:
    """Places that hand out naloxone free of charge, by town and name."""
    return snapshot.once("free sites", lambda: _free_sites(snapshot))


def _free_sites(snapshot: Snapshot) -> list[Facility]:
    sites = [site for site in snapshot.released.sites if FREE_NALOXONE in site.services]
    return sorted(sites, key=lambda site: (site.town, site.name))


def by_town(scene: Scene) -> list[tuple[str, list[SiteWords]]]:
    """Every town that has a place, by name, with its places."""
    found: dict[str, list[SiteWords]] = defaultdict(list)
    for site in free_sites(scene.snapshot):
        found[town_name(scene.snapshot, site)].append(site_words(scene, site))
    return sorted(found.items())


def near(scene: Scene, geoid: str) -> list[SiteWords]:
    """Places in a town; where there are none, the nearest ones with their distance in a straight line."""
    sites = free_sites(scene.snapshot)
    inside = [site for site in sites if site.town in (geoid, scene.snapshot.name(geoid))]
    if inside:
        return [site_words(scene, site) for site in inside]
    point = positions(scene.snapshot).get(geoid)
    placed = [site for site in sites if site.latitude is not None and site.longitude is not None]
    if point is None or not placed:
        return []
    km = _km(point, placed)
    order = np.argsort(km, kind="stable")[:NEAREST]
    return [site_words(scene, placed[n], scene.words.number(max(km[n] / KM_A_MILE, 1))) for n in order]


def _km(point: tuple[float, float], sites: Sequence[Facility]) -> np.ndarray:
    latitude, longitude = (
        np.array([getattr(s, name) for s in sites], dtype=float) for name in ("latitude", "longitude")
    )
    return np.asarray(great_circle_km([point[0]], [point[1]], latitude, longitude)[0])


def site_words(scene: Scene, site: Facility, miles: str = "") -> SiteWords:
    """A site in words, with the day somebody last checked it."""
    checked = (
        scene.words.say("site_checked", day=scene.words.day(site.verified_on))
        if site.verified_on
        else scene.words.say("site_listed")
    )
    town = town_name(scene.snapshot, site)
    named = site.address.endswith(f", {town}") or (site.address and not miles)  # under the town's own heading
    address = site.address if named else ", ".join(filter(None, (site.address, town)))
    far = scene.words.say("miles", miles=miles) if miles else ""
    return SiteWords(site.name, address, capital(site.hours), checked, far)


def town_name(snapshot: Snapshot, site: Facility) -> str:
    """The town's name, whether the release names it by its geoid or in words."""
    return snapshot.places[site.town].name if site.town in snapshot.places else site.town


def positions(snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    """Town -> (latitude, longitude) of the middle of its shape on the map."""
    return snapshot.once("positions", lambda: _positions(snapshot))


def _positions(snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for shape in snapshot.released.shapes.values():
        unit, (left, top) = shape["unit_m"], shape["origin"]
        for geoid, (x, y) in zip(shape["geoid"], shape["label"], strict=True):
            found[geoid] = degrees((left + x) * unit, (top - y) * unit)
    return found


def degrees(x: float, y: float) -> tuple[float, float]:
    """(latitude, longitude) of Web Mercator metres, the inverse of geo.projection.to_mercator."""
    radius = 6_378_137.0
    return float(np.degrees(np.arcsin(np.tanh(y / radius)))), float(np.degrees(x / radius))
