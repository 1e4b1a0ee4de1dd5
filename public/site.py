"""A release as a site: for every address either a page, or the nearest address that has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from public import downloads, map_page, overview_page, prose_page, targets_page, town_page, trend_page
from public.addresses import FIGURES, PROSE, Asked
from public.choosing import choose_table, first_topic
from public.embedding import snippet
from public.gaps_page import build as build_gaps
from public.gaps_page import choose_service
from public.help_near import by_town, free_sites
from public.language import language
from public.render import render, town_help
from public.scene import Around, Scene
from public.snapshot import EVERYONE, Snapshot, address_token

INSTEAD = ("indicator", "period", "group", "place", "release", "page")
MIMETYPES = {"": "text/html", "csv": "text/csv", "json": "application/json", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Page:
    """What is sent: a body and its kind."""

    body: str
    mimetype: str = "text/html"


@dataclass(frozen=True)
class Moved:
    """The nearest address that has a page, and which part of the one asked for was not known ("" for none)."""

    asked: Asked
    instead: str = ""


def answer(snapshot: Snapshot, asked: Asked, around: Around, instead: str = "") -> Page | Moved:
    """The page at an address of this release, or where to go instead."""
    settled, fault = settle(snapshot, asked)
    settled = replace(settled, release=asked.release if settled.page in PROSE else str(snapshot.number))
    if settled != asked:
        return Moved(settled, fault)
    scene = Scene(snapshot, language(asked.language), asked, around, instead)
    if asked.form:
        return Page(downloads.FORMS[asked.form](scene), MIMETYPES[asked.form])
    return Page(PAGES[asked.page](scene))


def settle(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    """The nearest address that has a page, and the first part that was not known."""
    if asked.embed and asked.page not in FIGURES:
        return replace(asked, embed=False), "page"
    settled, fault = _SETTLE[asked.page](snapshot, asked) if asked.page in _SETTLE else (asked, "")
    return settled, fault


def _settle_map(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    chosen, fault = choose_table(snapshot, asked.parts)
    if chosen is None:
        return asked.at(""), "page"
    return replace(asked, parts=(chosen.topic.token, chosen.period, chosen.group)), fault


def _settle_trend(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    token, place, group = (*asked.parts, "", "", "")[:3]
    topic, fault = snapshot.topics.get(token), ""
    if topic is None:
        topic, fault = first_topic(snapshot), "indicator" if token else ""
    if topic is None or not snapshot.places:
        return asked.at(""), "page"
    if place not in snapshot.id_of:
        fault = fault or ("place" if place else "")
        place = address_token(next(iter(snapshot.wholes), next(iter(snapshot.places))))
    known = {t for period in snapshot.periods(topic) for t in snapshot.groups(topic, period)}
    if group not in known:
        fault = fault or ("group" if group else "")
        group = EVERYONE if EVERYONE in known else sorted(known)[0]
    return replace(asked, parts=(topic.token, place, group)), fault


def _settle_town(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    token = next(iter(asked.parts), "")
    if token in snapshot.id_of:
        return asked, ""
    return replace(asked.at(""), embed=False), "place"


def _settle_gaps(snapshot: Snapshot, asked: Asked) -> tuple[Asked, str]:
    service, fault = choose_service(snapshot, next(iter(asked.parts), ""))
    parts = asked.parts if not asked.parts or asked.parts == (service,) else (service,)
    return replace(asked, parts=tuple(part for part in parts if part)), fault


_SETTLE: dict[str, Callable[[Snapshot, Asked], tuple[Asked, str]]] = {
    "map": _settle_map, "trend": _settle_trend, "town": _settle_town, "gaps": _settle_gaps,
}  # fmt: skip


def _map(scene: Scene) -> str:
    chosen, _ = choose_table(scene.snapshot, scene.asked.parts)
    assert chosen is not None
    return render(scene, "map.html", **map_page.build(scene, chosen), **_taken(scene))


def _trend(scene: Scene) -> str:
    token, place, group = scene.asked.parts
    topic = scene.snapshot.topics[token]
    stratum = next(
        groups[group] for p in scene.snapshot.periods(topic) if group in (groups := scene.snapshot.groups(topic, p))
    )
    context = trend_page.build(scene, topic, scene.snapshot.id_of[place], stratum)
    context["sources"] = map_page.source_words(scene, context.pop("sources_of"))
    return render(scene, "trend.html", **context, **_taken(scene))


def _town(scene: Scene) -> str:
    context = town_page.build(scene, scene.snapshot.id_of[scene.asked.parts[0]])
    if context["is_town"]:
        context["town_help"] = town_help(scene, near=context["near"], place=context["place"])
    return render(scene, "town.html", **context, **_taken(scene))


def _overview(scene: Scene) -> str:
    return render(scene, "overview.html", title=scene.words.say("overview_title"), **overview_page.build(scene))


def _help(scene: Scene) -> str:
    return render(
        scene, "help.html", title=scene.words.say("help_title"), towns=by_town(scene),
        places=len(free_sites(scene.snapshot)), all_towns=overview_page.towns(scene),
    )  # fmt: skip


def _targets(scene: Scene) -> str:
    return render(scene, "targets.html", **targets_page.build(scene), **_taken(scene))


def _gaps(scene: Scene) -> str:
    return render(scene, "gaps.html", **build_gaps(scene), **_taken(scene))


def _prose(scene: Scene) -> str:
    return render(scene, f"{scene.asked.page}.html", **prose_page.build(scene))


def _taken(scene: Scene) -> dict[str, object]:
    """Downloads and the lines with which another site shows this figure."""
    return {"downloads": downloads.offered(scene), "embed": None if scene.asked.embed else snippet(scene)}


PAGES: dict[str, Callable[[Scene], str]] = {
    "": _overview, "map": _map, "trend": _trend, "town": _town, "help": _help, "targets": _targets, "gaps": _gaps,
    **dict.fromkeys(PROSE, _prose),
}  # fmt: skip
__all__ = ["INSTEAD", "Moved", "Page", "address_token", "answer", "settle"]
