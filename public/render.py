"""From a page's parts to its HTML: one frame around every page, help first."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from public.addresses import FIGURES, LATEST, PROSE, Asked
from public.helplines import checked_words
from public.scene import Choice, Scene
from public.settling import settle

TEMPLATES = Path(__file__).with_name("templates")
DOORS = {"": "overview"} | {page: page for page in ("map", "trend", "targets", "gaps", "said", "help")}
"""Page -> the word of its name in the language files, in the order of the menu."""


@cache
def templates() -> Environment:
    """Templates that escape all they are given, and refuse a name they do not know."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(scene: Scene, template: str, **context: Any) -> str:
    """The whole page, or the frame's page where a frame is asked for."""
    layout = "embed.html" if scene.asked.embed else "base.html"
    return templates().get_template(template).render(_frame(scene) | {"layout": layout} | context)


def town_help(scene: Scene, **context: Any) -> Markup:
    """The help block's part about one town."""
    return Markup(templates().get_template("town_help.html").render(t=scene.words.say, **context))


def _frame(scene: Scene) -> dict[str, Any]:
    words, asked, around = scene.words, scene.asked, scene.around
    whole = replace(asked, embed=False)
    return {
        "words": words, "t": words.say, "to": scene.to, "day": words.day, "assets": around.assets,
        "english": lambda text: english(scene, text), "embed_page": asked.embed,
        "start": scene.page(""), "pages": doors(scene), "prose": prose(scene), "help_href": scene.page("help"),
        "helplines": scene.helplines, "lines_checked": checked_words(scene.helplines, words),
        "number": scene.snapshot.number, "made_on": words.day(scene.snapshot.made_on),
        "older": scene.snapshot.number != around.newest, "whole_href": scene.link(whole),
        "newest_href": scene.link(replace(asked, release=LATEST if around.index else str(around.newest), embed=False)),
        "plain_files": bool(around.index),
        "other_href": scene.link(replace(asked, language="es" if words.code == "en" else "en")),
        "notice": words.say(f"instead_{scene.instead}") if scene.instead else "", "description": "", "town_help": "",
        "oembed": oembed_href(scene), "sources": [], "site": scene.site,
        "sample": words.say("sample") if scene.snapshot.released.meta.get("demonstration") == "1" else "",
    }  # fmt: skip


def doors(scene: Scene) -> list[Choice]:
    """The pages of the release, as the menu has them."""
    there = (pair for pair in DOORS.items() if pair[0] != "said" or scene.snapshot.released.texts)
    named = ((page, scene.words.say(f"nav_{name}")) for page, name in there)
    return [Choice(name, scene.to(_door(scene, page)), scene.asked.page == page) for page, name in named]


def _door(scene: Scene, page: str) -> str:
    """Where a door of the menu leads in this release and language."""
    asked = Asked(page, release=scene.release, language=scene.asked.language)
    return scene.snapshot.once(("door", asked), lambda: settle(scene.snapshot, asked)[0].path)


def prose(scene: Scene) -> list[Choice]:
    """The pages beside the release."""
    return [
        Choice(scene.words.say(f"nav_{page}"), scene.link(Asked(page, language=scene.asked.language)),
               scene.asked.page == page)
        for page in PROSE
    ]  # fmt: skip


def oembed_href(scene: Scene) -> str:
    """Where other programs ask how to show this figure; "" for pages without one."""
    if scene.asked.page not in FIGURES or scene.asked.embed or not scene.around.address:
        return ""
    if scene.around.index:
        return f"{scene.around.address}{scene.asked.path}oembed.json"
    return f"{scene.around.address}/oembed?format=json&url={scene.around.address}{scene.asked.path}"


def english(scene: Scene, text: str) -> Markup:
    """A phrase of the release: translated, or marked as English for a screen reader."""
    if scene.words.knows(text):
        return escape(scene.words.phrase(text))
    return Markup('<span lang="en">{}</span> {}').format(text, scene.words.say("english_only"))
