"""One town, county or planning area: help first, then every number the release has for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from dashboard.comparison import verdict
from dashboard.domain import State
from dashboard.figures.words import capital
from public.cell_words import long_words, provisional_words
from public.choosing import Chosen
from public.help_near import near
from public.overview_page import newest_first, trend_href
from public.scene import Scene
from public.snapshot import CellAt, Topic
from public.trend_line import trend_picture
from public.wholes import source_words, whole_words

SMALL = 380
"""Width of a town's small charts: that of a phone."""
VERDICTS = {"higher": "more_than_expected", "lower": "fewer_than_expected"}


def build(scene: Scene, id_: str) -> dict[str, Any]:
    """Everything the template needs."""
    place, area = scene.snapshot.places.get(id_), scene.snapshot.set_of(id_)
    merged = scene.snapshot.set_of(place.merged_into) if place and place.merged_into else None
    facts = list(topic_facts(scene, id_))
    cited = {fact["source"] for fact in facts if fact["source"]}
    return {
        "place": scene.snapshot.name(id_), "kind": kind_words(scene, id_), "facts": facts,
        "title": scene.snapshot.name(id_),
        "population": scene.words.number(place.population) if place and place.population else "",
        "merged": _names(scene, merged.members, without=id_) if merged else "",
        "area": merged.name if merged else "", "members": _names(scene, area.members) if area else "",
        "near": near(scene, id_) if place and place.level == "town" else [], "sources": source_words(scene, cited),
        "towns": [(t.name, scene.page("town", t.geoid)) for t in scene.snapshot.towns(id_)] if not area else [],
        "is_town": bool(place and place.level == "town"),
    }  # fmt: skip


def _names(scene: Scene, members: tuple[str, ...], without: str = "") -> str:
    return scene.words.listing(
        sorted(scene.snapshot.name(m) for m in members if m != without and m in scene.snapshot.places)
    )


def kind_words(scene: Scene, id_: str) -> str:
    """`Town in Franklin County`, `County`."""
    place = scene.snapshot.places.get(id_)
    if place is None:
        return scene.words.say(f"kind_{scene.snapshot.sets[id_].level}")
    if place.level == "town" and place.county in scene.snapshot.places:
        return scene.words.say("kind_town_in", county=scene.snapshot.name(place.county))
    return scene.words.say(f"kind_{place.level}")


def newest_cells(scene: Scene, id_: str) -> Iterator[tuple[Chosen, CellAt | None]]:
    """What the release says of a place: for each topic the newest period that names it, for everyone."""
    for topic in scene.snapshot.topics.values():
        chosen = next((c for c in newest_first(scene, topic) if _names_it(scene, c, id_)), None)
        if chosen is not None:
            yield chosen, scene.snapshot.cell(topic, id_, chosen.period, "")


def topic_facts(scene: Scene, id_: str) -> Iterator[dict[str, Any]]:
    """The same in words, one fact a topic, with its picture and where it leads."""
    for chosen, at in newest_cells(scene, id_):
        topic = chosen.topic
        yield {
            "name": scene.topic_name(topic), "period": scene.words.period(chosen.period),
            "said": capital(_said(scene, chosen, id_, at)), "note": provisional_words(scene.words, at),
            "compared": compared(scene, topic, id_, chosen.period), "source": at.cells.source[at.row] if at else "",
            "map": scene.page("map", topic.token, chosen.period, chosen.group),
            "trend": trend_href(scene, topic, id_, chosen.group),
            "picture": trend_picture(scene, topic, id_, "", SMALL),
        }  # fmt: skip


def _names_it(scene: Scene, chosen: Chosen, id_: str) -> bool:
    at = scene.snapshot.cell(chosen.topic, id_, chosen.period, "")
    return at is not None and at.state != State.NOT_REPORTED


def _said(scene: Scene, chosen: Chosen, id_: str, at: CellAt | None) -> str:
    place = scene.snapshot.places.get(id_)
    if at is not None and at.state == State.SUPPRESSED and place and place.level in ("county", "state"):
        return whole_words(scene, chosen, id_)
    return long_words(scene.words, chosen.topic.indicator, at)


def compared(scene: Scene, topic: Topic, id_: str, period: str) -> str:
    """A rate beside the rest of its state, where chance alone does not explain the difference; else "" or no clear."""
    place = scene.snapshot.places.get(id_)
    if topic.indicator.kind != "rate" or place is None or place.level not in ("town", "county"):
        return ""
    own = scene.snapshot.cell(topic, id_, period, "")
    whole = scene.snapshot.cell(topic, place.state, period, "")
    if own is None or whole is None or np.isnan(_terms(own) + _terms(whole)).any():
        return ""
    (count, below), (all_, whole_below) = _terms(own), _terms(whole)
    if not 0 < below < whole_below or all_ < count:
        return ""
    if round(all_) == 0:
        return ""
    found = verdict(count, below, all_ - count, whole_below - below)
    key = VERDICTS.get(found, "as_expected")
    deaths = scene.words.phrase(topic.indicator.unit)
    return scene.words.say(key, unit=deaths, state=scene.snapshot.name(place.state))


def _terms(at: CellAt) -> list[float]:
    return [at.count, float(at.cells.denominator[at.row])]
