"""Where a service is far away: minutes from every town to the nearest site of the release, by the staff's own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.access.ground import Ground
from dashboard.access.reach import Access, decide, reach
from dashboard.access.rules import MAINLAND, rules
from dashboard.figures.classes import classify
from dashboard.figures.words import capital
from dashboard.services import Service, services
from public.help_near import positions
from public.scene import Choice, Scene
from public.snapshot import Snapshot
from public.town_map import Drawn, Painted, legend_words, picture, swatch

FIRST = "naloxone"


@dataclass(frozen=True)
class Gaps:
    """A service with what holds for every town (n,); `minutes` is inf where no road leads."""

    service: Service
    access: Access
    minutes: np.ndarray
    nearest: tuple[str, ...]


def offered(snapshot: Snapshot) -> list[Service]:
    """Services of which the release has a site that can be put on a map, free naloxone first."""
    placed = [site for site in snapshot.released.sites if site.latitude is not None]
    words = {word for site in placed for word in site.services}
    found = [service for service in services().values() if words & set(service.offers)]
    return sorted(found, key=lambda service: service.id != FIRST)


def choose_service(snapshot: Snapshot, token: str) -> tuple[str, str]:
    """The service nearest to an address's, "" for none; and the fault in it."""
    known = [service.id for service in offered(snapshot)]
    return (token, "") if token in known else (next(iter(known), ""), "page" if token else "")


def gaps(scene: Scene) -> Gaps | None:
    """What is far from the chosen service; None where the release has no sites or no shapes."""
    token, _ = choose_service(scene.snapshot, next(iter(scene.asked.parts), ""))
    towns = ground(scene.snapshot)
    if not token or not towns.geoid or not scene.snapshot.released.shapes:
        return None
    service = services()[token]
    found = reach(towns, service, scene.snapshot.released.sites, scene.snapshot.made_on)
    if found.nearest is None:
        return None
    names = tuple(found.sites[at].name if at >= 0 else "" for at in found.nearest.site)
    return Gaps(service, decide(found), found.nearest.minutes, names)


def ground(snapshot: Snapshot) -> Ground:
    """The towns of the release, each at the middle of its shape, with the people the release says live there."""
    return snapshot.once("ground", lambda: _ground(snapshot))


def _ground(snapshot: Snapshot) -> Ground:
    at = positions(snapshot)
    towns = [town for town in snapshot.towns() if town.geoid in at]
    people = np.array([np.nan if town.population is None else town.population for town in towns], dtype=float)
    nothing = np.full(len(towns), np.nan)
    latitude, longitude = (np.array([at[town.geoid][axis] for town in towns], dtype=float) for axis in (0, 1))
    island = np.array([rules().islands.get(town.geoid, MAINLAND) for town in towns], dtype=np.int64)
    urban = np.nan_to_num(people) >= rules().urban_residents
    ids, names = tuple(town.geoid for town in towns), tuple(town.name for town in towns)
    return Ground("", ids, names, latitude, longitude, people, nothing, urban, island)


def build(scene: Scene) -> dict[str, Any]:
    """Everything the template needs."""
    found = gaps(scene)
    context: dict[str, Any] = {
        "title": scene.words.say("gaps_title"), "found": found is not None, "services": _choices(scene, found),
        "picture": "", "legend": [], "table": [], "headline": scene.words.say("gaps_none"), "limit": "", "basis": "",
    }  # fmt: skip
    if found is None:
        return context
    sites = found.access.reach.sites
    checked = scene.words.number(sum(site.verified_on is not None for site in sites))
    basis = scene.words.say("gaps_basis", sites=scene.words.number(len(sites)), checked=checked)
    return context | {
        "headline": _sentence(scene, found), "limit": _limit(scene, found.service), "table": list(_rows(scene, found)),
        "basis": basis, "picture": _picture(scene, found), "legend": _legend(scene, found),
        "figure_title": scene.words.say("gaps_map", service=_name(scene, found.service)),
    }  # fmt: skip


def _choices(scene: Scene, found: Gaps | None) -> list[Choice]:
    return [
        Choice(
            capital(_name(scene, service)),
            scene.here("gaps", service.id),
            found is not None and service == found.service,
        )
        for service in offered(scene.snapshot)
    ]


def _name(scene: Scene, service: Service) -> str:
    return scene.words.say(f"service_{service.id}")


def _sentence(scene: Scene, found: Gaps) -> str:
    far = found.access.desert
    key = {0: "gaps_sentence_none", 1: "gaps_sentence_one"}.get(int(far.sum()), "gaps_sentence")
    people = float(np.nansum(found.access.reach.ground.residents[far]))
    parts = {"towns": scene.words.number(int(far.sum())), "people": scene.words.number(round(people, -2))}
    return scene.words.say(key, service=_name(scene, found.service), **parts)


def _limit(scene: Scene, service: Service) -> str:
    urban, rural = (scene.words.number(minutes) for minutes in (service.urban_minutes, service.rural_minutes))
    return scene.words.say("gaps_far_same" if urban == rural else "gaps_far", urban=urban, rural=rural)


def _rows(scene: Scene, found: Gaps) -> Iterable[dict[str, str]]:
    """The table twin: every town by name."""
    towns = found.access.reach.ground
    for at in range(len(towns.geoid)):
        people = towns.residents[at]
        yield {
            "name": towns.name[at], "href": scene.page("town", towns.geoid[at]), "minutes": _minutes(scene, found, at),
            "far": scene.words.say("gaps_is_far") if found.access.desert[at] else "",
            "closest": found.nearest[at], "people": "–" if people != people else scene.words.number(people),
        }  # fmt: skip


def _minutes(scene: Scene, found: Gaps, at: int | np.integer[Any]) -> str:
    minutes = float(found.minutes[at])
    if not np.isfinite(minutes):
        return scene.words.say("gaps_no_road")
    return scene.words.say("gaps_minutes", minutes=scene.words.number(minutes))


def _breaks(service: Service) -> tuple[float, ...]:
    return tuple(float(step) for step in service.steps[:4])


def _shown(found: Gaps) -> np.ndarray:
    """Minutes for the map: where no road leads it is farther than anything that is drawn."""
    return np.asarray(np.where(np.isfinite(found.minutes), np.maximum(found.minutes, 0.1), 1e6))


def _picture(scene: Scene, found: Gaps) -> str:
    towns = found.access.reach.ground
    codes = classify(_shown(found), ["value"] * len(towns.geoid), _breaks(found.service)).codes
    painted = {
        geoid: Painted(codes[n], scene.words.say("in_place", place=towns.name[n], said=_minutes(scene, found, n)),
                       scene.page("town", geoid))
        for n, geoid in enumerate(towns.geoid)
    }  # fmt: skip
    shapes = [scene.snapshot.released.shapes[state] for state in sorted(scene.snapshot.released.shapes)]
    name = scene.words.say("gaps_map", service=_name(scene, found.service))
    return picture(Drawn(shapes, painted, name, _sentence(scene, found)))


def _legend(scene: Scene, found: Gaps) -> list[dict[str, str]]:
    classes = classify(_shown(found), ["value"] * len(found.minutes), _breaks(found.service))
    return [
        {"swatch": swatch(entry.code), "places": scene.words.number(entry.areas),
         "said": scene.words.say("in_minutes", said=legend_words(scene.words, entry.code, entry.label))}
        for entry in classes.legend if entry.areas
    ]  # fmt: skip


def gaps_picture(scene: Scene) -> str:
    """The map alone."""
    found = gaps(scene)
    return _picture(scene, found) if found else ""


def gap_records(scene: Scene) -> Iterable[dict[str, object]]:
    """A record a town: minutes to its nearest site, empty where no road leads."""
    found = gaps(scene)
    if found is None:
        return
    towns = found.access.reach.ground
    for at, geoid in enumerate(towns.geoid):
        minutes = float(found.minutes[at])
        people = towns.residents[at]
        yield {
            "geoid": geoid, "place": towns.name[at], "service": found.service.id,
            "minutes": round(minutes, 1) if np.isfinite(minutes) else None, "road": bool(np.isfinite(minutes)),
            "threshold_minutes": float(found.access.threshold[at]), "far": bool(found.access.desert[at]),
            "closest": found.nearest[at], "residents": None if people != people else float(people),
        }  # fmt: skip
