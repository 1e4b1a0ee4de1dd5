"""A release as a site: for every address either a page, or the nearest address that has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from public import downloads, map_page, overview_page, prose_page, said_page, targets_page, town_page, trend_page
from public.addresses import PROSE, Asked
from public.choosing import choose_table
from public.embedding import snippet
from public.gaps_page import build as build_gaps
from public.help_near import by_town, free_sites
from public.language import language
from public.render import render, town_help
from public.scene import Around, Scene
from public.settling import settle
from public.snapshot import Snapshot
from public.wholes import source_words

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


def _map(scene: Scene) -> str:
    chosen, _ = choose_table(scene.snapshot, scene.asked.parts)
    assert chosen is not None
    return render(scene, "map.html", **map_page.build(scene, chosen), **_taken(scene))


def _trend(scene: Scene) -> str:
    token, place, group = scene.asked.parts
    topic = scene.snapshot.topics[token]
    stratum = scene.snapshot.every_group(topic)[group]
    context = trend_page.build(scene, topic, scene.snapshot.id_of[place], stratum)
    context["sources"] = source_words(scene, context.pop("sources_of"))
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


def _said(scene: Scene) -> str:
    return render(scene, "said.html", **said_page.build(scene))


def _prose(scene: Scene) -> str:
    return render(scene, f"{scene.asked.page}.html", **prose_page.build(scene))


def _taken(scene: Scene) -> dict[str, object]:
    """Downloads and the lines with which another site shows this figure."""
    return {"downloads": downloads.offered(scene), "embed": None if scene.asked.embed else snippet(scene)}


PAGES: dict[str, Callable[[Scene], str]] = {
    "": _overview, "map": _map, "trend": _trend, "town": _town, "help": _help, "targets": _targets, "gaps": _gaps,
    "said": _said,
    **dict.fromkeys(PROSE, _prose),
}  # fmt: skip
